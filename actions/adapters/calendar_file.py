"""A pick-up as a calendar file (iCalendar, RFC 5545) that calendars update when it is moved or cancelled."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from actions.casework.facts import Language
from actions.ports import Booking, BookingKind, BookingStatus, Case, Texts

_ZONE = ZoneInfo("Europe/Copenhagen")
_CHANGES = ("pickup_moved", "booking_cancelled")


def pickup_calendar(texts: Texts, language: Language, case: Case, booking: Booking) -> bytes | None:
    """The calendar file; None for what is not collected on a day.

    UID stays the same for a booking and SEQUENCE rises with each change in the case's history: a calendar that has it
    moves its entry, and takes it away when the pick-up is cancelled.
    """
    if booking.kind is not BookingKind.PICKUP or booking.pickup_date is None:
        return None
    cancelled = booking.status is BookingStatus.CANCELLED
    calendar = Calendar()
    calendar.add("prodid", "-//HP Offsite Support//Assistant//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    calendar.add_component(_copenhagen())
    entry = Event()
    entry.add("uid", f"{booking.booking_id}@hp-offsite-support")
    entry.add("sequence", len(_changes(case, booking)))
    entry.add("dtstamp", _changed_at(case, booking))
    start, end = _window(booking)
    entry.add("dtstart", start)
    entry.add("dtend", end)
    entry.add("summary", texts.text("calendar_summary", language, case_id=booking.case_id))
    words = {"case_id": booking.case_id, "tracking_number": booking.tracking_number}
    entry.add("description", texts.text("calendar_description", language, **words))
    entry.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    entry.add("transp", "TRANSPARENT")  # nobody is busy all morning because a courier may come
    calendar.add_component(entry)
    return calendar.to_ical()


def _changes(case: Case, booking: Booking) -> list[datetime]:
    """When the booking was changed, oldest first."""
    mine = [event for event in case.events if event.data.get("booking_id") == booking.booking_id]
    return [event.at for event in mine if event.what in _CHANGES]


def _changed_at(case: Case, booking: Booking) -> datetime:
    mine = [event.at for event in case.events if event.data.get("booking_id") == booking.booking_id]
    return max(mine, default=case.opened_at).astimezone(ZoneInfo("UTC"))


def _window(booking: Booking) -> tuple[datetime, datetime]:
    """Beginning and end of the window "08:00-12:00" on its day; the whole working day where there is none."""
    first, _, last = (booking.pickup_window or "08:00-16:00").partition("-")
    day = booking.pickup_date
    assert day is not None
    moments = [datetime.fromisoformat(f"{day.isoformat()}T{clock}").replace(tzinfo=_ZONE) for clock in (first, last)]
    return moments[0], moments[1]


def _copenhagen() -> Timezone:
    """Danish time with its rule for summer time, so that a calendar elsewhere shows the right hour."""
    zone = Timezone()
    zone.add("tzid", "Europe/Copenhagen")
    for part, name, month, start, before, after in (
        (TimezoneDaylight(), "CEST", 3, datetime(1996, 3, 31, 2), 1, 2),
        (TimezoneStandard(), "CET", 10, datetime(1996, 10, 27, 3), 2, 1),
    ):
        part.add("tzname", name)
        part.add("dtstart", start)
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        part.add("rrule", vRecur(freq="YEARLY", bymonth=month, byday="-1SU"))
        zone.add_component(part)
    return zone
