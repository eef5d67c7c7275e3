"""The case: opened once for each fault (R17), and told about to who has it."""

from __future__ import annotations

from typing import Any

from actions.casework.facts import Language, Method, Verdict
from actions.casework.identity.dates import format_date
from actions.casework.reading.errands import Errand
from actions.casework.troubleshooting.model import Outcome
from actions.handlers import story
from actions.handlers.turn import Events, Handler, Turn, choice, set_slots
from actions.ports import Booking, BookingStatus, Case, CaseStatus
from actions.usecases.case_status import errands_open
from actions.usecases.look_up_device import Found
from actions.usecases.open_case import CaseOpened, open_case

#: What a customer may know of a case's history.
HISTORY = (
    "opened",
    "booked",
    "booking_failed",
    "pickup_moved",
    "booking_cancelled",
    "cancel_refused",
    "cancelled",
    "reopened",
    "escalated",
    "callback_asked",
    "callback_tried",
    "contact_changed",
    "failure_id_added",
    "customer_note",
    "file_added",
)

#: What is left out: mails, what the status says anyway, what the customer said in other words, inner marks.
UNTOLD = frozenset(
    {
        "updated",
        "corrected",
        "replaced",
        "mailed",
        "mail_failed",
        "told",
        "booking_refused",
        "stopped",
        "moved",
        "ordered",
        "callback_done",
        "feedback_score",
        "feedback_text",
    }
)

_WAYS = {Method.PICKUP: "pickup", Method.DEPOT_SHIP: "label", Method.CSR_PART: "part", Method.REMOTE: "closed"}


def way_on(decision: dict[str, Any] | None, solved: bool) -> str:
    """What follows a decision: a shipment, a person, or nothing more. Help from a distance that did not solve it here
    goes on with a person (R18, R19)."""
    if not decision:
        return "person"
    if decision["method"] == Method.REMOTE and not solved:
        return "person"
    if decision["verdict"] == Verdict.NOT_COVERED:
        return "closed"
    if decision["verdict"] in (Verdict.NEEDS_HUMAN, Verdict.SAFETY_STOP) or not decision["method"]:
        return "person"
    return _WAYS.get(Method(decision["method"]), "person")


def _standing(decision: dict[str, Any] | None, solved: bool) -> tuple[CaseStatus, str]:
    """(status, resolution) of a case when it is opened."""
    way = way_on(decision, solved)
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
        ended = story.result(turn)
        solved = ended is not None and ended.outcome is Outcome.RESOLVED
        status, resolution = _standing(decision, solved)
        facts = story.case_facts(turn, status, resolution, found=found if isinstance(found, Found) else None)
        opened = open_case(turn.world, facts, turn.world.clock.now(), replaces=turn.slot("case_id"))
        if not isinstance(opened, CaseOpened):
            turn.say("case_not_opened")
            return set_slots({"way": "failed"})
        slots: dict[str, Any] = {"case_id": opened.case.case_id, "way": way_on(decision, solved), "errand_case": None}
        if status is CaseStatus.RESOLVED_REMOTELY:
            slots["done_cases"] = [*(turn.slot("done_cases") or ()), opened.case.case_id]
        if slots["way"] != "person" and story.routed(turn, facts.component).people_first:
            slots |= {"way": "person", "handoff_reason": "operator_rule"}
        if slots["way"] != "person":  # else the person who takes over is told about with the case's number
            show_case(turn, opened.case.case_id, status, facts.contact.email, opened.created)
        return set_slots(slots)

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
    """How the case of the errand stands, what has happened so far, and what can be done about it (R11)."""

    name_ = "action_tell_case_status"

    def act(self, turn: Turn) -> Events:
        world, case_id = turn.world, str(turn.slot("errand_case"))
        case, bookings = world.desk.get(case_id), world.courier.of_case(case_id)
        status = case.facts.status
        words = [turn.text(f"status_{status.value}")]
        standing = [booking for booking in bookings if booking.status is BookingStatus.BOOKED]
        words += [turn.text(f"status_{booking.kind.value}", **booking_words(booking, turn)) for booking in standing]
        words += history_words(case, turn)
        data = {
            "case_id": case_id,
            "status": status.value,
            "bookings": [booking_data(booking) for booking in standing],
        }
        turn.card("status", data, turn.text("status_told", case_id=case_id, status_words=" ".join(words)))
        possible = errands_open(case, bookings, world.clock.now())
        turn.offer_beside([(_PAYLOADS[errand], turn.text(f"title_errand_{errand}")) for errand in possible])
        turn.offer_person()
        done = [each for each in turn.slot("done_cases") or () if each != case_id]
        return set_slots({"done_cases": [*done, case_id] if Errand.REOPEN in possible else done})


#: How an errand is offered. Those that are intents are their own payload (contract section 3: reschedule, cancel).
_PAYLOADS = {
    Errand.RESCHEDULE: "/reschedule",
    Errand.CANCEL: "/cancel",
    Errand.ADD: choice(Errand.ADD),
    Errand.REOPEN: choice(Errand.REOPEN),
}


def history_words(case: Case, turn: Turn) -> list[str]:
    """What has happened with the case so far, oldest first: a sentence for each day and kind of event."""
    here = turn.world.clock.now().tzinfo
    told = [(event.at.astimezone(here).date(), event.what) for event in case.events if event.what in HISTORY]
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
