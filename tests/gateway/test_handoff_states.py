"""The states of a handoff, as a table: every move from every state."""

from __future__ import annotations

import pytest

from bot.gateway.handoff.states import HELD, OPEN, Move, State, after, owner_of

ALLOWED = {
    ("waiting", "claim"): "claimed",
    ("waiting", "expire"): "expired",
    ("waiting", "cancel"): "cancelled",
    ("claimed", "answer"): "active",
    ("claimed", "transfer"): "claimed",
    ("claimed", "release"): "waiting",
    ("claimed", "return"): "returned",
    ("claimed", "close"): "closed",
    ("active", "answer"): "active",
    ("active", "transfer"): "claimed",
    ("active", "release"): "waiting",
    ("active", "return"): "returned",
    ("active", "close"): "closed",
}


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("move", list(Move))
def test_every_move_leads_where_the_table_says_or_nowhere(state: State, move: Move) -> None:
    assert after(state, move) == ALLOWED.get((state, move))


def test_the_conversation_is_whose_the_state_says() -> None:
    assert {state: owner_of(state) for state in State} == {
        state: "queue" if state == "waiting" else "agent" if state in HELD else "bot" for state in State
    }
    assert {State.WAITING, *HELD} == OPEN
