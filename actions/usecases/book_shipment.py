"""Books a pick-up, a label or a part, once, and says no more than what is proven (R36, R37, R93, R96-R98)."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from actions.casework.facts import Cause, Method, Symptom, Verdict
from actions.casework.shipping.gate import GateFacts, Missing, may_book
from actions.ports import (
    Booking,
    BookingKind,
    BookingStatus,
    Case,
    CaseDesk,
    Courier,
    NotFound,
    PortError,
    ShipmentBooked,
    ShipmentOutcome,
    ShipmentRefused,
    ShipmentRequest,
    Unavailable,
    Workflows,
)
from actions.usecases.safety import is_safety_stop
from actions.usecases.telling import told, told_mark

COVERED = frozenset({Verdict.COVERED, Verdict.COVERED_BY_ADDON})

ENDED_ATTEMPTS = frozenset({"booking_refused", "booking_failed", "booking_cancelled"})
"""Events after which the next try is a new one, not a repeat."""


class ShippingWorld(Protocol):
    """What booking needs."""

    @property
    def desk(self) -> CaseDesk:
        """Where the case is."""
        ...

    @property
    def courier(self) -> Courier:
        """Whose book says what stands."""
        ...

    @property
    def workflows(self) -> Workflows:
        """Who books."""
        ...

    @property
    def booking_wait(self) -> float:
        """Seconds to wait for the outcome."""
        ...


@dataclass(frozen=True)
class Booked:
    """The courier holds it. It may differ from what was asked for where an earlier booking of the case stands."""

    booking: Booking


@dataclass(frozen=True)
class BookingUnderWay:
    """Recorded for good, no answer yet: news follow in the chat and by mail."""

    case_id: str


@dataclass(frozen=True)
class BookingRefused:
    """Nothing was booked, and nothing was tried: `missing` are words of Missing, or `entitlement`, `spill`."""

    missing: Collection[str]


@dataclass(frozen=True)
class SlotGone:
    """Nothing was booked: the date and window were taken meanwhile. Another may be chosen."""


@dataclass(frozen=True)
class BookingFailed:
    """Nothing is known to be booked; `reason` is rejected, stopped, not_cancelled, failed, unavailable or unknown.

    With `unknown` it may still come about, once; then the chat and a mail say so.
    """

    reason: str


BookingOutcome = Booked | BookingUnderWay | BookingRefused | SlotGone | BookingFailed


def book_shipment(
    world: ShippingWorld,
    request: ShipmentRequest,
    gate: GateFacts,
    at: datetime,
    *,
    approved: bool = False,
    in_turn: bool = True,
) -> BookingOutcome:
    """Check the gate and the case, begin the durable booking, and wait a little for its outcome.

    The same request again is a repeat and books nothing twice; after a refusal or a cancellation it is a new try.
    `approved`: a person has looked and answers for the cover. Without `in_turn` the workflow tells the customer.
    """
    try:
        case = world.desk.get(request.case_id)
    except NotFound:
        return BookingRefused({Missing.CASE_ID})
    except PortError:
        return BookingFailed("unavailable")
    if gate.safety or is_safety_stop(case.facts):
        return BookingRefused({Missing.SAFETY})
    standing = _standing(world.courier, case)
    if standing is not None:
        return Booked(standing)
    missing = {*may_book(gate), *(() if approved else _unproven(case, request.kind))}
    if missing:
        return BookingRefused(missing)
    attempt = sum(event.what in ENDED_ATTEMPTS for event in case.events)
    try:
        outcome = world.workflows.ship(request, attempt, world.booking_wait)
    except Unavailable:
        return BookingFailed("unavailable")
    except PortError:
        return BookingFailed("unknown")
    return _report(world.desk, request, attempt, outcome, at, in_turn)


def _standing(courier: Courier, case: Case) -> Booking | None:
    """What stands for the case; where the courier can't be asked the booking's key keeps it single."""
    try:
        booked = [booking for booking in courier.of_case(case.case_id) if booking.kind is not BookingKind.RETURN]
    except PortError:
        return None
    return next((booking for booking in booked if booking.status is BookingStatus.BOOKED), None)


def _unproven(case: Case, kind: BookingKind) -> set[str]:
    """What the case itself does not bear out: only a covered fault travels, and a spill only after a person's look."""
    decision = case.facts.decision or {}
    missing: set[str] = set()
    if decision.get("verdict") not in COVERED:
        missing.add("entitlement")
    if kind is BookingKind.PICKUP and decision.get("method") != Method.PICKUP:
        missing.add("entitlement")
    if kind is BookingKind.CSR_PART and decision.get("method") != Method.CSR_PART:
        missing.add("entitlement")
    if case.facts.cause == Cause.SPILL or case.facts.symptom == Symptom.SPILL:
        missing.add("spill")
    return missing


def _report(
    desk: CaseDesk, request: ShipmentRequest, attempt: int, outcome: ShipmentOutcome, at: datetime, in_turn: bool
) -> BookingOutcome:
    """The outcome in the turn's words; whoever gets one tells the customer, and the case says so."""
    if not isinstance(outcome, ShipmentBooked | ShipmentRefused):
        return BookingUnderWay(request.case_id)
    if in_turn:
        with suppress(PortError):  # then the workflow tells it, too: the truth twice rather than never
            desk.note(request.case_id, at, "told", told(attempt, "turn"), once=told_mark(attempt))
    if isinstance(outcome, ShipmentBooked):
        return Booked(outcome.booking)
    return SlotGone() if outcome.reason == "slot_gone" else BookingFailed(outcome.reason)
