"""A customer at the playground's page: presses the cards and types, as a person would, and reads what is shown."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

PATIENCE = 90.0


class PlaygroundChat:
    """What `Customer` needs of a chat. What is asked and what was said is read from the gateway's own log."""

    def __init__(self, page: Page, log: Path) -> None:
        self.page, self._log = page, log
        self._others = self._conversations()
        page.set_default_timeout(PATIENCE * 1000)
        page.route(lambda url: not url.startswith("http://127.0.0.1"), lambda route: route.abort())

    def open(self, url: str) -> None:
        """The page, once the greeting stands there."""
        self.page.goto(url)
        self.settle()

    def expects(self) -> dict[str, Any]:
        """What the open question asks for."""
        return dict(self._question().get("expects", {}))

    def choices(self) -> list[str]:
        """Ids of the choices of the open question."""
        return [choice["id"] for choice in self._question().get("choices", [])]

    def events(self) -> list[dict[str, Any]]:
        """The log: role, type and body of each event."""
        rows = self._rows(f"SELECT role, type, body FROM chat_events WHERE conversation = '{self._mine}' ORDER BY seq")
        return [{"role": role, "type": type_, **json.loads(body)} for role, type_, body in rows]

    def cards(self, kind: str) -> list[dict[str, Any]]:
        """All cards of one kind so far."""
        return [event for event in self.events() if event["type"] == "card" and event["card"] == kind]

    def said(self) -> str:
        """The bot's last words."""
        return str([event.get("text") for event in self.events() if event["role"] != "customer"][-1])

    def say(self, text: str) -> None:
        """Type it."""
        before = self._count("customer")
        self.page.locator("[contenteditable=true]").first.click()
        self.page.keyboard.insert_text(text)  # typed by key, an "@" would open a list of people
        self.page.keyboard.press("Enter")
        self.settle(since=before)

    def choose(self, choice: str) -> None:
        """Press the choice, or pick it from the list and send it."""
        title = next(each["title"] for each in self._question()["choices"] if each["id"] == choice)
        before = self._count("customer")
        lists = self.page.get_by_role("combobox")
        if lists.count():
            lists.last.click()
            self.page.get_by_role("option", name=title, exact=True).click()
            title = "Vælg" if self.page.get_by_role("button", name="Vælg", exact=True).count() else "Choose"
        self.page.get_by_role("button", name=title, exact=True).last.click()
        self.settle(since=before)

    def settle(self, since: int | None = None) -> None:
        """Until the customer's word is in the log, everything said after it was delivered, and the page shows it."""
        self._until(lambda: since is None or self._count("customer") > since)
        self._until(self._quiet)
        expect(self.page.get_by_text(_first_line(self.said())).last).to_be_visible(timeout=PATIENCE * 1000)

    def _quiet(self) -> bool:
        states = (
            f"SELECT count(*) FROM chat_turns WHERE state IN ('waiting', 'parked') AND conversation = '{self._mine}'"
        )
        behind = "SELECT count(*) FROM chat_conversations c JOIN teams_outbox o ON o.conversation = c.id"
        behind += f" WHERE c.id = '{self._mine}' AND (c.last_seq = 0 OR o.cursor < c.last_seq)"
        return self._count("bot") > 0 and not self._rows(states)[0][0] and not self._rows(behind)[0][0]

    @property
    def _mine(self) -> str:
        """The conversation that began after the page was made; "" before that."""
        return next(iter(self._conversations() - self._others), "")

    def _conversations(self) -> set[str]:
        return {row[0] for row in self._rows("SELECT id FROM chat_conversations")}

    def _count(self, role: str) -> int:
        counted = f"SELECT count(*) FROM chat_events WHERE role = '{role}' AND conversation = '{self._mine}'"
        return int(self._rows(counted)[0][0])

    def _question(self) -> dict[str, Any]:
        rows = self._rows(f"SELECT question FROM chat_conversations WHERE id = '{self._mine}'")
        return dict(json.loads(rows[0][0])) if rows and rows[0][0] else {}

    def _rows(self, statement: str) -> list[Any]:
        with sqlite3.connect(self._log, timeout=10) as database:
            return database.execute(statement).fetchall()

    def _until(self, what: Callable[[], bool]) -> None:
        """Waits through the page, which needs us to answer for its requests."""
        end = time.monotonic() + PATIENCE
        while not what():
            assert time.monotonic() < end, "it did not happen in time"
            self.page.wait_for_timeout(50)


def _first_line(text: str) -> str:
    return next(line for line in text.split("\n") if line.strip())[:60]
