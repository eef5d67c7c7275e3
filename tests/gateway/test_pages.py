"""The pages that operators write."""

from __future__ import annotations

import re

import pytest

from bot.gateway.pages import page_language


@pytest.mark.parametrize("path", ["/", "/privacy"])
def test_pages_exist_in_both_languages_and_load_nothing(start, path):
    gateway = start()
    for language, word in (("da", "assistent"), ("en", "assistant")):
        page = gateway.get(path, params={"language": language})
        assert page.status_code == 200 and f'<html lang="{language}">' in page.text and word in page.text
        assert not re.search(r"<(script|img|link|iframe)", page.text)
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert page.text.count("<h1>") == 1 and "{{" not in page.text
    assert gateway.get(path).headers["content-language"] == "da"
    assert gateway.get(path, headers={"Accept-Language": "en-GB,en;q=0.9"}).headers["content-language"] == "en"


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
