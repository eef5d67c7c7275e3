"""How a case stands, for who knows its number and its e-mail address (R11), and what can be done about it."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from actions.casework.case.status import may_move
from actions.casework.reading.errands import Errand
from actions.ports import Booking, BookingKind, BookingStatus, Case, CaseDesk, CaseStatus, Courier, NotFound
from actions.usecases.move_pickup import is_too_late
from actions.usecases.reopen_case import may_reopen


@dataclass(frozen=True)
class StatusFound:
    """The case and all its bookings, oldest first."""

    case: Case
    bookings: Sequence[Booking]


@dataclass(frozen=True)
class NotMatched:
    """No such case, or not with that address: one answer for both, so that nobody learns which numbers exist."""


def match_case(desk: CaseDesk, case_id: str, email: str) -> Case | NotMatched:
    """The case of that number and address. Raises PortError where the desk can't be asked: that is no mismatch."""
    try:
        case = desk.get(case_id)
    except NotFound:
        return NotMatched()
    given, held = email.strip().lower().encode(), case.facts.contact.email.strip().lower().encode()
    return case if held and hmac.compare_digest(given, held) else NotMatched()


def case_status(desk: CaseDesk, courier: Courier, case_id: str, email: str) -> StatusFound | NotMatched:
    """Look a case up, with its bookings. Raises PortError where desk or courier can't be asked: that is no mismatch."""
    case = match_case(desk, case_id, email)
    return case if isinstance(case, NotMatched) else StatusFound(case, tuple(courier.of_case(case_id)))


def errands_open(case: Case, bookings: Sequence[Booking], at: datetime) -> tuple[Errand, ...]:
    """What the customer can have done about a case as it stands, in the order of offering."""
    standing = [booking for booking in bookings if booking.status is BookingStatus.BOOKED]
    moves = [each for each in standing if each.kind is BookingKind.PICKUP and not is_too_late(each, at)]
    status = case.facts.status
    held_back = any(is_too_late(booking, at) for booking in standing)
    over = {CaseStatus.CANCELLED, CaseStatus.CLOSED, CaseStatus.RESOLVED_REMOTELY}
    possible = {
        Errand.RESCHEDULE: bool(moves),
        Errand.CANCEL: status not in over and not held_back and may_move(status.value, CaseStatus.CANCELLED.value),
        Errand.ADD: status is not CaseStatus.CANCELLED,
        Errand.REOPEN: may_reopen(case),
    }
    return tuple(errand for errand, can in possible.items() if can)
