"""What stands in a conversation's log, and the one question that may be open (contract section 3)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Role = Literal["customer", "bot", "agent", "system"]
Owner = Literal["bot", "queue", "agent", "closed"]

KINDS = frozenset({"text", "choice", "date", "email", "phone", "postcode", "file"})
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe"})
FILE_SENT = "file_sent"
"""The answer to a question for a file: on offer to who sends one, and to nobody else."""

CARDS = frozenset({"verdict", "case", "booking", "summary", "status"})


@dataclass(frozen=True)
class Draft:
    """An event before it has a number. `body` holds the contract's other fields (text, expects, choices, card…)."""

    type: str
    body: Mapping[str, Any]
    role: Role = "bot"
    name: str | None = None


@dataclass(frozen=True)
class Event:
    """An event in the log. `seq` counts from 1 without gaps."""

    seq: int
    at: datetime
    role: str
    name: str | None
    type: str
    body: Mapping[str, Any]

    def public(self) -> dict[str, Any]:
        """As clients read it."""
        who = {"role": self.role, "name": self.name}
        at = self.at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return {"seq": self.seq, "at": at, "from": who, "type": self.type, **self.body}


@dataclass(frozen=True)
class Choice:
    """One answer on offer. `payload` is what the dialogue wants to hear; it never leaves the gateway."""

    id: str
    title: str
    payload: str

    def public(self) -> dict[str, str]:
        """As clients read it."""
        return {"id": self.id, "title": self.title}


@dataclass(frozen=True)
class Question:
    """The open question: its words, what it expects and what is on offer."""

    text: str
    expects: Mapping[str, Any] = field(default_factory=dict)
    choices: Sequence[Choice] = ()

    @property
    def slot(self) -> str:
        """What the question is about; "" where the dialogue named nothing."""
        return str(self.expects.get("slot", ""))

    def identity(self) -> list[str]:
        """Two questions with the same identity take the same answers."""
        return [str(self.expects.get(name, "")) for name in ("slot", "script", "step")]

    @property
    def shown(self) -> Sequence[Choice]:
        """The choices that a customer may click or type."""
        return [choice for choice in self.choices if choice.id != FILE_SENT]

    @property
    def file_choice(self) -> Choice | None:
        """What a file says to this question; None where it asks for none."""
        if self.expects.get("kind") != "file":
            return None
        return next((each for each in self.choices if each.id == FILE_SENT), None)

    def offered(self, choice: str) -> Choice | None:
        """The choice with that id, where it is on offer."""
        return next((each for each in self.shown if each.id == choice), None)

    def draft(self) -> Draft:
        """The question as an event, also where it is asked again."""
        body: dict[str, Any] = {"text": self.text}
        if self.expects:
            body["expects"] = dict(self.expects)
        if self.shown:
            body["choices"] = [choice.public() for choice in self.shown]
        return Draft("text", body)

    def stored(self) -> dict[str, Any]:
        """As the log keeps it."""
        choices = [{"id": each.id, "title": each.title, "payload": each.payload} for each in self.choices]
        return {"text": self.text, "expects": dict(self.expects), "choices": choices}

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any] | None) -> Question | None:
        """The other way; None where no question is open."""
        if not stored:
            return None
        return cls(stored["text"], stored["expects"], tuple(Choice(**choice) for choice in stored["choices"]))


def titled(text: str, question: Question) -> Choice | None:
    """The one choice whose title was typed, whatever its case, punctuation or spelling of æ, ø, å."""
    wanted = folded(text)
    matches = [choice for choice in question.shown if folded(choice.title) == wanted]
    return matches[0] if wanted and len(matches) == 1 else None


def folded(text: str) -> str:
    """The text without what people leave out or write differently."""
    spelled = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    return "".join(character for character in spelled if character.isalnum())
