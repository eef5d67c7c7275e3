"""Cancels what is booked, before collection: the courier alone, or the whole case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from actions.casework.case.status import may_move
from actions.ports import Booking, BookingStatus, CaseDesk, CaseStatus, Courier, NotFound, PortError, Rejected, Unknown


@dataclass(frozen=True)
class Cancelled:
    """Nothing of the case is booked any more. `recorded` is False where the case could not be told so."""

    bookings: Sequence[Booking]
    recorded: bool


@dataclass(frozen=True)
class CancelRefused:
    """The courier keeps this one: it is collected today, or was already. The case stays as it was."""

    booking: Booking


@dataclass(frozen=True)
class NothingToCancel:
    """No such case, nothing booked where only the courier was meant, or the unit is on its way or in repair."""


@dataclass(frozen=True)
class NotCancelled:
    """Not known to be cancelled; `reason` is unavailable or unknown. Trying again is safe."""

    reason: str


CancelOutcome = Cancelled | CancelRefused | NothingToCancel | NotCancelled


def cancel_pickup(
    desk: CaseDesk, courier: Courier, case_id: str, whole_case: bool, at: datetime, by: str = "customer"
) -> CancelOutcome:
    """Call the courier off, then write it down: the case is cancelled, or open again where `whole_case` is False.

    `by` says who wants it: customer or agent.
    """
    status = CaseStatus.CANCELLED if whole_case else CaseStatus.OPEN
    try:
        case = desk.get(case_id)
        standing = [each for each in courier.of_case(case_id) if each.status is BookingStatus.BOOKED]
    except NotFound:
        return NothingToCancel()
    except PortError:
        return NotCancelled("unavailable")
    if not may_move(case.facts.status.value, status.value) or (not standing and not whole_case):
        return NothingToCancel()
    called_off: list[Booking] = []
    for booking in standing:
        try:
            called_off.append(_call_off(courier, booking, at))
        except Rejected:
            return CancelRefused(booking)
        except Unknown:
            return NotCancelled("unknown")
        except PortError:
            return NotCancelled("unavailable")
    if not called_off and case.facts.status is status:
        return Cancelled((), recorded=True)  # the same call again
    return Cancelled(tuple(called_off), _record(desk, case_id, called_off, status, at, by))


def _call_off(courier: Courier, booking: Booking, at: datetime) -> Booking:
    """A lost answer is asked for once more: cancelling a second time changes nothing."""
    try:
        return courier.cancel(booking.booking_id, at)
    except Unknown:
        return courier.cancel(booking.booking_id, at)


def _record(
    desk: CaseDesk, case_id: str, called_off: Sequence[Booking], status: CaseStatus, at: datetime, by: str
) -> bool:
    try:
        for booking in called_off:
            data = {"booking_id": booking.booking_id}
            desk.set_status(case_id, status, at, "booking_cancelled", data, once=f"cancelled:{booking.booking_id}")
        if status is CaseStatus.CANCELLED:
            desk.set_status(case_id, status, at, "cancelled", {"by": by})
    except PortError:
        return False
    return True
