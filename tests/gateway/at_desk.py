"""Somebody at the agent desk, over HTTP as its page does it; and handoffs for them to take."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx

from actions.adapters.texts import ResponseTexts
from actions.ports import Contact
from actions.usecases.handoff_package import build_package
from bot.gateway.desk.accounts import Accounts, Role
from bot.gateway.handoff.model import Request
from bot.gateway.handoff.store import HandoffStore
from bot.gateway.store.engine import Database, open_engine
from bot.gateway.words import Words
from tests.support.examples import some_facts

PASSWORD = "Rugbrød og kaffe 47"
TEXTS = ResponseTexts()


def a_package(name: str = "Kirsten Bæk", symptom: str = "no_power", **changes: Any) -> dict[str, Any]:
    """What the dialogue hands over, for a customer of that name."""
    facts = some_facts(symptom=symptom, contact=Contact(name, "", "kirsten@example.com", "+4531234567"))
    device = {"product_name": "HP EliteBook 840 14 G9", "verified": True, "registry": "found"}
    facts = replace(facts, entitlement={**facts.entitlement, **device})
    return {**build_package(facts, TEXTS, case_id=None, reason="asked_for"), **changes}


class AtDesk:
    """A signed-in page. `post` and `delete` send what the page sends."""

    def __init__(self, base: str, email: str = "", password: str = PASSWORD) -> None:
        self.http = httpx.Client(base_url=f"{base}/desk/api", timeout=30, trust_env=False)
        self.token = ""
        if email:
            answer = self.sign_in(email, password)
            assert answer.status_code == 200, answer.text

    def sign_in(self, email: str, password: str) -> httpx.Response:
        return self._seated(self.http.post("/session", json={"email": email, "password": password}))

    def change_password(self, present: str, new: str) -> httpx.Response:
        return self._seated(self.post("/password", present=present, new=new))

    def _seated(self, answer: httpx.Response) -> httpx.Response:
        if answer.status_code == 200:
            self.token = answer.json()["token"]
        return answer

    def get(self, path: str, **query: Any) -> httpx.Response:
        return self.http.get(path, params=query)

    def post(self, path: str, **body: Any) -> httpx.Response:
        return self.http.post(path, json=body, headers={"X-Desk-Token": self.token})

    def delete(self, path: str) -> httpx.Response:
        return self.http.delete(path, headers={"X-Desk-Token": self.token})

    def be(self, state: str, **more: Any) -> None:
        answer = self.post("/presence", state=state, **more)
        assert answer.status_code == 204, answer.text

    def send(self, chat: str, text: str, name: str = "") -> httpx.Response:
        return self.post(f"/chats/{chat}/messages", id=name or str(uuid.uuid4()), text=text)

    @contextmanager
    def stream(self, chats: str = "") -> Iterator[Iterator[tuple[str, Any]]]:
        """The stream's messages as (event, data), heartbeats left out."""
        with self.http.stream("GET", "/stream", params={"chats": chats}, timeout=20) as answer:
            assert answer.status_code == 200, answer.read()
            yield _messages(answer.iter_lines())


def _messages(lines: Iterator[str]) -> Iterator[tuple[str, Any]]:
    event = ""
    for line in lines:
        if line.startswith("event: "):
            event = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield event, json.loads(line.removeprefix("data: "))


class Office:
    """The operator's side of a gateway under test, on its own database."""

    def __init__(self, gateway: Any) -> None:
        self.gateway = gateway
        self.database = Database(open_engine(gateway.settings.database("chat")))
        self.accounts = Accounts(self.database)
        self.handoffs = HandoffStore(self.database, Words(TEXTS).say)

    def hire(self, name: str, role: Role = Role.AGENT, languages: tuple[str, ...] = ("da", "en")) -> AtDesk:
        """Somebody with a password of their own, signed in."""
        email = f"{name.split()[0].lower()}@example.com"
        agent, once = self.accounts.add(name, email, languages, role, datetime.now(UTC))
        self.accounts.change_password(agent, once, PASSWORD)
        return AtDesk(self.gateway.base, email)

    def customer_waits(
        self, language: str = "da", reason: str = "asked_for", package: dict[str, Any] | None = None
    ) -> tuple[Any, str]:
        """A customer's chat, and the handoff it waits in."""
        chat = self.gateway.chat(language=language)
        opened = self.handoffs.open(
            chat.session["token"].split(".")[0], Request(reason, language, package=package or {}), datetime.now(UTC)
        )
        assert opened is not None
        return chat, opened.id
