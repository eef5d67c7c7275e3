"""The steps of durable work: each may be killed at any point and repeated, and still happens once.

A step never raises for what the world does: it answers DONE, LATER (try again) or GAVE_UP (it never will), in JSON
values, because that answer is what a restart goes on from.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from actions.adapters.codec import booking_from_json, booking_to_json, request_from_json
from actions.ports import (
    Booking,
    BookingKind,
    BookingStatus,
    Case,
    CaseDesk,
    CaseStatus,
    Clock,
    Courier,
    NotFound,
    Notifier,
    PortError,
    Rejected,
    Texts,
    Unavailable,
    Unknown,
)
from actions.usecases.safety import is_safety_stop
from actions.usecases.telling import told, told_mark
from actions.workflows import words

log = logging.getLogger(__name__)

DONE, LATER, GAVE_UP = "done", "later", "gave_up"

Answer = dict[str, Any]
"""`{"state": DONE | LATER | GAVE_UP, …}`."""


@dataclass(frozen=True)
class StepPorts:
    """What the steps need of the world."""

    desk: CaseDesk
    courier: Courier
    notifier: Notifier
    texts: Texts
    clock: Clock


def guarded(step: Callable[..., Answer], *args: Any) -> Answer:
    """Run a step; what the world refuses is GAVE_UP, what it leaves open LATER, a fault of our own LATER too.

    A fault of our own is logged without its message, which may hold a customer's words.
    """
    try:
        return step(*args)
    except (Unavailable, Unknown) as error:
        log.warning("%s: %s, again later", step.__name__, type(error).__name__)
        return {"state": LATER}
    except PortError as error:
        log.warning("%s: %s", step.__name__, type(error).__name__)
        return {"state": GAVE_UP, "reason": "rejected"}
    except Exception as error:
        log.error("%s failed", step.__name__, exc_info=(type(error), type(error)(), error.__traceback__))
        return {"state": LATER}


# --- after a case was opened ----------------------------------------------------------------------


def address_mark(case: Case) -> str:
    """Stands for the mail address that a case id goes to, without telling it; "" where there is none."""
    email = case.facts.contact.email
    return hashlib.sha256(email.encode()).hexdigest()[:12] if email else ""


def mail_case_id(ports: StepPorts, case_id: str) -> Answer:
    """R17: the case id is sent to the customer, once to each address the case has had."""
    case = ports.desk.get(case_id)
    mark = address_mark(case)
    if not mark:
        return {"state": DONE}
    ports.notifier.mail(words.opened_mail(ports.texts, case), f"opened:{case_id}:{mark}")
    ports.desk.note(case_id, ports.clock.now(), "mailed", {"about": "opened", "to": mark}, once=f"mailed:opened:{mark}")
    return {"state": DONE}


def case_id_mailed(case: Case) -> bool:
    """Whether the mail of the case id is settled for the address the case has now."""
    settled = [event for event in case.events if event.what in {"mailed", "mail_failed"}]
    return any(event.data.get("to") == address_mark(case) for event in settled)


def note_mail_failed(ports: StepPorts, case_id: str, about: str) -> Answer:
    """Writes down that a mail never went."""
    mark = address_mark(ports.desk.get(case_id)) if about == "opened" else ""
    data = {"about": about, "to": mark}
    ports.desk.note(case_id, ports.clock.now(), "mail_failed", data, once=f"mail_failed:{about}:{mark}")
    return {"state": DONE}


def tell_mail_failed(ports: StepPorts, case_id: str, about: str) -> Answer:
    """Says in the chat that the mail did not go, with the case id to write down."""
    case = ports.desk.get(case_id)
    return _tell(ports, case, words.text_news(ports.texts, case, "news_mail_failed"), f"mail_failed:{case_id}:{about}")


# --- a shipment -------------------------------------------------------------------------------------


def book(ports: StepPorts, request: Mapping[str, Any], key: str) -> Answer:
    """Ask the courier, unless the case was stopped meanwhile. Repeats use the same key: one booking, ever."""
    wanted = request_from_json(request)
    if _stopped(ports.desk.get(wanted.case_id)):
        return _take_back_all(ports, wanted.case_id)
    try:
        booking = ports.courier.book(wanted, key, ports.clock.now())
    except (Rejected, NotFound):
        return {"state": GAVE_UP, "reason": "slot_gone" if wanted.kind is BookingKind.PICKUP else "rejected"}
    return {"state": DONE, "booking": booking_to_json(booking)}


def record_booking(ports: StepPorts, booking: Mapping[str, Any]) -> Answer:
    """Write the booking into the case; where a danger was told of meanwhile, cancel it instead (domain.md 0.1)."""
    held = booking_from_json(booking)
    if _stopped(ports.desk.get(held.case_id)):
        return _take_back(ports, held)
    data = {name: booking[name] for name in ("booking_id", "kind", "tracking_number", "pickup_date", "pickup_window")}
    now = ports.clock.now()
    case = ports.desk.set_status(held.case_id, CaseStatus.BOOKED, now, "booked", data, once=f"booked:{held.booking_id}")
    if is_safety_stop(case.facts):  # told of in the moment between the two
        taken_back = _take_back(ports, held)
        ports.desk.set_status(held.case_id, CaseStatus.NEEDS_HUMAN, now, "stopped", {}, once=f"stop:{held.booking_id}")
        return taken_back
    return {"state": DONE}


def _take_back_all(ports: StepPorts, case_id: str) -> Answer:
    """Stop before booking; an earlier try may have booked without its answer reaching us, so look."""
    standing = [held for held in ports.courier.of_case(case_id) if held.status is BookingStatus.BOOKED]
    answers = [_take_back(ports, held) for held in standing]
    refused = next((answer for answer in answers if answer["reason"] == "not_cancelled"), None)
    return refused or {"state": GAVE_UP, "reason": "stopped"}


def _take_back(ports: StepPorts, held: Booking) -> Answer:
    """Cancel what must not travel; where the courier says no, that is what is told."""
    now = ports.clock.now()
    data = {"booking_id": held.booking_id}
    try:
        ports.courier.cancel(held.booking_id, now)
    except Rejected:
        ports.desk.note(held.case_id, now, "cancel_refused", data, once=f"cancel_refused:{held.booking_id}")
        return {"state": GAVE_UP, "reason": "not_cancelled"}
    ports.desk.note(held.case_id, now, "booking_cancelled", data, once=f"cancelled:{held.booking_id}")
    return {"state": GAVE_UP, "reason": "stopped"}


def record_refusal(ports: StepPorts, case_id: str, attempt: int, reason: str) -> Answer:
    """Write down that this attempt booked nothing; the next one is another attempt."""
    ports.desk.note(
        case_id, ports.clock.now(), "booking_refused", {"reason": reason}, once=f"booking_refused:{attempt}"
    )
    return {"state": DONE}


def record_failure(ports: StepPorts, case_id: str, attempt: int) -> Answer:
    """No answer from the courier for as long as we ask: a person takes the case."""
    ports.desk.set_status(
        case_id,
        CaseStatus.NEEDS_HUMAN,
        ports.clock.now(),
        "booking_failed",
        {"reason": "courier_unavailable"},
        once=f"booking_failed:{attempt}",
    )
    return {"state": DONE}


def mail_booking(ports: StepPorts, booking: Mapping[str, Any]) -> Answer:
    """The confirmation, with the label where there is one."""
    held = booking_from_json(booking)
    case = ports.desk.get(held.case_id)
    if not case.facts.contact.email:
        return {"state": DONE}
    ports.notifier.mail(words.booking_mail(ports.texts, case, held), f"booked:{held.booking_id}")
    ports.desk.note(held.case_id, ports.clock.now(), "mailed", {"about": "booking"}, once=f"mailed:{held.booking_id}")
    return {"state": DONE}


def mail_change(ports: StepPorts, case_id: str, what: str, number: int) -> Answer:
    """What the customer had changed, in writing. A pick-up that was moved again meanwhile is told as it stands now."""
    case = ports.desk.get(case_id)
    if not case.facts.contact.email:
        return {"state": DONE}
    standing = [held for held in ports.courier.of_case(case_id) if held.status is BookingStatus.BOOKED]
    pickup = next((held for held in standing if held.kind is BookingKind.PICKUP), None)
    if what == "pickup_moved" and pickup is None:
        return {"state": DONE}  # cancelled since, and that is mailed too
    mark = f"{what}:{case_id}:{number}"
    ports.notifier.mail(words.change_mail(ports.texts, case, what, pickup), mark)
    ports.desk.note(case_id, ports.clock.now(), "mailed", {"about": what}, once=f"mailed:{mark}")
    return {"state": DONE}


def seconds_until(ports: StepPorts, begun: str, grace: float) -> Answer:
    """How long the turn that began this may still be about to report."""
    passed = (ports.clock.now() - datetime.fromisoformat(begun)).total_seconds()
    return {"state": DONE, "seconds": max(0.0, grace - passed)}


def told_by_turn(ports: StepPorts, case_id: str, attempt: int) -> Answer:
    """Whether the turn reported this attempt's outcome; if not, from here on it is the workflow's to tell.

    A repeat of this step after a kill finds its own mark, so it is asked who wrote it.
    """
    first = ports.desk.note(case_id, ports.clock.now(), "told", told(attempt, "workflow"), once=told_mark(attempt))
    if first:
        return {"state": DONE, "told": False}
    by = [event.data.get("by") for event in ports.desk.get(case_id).events if event.data.get("attempt") == attempt]
    return {"state": DONE, "told": "turn" in by}


def tell_booked(ports: StepPorts, booking: Mapping[str, Any]) -> Answer:
    """The booking as a card in the chat."""
    held = booking_from_json(booking)
    case = ports.desk.get(held.case_id)
    return _tell(ports, case, words.booking_news(ports.texts, case, held), f"booking:{held.booking_id}")


def tell_not_booked(ports: StepPorts, case_id: str, attempt: int, reason: str) -> Answer:
    """In the chat: nothing was booked, and what follows."""
    case = ports.desk.get(case_id)
    event = words.text_news(ports.texts, case, f"news_not_booked_{reason}")
    return _tell(ports, case, event, f"not_booked:{case_id}:{attempt}")


def _tell(ports: StepPorts, case: Case, event: Mapping[str, Any], key: str) -> Answer:
    try:
        ports.notifier.tell_chat(case.facts.conversation, event, key)
    except NotFound:
        return {"state": DONE}  # the conversation was ended or erased: nobody is waiting there
    return {"state": DONE}


def _stopped(case: Case) -> bool:
    """Whether nothing may travel any more: a danger sign, or the customer or a person ended the case."""
    ended = {CaseStatus.CANCELLED, CaseStatus.CLOSED, CaseStatus.RESOLVED_REMOTELY}
    return is_safety_stop(case.facts) or case.facts.status in ended
