"""In Microsoft's own client: welcomed once, in its language; a person takes over and gives back; no way round."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from at_desk import Office
from chat_page import House
from playwright.sync_api import Browser, Page, expect
from stub_rasa import ServerThread, free_port

from bot.gateway.handoff.model import Request
from tests.support.playground import Bridge, playground
from tests.support.playground_chat import PlaygroundChat
from tests.support.teams import Microsoft


class Client:
    """One person's client."""

    def __init__(self, page: Page, bridge: Bridge, house: House, url: str) -> None:
        self.page, self.bridge, self.house = page, bridge, house
        self.chat = PlaygroundChat(page, house.gateway.settings.var / "chat.db")
        self.chat.open(url)

    def reads(self, text: str) -> None:
        expect(self.page.get_by_text(text).last).to_be_visible(timeout=60_000)

    def until(self, what: Callable[[], object]) -> None:
        end = time.monotonic() + 60
        while not what():
            assert time.monotonic() < end, "it did not happen in time"
            self.page.wait_for_timeout(50)


@pytest.fixture
def client(browser: Browser, build: Callable[..., House], tmp_path: Path) -> Iterator[Callable[[str], Client]]:
    """Opens one client at a gateway of its own."""
    closing: list[Callable[[], Any]] = []

    def _client(locale: str) -> Client:
        microsoft = Microsoft(ServerThread, free_port())
        microsoft.start()
        port = free_port()
        house = build(**microsoft.settings() | {"teams_service_urls": f"http://127.0.0.1:{port}"})
        bridge = Bridge(microsoft, house.gateway.base, ServerThread, port, locale)
        running = playground(f"{bridge.base}/api/messages", free_port(), tmp_path)
        url = running.__enter__()
        page = browser.new_page(viewport={"width": 1100, "height": 1000})
        closing.extend([microsoft.stop, bridge.stop, lambda: running.__exit__(None, None, None), page.close])
        return Client(page, bridge, house, url)

    yield _client
    for close in reversed(closing):
        close()


def test_a_person_takes_over_and_gives_back(client: Callable[[str], Client], tmp_path: Path):
    here = client("da-DK")
    office = Office(here.house.gateway)
    anna = office.hire("Anna Holm")
    anna.be("available", capacity=3)
    here.chat.say("jeg vil tale med et menneske")
    conversation = here.house.rasa.heard[-1]["sender"]
    heard = len(here.house.rasa.heard)
    opened = office.handoffs.open(conversation, Request("asked_for", "da", package={}), datetime.now(UTC))
    assert opened is not None
    assert anna.post(f"/chats/{opened.id}/claim").is_success
    here.reads("Anna er nu med i chatten.")
    assert anna.send(opened.id, "Hej, det er *Anna*. Hvad kan jeg gøre?").is_success
    here.reads("Anna fra HP: Hej, det er *Anna*. Hvad kan jeg gøre?")
    here.page.locator("[contenteditable=true]").first.click()
    here.page.keyboard.type("/restart")
    here.page.keyboard.press("Enter")
    here.until(lambda: any(event.get("text") == "/restart" for event in here.chat.events()))
    assert len(here.house.rasa.heard) == heard, "the assistant hears nothing of it"
    assert anna.post(f"/chats/{opened.id}/return", word="Assistenten hjælper dig videre.").is_success
    here.reads("Anna fra HP: Assistenten hjælper dig videre.")
    here.reads("Anna har givet samtalen tilbage")
    here.until(lambda: len(here.house.rasa.heard) > heard)
    here.page.screenshot(path=Path(os.environ.get("TEAMS_PICTURES", tmp_path)) / "person.png")
    office.database.close()


def test_welcomed_once_in_the_language_of_the_client(client: Callable[[str], Client]):
    here = client("en-GB")
    here.reads("Hello, I am an automated assistant.")
    here.page.reload()
    here.until(lambda: sum(each["type"] == "installationUpdate" for each in here.bridge.received) == 2)
    here.page.wait_for_timeout(1500)
    assert [event["text"] for event in here.chat.events()] == [
        "Hello, I am an automated assistant. What can I help you with?"
    ]


def test_an_unsigned_call_past_the_proxy_is_refused(client: Callable[[str], Client]):
    here = client("da-DK")
    real = here.bridge.received[-1]
    answer = httpx.post(f"{here.house.gateway.base}/api/messages", json=real, trust_env=False)
    assert (answer.status_code, answer.content) == (401, b"")
