"""Whether a person can be reached now, and what is true to say of it (R13). Asked before anything is promised."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum

from actions.agent_ports import People
from actions.casework.hours import hours
from actions.casework.hours.hours import callback_due
from actions.ports import Language, PortError, Texts

__all__ = ["Reach", "callback_due", "is_open", "next_opening_words", "reach"]


class Reach(StrEnum):
    """How a customer comes to a person now."""

    PRESENT = "present"  # open, and somebody is there
    NOBODY = "nobody"  # open, but nobody is there, or nobody knows
    CLOSED = "closed"


def reach(
    people: People,
    language: str,
    now: datetime,
    skills: Sequence[str] = (),
    open_at: Callable[[datetime], bool] | None = None,
) -> Reach:
    """Hours (of `open_at`, usually ours) first, then who is there. A desk that can't be asked promises nobody."""
    if not (open_at or is_open)(now):
        return Reach.CLOSED
    try:
        return Reach.PRESENT if people.availability(language, skills).present > 0 else Reach.NOBODY
    except PortError:
        return Reach.NOBODY


def is_open(now: datetime) -> bool:
    """Whether people answer at that moment."""
    return hours.is_open(now)


def next_opening_words(now: datetime, language: Language, texts: Texts) -> str:
    """When people answer next, in words: "i morgen, torsdag den 26. november, kl. 8.00". For when it is closed."""
    words = hours.describe_opening(hours.next_opening(now), language, now)
    return texts.text(words.pop("key"), language, **words)
