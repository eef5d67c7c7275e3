"""A customer is unhappy: asked once with what, put on their case before others, and a person offered (R41)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.handlers.handoff import say_who_is_there
from actions.handlers.turn import Events, Handler, Turn, set_slots
from actions.usecases.escalate_case import COMPLAINT, Escalated, escalate_case


def begin_complaint(turn: Turn, case_id: str) -> Mapping[str, Any]:
    """Say sorry, and ask once; who would rather talk to a person can at once."""
    turn.say("complaint_sorry")
    turn.offer_person()
    return {"errand_step": "complain", **({} if case_id else {"handoff_reason": COMPLAINT})}


class Escalate(Handler):
    """Puts the words on the case; where there is none, who it is about is asked and one is opened for a person."""

    name_ = "action_escalate"

    def act(self, turn: Turn) -> Events:
        case_id = turn.slot("errand_case")
        told = [turn.slot("complaint"), turn.slot("escalation_reason")]
        words = "\n".join(str(each) for each in told if each)
        if not case_id:
            say_who_is_there(turn)
            return set_slots({"escalation_reason": words, "handoff_reason": COMPLAINT, "errand_step": "person"})
        outcome = escalate_case(turn.world.desk, str(case_id), words, turn.world.clock.now())
        if isinstance(outcome, Escalated):
            text = turn.text("complaint_on_case", case_id=case_id)
            turn.card("case", {"case_id": case_id, "status": outcome.case.facts.status.value}, text)
            say_who_is_there(turn)
        else:
            turn.say("complaint_not_on_case", case_id=case_id)
        turn.offer_person()
        return set_slots({"escalation_reason": words, "errand_step": "done"})

    def on_trouble(self, turn: Turn) -> Events:
        return set_slots({"errand_step": "done"})
