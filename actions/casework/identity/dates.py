"""Dates: the form they are stored in (ISO), the words people type, the words people read."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

import babel.dates

from actions.casework.data_file import load_yaml
from actions.casework.facts import Language
from actions.casework.identity.folding import fold

FILE = Path(__file__).with_name("date_words.yml")

Prefer = Literal["future", "past"]

_PATTERNS = {Language.DA: "EEEE 'den' d. MMMM y", Language.EN: "EEEE d MMMM y"}
_ISO = re.compile(r"(?<![0-9])([12][0-9]{3})-([0-9]{1,2})-([0-9]{1,2})(?![0-9])")
_NUMERIC = re.compile(
    r"(?<![0-9./-])([0-3]?[0-9])(?:/|-|\.\s?)([0-3]?[0-9])(?:(?:/|-|\.\s?|\s)((?:20|19)?[0-9]{2}))?(?![0-9:]|\.[0-9])"
)
_DAY_ONLY = re.compile(r"(?:\b(?:den|d|the)\s+([0-3]?[0-9])(?:st|nd|rd|th)?|^([0-3]?[0-9])(?:st|nd|rd|th))(?![0-9a-z])")


def format_date(day: date, language: Language) -> str:
    """ "torsdag den 26. november 2026", "Thursday 26 November 2026"."""
    return babel.dates.format_date(day, _PATTERNS[Language(language)], locale=str(language))


def read_date(text: str, today: date, prefer: Prefer) -> date | None:
    """The day a text means, counted from `today`; None where it names none.

    `prefer` decides what a date without a year ("3/11"), a day alone ("den 3.") and a weekday ("fredag") mean: the next
    such day or the latest. A weekday is never today; a date may be. The day comes before the month, as in Denmark;
    "11/26" can only be read the other way round.
    """
    folded = fold(text)
    readings: Iterator[date | None] = (
        reading
        for reading in (
            _iso(text),
            _in_words(folded, today, prefer),
            _numeric(text, today, prefer),
            _relative(folded, today),
            _counted(folded, today),
            _weekday(folded, today, prefer),
            _day_alone(folded, today, prefer),
        )
    )
    return next((reading for reading in readings if reading), None)


def _iso(text: str) -> date | None:
    match = _ISO.search(text)
    return _day(int(match[1]), int(match[2]), int(match[3])) if match else None


def _numeric(text: str, today: date, prefer: Prefer) -> date | None:
    """3/11, 3.11.2026, 03-11-26."""
    for match in _NUMERIC.finditer(text):
        day, month, year = int(match[1]), int(match[2]), _year(match[3])
        if found := _with_year(day, month, year, today, prefer) or _with_year(month, day, year, today, prefer):
            return found
    return None


def _in_words(folded: str, today: date, prefer: Prefer) -> date | None:
    """3. november, den 3 nov 2026, november 3rd, the 3rd of November."""
    months = "|".join(sorted(_words("months"), key=len, reverse=True))
    year = r"(?:\s+((?:20|19)[0-9]{2}))?"
    for pattern in (
        rf"(?<![0-9])([0-3]?[0-9])(?:st|nd|rd|th)?(?:\s+of)?\s+({months}){year}(?![0-9a-z])",
        rf"(?<![a-z])({months})\s+(?:the\s+)?([0-3]?[0-9])(?:st|nd|rd|th)?{year}(?![0-9a-z])",
    ):
        if match := re.search(pattern, folded):
            day, month = (match[1], match[2]) if match[1].isdecimal() else (match[2], match[1])
            return _with_year(int(day), _words("months")[month], _year(match[3]), today, prefer)
    return None


def _relative(folded: str, today: date) -> date | None:
    """i dag, i går, tomorrow, the day after tomorrow."""
    phrases = sorted(_words("relative").items(), key=lambda item: len(item[0]), reverse=True)
    for phrase, days in phrases:
        if f" {phrase} " in f" {folded} ":
            return today + timedelta(days=days)
    return None


def _counted(folded: str, today: date) -> date | None:
    """for to uger siden, 3 days ago, om en uge, in two days."""
    numbers, units = _words("numbers"), _words("units")
    amount = rf"([0-9]{{1,3}}|{'|'.join(sorted(numbers, key=len, reverse=True))})\s+({'|'.join(units)})"
    for direction, pattern in (
        (-1, rf"(?<!\w){amount}\s+(?:{'|'.join(_file()['ago'])})(?!\w)"),
        (1, rf"(?<!\w)(?:{'|'.join(_file()['ahead'])})\s+{amount}(?!\w)"),
    ):
        if match := re.search(pattern, folded):
            count = direction * (int(match[1]) if match[1].isdecimal() else numbers[match[1]])
            return _shifted(today, count, units[match[2]])
    return None


def _weekday(folded: str, today: date, prefer: Prefer) -> date | None:
    """fredag, på tirsdag, i mandags, sidste fredag, next Monday: the nearest such day that is not today."""
    spoken = folded.split()
    for place, word in enumerate(spoken):
        if word not in _words("weekdays"):
            continue
        before = spoken[place - 1] if place else ""
        back = word in _file()["past_weekdays"] or before in _file()["past"]
        back = back or (prefer == "past" and before not in _file()["future"])
        ahead = (_words("weekdays")[word] - today.weekday()) % 7
        return today + timedelta(days=ahead - 7 if back else ahead or 7)
    return None


def _day_alone(folded: str, today: date, prefer: Prefer) -> date | None:
    """den 3., the 3rd: in this month or the nearest that has such a day."""
    match = _DAY_ONLY.search(folded)
    if not match:
        return None
    wanted, step = int(match[1] or match[2]), 1 if prefer == "future" else -1
    for months in range(4):  # no two months in a row lack a day, but this one may be over
        year, month = divmod(today.year * 12 + today.month - 1 + step * months, 12)
        found = _day(year, month + 1, wanted)
        if found and (found - today).days * step >= 0:
            return found
    return None


def _with_year(day: int, month: int, year: int | None, today: date, prefer: Prefer) -> date | None:
    if year is not None:
        return _day(year, month, day)
    step = 1 if prefer == "future" else -1
    days = (_day(today.year + step * years, month, day) for years in range(9))  # 29 February may be eight years away
    return next((found for found in days if found and (found - today).days * step >= 0), None)


def _shifted(today: date, count: int, unit: int) -> date | None:
    """`count` units from today; months and years keep the day of the month where it exists."""
    if unit < 30:
        return today + timedelta(days=count * unit)
    year, month = divmod(today.year * 12 + today.month - 1 + count * (12 if unit == 365 else 1), 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(text: str | None) -> int | None:
    return None if not text else int(text) + (2000 if len(text) == 2 else 0)


@cache
def _words(name: str) -> Mapping[str, int]:
    return {str(word): int(value) for value, names in _file()[name].items() for word in names}


@cache
def _file() -> Mapping[str, Any]:
    return load_yaml(FILE)
