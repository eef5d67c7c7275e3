"""When people answer (R13, table G). All times are aware; any zone is taken, answers are in Europe/Copenhagen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path

from babel.dates import format_date

from actions.casework.data_file import DataFileError, load_yaml
from actions.casework.facts import Language
from actions.casework.hours.calendar import (
    COPENHAGEN,
    MONDAY_TO_FRIDAY,
    NO_CLOSING_DAYS,
    WEEKDAYS,
    ClosingDays,
    is_business_day,
)

FILE = Path(__file__).with_name("hours.yml")

_LONGEST_CLOSURE = 366  # days; a plan that never opens is a mistake in the file, not a reason to search for ever


@dataclass(frozen=True)
class OpeningHours:
    """A plan: open on `weekdays` (0 = Monday) from `opens` until just before `closes`."""

    opens: time = time(8)
    closes: time = time(17)
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    closing_days: ClosingDays = NO_CLOSING_DAYS
    callback_after: timedelta = timedelta(hours=4)  # of opening time

    def open_on(self, day: date) -> bool:
        """Whether people answer at all on that day."""
        return is_business_day(day, self.closing_days, self.weekdays)


@cache
def opening_hours(file: Path = FILE) -> OpeningHours:
    """The plan in hours.yml. Raises DataFileError saying what is wrong with it."""
    data = load_yaml(file)
    try:
        plan = OpeningHours(
            opens=time.fromisoformat(str(data["open"])),
            closes=time.fromisoformat(str(data["close"])),
            weekdays=frozenset(WEEKDAYS.index(name) for name in data["weekdays"]),
            closing_days=ClosingDays.read(data["closing_days"] or ()),
            callback_after=timedelta(minutes=int(data["callback_minutes"])),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DataFileError(f"{file}: {error}") from error
    if plan.opens >= plan.closes or not plan.weekdays:
        raise DataFileError(f"{file}: it must open before it closes, on one weekday or more")
    return plan


def is_open(at: datetime, plan: OpeningHours | None = None) -> bool:
    """Whether a person can answer at that moment: 08:00 is open, 17:00 is not (R13)."""
    plan, local = plan or opening_hours(), _local(at)
    return plan.open_on(local.date()) and plan.opens <= local.time() < plan.closes


def next_opening(at: datetime, plan: OpeningHours | None = None) -> datetime:
    """The first moment from `at` on when people answer; `at` itself while it is open."""
    plan, local = plan or opening_hours(), _local(at)
    if is_open(local, plan):
        return local
    day = local.date() if local.time() < plan.opens else local.date() + timedelta(days=1)
    for offset in range(_LONGEST_CLOSURE):
        if plan.open_on(day + timedelta(days=offset)):
            return datetime.combine(day + timedelta(days=offset), plan.opens, COPENHAGEN)
    raise DataFileError(f"{FILE}: no opening within a year of {local:%Y-%m-%d}")


def callback_due(at: datetime, plan: OpeningHours | None = None) -> datetime:
    """When a call-back asked for at `at` is due: `callback_after` of opening time later. For the desk, no promise."""
    plan = plan or opening_hours()
    left, moment = plan.callback_after, next_opening(at, plan)
    while True:
        # On a working day wall-clock arithmetic is right: the clock changes on Sundays, before anyone opens.
        closing = datetime.combine(moment.date(), plan.closes, COPENHAGEN)
        if moment + left < closing:
            return moment + left
        left -= closing - moment
        moment = next_opening(closing, plan)


def describe_opening(at: datetime, language: Language, now: datetime) -> dict[str, str]:
    """An opening time in words, for the texts `hours_opening_{today,tomorrow,later}`.

    `key` names the text; `weekday`, `date` ("26. november", "26 November") and `time` ("8.00", "8:00") fill it.
    """
    local, today = _local(at), _local(now).date()
    days_ahead = (local.date() - today).days
    danish = language == Language.DA
    return {
        "key": {0: "hours_opening_today", 1: "hours_opening_tomorrow"}.get(days_ahead, "hours_opening_later"),
        "weekday": format_date(local, "EEEE", locale=str(language)),
        "date": format_date(local, "d. MMMM" if danish else "d MMMM", locale=str(language)),
        "time": f"{local.hour}{'.' if danish else ':'}{local.minute:02}",
    }


def _local(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("opening hours need an aware time")
    return at.astimezone(COPENHAGEN)
