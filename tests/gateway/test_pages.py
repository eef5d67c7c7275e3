"""The pages that operators write."""

from __future__ import annotations

import re

import pytest

from bot.gateway.pages import page_language


@pytest.mark.parametrize(("path", "loaded"), [("/", ["/widget.js"]), ("/privacy", [])])
def test_pages_exist_in_both_languages_and_load_nothing_but_the_chat(start, path, loaded):
    gateway = start()
    for language, word in (("da", "assistent"), ("en", "assistant")):
        page = gateway.get(path, params={"language": language})
        assert page.status_code == 200 and f'<html lang="{language}">' in page.text and word in page.text
        assert re.findall(r'src="([^"]*)"', page.text) == loaded
        assert not re.search(r"<(img|iframe|script>)|\son\w+=", page.text)
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert page.text.count("<h1>") == 1 and "{{" not in page.text
    assert gateway.get(path).headers["content-language"] == "da"
    assert gateway.get(path, headers={"Accept-Language": "en-GB,en;q=0.9"}).headers["content-language"] == "en"


def test_the_first_page_has_an_icon_of_its_own(start):
    gateway = start()
    assert 'href="/icon.svg"' in gateway.get("/").text
    assert gateway.get("/icon.svg").headers["content-type"] == "image/svg+xml"


def test_the_first_page_leads_to_what_is_stored(start):
    assert 'href="/privacy?language=da"' in start().get("/").text


@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        ("en", "da", "en"),
        ("sv", "en", "en"),
        (None, "", "da"),
        (None, "sv,en;q=0.5,da;q=0.8", "da"),
        (None, "en;q=0,da;q=0.1", "da"),
        (None, "fr-FR", "da"),
        (None, ";;;q=,=,,en;q=x", "da"),
    ],
)
def test_the_language_of_a_page(asked, accepted, language):
    assert page_language(asked, accepted) == language
