"""What is known and open when a message is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Context:
    """`question` is the open slot and `form` the open form, or "". `pickup_slots` are (ISO date, window) on offer;
    `own_cases` may be spoken of in this conversation, `completed_cases` are those of them that are done."""

    slots: Mapping[str, object]
    today: date
    form: str = ""
    question: str = ""
    pickup_slots: tuple[tuple[str, str], ...] = field(default=())
    own_cases: tuple[str, ...] = ()
    completed_cases: tuple[str, ...] = ()

    def known(self, slot: str) -> bool:
        """Whether a slot is filled; False and an empty list are answers."""
        return self.slots.get(slot) is not None
