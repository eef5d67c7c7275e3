"""A person takes over, with the whole story on a case (R12, R13, R41)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from actions.ports import Booking, BookingStatus, Case, CaseFacts, CaseStatus, Courier, PortError
from actions.usecases.open_case import CaseNotOpened, CaseWorld, open_case
from actions.usecases.safety import is_safety_stop


class HandoverWorld(CaseWorld, Protocol):
    """What handing over needs."""

    @property
    def courier(self) -> Courier:
        """Who may have to be called off."""
        ...


@dataclass(frozen=True)
class HandedOver:
    """The case waits for a person. `still_booked` is what a safety stop could not call off: it must not travel."""

    case: Case
    created: bool
    cancelled: Sequence[Booking] = ()
    still_booked: Sequence[Booking] = ()


@dataclass(frozen=True)
class NotHandedOver:
    """No case is known to be waiting for a person; `reason` as of CaseNotOpened. Trying again is safe."""

    reason: str


def hand_over(
    world: HandoverWorld, facts: CaseFacts, at: datetime, case_id: str | None = None
) -> HandedOver | NotHandedOver:
    """Put the story on the open case, or open one, for a person; `facts.reason` says why.

    A safety stop calls off whatever is booked (domain.md 0.1: a dangerous machine is never collected).
    """
    opened = open_case(world, replace(facts, status=CaseStatus.NEEDS_HUMAN), at, replaces=case_id)
    if isinstance(opened, CaseNotOpened):
        return NotHandedOver(opened.reason)
    if not is_safety_stop(opened.case.facts):
        return HandedOver(opened.case, opened.created)
    called_off, standing = _call_off(world, opened.case, at)
    return HandedOver(opened.case, opened.created, called_off, standing)


def _call_off(world: HandoverWorld, case: Case, at: datetime) -> tuple[list[Booking], list[Booking]]:
    """Cancel every standing booking of that device in the conversation; returns (cancelled, still standing)."""
    called_off: list[Booking] = []
    standing: list[Booking] = []
    try:
        cases = [case, *(other for other in world.desk.of_conversation(case.facts.conversation) if _same(other, case))]
        booked = [booking for of in sorted({each.case_id for each in cases}) for booking in world.courier.of_case(of)]
    except PortError:
        return [], []  # nobody knows: a booking still under way stops itself at this case
    for booking in booked:
        if booking.status is not BookingStatus.BOOKED:
            continue
        try:
            called_off.append(world.courier.cancel(booking.booking_id, at))
            _write_down(world, booking, at, "booking_cancelled")
        except PortError:
            standing.append(booking)
            _write_down(world, booking, at, "cancel_refused")
    return called_off, standing


def _same(other: Case, case: Case) -> bool:
    """Whether both may be about one device: an unknown serial number may be any."""
    one, two = other.facts.serial_number, case.facts.serial_number
    return not one or not two or one == two


def _write_down(world: HandoverWorld, booking: Booking, at: datetime, what: str) -> None:
    data = {"booking_id": booking.booking_id}
    once = f"{'cancelled' if what == 'booking_cancelled' else what}:{booking.booking_id}"
    try:
        world.desk.set_status(booking.case_id, CaseStatus.NEEDS_HUMAN, at, what, data, once=once)
    except PortError:
        return  # the courier's book says it as well
