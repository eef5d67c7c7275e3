"""The case: opened once for each fault (R17), and told about to who knows its number and e-mail."""

from __future__ import annotations

from typing import Any

from actions.casework.facts import Language, Method, Verdict
from actions.casework.identity.dates import format_date
from actions.handlers import story
from actions.handlers.turn import Events, Handler, Turn, set_slots
from actions.ports import Booking, BookingStatus, Case, CaseStatus
from actions.usecases.case_status import StatusFound, case_status
from actions.usecases.look_up_device import Found
from actions.usecases.open_case import CaseOpened, open_case

#: Wrong pairs of case and e-mail in one session.
_STATUS_TRIES = 3

#: What a customer may know of a case's history; mails and inner marks are left out.
_HISTORY = (
    "opened",
    "booked",
    "pickup_moved",
    "booking_cancelled",
    "cancelled",
    "reopened",
    "failure_id_added",
    "customer_note",
)

_WAYS = {Method.PICKUP: "pickup", Method.DEPOT_SHIP: "label", Method.CSR_PART: "part", Method.REMOTE: "closed"}


def way_on(decision: dict[str, Any] | None) -> str:
    """What follows a decision: a shipment, a person, or nothing more."""
    if not decision:
        return "person"
    if decision["verdict"] == Verdict.NOT_COVERED:
        return "closed"
    if decision["verdict"] in (Verdict.NEEDS_HUMAN, Verdict.SAFETY_STOP) or not decision["method"]:
        return "person"
    return _WAYS.get(Method(decision["method"]), "person")


def _standing(decision: dict[str, Any] | None) -> tuple[CaseStatus, str]:
    """(status, resolution) of a case when it is opened."""
    way = way_on(decision)
    if way == "person":
        return CaseStatus.NEEDS_HUMAN, "NEEDS_HUMAN"
    if decision and decision["verdict"] == Verdict.NOT_COVERED:
        return CaseStatus.CLOSED, "refused"
    if decision and decision["method"] == Method.REMOTE:
        return CaseStatus.RESOLVED_REMOTELY, "REMOTE"
    return CaseStatus.OPEN, str(decision["method"]) if decision else ""


class OpenCase(Handler):
    """Opens the case, or brings the open one up to date after a correction; shows it as a card."""

    name_ = "action_open_case"

    def act(self, turn: Turn) -> Events:
        decision = turn.slot("decision")
        found = story.look_up(turn)
        status, resolution = _standing(decision)
        facts = story.case_facts(turn, status, resolution, found=found if isinstance(found, Found) else None)
        opened = open_case(turn.world, facts, turn.world.clock.now(), replaces=turn.slot("case_id"))
        if not isinstance(opened, CaseOpened):
            turn.say("case_not_opened")
            return set_slots({"way": "failed"})
        show_case(turn, opened.case.case_id, status, facts.contact.email, opened.created)
        way = way_on(decision)
        if way != "person" and story.routed(turn, facts.component).people_first:
            return set_slots({"case_id": opened.case.case_id, "way": "person", "handoff_reason": "operator_rule"})
        return set_slots({"case_id": opened.case.case_id, "way": way})

    def on_trouble(self, turn: Turn) -> Events:
        return set_slots({"way": "failed"})


def show_case(turn: Turn, case_id: str, status: CaseStatus, email: str, created: bool) -> None:
    """The case as a card, in words that say no more than what happened."""
    if status is CaseStatus.RESOLVED_REMOTELY:
        text = turn.text("case_resolved", case_id=case_id)
    elif not created:
        text = turn.text("case_updated", case_id=case_id)
    elif email:
        text = turn.text("case_opened", case_id=case_id, email=email)
    else:
        text = turn.text("case_opened_no_mail", case_id=case_id)
    turn.card("case", {"case_id": case_id, "status": status.value}, text)


class TellCaseStatus(Handler):
    """The same words for a wrong e-mail and an unknown case; three tries a session (R11)."""

    name_ = "action_tell_case_status"

    def act(self, turn: Turn) -> Events:
        world = turn.world
        asked = case_status(world.desk, world.courier, turn.slot("status_case_id"), turn.slot("status_email"))
        cleared = {"status_case_id": None, "status_email": None}
        if isinstance(asked, StatusFound):
            self._tell(turn, asked)
            return set_slots({**cleared, "status_check": "told"})
        tries = int(turn.slot("status_tries") or 0) + 1
        if tries >= _STATUS_TRIES:
            turn.say("status_given_up")
            turn.offer_person()
            return set_slots({**cleared, "status_check": "refused", "status_tries": tries})
        turn.say("status_not_matched")
        return set_slots({**cleared, "status_check": "again", "status_tries": tries})

    def on_trouble(self, turn: Turn) -> Events:
        return set_slots({"status_case_id": None, "status_email": None, "status_check": "told"})

    def _tell(self, turn: Turn, asked: StatusFound) -> None:
        status = asked.case.facts.status
        words = [turn.text(f"status_{status.value}")]
        standing = [booking for booking in asked.bookings if booking.status is BookingStatus.BOOKED]
        words += [turn.text(f"status_{booking.kind.value}", **booking_words(booking, turn)) for booking in standing]
        words += history_words(asked.case, turn)
        data = {
            "case_id": asked.case.case_id,
            "status": status.value,
            "bookings": [booking_data(booking) for booking in standing],
        }
        turn.card("status", data, turn.text("status_told", case_id=asked.case.case_id, status_words=" ".join(words)))


def history_words(case: Case, turn: Turn) -> list[str]:
    """What has happened with the case so far, oldest first: a sentence for each day and kind of event."""
    here = turn.world.clock.now().tzinfo
    told = [(event.at.astimezone(here).date(), event.what) for event in case.events if event.what in _HISTORY]
    return [
        turn.text(f"history_{what}", date=format_date(day, Language(turn.language)))
        for day, what in dict.fromkeys(told)
    ]


def booking_data(booking: Booking) -> dict[str, Any]:
    """A booking as plain facts, for cards."""
    return {
        "booking_id": booking.booking_id,
        "case_id": booking.case_id,
        "kind": booking.kind.value,
        "courier": booking.courier,
        "pickup_date": booking.pickup_date.isoformat() if booking.pickup_date else None,
        "pickup_window": booking.pickup_window or None,
        "tracking_number": booking.tracking_number,
    }


def booking_words(booking: Booking, turn: Turn) -> dict[str, str]:
    """A booking as words for texts."""
    day = format_date(booking.pickup_date, Language(turn.language)) if booking.pickup_date else ""
    return {
        "case_id": booking.case_id,
        "booking_id": booking.booking_id,
        "pickup_date": day,
        "pickup_window": booking.pickup_window,
        "tracking_number": booking.tracking_number,
    }
