"""The embedded courier book: pick-ups, labels and parts in SQL, with labels that print."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from actions.adapters.codec import request_to_json
from actions.adapters.sql.engine import reading, writing
from actions.adapters.sql.tables import courier_bookings, courier_slots
from actions.ports import (
    Booking,
    BookingKind,
    BookingStatus,
    NotFound,
    PickupSlot,
    PortError,
    Rejected,
    ShipmentRequest,
    Unavailable,
)

COURIER = "offsite"
"""What `courier` says of bookings in our own book."""

ALPHABET = "23456789BCDFGHJKLMNPQRSTVWXYZ"
"""Letters and digits of booking ids and tracking numbers: no run of digits that looks like a telephone or CPR number,
no vowels that make words."""

COPIED = ("booking_id", "case_id", "courier", "tracking_number", "pickup_date", "pickup_window", "label_file")
"""Columns that hold a booking's field of the same name as it is."""

SlotFinder = Callable[[str, datetime], Sequence[PickupSlot]]
"""Postcode and now → dates and windows that the courier drives at all, soonest first."""


class Labels(Protocol):
    """Where labels come from."""

    def make(self, request: ShipmentRequest, booking_id: str, tracking_number: str) -> str:
        """The label's path below var/."""
        ...

    def discard(self, path: str) -> None:
        """Remove the label of a booking that did not come about."""
        ...


