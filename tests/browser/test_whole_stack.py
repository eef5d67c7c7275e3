"""A courier is booked in the web chat of a running installation: in Danish on a phone, in English on a desktop."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from chat_page import ChatPage
from playwright.sync_api import Browser, expect

from tests.support.customer import ANSWERS
from tests.support.stack import Stack, running_stack

MANY_QUESTIONS = 60
PATIENCE = 120_000  # milliseconds; the machine may be busy
QUESTION = """() => {
    const {talk} = document.querySelector("hp-offsite-chat");
    const settled = talk.phase === "live" && !talk.busy && !talk.outgoing.length && talk.question;
    return settled && {seq: settled.seq, slot: settled.expects?.slot ?? "", choices: settled.choices ?? []};
}"""
INSIDE = """() => {
    const {phase, busy, owner, online, outgoing, events} = document.querySelector("hp-offsite-chat").talk;
    return JSON.stringify({phase, busy, owner, online, outgoing, last: events.slice(-3)});
}"""
LOOKS = os.environ.get("OFFSITE_LOOKS", "")


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with running_stack(tmp_path_factory.mktemp("whole") / "var") as running:
        yield running


class Customer:
    """Answers what is asked, by what stands on the screen."""

    def __init__(self, chat: ChatPage, answers: dict[str, str]) -> None:
        self.chat = chat
        self.answers = {**ANSWERS, **answers}
        self.slots: list[str] = []
        self._seen = 0

    def until(self, heading: str) -> None:
        """Answer until a card with that heading stands there."""
        for _ in range(MANY_QUESTIONS):
            if self.chat.log.get_by_role("heading", name=heading).count():
                return
            self.answer(heading)
        raise AssertionError(f"no card »{heading}« after {self.slots}")

    def answer(self, heading: str) -> None:
        page = self.chat.page
        until_time = time.monotonic() + PATIENCE / 1000
        while not (asked := page.evaluate(QUESTION)) or asked["seq"] <= self._seen:
            if self.chat.log.get_by_role("heading", name=heading).count():
                return
            assert time.monotonic() < until_time, f"nothing asked after {self.slots}: {page.evaluate(INSIDE)}"
            page.wait_for_timeout(100)
        self._seen = asked["seq"]
        self.slots.append(asked["slot"])
        if LOOKS:
            page.wait_for_timeout(300)
            page.screenshot(path=f"{LOOKS}/{len(self.slots):02}-{asked['slot']}.png")
        given = self.answers.get(asked["slot"], "")
        offered = {choice["id"]: choice["title"] for choice in asked["choices"]}
        chosen = next((each for each in given.split("|") if each in offered), None)
        if asked["slot"] == "pickup_date":
            self.chat.log.get_by_role("table").get_by_role("button").first.click()
        elif chosen or (offered and ("|" in given or not given)):
            self.chat.button(offered[chosen or next(iter(offered))]).click()
        else:
            self.chat.say(given)


@pytest.mark.parametrize(
    ("language", "size", "fault", "booked", "serial"),
    [
        ("da", (390, 780), "min pc vil ikke tænde", "Afhentningen er bestilt", "DEM503C001"),
        ("en", (1280, 800), "my pc will not turn on", "The pick-up is booked", "DEM438F003"),
    ],
)
def test_a_courier_is_booked_in_the_web_chat(
    browser: Browser, stack: Stack, language: str, size: tuple[int, int], fault: str, booked: str, serial: str
) -> None:
    page = browser.new_context(viewport={"width": size[0], "height": size[1]}).new_page()
    chat = ChatPage(page, SimpleNamespace(gateway=SimpleNamespace(base=stack.url)))
    chat.go(f"/?language={language}")
    chat.launcher.click()
    expect(chat.log.locator(".message").first).to_be_visible(timeout=PATIENCE)
    chat.say(fault)
    customer = Customer(chat, {"serial_number": serial, "symptom": "no_power"})
    customer.until(booked)
    case = re.search(r"HPO-[0-9A-Z]{6}", chat.log.inner_text())
    cases = {case["case_id"]: case for case in stack.offsite("cases", "list")}
    bookings = [each for each in stack.offsite("bookings", "list") if each["case_id"] == case[0]]
    assert cases[case[0]]["serial_number"] == serial and cases[case[0]]["status"] == "booked"
    assert [(each["kind"], each["status"]) for each in bookings] == [("pickup", "booked")]
    card = chat.log.get_by_role("region", name=booked)
    expect(card).to_contain_text(bookings[0]["tracking_number"])
    expect(card).to_contain_text(case[0])
    assert not re.search(r"\bNone\b|\{\w+\}|undefined", chat.log.inner_text())
    if LOOKS:
        page.screenshot(path=f"{LOOKS}/99-booked.png")
    assert chat.complaints == []
    page.context.close()


def test_the_customer_changes_the_language_in_the_chat(browser: Browser, stack: Stack) -> None:
    chat = ChatPage(browser.new_page(), SimpleNamespace(gateway=SimpleNamespace(base=stack.url)))
    chat.go("/?language=da")
    chat.launcher.click()
    expect(chat.log.locator(".message").first).to_be_visible(timeout=PATIENCE)
    chat.button("English").click()
    english = chat.log.locator(".message.bot > [lang=en]")
    expect(english.first).to_be_visible(timeout=PATIENCE)
    chat.button("Dansk").click()
    answers = chat.log.locator(".message").filter(has_text="dansk").last.locator("xpath=following-sibling::*")
    expect(answers.locator("[lang=da]").first).to_be_visible(timeout=PATIENCE)
    chat.page.context.close()
