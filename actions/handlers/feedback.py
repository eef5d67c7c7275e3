"""The end of a fault: more, or goodbye."""

from __future__ import annotations

from actions.handlers.turn import Events, Handler, Turn, set_slots


class NoteAnythingElse(Handler):
    """Whether there is one more fault."""

    name_ = "action_note_anything_else"

    def act(self, turn: Turn) -> Events:
        return set_slots({"more": turn.slot("anything_else") is True, "anything_else": None})

    def on_trouble(self, turn: Turn) -> Events:
        return set_slots({"more": False, "anything_else": None})