class SqlCourier:
    """`Courier` on one database. Every call raises Unavailable; those that write also Unknown."""

    def __init__(self, engine: sa.Engine, find_slots: SlotFinder, labels: Labels, capacity: int) -> None:
        self._engine = engine
        self._find_slots = find_slots
        self._labels = labels
        self._capacity = capacity

    def offer_slots(self, postcode: str, now: datetime) -> Sequence[PickupSlot]:
        """Dates and windows with room left."""
        slots = self._find_slots(postcode, now)
        if not slots:
            return ()
        with reading(self._engine) as connection:
            query = sa.select(courier_slots).where(
                courier_slots.c.date.between(min(slot.date for slot in slots), max(slot.date for slot in slots)),
                courier_slots.c.taken >= self._capacity,
            )
            full = {PickupSlot(row.date, row.window) for row in connection.execute(query)}
        return tuple(slot for slot in slots if slot not in full)

    def book(self, request: ShipmentRequest, key: str, at: datetime) -> Booking:
        """Book once for each key; a repeat gets the first booking back, whatever it asks for."""
        held = self._held(key)
        if held is not None:
            return held
        slot = self._slot_of(request, at)
        # Names follow from the key: one killed between the label and the row is tried again with the same file.
        booking_id, tracking = _name("HPB-", 8, key), _name("HPT", 9, key)
        label = "" if request.kind is BookingKind.CSR_PART else self._labels.make(request, booking_id, tracking)
        booking = Booking(
            booking_id=booking_id,
            case_id=request.case_id,
            kind=request.kind,
            status=BookingStatus.BOOKED,
            courier=COURIER,
            tracking_number=tracking,
            pickup_date=request.pickup_date,
            pickup_window=request.pickup_window,
            label_file=label,
        )
        try:
            self._insert(booking, slot, request, key, at)
        except (Rejected, Unavailable, IntegrityError) as error:
            held = self._held(key) if isinstance(error, IntegrityError) else None
            if label and held is None:
                self._labels.discard(label)
            if held is not None:  # someone booked under this key at the same moment
                return held
            raise error if isinstance(error, PortError) else Unavailable("no booking id found") from error
        return booking

    def _insert(
        self, booking: Booking, slot: PickupSlot | None, request: ShipmentRequest, key: str, at: datetime
    ) -> None:
        row = {name: getattr(booking, name) for name in COPIED}
        with writing(self._engine) as connection:
            if slot is not None:
                self._take(connection, slot)
            connection.execute(
                sa.insert(courier_bookings).values(
                    **row,
                    kind=booking.kind.value,
                    status=booking.status.value,
                    book_key=key,
                    booked_at=at,
                    request=request_to_json(request),
                )
            )

    def offer_changes(self, booking_id: str, now: datetime) -> Sequence[PickupSlot]:
        """Dates and windows with room left, at the address that was booked. Raises NotFound."""
        with reading(self._engine) as connection:
            query = sa.select(courier_bookings.c.request).where(courier_bookings.c.booking_id == booking_id)
            request = connection.execute(query).scalar_one_or_none()
        if request is None:
            raise NotFound(booking_id)
        return self.offer_slots(request["sender"]["postcode"], now)

    def change(self, booking_id: str, slot: PickupSlot, at: datetime) -> Booking:
        """Move a pick-up that stands. Raises NotFound, Rejected where the slot is gone or there is nothing to move."""
        with writing(self._engine) as connection:
            row = _row(connection, booking_id)
            old = _slot_of_row(row)
            if old is None or row.status != BookingStatus.BOOKED.value:
                raise Rejected(f"{booking_id} is no pick-up that stands")
            if old != slot:
                self._check(slot, row.request["sender"]["postcode"], at)
                self._give_back(connection, old)
                self._take(connection, slot)
                connection.execute(
                    sa.update(courier_bookings)
                    .where(courier_bookings.c.booking_id == booking_id)
                    .values(pickup_date=slot.date, pickup_window=slot.window)
                )
            return _booking(_row(connection, booking_id))

    def cancel(self, booking_id: str, at: datetime) -> Booking:
        """Cancel; a second time changes nothing. Raises NotFound, Rejected on or after the day of collection."""
        with writing(self._engine) as connection:
            row = _row(connection, booking_id)
            if row.status == BookingStatus.BOOKED.value:
                slot = _slot_of_row(row)
                if slot is not None and slot.date <= at.date():
                    raise Rejected(f"{booking_id} is collected today or was already")
                if slot is not None:
                    self._give_back(connection, slot)
                connection.execute(
                    sa.update(courier_bookings)
                    .where(courier_bookings.c.booking_id == booking_id)
                    .values(status=BookingStatus.CANCELLED.value)
                )
            return _booking(_row(connection, booking_id))

    def of_case(self, case_id: str) -> Sequence[Booking]:
        """That case's bookings, oldest first."""
        query = sa.select(courier_bookings).where(courier_bookings.c.case_id == case_id).order_by(courier_bookings.c.n)
        with reading(self._engine) as connection:
            return tuple(_booking(row) for row in connection.execute(query))

    def newest(self, limit: int = 1000) -> Sequence[Booking]:
        """The youngest `limit` bookings."""
        query = sa.select(courier_bookings).order_by(courier_bookings.c.n.desc()).limit(limit)
        with reading(self._engine) as connection:
            return tuple(_booking(row) for row in connection.execute(query))

    def _held(self, key: str) -> Booking | None:
        with reading(self._engine) as connection:
            query = sa.select(courier_bookings).where(courier_bookings.c.book_key == key)
            row = connection.execute(query).one_or_none()
            return _booking(row) if row is not None else None

    def _slot_of(self, request: ShipmentRequest, at: datetime) -> PickupSlot | None:
        """The slot a request asks for, checked; None where nothing is collected."""
        if request.kind is not BookingKind.PICKUP:
            return None
        if request.pickup_date is None:
            raise Rejected("a pick-up needs a date")
        slot = PickupSlot(request.pickup_date, request.pickup_window)
        self._check(slot, request.sender.postcode, at)
        return slot

    def _check(self, slot: PickupSlot, postcode: str, at: datetime) -> None:
        if slot not in self._find_slots(postcode, at):
            raise Rejected(f"{slot.date} {slot.window} is not driven in {postcode}")

    def _take(self, connection: sa.Connection, slot: PickupSlot) -> None:
        """One place in a window, unless it is full: one statement decides, so two can't have the last one."""
        here = (courier_slots.c.date == slot.date) & (courier_slots.c.window == slot.window)
        if connection.dialect.name == "postgresql":
            from sqlalchemy.dialects.postgresql import insert
        else:
            from sqlalchemy.dialects.sqlite import insert  # type: ignore[assignment]
        connection.execute(
            insert(courier_slots).values(date=slot.date, window=slot.window, taken=0).on_conflict_do_nothing()
        )
        taken = connection.execute(
            sa.update(courier_slots)
            .where(here, courier_slots.c.taken < self._capacity)
            .values(taken=courier_slots.c.taken + 1)
        )
        if taken.rowcount == 0:
            raise Rejected(f"{slot.date} {slot.window} is full")

    def _give_back(self, connection: sa.Connection, slot: PickupSlot) -> None:
        connection.execute(
            sa.update(courier_slots)
            .where(courier_slots.c.date == slot.date, courier_slots.c.window == slot.window, courier_slots.c.taken > 0)
            .values(taken=courier_slots.c.taken - 1)
        )


def _name(prefix: str, length: int, key: str) -> str:
    """Always the same name for the same key."""
    digest = hashlib.sha256(f"{prefix}\n{key}".encode()).digest()
    return prefix + "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:length])


def _row(connection: sa.Connection, booking_id: str) -> sa.Row[Any]:
    """A booking's row, held until the transaction ends."""
    query = sa.select(courier_bookings).where(courier_bookings.c.booking_id == booking_id).with_for_update()
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFound(booking_id)
    return row


def _slot_of_row(row: sa.Row[Any]) -> PickupSlot | None:
    return PickupSlot(row.pickup_date, row.pickup_window) if row.kind == BookingKind.PICKUP.value else None


def _booking(row: sa.Row[Any]) -> Booking:
    copied = {name: getattr(row, name) for name in COPIED}
    return Booking(kind=BookingKind(row.kind), status=BookingStatus(row.status), **copied)
