"""What a pressed card may mean: an answer to the question that it showed, while that is still the open one (T9)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.gateway.events import Event, Question

DATA = "offsite"  # our own part of what a card sends
ANSWER = "answer"  # the name of a card's one input
VERB = "answer"  # of Action.Execute
_MOST = 200


@dataclass(frozen=True)
class Press:
    """A pressed button: of the card made of event `seq`, in the conversation with that mark."""

    mark: str
    seq: int
    answer: str


def mark_of(conversation: str) -> str:
    """Tells a card of this conversation from one of another, without naming it."""
    return hashlib.sha256(f"teams-card:{conversation}".encode()).hexdigest()[:16]


def press_data(conversation: str, seq: int, choice: str | None = None) -> dict[str, Any]:
    """What a button sends; without a choice the card's input adds the answer."""
    data: dict[str, Any] = {"of": mark_of(conversation), "event": seq}
    return {DATA: data if choice is None else data | {"choice": choice}}


def read_press(value: Mapping[str, Any]) -> Press | None:
    """The press in a value; None where no card of ours sends such."""
    data = value.get(DATA)
    if not isinstance(data, Mapping):
        return None
    mark, seq = data.get("of"), data.get("event")
    answer = data.get("choice", value.get(ANSWER))
    if not isinstance(mark, str) or not isinstance(seq, int) or isinstance(seq, bool) or not 0 < seq < 2**31:
        return None
    return Press(mark, seq, answer[:_MOST] if isinstance(answer, str) else "")


def still_open(press: Press, conversation: str, question: Question | None, event: Event | None) -> bool:
    """Whether the card shows the question that is open now."""
    if press.mark != mark_of(conversation) or question is None or event is None or event.role != "bot":
        return False
    shown = Question(str(event.body.get("text", "")), event.body.get("expects") or {})
    return (shown.text, shown.identity()) == (question.text, question.identity())


def wanted(press: Press, event: Event, question: Question) -> tuple[str, str] | None:
    """("choice", id) or ("text", a day) that the card offers and the question takes; None for anything else."""
    offered = [choice.get("id") for choice in event.body.get("choices") or ()]
    if press.answer in offered and question.offered(press.answer):
        return "choice", press.answer
    if not offered and question.expects.get("kind") == "date" and _is_day(press.answer):
        return "text", press.answer
    return None


def _is_day(value: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
