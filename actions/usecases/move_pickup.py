"""Moves a booked pick-up to another free date: the booking keeps its row, the case's history shows the change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from actions.ports import (
    Booking,
    BookingKind,
    BookingStatus,
    CaseDesk,
    Courier,
    NotFound,
    PickupSlot,
    PortError,
    Rejected,
    Unknown,
)


@dataclass(frozen=True)
class PickupMoved:
    """The courier holds the new date. `recorded` is False where the case could not be told; trying again tells it."""

    booking: Booking
    recorded: bool


@dataclass(frozen=True)
class NoPickup:
    """No pick-up of that case stands."""


@dataclass(frozen=True)
class TooLate:
    """It is collected today, or was already: the courier keeps it as it is."""

    booking: Booking


@dataclass(frozen=True)
class NewSlotGone:
    """Nothing was moved: the new date and window are taken. The booking stands as it was."""

    booking: Booking


@dataclass(frozen=True)
class NotMoved:
    """Nothing is known to be moved; `reason` is unavailable (nothing happened) or unknown (it may have)."""

    reason: str


MoveOutcome = PickupMoved | NoPickup | TooLate | NewSlotGone | NotMoved


def standing_pickup(courier: Courier, case_id: str) -> Booking | None:
    """The case's pick-up that stands. Raises PortError."""
    return next(
        (
            booking
            for booking in courier.of_case(case_id)
            if booking.kind is BookingKind.PICKUP and booking.status is BookingStatus.BOOKED
        ),
        None,
    )


def is_too_late(booking: Booking, at: datetime) -> bool:
    """Whether the day of collection has come: from then on the courier changes nothing."""
    return booking.pickup_date is not None and booking.pickup_date <= at.date()


def move_pickup(desk: CaseDesk, courier: Courier, case_id: str, slot: PickupSlot, at: datetime) -> MoveOutcome:
    """Move the case's pick-up. The same call again moves nothing twice and writes what a lost answer left unwritten."""
    try:
        booking = standing_pickup(courier, case_id)
    except PortError:
        return NotMoved("unavailable")
    if booking is None:
        return NoPickup()
    if is_too_late(booking, at):
        return TooLate(booking)
    try:
        moved = _move(courier, booking, slot, at)
    except Rejected:
        return NewSlotGone(booking)
    except NotFound:
        return NoPickup()
    except Unknown:
        return NotMoved("unknown")
    except PortError:
        return NotMoved("unavailable")
    return PickupMoved(moved, _record(desk, moved, at))


def _move(courier: Courier, booking: Booking, slot: PickupSlot, at: datetime) -> Booking:
    """A lost answer is asked for once more: moving to where it is already changes nothing."""
    try:
        return courier.change(booking.booking_id, slot, at)
    except Unknown:
        return courier.change(booking.booking_id, slot, at)


def _record(desk: CaseDesk, moved: Booking, at: datetime) -> bool:
    """One event a change. A repeat of the newest change writes nothing; back to an earlier date is a change."""
    date = moved.pickup_date.isoformat() if moved.pickup_date else None
    data = {"booking_id": moved.booking_id, "pickup_date": date, "pickup_window": moved.pickup_window}
    try:
        changes = [event for event in desk.get(moved.case_id).events if event.what == "pickup_moved"]
        if not changes or not data.items() <= dict(changes[-1].data).items():
            desk.note(moved.case_id, at, "pickup_moved", data, once=f"moved:{moved.booking_id}:{len(changes)}")
    except PortError:
        return False
    return True
