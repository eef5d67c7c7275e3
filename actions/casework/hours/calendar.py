"""Danish days: public holidays (R13) and the closing days that operators add (Q15)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from zoneinfo import ZoneInfo

import holidays

COPENHAGEN = ZoneInfo("Europe/Copenhagen")

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONDAY_TO_FRIDAY = frozenset(range(5))


@dataclass(frozen=True)
class ClosingDays:
    """Days closed beside the public holidays: single dates, and (month, day) of every year."""

    dates: frozenset[date] = frozenset()
    yearly: frozenset[tuple[int, int]] = frozenset()

    @classmethod
    def read(cls, entries: Iterable[str | date]) -> ClosingDays:
        """From "2026-12-24" (once) and "12-24" (every year). Raises ValueError for anything else."""
        dates, yearly = set(), set()
        for entry in entries:
            text = str(entry)
            if len(text) == 5:
                day = date.fromisoformat(f"2024-{text}")  # a leap year, so that 02-29 may be named
                yearly.add((day.month, day.day))
            else:
                dates.add(date.fromisoformat(text))
        return cls(frozenset(dates), frozenset(yearly))

    def __contains__(self, day: date) -> bool:
        return day in self.dates or (day.month, day.day) in self.yearly


NO_CLOSING_DAYS = ClosingDays()


def is_public_holiday(day: date) -> bool:
    """Whether Danish law makes `day` a public holiday; Sundays as such are not counted here."""
    return day in _public_holidays(day.year)


def is_business_day(
    day: date, closing: ClosingDays = NO_CLOSING_DAYS, weekdays: frozenset[int] = MONDAY_TO_FRIDAY
) -> bool:
    """A day on which people work: one of `weekdays` (0 = Monday), no public holiday, not closed."""
    return day.weekday() in weekdays and not is_public_holiday(day) and day not in closing


@cache
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("DK", years=year, categories="public"))
