"""What keeps a conversation together: sessions, why, again, back to where we were."""

from __future__ import annotations

from rasa_sdk.events import ActionExecuted, ActiveLoop, FollowupAction, SessionStarted, SlotSet

from actions.casework.reading.digressions import ends
from actions.casework.reading.vague import asks_what_it_can_do
from actions.casework.troubleshooting.engine import ask
from actions.casework.troubleshooting.library import load_scripts
from actions.casework.troubleshooting.position import Position
from actions.handlers.tracker import read_message
from actions.handlers.turn import Events, Handler, Turn, set_slots

#: Where a conversation goes on when nothing was set aside.
_CLOSING = "closing_form"


class SessionStart(Handler):
    """A new Rasa session with everything carried over, the open form too: the tracker stays short (cost)."""

    name_ = "action_session_start"

    def act(self, turn: Turn) -> Events:
        carried = [SlotSet(name, value) for name, value in turn.slots.items() if value is not None]
        form = (turn.tracker.active_loop or {}).get("name")
        loop = [ActiveLoop(form)] if form else []
        return [SessionStarted(), *loop, *carried, ActionExecuted("action_listen")]

    def on_trouble(self, turn: Turn) -> Events:
        return [SessionStarted(), ActionExecuted("action_listen")]


class Explain(Handler):
    """Why the open question is asked, and where to find the answer."""

    name_ = "action_explain"

    def act(self, turn: Turn) -> Events:
        slot = turn.slot("requested_slot")
        if not slot:
            turn.say("explain_nothing_open")
        elif slot == "ts_answer" and turn.slot("ts_position"):
            position = Position.from_dict(turn.slot("ts_position"))
            turn.say(ask(load_scripts().get(position.script), position).why_key)
        else:
            turn.say(f"explain_{slot}")
        return []


class Repeat(Handler):
    """The open question comes again by itself; without one, or where that was asked, we say what can be done."""

    name_ = "action_repeat"

    def act(self, turn: Turn) -> Events:
        if asks_what_it_can_do(read_message(turn.tracker).text):
            turn.say("what_i_can_do")
        elif not turn.slot("requested_slot"):
            turn.say("explain_nothing_open")
        return []


class Resume(Handler):
    """Back to the form that was set aside; where nothing had been begun, whether there is more."""

    name_ = "action_resume"

    def act(self, turn: Turn) -> Events:
        return [*set_slots({"interrupted_form": None}), FollowupAction(_goes_on(turn))]


def _goes_on(turn: Turn) -> str:
    form = turn.slot("interrupted_form")
    done = turn.slot("errand_step") not in (None, "refused") and turn.slot("errand_case")
    if form == "fault_form" and turn.slot("symptom") is None and done:
        return _CLOSING  # who came to ask about a case is not asked what is wrong
    return form or _CLOSING


class Restart(Handler):
    """Starts again from the beginning; a case that was opened stays at the desk.

    Rasa runs it for the intent whatever is open, so that "it wont start" has to be told apart here once more.
    """

    name_ = "action_restart"

    def act(self, turn: Turn) -> Events:
        form = (turn.tracker.active_loop or {}).get("name")
        if form and not ends(read_message(turn.tracker)):
            return [FollowupAction(form)]  # what was said about it, and the question again, came with the reading
        kept = ("language", "language_chosen", "status_tries")
        cleared: dict[str, object] = dict.fromkeys(name for name in turn.slots if name not in kept)
        return [ActiveLoop(None), *set_slots({**cleared, "danger": False, "requested_slot": None})]


class Stop(Handler):
    """Closes the open question; what was told stays."""

    name_ = "action_stop"

    def act(self, turn: Turn) -> Events:
        return [ActiveLoop(None), *set_slots({"requested_slot": None})]


class AskWhich(Handler):
    """Which of two or three things was meant, where no question is open that they could stand beside."""

    name_ = "action_ask_which"

    def act(self, turn: Turn) -> Events:
        turn.ask("meant", "choice", turn.text("ask_which"))
        return []


class NotUnderstood(Handler):
    """Something else entirely: once that is said; twice there are choices; after that a person is offered too."""

    name_ = "action_not_understood"

    def act(self, turn: Turn) -> Events:
        misses = int(turn.slot("misses") or 0) + 1
        turn.say("out_of_scope")
        if misses >= 2:
            choices = [(f"/{intent}", turn.text(f"title_meant_{intent}")) for intent in ("report_fault", "ask_status")]
            turn.ask("meant", "choice", turn.text("ask_what_then"), choices)
            turn.offer_person()
        return set_slots({"misses": misses, "unsure": None})


class DefaultFallback(Handler):
    """A message that no rule takes up."""

    name_ = "action_default_fallback"

    def act(self, turn: Turn) -> Events:
        turn.say("hint_short" if turn.slot("requested_slot") else "explain_nothing_open")
        return [FollowupAction("action_listen")]  # else it is predicted again, without end
