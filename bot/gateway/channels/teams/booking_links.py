"""Label and calendar entry of a booking as links that need no sign-in, for cards. Signed, and over after three days."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from actions.ports import BookingKind
from bot.gateway.bookings import CALENDAR, LABEL
from bot.gateway.links import Link, Links
from bot.gateway.words import Words

LASTS = timedelta(hours=72)  # a status asked for later shows new ones


class BookingLinks:
    """Without a public address there are none: a link to nowhere helps nobody."""

    def __init__(self, links: Links, words: Words, public_url: str, now: Callable[[], datetime]) -> None:
        self._links, self._words, self._public_url, self._now = links, words, public_url, now

    def of(self, card: str, data: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
        """(title, address) for each file of each booking that a card shows."""
        bookings = data.get("bookings") if card == "status" else [data] if card == "booking" else []
        shown = [each for each in bookings if isinstance(each, Mapping)] if isinstance(bookings, list) else []
        return [found for booking in shown for found in self._of(booking, language)] if self._public_url else []

    def _of(self, booking: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
        kinds = []
        if booking.get("kind") in (BookingKind.PICKUP, BookingKind.LABEL):
            kinds.append((LABEL, "teams_label_link"))
        if booking.get("kind") == BookingKind.PICKUP and booking.get("pickup_date"):
            kinds.append((CALENDAR, "teams_calendar_link"))
        found = []
        for kind, title in kinds:
            link = Link(str(booking.get("case_id")), str(booking.get("booking_id")), kind, language)
            try:
                path = self._links.path(link, self._now() + LASTS)
            except ValueError:
                continue
            found.append((self._words.say(title, language), self._public_url + path))
        return found
