"""A booking's label and calendar entry, for whoever may have them: the conversation that was told of the booking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from actions.adapters.calendar_file import pickup_calendar
from actions.ports import BookingKind, BookingStatus, Language, NotFound, Texts
from bot.gateway.casework import Casework
from bot.gateway.events import Event

LABEL, CALENDAR = "pdf", "ics"
"""The two kinds of file of a booking, by their endings."""

_TYPES = {LABEL: "application/pdf", CALENDAR: "text/calendar; charset=utf-8"}


@dataclass(frozen=True)
class BookingFile:
    """A file to hand out."""

    name: str
    media_type: str
    content: bytes


def with_addresses(card: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """A card's data with `label_url` and `calendar_url` beside each booking: paths that need the token."""
    if card == "booking":
        return {**data, **_addresses(data)}
    if card == "status" and isinstance(data.get("bookings"), list):
        bookings = [{**each, **_addresses(each)} for each in data["bookings"] if isinstance(each, Mapping)]
        return {**data, "bookings": bookings}
    return dict(data)


def _addresses(booking: Mapping[str, Any]) -> dict[str, str]:
    name, kind = booking.get("booking_id"), booking.get("kind")
    if not isinstance(name, str) or not name:
        return {}
    found = {}
    if kind in (BookingKind.PICKUP, BookingKind.LABEL):
        found["label_url"] = f"/api/chat/bookings/{name}.{LABEL}"
    if kind == BookingKind.PICKUP and booking.get("pickup_date"):
        found["calendar_url"] = f"/api/chat/bookings/{name}.{CALENDAR}"
    return found


def bookings_told(events: Iterable[Event]) -> dict[str, str]:
    """Booking → case, of every booking that a card of the conversation's own bot showed."""
    told: dict[str, str] = {}
    for event in events:
        if event.type != "card" or event.role == "customer":
            continue
        data = event.body.get("data", {})
        for shown in (data, *(data.get("bookings") or ())):
            if shown.get("booking_id") and shown.get("case_id"):
                told[str(shown["booking_id"])] = str(shown["case_id"])
    return told


class BookingFiles:
    """Labels and calendar files. Calls block."""

    def __init__(self, casework: Casework, texts: Texts, var: Path) -> None:
        self._casework, self._texts, self._var = casework, texts, var

    def get(self, case_id: str, booking_id: str, kind: str, language: Language) -> BookingFile | None:
        """The file as things stand now; None where there is none. Raises PortError."""
        stores = self._casework.open()
        booking = next((each for each in stores.courier.of_case(case_id) if each.booking_id == booking_id), None)
        if booking is None:
            return None
        content: bytes | None = None
        if kind == CALENDAR:
            try:
                content = pickup_calendar(self._texts, language, stores.desk.get(case_id), booking)
            except NotFound:
                return None
        elif kind == LABEL and booking.label_file and booking.status is BookingStatus.BOOKED:
            path = self._var / booking.label_file
            content = path.read_bytes() if path.is_file() else None
        return None if content is None else BookingFile(f"{case_id}.{kind}", _TYPES[kind], content)
