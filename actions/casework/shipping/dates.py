"""Which days and windows a pick-up may be booked for. The settings are pickup.yml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path

from actions.casework.data_file import DataFileError, load_yaml
from actions.casework.hours.calendar import COPENHAGEN, NO_CLOSING_DAYS, ClosingDays, is_business_day

FILE = Path(__file__).with_name("pickup.yml")

_WINDOW = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True)
class PickupPlan:
    """How collection works. `windows` are "08:00-12:00" in local time."""

    cutoff: time = time(15)
    days_ahead: int = 10
    windows: tuple[str, ...] = ("08:00-12:00", "12:00-16:00")
    closing_days: ClosingDays = NO_CLOSING_DAYS


@cache
def pickup_plan(file: Path = FILE) -> PickupPlan:
    """The plan in pickup.yml. Raises DataFileError saying what is wrong with it."""
    data = load_yaml(file)
    try:
        plan = PickupPlan(
            cutoff=time.fromisoformat(str(data["cutoff"])),
            days_ahead=int(data["days_ahead"]),
            windows=tuple(str(window) for window in data["windows"]),
            closing_days=ClosingDays.read(data["closing_days"] or ()),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DataFileError(f"{file}: {error}") from error
    if not plan.windows or not all(_WINDOW.fullmatch(w) and w[:5] < w[6:] for w in plan.windows):
        raise DataFileError(f"{file}: windows must look like 08:00-12:00")
    if not 1 <= plan.days_ahead <= 10:
        raise DataFileError(f"{file}: days_ahead must be 1 to 10; the courier takes no pick-up further ahead")
    return plan


def free_dates(now: datetime, plan: PickupPlan | None = None) -> list[tuple[date, tuple[str, ...]]]:
    """The days a pick-up may be booked for, soonest first, each with its windows.

    Business days only, never today, at most `days_ahead` calendar days from now. After the cut-off the next business
    day is gone too: the courier has planned it. May be empty in a row of holidays.
    """
    plan, local = plan or pickup_plan(), _local(now)
    today = local.date()
    ahead = [today + timedelta(days=days) for days in range(1, plan.days_ahead + 1)]
    days = [day for day in ahead if is_business_day(day, plan.closing_days)]
    if local.time() >= plan.cutoff and is_business_day(today, plan.closing_days):
        days = days[1:]
    return [(day, plan.windows) for day in days]


def is_free(day: date, window: str, now: datetime, plan: PickupPlan | None = None) -> bool:
    """Whether that day and window may be booked at `now`."""
    return any(free == day and window in windows for free, windows in free_dates(now, plan))


def _local(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("pick-up dates need an aware time")
    return at.astimezone(COPENHAGEN)
