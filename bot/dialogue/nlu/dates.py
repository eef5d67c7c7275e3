"""Days named in a message, in both languages, as ISO dates counted from a given today.

A day without a year is the next such day; words for the past ("i går", "last friday") give the past day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from bot.dialogue.nlu.numbers import ORDINAL, SMALL_NUMBER, SPOKEN_YEAR, ordinal, small_number, spoken_year
from bot.dialogue.nlu.spans import Claims, Found, before

_WEEKDAYS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "mandag mandga monday",
            "tirsdag tirsda tuesday tues",
            "onsdag onsda wednesday",
            "torsdag torsda thursday thurs",
            "fredag freda friday",
            "lørdag lordag loerdag saturday",
            "søndag sondag soendag sunday",
        )
    )
    for name in names.split()
}
_MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "januar january jan",
            "februar february feb",
            "marts march mar",
            "april apr",
            "maj may",
            "juni june jun",
            "juli july jul",
            "august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}


def _either(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_SHORT_WEEKDAYS: dict[str, int] = {
    name: number
    for number, names in enumerate(("mon", "tue tirs", "wed ons", "thu thur tors", "fri fre", "sat lør", "sun søn"))
    for name in names.split()
}
"""Words of their own too ("he sat", "sun"), so only after one for when."""
_UNITS = r"(?:floor|sal|etage|sek\w*|sec\w*|min\w*|timer?|hours?|inch\w*|tommer|gange?|times|gb|tb|kr\w*|procent|percent|stk)\b"
_DAY = rf"(?P<day>{_either(_WEEKDAYS)})"
_MONTH = rf"(?P<month>{_either(_MONTHS)})\.?"
_YEAR = (
    rf"(?:,?\s+(?P<year>(?:19|20)\d{{2}}\b|{SPOKEN_YEAR}))?(?P<which_year>\s+(?:sidste år|last year|i år|this year))?"
)
_NOT_A_DATE_BEFORE = re.compile(
    r"(?:\b(?:trin|step|skridt|side|page|skærm|port|kl|klokken|kode|koden|code|version|v|påske|easter|whit|good|black|cyber)\.?\s*"
    r"|\b(?:gange|times|plus|minus)\s+|[+*=]\s*)$",
    re.IGNORECASE,
)


def _relative(days: int) -> Callable[[re.Match[str], date], date | None]:
    return lambda match, today: today + timedelta(days=days)


def _counted(match: re.Match[str], today: date) -> date | None:
    days = (1 if match["count"].lower() == "a" else small_number(match["count"])) * (
        7 if match["unit"].lower().startswith(("uge", "week")) else 1
    )
    return today + timedelta(days=-days if match["past"] else days)


def _weekday_next_week(match: re.Match[str], today: date) -> date | None:
    monday = today + timedelta(days=7 - today.weekday())
    return monday + timedelta(days=_WEEKDAYS[match["day"].lower()])


def _weekday_before(match: re.Match[str], today: date) -> date | None:
    day = _WEEKDAYS[(match["day"] or match["ago"]).lower()]
    return today - timedelta(days=(today.weekday() - day - 1) % 7 + 1)


def _weekday(match: re.Match[str], today: date) -> date | None:
    return today + timedelta(days=(_WEEKDAYS[match["day"].lower()] - today.weekday() - 1) % 7 + 1)


def _short_weekday(match: re.Match[str], today: date) -> date | None:
    return today + timedelta(days=(_SHORT_WEEKDAYS[match["day"].lower()] - today.weekday() - 1) % 7 + 1)


def _named_month(match: re.Match[str], today: date) -> date | None:
    return _calendar_day(int(match["number"]), _MONTHS[match["month"].lower()], _year(match, today), today)


def _ordinal_month(match: re.Match[str], today: date) -> date | None:
    return _calendar_day(ordinal(match["ordinal"]), _MONTHS[match["month"].lower()], _year(match, today), today)


def _year(match: re.Match[str], today: date) -> str | None:
    """The year said, in digits or words, or as last or this one."""
    if match["which_year"]:
        return str(today.year - ("sidste" in match["which_year"].lower() or "last" in match["which_year"].lower()))
    if match["year"] and not match["year"].isdigit():
        return str(spoken_year(match["year"]))
    return match["year"]


def _ordinal_day(match: re.Match[str], today: date) -> date | None:
    return _next_day_of_month(ordinal(match["ordinal"]), today)


def _weekday_in_a_week(match: re.Match[str], today: date) -> date | None:
    day = _weekday(match, today)
    return day + timedelta(days=7) if day else None


def _numbered_month(match: re.Match[str], today: date) -> date | None:
    day, month = int(match["number"]), int(match["month"])
    if month > 12 >= day:  # an American writes the month first
        day, month = month, day
    return _calendar_day(day, month, match["year"], today)


def _iso(match: re.Match[str], today: date) -> date | None:
    return _calendar_day(int(match["number"]), int(match["month"]), match["year"], today)


def _day_of_month(match: re.Match[str], today: date) -> date | None:
    return _next_day_of_month(int(match["number"]), today)


def _next_day_of_month(day: int, today: date) -> date | None:
    month = today.replace(day=1)
    for _ in range(12):
        found = _calendar_day(day, month.month, str(month.year), today)
        if found and found >= today:
            return found
        month = (month + timedelta(days=32)).replace(day=1)
    return None


def _calendar_day(day: int, month: int, year: str | None, today: date) -> date | None:
    """The day, or None where the calendar has none. Without a year the next such day, today counted."""
    if year and len(year) == 2:
        year = f"20{year}"
    for candidate in (int(year),) if year else range(today.year, today.year + 5):
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if year or found >= today:
            return found
    return None


_READINGS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), reading)
    for pattern, reading in (
        (r"\b(?P<year>20\d{2})-(?P<month>\d{1,2})-(?P<number>\d{1,2})\b", _iso),
        (
            r"(?<![\d./-])(?P<number>\d{1,2})[./-](?P<month>\d{1,2})[./ -]{1,2}(?P<year>(?:20)?\d{2})(?![\d/-]|\.\d)",
            _numbered_month,
        ),
        (
            rf"\b(?P<number>\d{{1,2}})(?:\.|st|nd|rd|th|\.?\s*de)?\s*(?:of\s+)?{_MONTH}\b{_YEAR}",
            _named_month,
        ),
        (
            rf"\b{_MONTH}\s+(?:the\s+)?(?P<number>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*(?:gb|%)){_YEAR}",
            _named_month,
        ),
        (
            r"(?<![\d./+*-])(?!24/7|10/10)(?P<number>\d{1,2})/(?P<month>\d{1,2})(?P<year>(?!))?"
            r"(?![\d/]|-\d|\s*(?:[+*=]|plus\b|minus\b|gange\b))",
            _numbered_month,
        ),
        (r"\b(?:den|d\.?|on the|the)\s+(?P<number>\d{1,2})[./](?P<month>\d{1,2})(?P<year>(?!))?\b\.?", _numbered_month),
        (rf"\b(?P<ordinal>{ORDINAL})\s+(?:of\s+)?{_MONTH}\b{_YEAR}", _ordinal_month),
        (rf"\b{_MONTH}\s+(?:the\s+)?(?P<ordinal>{ORDINAL})\b{_YEAR}", _ordinal_month),
        (
            r"(?:^\W*|\b(?:på|til|den|d\.|on|to|by)\s+|,\s*)(?P<number>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>(?!))?(?!\d)",
            _numbered_month,
        ),
        (r"\b(?:i\s?over\s?morgen|over\s?morgen|(?:the )?day after tomorrow)\b", _relative(2)),
        (r"\b(?:i\s?morgen|tomorrow|tomorow|tmrw|tmr|2morrow)\b", _relative(1)),
        (r"\b(?:i\s?for\s?gårs|(?:the )?day before yesterday)\b", _relative(-2)),
        (r"(?:^\W*I|(?<=[.!?]\s)I|\b(?-i:i))\s?går\b(?!\s+(?:i gang|op i|ud fra))|\byesterday\b", _relative(-1)),
        (r"\b(?:i\s?dag|today)\b", _relative(0)),
        (r"\b(?:i\s?aftes|last night)\b", _relative(-1)),
        (
            rf"\b(?:for\s+)?(?P<count>{SMALL_NUMBER}|a)\s+(?P<unit>dage?|uger?|days?|weeks?)\s+(?P<past>siden|ago)\b",
            _counted,
        ),
        (rf"\b{_DAY}(?:en)?\s+(?:(?:om\s+)?(?:otte|8)\s+dage|om\s+en\s+uge|week)\b", _weekday_in_a_week),
        (rf"\b(?:om|in)\s+(?P<count>{SMALL_NUMBER}|a)\s+(?P<unit>dage?|uger?|days?|weeks?)\b(?P<past>(?!))?", _counted),
        (rf"\b{_DAY}(?:en)?\s+(?:i\s+)?(?:næste\s+uge|next\s+week)\b", _weekday_next_week),
        (rf"\b(?:i\s+næste\s+uge|next\s+week)\s+(?:på\s+|on\s+)?{_DAY}\b", _weekday_next_week),
        (rf"\b(?:(?:sidste|last|past)\s+{_DAY}|i\s+(?P<ago>{_either(_WEEKDAYS)})s)\b", _weekday_before),
        (
            r"\b(?:den\s+|d\.\s*|d\s+|on the\s+|the\s+)(?P<number>\d{1,2})(?:st|nd|rd|th|\.)?(?!\s?[\d%]|[.:,/-]\d|\w)"
            rf"(?!\s*-?\s*{_UNITS})",
            _day_of_month,
        ),
        (
            rf"\b(?:den|d\.|the)\s+(?P<ordinal>(?!første|anden|first|second)(?:{ORDINAL}))(?=\W*$|\s*[,.;!?]|\s+(?:i stedet|instead|er|is|at|kl|tak|please|or|eller|end|hvis|if)\b)",
            _ordinal_day,
        ),
        (r"\bin\s+a\s+fortnight\b", _relative(14)),
        (rf"\b(?:on|to|til|på|from|fra|until|by|next|this)\s+(?P<day>{_either(_SHORT_WEEKDAYS)})\b", _short_weekday),
        (rf"\b{_DAY}\b(?!\s*,?\s*(?:(?:den|d\.?|the|on the)\s*)?\x00)", _weekday),
    )
)


def find_dates(claims: Claims, today: date) -> Iterator[Found]:
    """Every day named, each claimed. Words without a day of their own ("om lørdagen", "24/7") give none."""
    for pattern, reading in _READINGS:
        for match in list(pattern.finditer(claims.rest)):
            if _NOT_A_DATE_BEFORE.search(before(claims.rest, match.start())):
                continue
            found = reading(match, today)
            if found:
                claims.claim(match.start(), match.end())
                yield Found("date", found.isoformat(), match.start(), match.end())
