"""One customer talking to the dialogue, and what they read: events as the gateway makes them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from bot.gateway.answers import read_answer
from bot.gateway.events import Question, titled
from bot.gateway.wire import PERSON_LEFT, SESSION_OPEN, SESSION_START, harmless


class Talk:
    """A conversation over Rasa's webhook, with the gateway's reading of answers and its guard of payloads."""

    def __init__(self, webhook: str, language: str | None) -> None:
        self.id = uuid.uuid4().hex
        self.language = language
        self.question: Question | None = None
        self.turn: list[Mapping[str, Any]] = []  # what came in answer to the last message
        self.heard: list[Mapping[str, Any]] = []  # everything the customer has read
        self.handoffs: list[Mapping[str, Any]] = []  # what the desk was asked for
        self.ended = False
        self._webhook = webhook
        self._http = httpx.Client(timeout=30)

    def open(self) -> None:
        """Start the conversation."""
        self._send(SESSION_OPEN, None)

    def say(self, text: str) -> None:
        """Type something."""
        chosen = titled(text, self.question) if self.question else None
        self._send(chosen.payload if chosen else harmless(text), chosen.id if chosen else None)

    def choose(self, choice: str) -> None:
        """Click a choice of the open question."""
        offered = self.question.offered(choice) if self.question else None
        assert offered, f"{choice!r} is not on offer: {self.offers}"
        self._send(offered.payload, choice)

    def send_file(self) -> None:
        """Send the file that the open question asks for."""
        asked = self.question.file_choice if self.question else None
        assert asked, f"no file is asked for: {self.asks}"
        self._send(asked.payload, asked.id)

    def person_left(self, state: str, told: Sequence[str]) -> None:
        """A person had the conversation; the gateway tells the dialogue what was said (wire.py)."""
        said = [{"role": "customer", "text": text} for text in told]
        self._send(PERSON_LEFT, None, {"handoff": {"state": state, "outcome": state, "said": said}})

    @property
    def asks(self) -> str:
        """The slot of the open question, or ""."""
        return self.question.slot if self.question else ""

    @property
    def offers(self) -> list[str]:
        """Ids on offer."""
        return [choice.id for choice in self.question.shown] if self.question else []

    @property
    def read(self) -> str:
        """The words of the last answer."""
        return "\n".join(str(event.get("text", "")) for event in self.turn)

    def cards(self, name: str) -> Sequence[Mapping[str, Any]]:
        """The data of every card of that name so far."""
        return [event["data"] for event in self.heard if event.get("card") == name]

    def _send(self, message: str, choice: str | None, news: Mapping[str, Any] | None = None) -> None:
        if self.ended:
            self._post(SESSION_START, None)
        answer = read_answer(self._post(message, choice, news))
        self.turn = [{"type": draft.type, **draft.body} for draft in answer.drafts]
        self.heard += self.turn
        self.handoffs += [answer.handoff] if answer.handoff else []
        self.question, self.ended = answer.question, answer.ended

    def _post(self, message: str, choice: str | None, news: Mapping[str, Any] | None = None) -> object:
        offered = [each.public() for each in self.question.shown] if self.question else []
        metadata = {"locale": self.language, "choices": offered, "choice": choice} | dict(news or {})
        answer = self._http.post(self._webhook, json={"sender": self.id, "message": message, "metadata": metadata})
        answer.raise_for_status()
        return answer.json()
