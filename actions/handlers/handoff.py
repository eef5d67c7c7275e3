"""A person takes over. Opening hours decide how; until the desk answers it is a case with a call-back (R12, R13)."""

from __future__ import annotations

from actions.casework.facts import Verdict
from actions.casework.hours.hours import callback_due, describe_opening, is_open, next_opening
from actions.casework.troubleshooting.model import Outcome
from actions.handlers import story
from actions.handlers.turn import Events, Handler, Turn, set_slots
from actions.ports import CaseStatus
from actions.usecases.hand_over import HandedOver, hand_over
from actions.usecases.look_up_device import Found


def next_opening_words(turn: Turn) -> str:
    """When people answer next, in words."""
    now = turn.world.clock.now()
    words = describe_opening(next_opening(now), turn.language, now)
    return turn.text(words.pop("key"), **words)


def say_hours(turn: Turn) -> None:
    """Whether anyone is there, and when, without promising a time."""
    if is_open(turn.world.clock.now()):
        turn.say("handoff_open")
    else:
        turn.say("handoff_closed", next_opening=next_opening_words(turn))


def _why(turn: Turn) -> str:
    """Why a person is needed where nobody asked for one: danger, what testing came to, or the verdict."""
    if (turn.slot("decision") or {}).get("verdict") == Verdict.SAFETY_STOP:
        return "safety"
    ended = story.result(turn)
    return ended.reason if ended and ended.outcome is Outcome.HUMAN and ended.reason else "verdict"


class OfferPerson(Handler):
    """Says honestly when a person can answer, and what is needed for it."""

    name_ = "action_offer_person"

    def act(self, turn: Turn) -> Events:
        say_hours(turn)
        if not all(story.said(turn, slot) for slot in ("contact_name", "email", "phone")):
            turn.say("handoff_need_contact")
        return set_slots({"handoff_reason": turn.slot("handoff_reason") or "asked_for"})


class HandOver(Handler):
    """Puts the whole story on a case for a person, the open one where there is one."""

    name_ = "action_hand_over"

    def act(self, turn: Turn) -> Events:
        now = turn.world.clock.now()
        reason = turn.slot("handoff_reason") or _why(turn)
        found = story.look_up(turn)
        facts = story.case_facts(
            turn,
            CaseStatus.NEEDS_HUMAN,
            resolution=reason,
            reason=reason,
            found=found if isinstance(found, Found) else None,
            callback_due=callback_due(now),
        )
        handed = hand_over(turn.world, facts, now, case_id=turn.slot("case_id"))
        if not isinstance(handed, HandedOver):
            turn.say("handoff_failed")
            return set_slots({"handoff_reason": None})
        if handed.cancelled:
            turn.say("called_off")
        if handed.still_booked:
            turn.say("still_booked")
        case_id = handed.case.case_id
        text = turn.text("handed_over", case_id=case_id)
        turn.card("case", {"case_id": case_id, "status": CaseStatus.NEEDS_HUMAN.value}, text)
        if reason != "asked_for":
            say_hours(turn)
        return set_slots({"case_id": case_id, "handoff_reason": None})
