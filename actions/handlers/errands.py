"""What a customer wants of a case that exists: which case it is, whether it is theirs, and what can be done (R11)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from actions.casework.reading.errands import ERRAND_FORMS, Errand, cancels_what, find_errand, named_case
from actions.handlers.cancelling import begin_cancelling
from actions.handlers.case_notes import begin_note, begin_reopening
from actions.handlers.complaints import begin_complaint
from actions.handlers.knowledge import tell
from actions.handlers.moving import begin_booking, begin_moving
from actions.handlers.tracker import read_message
from actions.handlers.turn import Events, Handler, Turn, set_slots
from actions.usecases.answer_question import Answered, answer_question
from actions.usecases.case_status import NotMatched, match_case

#: Wrong pairs of case and e-mail in one session, whatever they were asked for.
TRIES = 3

#: What an errand needs to be looked into before anything is asked: the step that follows and slots.
_BEGIN: Mapping[str, Callable[[Turn, str], Mapping[str, Any]]] = {
    Errand.STATUS: lambda turn, case_id: {"errand_step": "status"},
    Errand.RESCHEDULE: begin_moving,
    Errand.CANCEL: begin_cancelling,
    Errand.BOOK: begin_booking,
    Errand.ADD: begin_note,
    Errand.REOPEN: begin_reopening,
    Errand.COMPLAIN: begin_complaint,
    Errand.CONTRACT: lambda turn, case_id: _contract(turn),
}


def known_cases(turn: Turn) -> list[str]:
    """Cases that this conversation may speak of: its own, and those whose number and e-mail were given."""
    return [*(turn.slot("known_cases") or ()), *([turn.slot("case_id")] if turn.slot("case_id") else ())]


class BeginErrand(Handler):
    """Remembers what is wanted, of which case, and the form that was open."""

    name_ = "action_begin_errand"

    def act(self, turn: Turn) -> Events:
        message = read_message(turn.tracker)
        form = (turn.tracker.active_loop or {}).get("name")
        mine = known_cases(turn)
        named = named_case(message)
        known = named if named in mine else "" if named else turn.slot("errand_case") or turn.slot("case_id")
        return set_slots(
            {
                "interrupted_form": turn.slot("interrupted_form") if form in ERRAND_FORMS else form,
                "errand": find_errand(message, "", mine, turn.slot("done_cases") or ()) or Errand.STATUS,
                "errand_case": known or (mine[-1] if mine and not named else None),
                "status_case_id": named if named and named not in mine else None,
                "status_email": None,
                "move_date": message.one("date") or None,
                "move_window": None,
                "move_confirmed": None,
                "cancel_what": cancels_what(message.text) or None,
                "cancel_confirmed": None,
                "case_note": None,
                "reopen_confirmed": None,
                "complaint": message.text if message.intent == "complain" else None,
                "escalation_reason": None,
            }
        )


class TakeErrand(Handler):
    """Goes on with the errand where the case is known; else asks for its number and e-mail, three times a session.

    A wrong e-mail and an unknown case get the same words.
    """

    name_ = "action_take_errand"

    def act(self, turn: Turn) -> Events:
        errand, case_id = str(turn.slot("errand")), turn.slot("errand_case")
        if case_id:
            return set_slots(_BEGIN[errand](turn, case_id))
        if nothing_yet := _before_any_case(turn, errand):
            return set_slots(nothing_yet)
        number, email = turn.slot("status_case_id"), turn.slot("status_email")
        tries = int(turn.slot("status_tries") or 0)
        if tries >= TRIES:
            return set_slots(_refuse(turn))
        if not (number and email):
            return set_slots({"errand_step": "identify"})
        asked = match_case(turn.world.desk, number, email)
        cleared = {"status_case_id": None, "status_email": None}
        if isinstance(asked, NotMatched):
            counted = {**cleared, "status_tries": tries + 1}
            if tries + 1 >= TRIES:
                return set_slots({**counted, **_refuse(turn)})
            turn.say("status_not_matched")
            return set_slots({**counted, "errand_step": "identify"})
        known = {"errand_case": asked.case_id, "known_cases": [*(turn.slot("known_cases") or ()), asked.case_id]}
        return set_slots({**cleared, **known, **_BEGIN[errand](turn, asked.case_id)})

    def on_trouble(self, turn: Turn) -> Events:
        return set_slots({"status_case_id": None, "status_email": None, "errand_step": "done"})


def _refuse(turn: Turn) -> dict[str, Any]:
    turn.say("status_given_up")
    turn.offer_person()
    return {"errand_step": "refused"}


def _before_any_case(turn: Turn, errand: str) -> dict[str, Any]:
    """Wishes that need no case number: how booking works; to drop what was only begun here."""
    if errand == Errand.BOOK:
        turn.say("how_booking_works")
        return {"errand_step": "done"}
    if errand == Errand.CONTRACT:
        return _contract(turn)
    if errand == Errand.COMPLAIN and not turn.slot("status_case_id"):
        return dict(begin_complaint(turn, ""))
    if errand == Errand.CANCEL and turn.slot("symptom") and not turn.slot("status_case_id"):
        turn.say("cancel_nothing_yet")
        return {"errand_step": "stop"}
    return {}


def _contract(turn: Turn) -> dict[str, Any]:
    """The contract itself is never cancelled here (R57): explained, and to a person."""
    words = read_message(turn.tracker).text
    answer = answer_question(turn.world.knowledge, words, turn.language, "ask_service")
    if isinstance(answer, Answered) and answer.person:
        tell(turn, answer)
        return {"errand_step": "person", "handoff_reason": answer.article}
    turn.say("contract_person")
    return {"errand_step": "person", "handoff_reason": "contract_end"}
