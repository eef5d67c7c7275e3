"""A customer at the chat API (contract section 3), for tests of a running system.

chat = ChatClient("http://127.0.0.1:8080")
chat.open("da")
chat.say("min pc vil ikke tænde")
chat.expects()            # {"slot": "serial_number", "kind": "text"}
chat.choose("affirm")     # answers the open question by a choice's id
"""

from __future__ import annotations

import time
import uuid
from typing import Any

import requests

Event = dict[str, Any]


class TurnTimeout(AssertionError):
    """The bot was still busy when patience ran out."""


class ChatClient:
    """One conversation. `patience` is how many seconds a turn may take."""

    def __init__(self, base: str, patience: float = 30.0) -> None:
        self.base = base.rstrip("/") + "/api/chat"
        self.patience = patience
        self.events: list[Event] = []
        self.owner = "bot"
        self.turn: list[Event] = []  # what came since the last thing said
        self._http = requests.Session()

    def open(self, language: str | None = None) -> list[Event]:
        """Start a conversation and wait for the greeting."""
        answer = self._http.post(f"{self.base}/sessions", json={"language": language} if language else {}, timeout=30)
        answer.raise_for_status()
        session = answer.json()
        self._http.headers["Authorization"] = f"Bearer {session['token']}"
        self._take(session["events"])
        self.turn = self.wait()
        return self.events

    def say(self, text: str) -> list[Event]:
        """Type something; what the bot answered."""
        return self._send({"text": text})

    def choose(self, choice: str) -> list[Event]:
        """Click a choice of the open question; what the bot answered."""
        return self._send({"choice": choice})

    def post(self, body: dict[str, Any]) -> requests.Response:
        """Send a message without waiting for the answer."""
        return self._http.post(f"{self.base}/messages", json={"id": str(uuid.uuid4()), **body}, timeout=30)

    def wait(self) -> list[Event]:
        """Everything that came until the bot had nothing more to do. Raises TurnTimeout."""
        before = len(self.events)
        until = time.monotonic() + self.patience
        while time.monotonic() < until:
            answer = self._http.get(f"{self.base}/events", params={"after": self._last_seq(), "wait": 5}, timeout=40)
            answer.raise_for_status()
            state = answer.json()
            self._take(state["events"])
            self.owner = state["owner"]
            if not state["busy"]:
                return self.events[before:]
        raise TurnTimeout(f"still busy after {self.patience} s; last: {self.events[-3:]}")

    def wait_for(self, event_type: str, **values: Any) -> Event:
        """The first event of that type with those values, also one that comes later. Raises TurnTimeout."""
        until = time.monotonic() + self.patience
        while time.monotonic() < until:
            for event in self.events:
                if event["type"] == event_type and all(event.get(k) == v for k, v in values.items()):
                    return event
            answer = self._http.get(f"{self.base}/events", params={"after": self._last_seq(), "wait": 2}, timeout=40)
            answer.raise_for_status()
            self._take(answer.json()["events"])
        raise TurnTimeout(f"no {event_type} {values} within {self.patience} s; last: {self.events[-3:]}")

    def question(self) -> Event | None:
        """The open question: the last bot event that expects something, if the customer hasn't answered it."""
        for event in reversed(self.events):
            if event["from"]["role"] == "customer":
                return None
            if event.get("expects"):
                return event
        return None

    def expects(self) -> dict[str, Any]:
        """What the open question asks for; empty where none is open."""
        question = self.question()
        return question["expects"] if question else {}

    def choices(self) -> list[str]:
        """Ids of the choices of the open question."""
        question = self.question()
        return [choice["id"] for choice in (question or {}).get("choices", [])]

    def cards(self, kind: str) -> list[Event]:
        """All cards of one kind so far, oldest first."""
        return [event for event in self.events if event["type"] == "card" and event["card"] == kind]

    def said(self) -> str:
        """Everything the bot said in the last turn."""
        return "\n".join(event.get("text") or "" for event in self.turn if event["from"]["role"] == "bot")

    def _send(self, body: dict[str, Any]) -> list[Event]:
        answer = self.post(body)
        assert answer.status_code in {200, 202}, f"{answer.status_code}: {answer.text}"
        self.turn = self.wait()
        return self.turn

    def _take(self, events: list[Event]) -> None:
        known = self._last_seq()
        self.events.extend(event for event in events if event["seq"] > known)

    def _last_seq(self) -> int:
        return self.events[-1]["seq"] if self.events else 0
