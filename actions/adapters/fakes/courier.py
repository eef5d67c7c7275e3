"""A courier in memory that drives on fixed days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from actions.adapters.fakes.failing import Failing
from actions.ports import Booking, BookingKind, BookingStatus, NotFound, PickupSlot, Rejected, ShipmentRequest

WINDOWS = ("08:00-12:00", "12:00-16:00")


class FakeCourier(Failing):
    """`Courier` in memory: weekdays, two windows, the next five; a full slot is put into `full`."""

    def __init__(self) -> None:
        super().__init__()
        self.bookings: dict[str, Booking] = {}
        self.requests: list[ShipmentRequest] = []
        self.full: set[PickupSlot] = set()
        self._keys: dict[str, str] = {}

    def offer_slots(self, postcode: str, now: datetime) -> Sequence[PickupSlot]:
        """The next five weekdays; none in a postcode below 1000, as the Faroe Islands have."""
        self._enter("offer_slots")
        self._leave("offer_slots")
        return tuple(slot for slot in self._driven(postcode, now) if slot not in self.full)

    def book(self, request: ShipmentRequest, key: str, at: datetime) -> Booking:
        """Once for each key."""
        self._enter("book")
        if key not in self._keys:
            if request.kind is BookingKind.PICKUP:
                self._check(PickupSlot(request.pickup_date or date.min, request.pickup_window), request, at)
            number = len(self.bookings) + 1
            booking = Booking(
                booking_id=f"HPB-{number:08d}",
                case_id=request.case_id,
                kind=request.kind,
                status=BookingStatus.BOOKED,
                courier="fake",
                tracking_number=f"HPT{number:09d}",
                pickup_date=request.pickup_date,
                pickup_window=request.pickup_window,
            )
            self.requests.append(request)
            self.bookings[booking.booking_id] = booking
            self._keys[key] = booking.booking_id
        self._leave("book")
        return self.bookings[self._keys[key]]

    def offer_changes(self, booking_id: str, now: datetime) -> Sequence[PickupSlot]:
        """As offer_slots, at the address that was booked."""
        self._enter("offer_changes")
        self._booking(booking_id)
        self._leave("offer_changes")
        return tuple(slot for slot in self._driven("8000", now) if slot not in self.full)

    def change(self, booking_id: str, slot: PickupSlot, at: datetime) -> Booking:
        """Move a pick-up."""
        self._enter("change")
        booking = self._booking(booking_id)
        if booking.kind is not BookingKind.PICKUP or booking.status is not BookingStatus.BOOKED:
            raise Rejected("nothing to move")
        self._check(slot, None, at)
        self.bookings[booking_id] = replace(booking, pickup_date=slot.date, pickup_window=slot.window)
        self._leave("change")
        return self.bookings[booking_id]

    def cancel(self, booking_id: str, at: datetime) -> Booking:
        """Cancel."""
        self._enter("cancel")
        booking = self._booking(booking_id)
        if booking.status is BookingStatus.BOOKED:
            if booking.pickup_date is not None and booking.pickup_date <= at.date():
                raise Rejected("collected today or was already")
            self.bookings[booking_id] = replace(booking, status=BookingStatus.CANCELLED)
        self._leave("cancel")
        return self.bookings[booking_id]

    def of_case(self, case_id: str) -> Sequence[Booking]:
        """Oldest first."""
        self._enter("of_case")
        self._leave("of_case")
        return tuple(booking for booking in self.bookings.values() if booking.case_id == case_id)

    def newest(self, limit: int = 1000) -> Sequence[Booking]:
        """Newest first."""
        self._enter("newest")
        self._leave("newest")
        return tuple(reversed(self.bookings.values()))[:limit]

    def _driven(self, postcode: str, now: datetime) -> list[PickupSlot]:
        if len(postcode) != 4:
            return []
        days = (now.date() + timedelta(days=n) for n in range(1, 8))
        return [PickupSlot(day, window) for day in days if day.weekday() < 5 for window in WINDOWS]

    def _check(self, slot: PickupSlot, request: ShipmentRequest | None, at: datetime) -> None:
        postcode = request.sender.postcode if request else "8000"
        if slot in self.full or slot not in self._driven(postcode, at):
            raise Rejected(f"{slot.date} {slot.window} is gone")

    def _booking(self, booking_id: str) -> Booking:
        if booking_id not in self.bookings:
            raise NotFound(booking_id)
        return self.bookings[booking_id]
