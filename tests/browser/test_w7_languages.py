"""W7: Danish and English, by the tag, the page, and the customer's wish."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

HOST = '<!doctype html><html lang="{}"><title>Vært</title><script src="/widget.js"{} defer></script></html>'


@pytest.mark.parametrize(
    ("page", "tag", "words"),
    [
        ("da", "", "Chat med os"),
        ("en-GB", "", "Chat with us"),
        ("en", ' data-language="da"', "Chat med os"),
        ("da", ' data-language="en"', "Chat with us"),
        ("fr", "", "Chat med os"),
        ("", "", "Chat med os"),
    ],
)
def test_w7_the_language_is_the_tags_then_the_pages(visit, page, tag, words):
    chat = visit("about:blank")
    chat.host(HOST.format(page, tag))
    expect(chat.launcher).to_have_accessible_name(words)


def test_w7_the_session_is_opened_in_that_language(visit, house):
    visit("/?language=en").open()
    assert house.rasa.heard[0]["metadata"]["locale"] == "en"


def test_w7_a_switch_in_the_chat_changes_its_words_and_reaches_the_bot(visit, house):
    chat = visit("/?language=da").open()
    chat.button("English").click()
    expect(chat.box).to_have_attribute("placeholder", "Write a message")
    chat.sees("Du skrev: I would like to continue in English")
    assert house.rasa.messages == ["I would like to continue in English"]
    chat.page.reload()
    expect(chat.box).to_have_attribute("placeholder", "Write a message")
    chat.button("Dansk").click()
    chat.sees("Jeg vil gerne fortsætte på dansk")


def test_w7_each_message_says_which_language_it_is_in(visit, house):
    chat = visit("/?language=da").open()
    house.append("text", text="What is the serial number of your PC?")
    chat.sees("What is the serial number")
    languages = [each.get_attribute("lang") for each in chat.log.locator(".message > div").all()]
    assert languages == ["da", "en"]


def test_w7_both_languages_have_every_word():
    """The table holds them side by side; a word without its twin does not pass the type check."""
    source = (Path(__file__).parents[2] / "bot/widget/src/strings.ts").read_text(encoding="utf-8")
    table = source.split("const table = {")[1].split("} satisfies")[0]
    pairs = re.findall(r"(\w+): \[\s*(\".*?\"),\s*(\".*?\"),?\s*\]", table, re.DOTALL)
    words = {name: (json.loads(da), json.loads(en)) for name, da, en in pairs}
    assert len(words) == len(re.findall(r"^  \w+: \[", table, re.MULTILINE)) > 80
    for name, (da, en) in words.items():
        assert da.strip() and en.strip(), name
        assert sorted(re.findall(r"\{\w+\}", da)) == sorted(re.findall(r"\{\w+\}", en)), name


def test_w7_no_word_is_carried_that_nobody_reads():
    """The file has twenty kilobytes for all of it."""
    source = Path(__file__).parents[2] / "bot/widget/src"
    table = (source / "strings.ts").read_text(encoding="utf-8")
    code = "".join(file.read_text(encoding="utf-8") for file in source.rglob("*.ts") if file.name != "strings.ts")
    names = re.findall(r"^  (\w+): \[", table, re.MULTILINE)
    assert names and [name for name in names if not re.search(rf'words\.{name}\b|"{name}"[,;: ]', code)] == []
