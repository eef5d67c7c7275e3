"""The end of a fault: more, how it went, or goodbye."""

from __future__ import annotations

from actions.casework.reading.case_readers import SKIP
from actions.handlers.tracker import read_message
from actions.handlers.turn import Events, Handler, Turn, choice, set_slots
from actions.ports import CaseStatus, PortError
from actions.usecases.store_feedback import FeedbackStored, store_feedback

#: Ends at which nothing is wrong and nobody is waited for.
_NATURAL = frozenset({CaseStatus.BOOKED, CaseStatus.RESOLVED_REMOTELY, CaseStatus.CLOSED})


class NoteAnythingElse(Handler):
    """Whether there is one more fault; if not, how it went is asked once, where it came to a natural end."""

    name_ = "action_note_anything_else"

    def act(self, turn: Turn) -> Events:
        ended = "feedback" if _ended_well(turn) else "goodbye"
        return set_slots({"ending": "more" if turn.slot("anything_else") is True else ended, "anything_else": None})

    def on_trouble(self, turn: Turn) -> Events:
        return set_slots({"ending": "goodbye", "anything_else": None})


def _ended_well(turn: Turn) -> bool:
    """Not after trouble or a handoff, and once in a conversation."""
    case_id = turn.slot("case_id")
    if not case_id or turn.slot("feedback_score") is not None:
        return False
    try:
        return turn.world.desk.get(case_id).facts.status in _NATURAL
    except PortError:
        return False


class ValidateFeedbackForm(Handler):
    """Who skips the score is asked nothing more."""

    name_ = "validate_feedback_form"

    def act(self, turn: Turn) -> Events:
        if turn.slot("feedback_score") is None:
            return set_slots({"requested_slot": "feedback_score"})
        words = turn.slot("feedback_score") != SKIP and turn.slot("feedback_text") is None
        return set_slots({"requested_slot": "feedback_text" if words else None})


class AskFeedbackText(Handler):
    """The score is kept at once: who leaves now has given it."""

    name_ = "action_ask_feedback_text"

    def act(self, turn: Turn) -> Events:
        _store(turn, "")
        turn.ask("feedback_text", "text", turn.text("ask_feedback_text"), [(choice(SKIP), turn.text("title_skip"))])
        return []


class StoreFeedback(Handler):
    """Keeps score and words, and thanks only for what is kept; one more fault, told instead, is taken up."""

    name_ = "action_store_feedback"

    def act(self, turn: Turn) -> Events:
        words = str(turn.slot("feedback_text") or "")
        if turn.slot("feedback_score") != SKIP and _store(turn, "" if words == SKIP else words):
            turn.say("feedback_thanks")
        more = turn.slot("feedback_text") is None and read_message(turn.tracker).intent == "report_fault"
        return set_slots({"ending": "more" if more else "goodbye"})

    def on_trouble(self, turn: Turn) -> Events:
        return set_slots({"ending": "goodbye"})


def _store(turn: Turn, words: str) -> bool:
    score = int(str(turn.slot("feedback_score")))
    at = turn.world.clock.now()
    stored = store_feedback(turn.world.desk, str(turn.slot("case_id")), turn.conversation, score, words, at)
    return isinstance(stored, FeedbackStored)
