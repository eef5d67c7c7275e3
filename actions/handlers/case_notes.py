"""More for a case: what the customer wants to add, and that the fault is back (R42)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.casework.troubleshooting.values import find_failure_id
from actions.handlers.handoff import say_who_is_there
from actions.handlers.turn import Events, Handler, Turn, set_slots
from actions.ports import CaseStatus
from actions.usecases.add_information import InformationAdded, add_information
from actions.usecases.case_status import may_reopen
from actions.usecases.reopen_case import CaseReopened, NotReopened, StillOpen, reopen_case

_DONE = {"errand_step": "done"}


def begin_note(turn: Turn, case_id: str) -> Mapping[str, Any]:
    """Ask for the words; a cancelled case takes none."""
    if turn.world.desk.get(case_id).facts.status is CaseStatus.CANCELLED:
        turn.say("status_cancelled")
        turn.offer_person()
        return _DONE
    return {"errand_step": "note"}


def begin_reopening(turn: Turn, case_id: str) -> Mapping[str, Any]:
    """Ask whether the case is to go on; one that is still open goes on anyway."""
    case = turn.world.desk.get(case_id)
    if may_reopen(case):
        return {"errand_step": "reopen"}
    status = case.facts.status
    if status in (CaseStatus.CLOSED, CaseStatus.RESOLVED_REMOTELY):
        turn.say("reopen_refused", case_id=case_id)
    elif status is CaseStatus.CANCELLED:
        turn.say("reopen_cancelled", case_id=case_id)
    else:
        turn.say("reopen_still_open", case_id=case_id, status_words=turn.text(f"status_{status.value}"))
    turn.offer_person()
    return _DONE


class AddNote(Handler):
    """Puts the words, and a failure id among them, on the case, and tells them back."""

    name_ = "action_add_note"

    def act(self, turn: Turn) -> Events:
        case_id, words = str(turn.slot("errand_case")), str(turn.slot("case_note") or "")
        failure_id = find_failure_id(words) or ""
        added = add_information(turn.world.desk, case_id, turn.world.clock.now(), failure_id=failure_id, note=words)
        if isinstance(added, InformationAdded):
            turn.say("note_added", case_id=case_id, note=words)
        else:
            turn.say("note_not_added", case_id=case_id)
            turn.offer_person()
        return set_slots({"case_note": None, **_DONE})

    def on_trouble(self, turn: Turn) -> Events:
        return set_slots({"case_note": None, **_DONE})


class AskReopenConfirmed(Handler):
    """The same case number goes on, with a person."""

    name_ = "action_ask_reopen_confirmed"

    def act(self, turn: Turn) -> Events:
        choices = [("/affirm", turn.text("title_reopen")), ("/deny", turn.text("title_no"))]
        text = turn.text("ask_reopen_confirmed", case_id=turn.slot("errand_case"))
        turn.ask("confirm_reopen", "choice", text, choices)
        return []


class Reopen(Handler):
    """Hands the completed case to a person, in the same number."""

    name_ = "action_reopen"

    def act(self, turn: Turn) -> Events:
        case_id, cleared = str(turn.slot("errand_case")), {"reopen_confirmed": None, **_DONE}
        if turn.slot("reopen_confirmed") is not True:
            turn.say("reopen_not_wanted", case_id=case_id)
            return set_slots(cleared)
        done = [each for each in turn.slot("done_cases") or () if each != case_id]
        outcome = reopen_case(turn.world.desk, case_id, turn.world.clock.now())
        if isinstance(outcome, CaseReopened | StillOpen):
            text = turn.text("case_reopened", case_id=case_id)
            turn.card("case", {"case_id": case_id, "status": outcome.case.facts.status.value}, text)
            say_who_is_there(turn)
            turn.offer_person()
            return set_slots({**cleared, "done_cases": done})
        assert isinstance(outcome, NotReopened)
        turn.say("not_reopened", case_id=case_id)
        turn.offer_person()
        return set_slots(cleared)

    def on_trouble(self, turn: Turn) -> Events:
        return set_slots({"reopen_confirmed": None, **_DONE})
