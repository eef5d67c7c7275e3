"""A person takes over: first the case, then who is there (R12, R13); without anybody a call-back."""

from __future__ import annotations

from rasa_sdk.events import ActiveLoop, FollowupAction

from actions.adapters.codec import facts_to_json
from actions.casework.facts import Verdict
from actions.casework.reading.overheard import overheard
from actions.casework.troubleshooting.model import Outcome
from actions.handlers import story
from actions.handlers.turn import Events, Handler, Turn, set_slots
from actions.ports import CaseFacts, CaseStatus
from actions.usecases.hand_over import HandedOver, hand_over
from actions.usecases.handoff_package import build_package
from actions.usecases.look_up_device import Found
from actions.usecases.reach_a_person import Reach, callback_due, reach
from actions.usecases.reach_a_person import next_opening_words as opening_words

_CLOSING = "closing_form"

#: So many unusable answers in a row, and the customer asks for a person because we did not understand them.
_LOST = 2


def next_opening_words(turn: Turn) -> str:
    """When people answer next, in words."""
    return opening_words(turn.world.clock.now(), turn.language, turn.world.texts)


def say_who_is_there(turn: Turn) -> None:
    """Whether anyone is there now, else when, without promising a time (R13)."""
    found = reach(turn.world.people, turn.language, turn.world.clock.now())
    if found is Reach.CLOSED:
        turn.say("handoff_closed", next_opening=next_opening_words(turn))
    else:
        turn.say("handoff_person_there" if found is Reach.PRESENT else "handoff_open")


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
        say_who_is_there(turn)
        if not all(story.said(turn, slot) for slot in ("contact_name", "email", "phone")):
            turn.say("handoff_need_contact")
        lost = int(turn.slot("misses") or 0) >= _LOST
        return set_slots({"handoff_reason": turn.slot("handoff_reason") or ("confusion" if lost else "asked_for")})


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
            turn.say("case_opened_no_mail" if turn.slot("case_id") else "handoff_no_case", case_id=turn.slot("case_id"))
            self._ask_for_a_person(turn, facts, None)
            return set_slots({"handoff_reason": None})
        if handed.cancelled:
            turn.say("called_off")
        if handed.still_booked:
            turn.say("still_booked")
        case_id = handed.case.case_id
        opened_now = turn.slot("way") == "person" and facts.contact.email
        text = turn.text(
            "handed_over_mail" if opened_now else "handed_over", case_id=case_id, email=facts.contact.email
        )
        turn.card("case", {"case_id": case_id, "status": CaseStatus.NEEDS_HUMAN.value}, text)
        self._ask_for_a_person(turn, facts, case_id)
        return set_slots({"case_id": case_id, "handoff_reason": None})

    @staticmethod
    def _ask_for_a_person(turn: Turn, facts: CaseFacts, case_id: str | None) -> None:
        """The gateway finds out who is there at that moment, and says the truth of it."""
        package = dict(build_package(facts, turn.world.texts, case_id=case_id, reason=facts.reason))
        if case_id is None:  # the case is opened from this as soon as the case desk is there again
            package["case_facts"] = facts_to_json(facts)
        asked = {"reason": facts.reason, "language": turn.language.value, "case_id": case_id, "package": package}
        turn.dispatcher.utter_message(
            json_message={"handoff": {**asked, "skill": facts.skill, "priority": facts.priority}}
        )


class PersonLeft(Handler):
    """The assistant has the conversation again: it keeps what the customer told meanwhile, and goes on."""

    name_ = "action_person_left"

    def act(self, turn: Turn) -> Events:
        news = ((turn.tracker.latest_message or {}).get("metadata") or {}).get("handoff") or {}
        said = [str(line.get("text") or "") for line in news.get("said") or () if line.get("role") == "customer"]
        told = overheard(said, turn.slots)
        if told:
            turn.say("noted_from_person", values=", ".join(str(value) for value in told.values()))
        going_on = next_form(turn) if news.get("state") == "returned" else _CLOSING
        return [ActiveLoop(None), *set_slots({**told, "requested_slot": None}), FollowupAction(going_on)]


def next_form(turn: Turn) -> str:
    """The form whose question makes sense next: an unfinished fault goes on where it was."""
    if turn.slot("decision"):
        return _CLOSING
    testing = turn.slot("ts_position") and not turn.slot("ts_result")
    return "troubleshooting_form" if testing else "fault_form"
