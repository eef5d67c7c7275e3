"""What browser tests work with: a gateway with its stand-in for Rasa, and a page with the chat on it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
import sqlalchemy as sa
from front_door import SECRET, GatewayUnderTest
from playwright.sync_api import ConsoleMessage, Locator, Page, Request, Route, expect
from stub_rasa import StubRasa, until

from bot.gateway.events import Draft
from bot.gateway.store.engine import Database, open_engine
from bot.gateway.store.log import ConversationLog, append, locked
from bot.gateway.store.tables import conversations

expect.set_options(timeout=20_000)

SCRIPTED = list[list[dict[str, Any]]]


@dataclass
class House:
    """A gateway and what answers behind it."""

    rasa: StubRasa
    gateway: GatewayUnderTest

    @property
    def conversation(self) -> str:
        """The id of the conversation that was heard of last."""
        return str(until(lambda: self.rasa.heard and self.rasa.heard[-1]["sender"], 20))

    def script(self, *turns: list[dict[str, Any]]) -> None:
        """What the bot says: to the opening, then to each message; the last one again and again."""
        left = list(turns)

        def answer(heard: dict[str, Any]) -> list[dict[str, Any]]:
            if heard["message"] == "/session_start":
                return []
            return left.pop(0) if len(left) > 1 else left[0]

        self.rasa.answer = answer

    def append(self, event_type: str, role: str = "bot", speaker: str | None = None, **body: Any) -> None:
        """Put an event into the log of the last conversation, as other parts of the gateway would, and ring."""
        key = uuid.uuid4().hex
        engine = open_engine(self.gateway.settings.database("chat"))
        draft = Draft(event_type, body, role, speaker)  # type: ignore[arg-type]
        log = ConversationLog(Database(engine))
        if event_type == "owner":
            with engine.begin() as connection:
                row = conversations.c.id == self.conversation
                connection.execute(sa.update(conversations).where(row).values(owner=body["owner"]))
        log.add(self.conversation, draft, f"inside:{key}", datetime.now(UTC))
        engine.dispose()
        self._ring(key)

    def append_many(self, count: int) -> None:
        """A long history, written at once."""
        database = Database(open_engine(self.gateway.settings.database("chat")))
        drafts = [Draft("text", {"text": f"Besked nummer {number} om pc'en."}) for number in range(count)]
        with database.writing() as connection:
            append(connection, locked(connection, self.conversation), drafts, datetime.now(UTC))
        database.close()

    def logged(self, conversation: str) -> str:
        """Everything that stands in that conversation's log."""
        database = Database(open_engine(self.gateway.settings.database("chat")))
        events = ConversationLog(database).snapshot(conversation, 0).events
        database.close()
        return str(events)

    def _ring(self, key: str) -> None:
        """A key that is known already adds nothing, and tells the listeners."""
        answer = httpx.post(
            f"{self.gateway.base}/internal/conversations/{self.conversation}/events",
            json={"key": key, "event": {"type": "text", "text": "-"}},
            headers={"X-Offsite-Secret": SECRET},
            trust_env=False,
        )
        assert answer.status_code == 200, answer.text


class ChatPage:
    """A page with the chat on it. `complaints` is what the console or the page's policy reported."""

    def __init__(self, page: Page, house: House) -> None:
        self.page = page
        self.house = house
        self.requests: list[Request] = []
        self.complaints: list[str] = []
        self.expected: re.Pattern[str] | None = None
        page.on("request", lambda request: self.requests.append(request))
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.add_init_script(
            "addEventListener('securitypolicyviolation', event => "
            "console.error('policy', event.violatedDirective, event.blockedURI, event.sample))"
        )

    def _console(self, message: ConsoleMessage) -> None:
        expected = self.expected and self.expected.search(message.text)
        if message.type in ("error", "warning") and not expected:
            self.complaints.append(message.text)

    def expect_complaints(self, pattern: str) -> None:
        """From now on these are part of the test."""
        self.expected = re.compile(pattern)

    def go(self, path: str) -> None:
        """To a page of the gateway, or to an address."""
        self.page.goto(path if ":" in path else self.house.gateway.base + path)

    def host(self, html: str, policy: str = "", path: str = "/host.html", origin: str = "") -> None:
        """A page of the test's own, served in the place of one of the gateway (or at another origin)."""
        headers = {"Content-Type": "text/html; charset=utf-8"}
        if policy:
            headers["Content-Security-Policy"] = policy
        address = (origin or self.house.gateway.base) + path
        self.page.route(address, lambda route: route.fulfill(body=html, headers=headers))
        self.page.goto(address)

    # --- what is on it ---

    @property
    def launcher(self) -> Locator:
        return self.page.get_by_role("button", name=re.compile("^(Chat med os|Chat with us)"))

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    @property
    def box(self) -> Locator:
        return self.dialog.get_by_role("textbox", name=re.compile("^(Skriv en besked|Write a message)"))

    @property
    def messages(self) -> list[str]:
        """The text of each message that stands in the log, in order."""
        return [text.strip() for text in self.log.locator(".message .bubble").all_inner_texts()]

    def button(self, name: str) -> Locator:
        return self.dialog.get_by_role("button", name=name, exact=True)

    def sees(self, text: str) -> None:
        """The text stands in the chat, or comes."""
        expect(self.dialog.get_by_text(text).last).to_be_visible()

    # --- what a customer does ---

    def open(self) -> ChatPage:
        """Open the chat and wait for the greeting."""
        self.launcher.click()
        expect(self.log.locator(".message").first).to_be_visible()
        return self

    def say(self, text: str) -> None:
        self.box.fill(text)
        self.box.press("Enter")

    def intercept(self, pattern: str, handler: Callable[[Route], Any]) -> None:
        """Stand between the page and the chat API."""
        self.page.route(re.compile(pattern), handler)

    @property
    def kept(self) -> dict[str, str]:
        """What the page keeps in this tab."""
        return dict(self.page.evaluate("Object.fromEntries(Object.entries(sessionStorage))"))
