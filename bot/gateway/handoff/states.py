"""The life of a handoff, as a table: which move leads where, and whose the conversation then is. Pure.

waiting ─► claimed ─► active ─► returned | closed
   │          │          │
   │          └──────────┴─► waiting (released)
   └─► expired | cancelled
"""

from __future__ import annotations

from enum import StrEnum

from bot.gateway.events import Owner


class State(StrEnum):
    """Where a handoff stands."""

    WAITING = "waiting"
    CLAIMED = "claimed"  # somebody took it and has not written yet
    ACTIVE = "active"
    RETURNED = "returned"  # given back to the assistant
    CLOSED = "closed"
    EXPIRED = "expired"  # nobody came
    CANCELLED = "cancelled"  # the customer did not want to wait, or left


OPEN = frozenset({State.WAITING, State.CLAIMED, State.ACTIVE})
"""A conversation has at most one of these."""

HELD = frozenset({State.CLAIMED, State.ACTIVE})
"""A person has it."""


class Move(StrEnum):
    """What happens to a handoff."""

    CLAIM = "claim"
    ANSWER = "answer"  # the person's first word
    TRANSFER = "transfer"  # to another person
    RELEASE = "release"  # back into the queue
    RETURN = "return"  # back to the assistant
    CLOSE = "close"
    EXPIRE = "expire"
    CANCEL = "cancel"


_TABLE = {
    (State.WAITING, Move.CLAIM): State.CLAIMED,
    (State.WAITING, Move.EXPIRE): State.EXPIRED,
    (State.WAITING, Move.CANCEL): State.CANCELLED,
    (State.CLAIMED, Move.ANSWER): State.ACTIVE,
    (State.ACTIVE, Move.ANSWER): State.ACTIVE,
} | {
    (held, move): to
    for held in HELD
    for move, to in {
        Move.TRANSFER: State.CLAIMED,
        Move.RELEASE: State.WAITING,
        Move.RETURN: State.RETURNED,
        Move.CLOSE: State.CLOSED,
    }.items()
}


def after(state: State, move: Move) -> State | None:
    """The state that `move` leads to; None where it can't be made."""
    return _TABLE.get((state, move))


def owner_of(state: State) -> Owner:
    """Whose the conversation is."""
    if state is State.WAITING:
        return "queue"
    return "agent" if state in HELD else "bot"
