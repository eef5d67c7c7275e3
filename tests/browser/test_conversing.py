"""A conversation in the web chat: from the tag on a page to an answered question."""

from __future__ import annotations

import re

from playwright.sync_api import expect


def test_a_customer_asks_and_chooses_an_answer(visit, house):
    chat = visit("/?language=da").open()
    chat.say("min pc vil ikke tænde")
    chat.sees("Du skrev: min pc vil ikke tænde")
    chat.button("Ja").click()
    chat.sees("Du skrev: /affirm")
    assert house.rasa.messages == ["min pc vil ikke tænde", "/affirm"]
    assert chat.messages[:3] == [
        "Hej, jeg er en automatisk assistent. Hvad kan jeg hjælpe dig med?",
        "min pc vil ikke tænde",
        "Du skrev: min pc vil ikke tænde",
    ]


def test_any_button_of_the_page_opens_the_chat(visit):
    chat = visit("/?language=en")
    chat.page.get_by_role("button", name="Start the chat").click()
    chat.sees("Hello, I am an automated assistant.")
    expect(chat.dialog).to_have_accessible_name("HP Offsite Support")


def test_what_is_typed_before_the_greeting_is_sent_after_it(visit, house):
    house.rasa.delay = lambda heard: 1.0 if heard["message"] == "/session_open" else 0.0
    chat = visit()
    chat.launcher.click()
    chat.say("hej med dig")
    chat.sees("Du skrev: hej med dig")
    assert re.search("automatisk assistent", chat.messages[0])


def test_the_page_says_that_it_is_a_demonstration_not_run_by_hp(visit):
    for language, words in (("da", "Siden drives ikke af HP"), ("en", "The page is not run by HP")):
        chat = visit(f"/?language={language}")
        expect(chat.page.get_by_text(words)).to_be_visible()
        expect(chat.page.get_by_role("heading", level=1)).to_have_count(1)
        assert chat.page.locator("html").get_attribute("lang") == language
