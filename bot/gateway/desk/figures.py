"""How the service does, by week and symptom: counted from the log, with nobody's name in it. Pure.

first-time fix   of the cases of that week: solved in the chat, and not reopened since
containment      of the conversations: no person took part, and no case of theirs waits for one
handed over      of the conversations: a person was asked for
time to a person seconds from asking to the first claim, of those that somebody claimed
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from statistics import fmean, median
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
EVERYTHING = "all"
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Told:
    """One conversation in which a customer said something. Times are aware."""

    begun: datetime
    symptom: str = ""  # of its case; "" where it came to none
    handed_over: bool = False
    waits_for_person: bool = False
    seconds_to_person: float | None = None
    case: bool = False
    fixed_first_time: bool = False
    scores: tuple[int, ...] = ()


@dataclass(frozen=True)
class Line:
    """One week and symptom. Shares are of 0 to 1; None where there is nothing to count."""

    week: str  # ISO, 2026-W48
    symptom: str  # a Symptom, "unknown", or "all"
    conversations: int
    handed_over: int
    contained: int
    cases: int
    first_time_fixes: int
    to_person: int
    to_person_median_s: float | None
    to_person_p90_s: float | None
    feedback: int
    feedback_mean: float | None
    handed_over_share: float | None
    containment: float | None
    first_time_fix: float | None


def lines(told: Iterable[Told], weeks: Sequence[str]) -> list[Line]:
    """A line for each week (also an empty one) and, beside "all", for each symptom that it had."""
    groups: dict[tuple[str, str], list[Told]] = {(week, EVERYTHING): [] for week in weeks}
    for each in told:
        week = week_of(each.begun)
        if (week, EVERYTHING) in groups:
            groups[(week, EVERYTHING)].append(each)
            groups.setdefault((week, each.symptom or UNKNOWN), []).append(each)
    order = {week: place for place, week in enumerate(weeks)}
    named = sorted(groups.items(), key=lambda group: (order[group[0][0]], group[0][1] != EVERYTHING, group[0][1]))
    return [line(week, symptom, group) for (week, symptom), group in named]


def line(week: str, symptom: str, group: Sequence[Told]) -> Line:
    """The figures of one group."""
    waits = sorted(each.seconds_to_person for each in group if each.seconds_to_person is not None)
    scores = [score for each in group for score in each.scores]
    handed = sum(each.handed_over for each in group)
    contained = sum(not each.handed_over and not each.waits_for_person for each in group)
    cases, fixed = sum(each.case for each in group), sum(each.fixed_first_time for each in group)
    return Line(
        week=week,
        symptom=symptom,
        conversations=len(group),
        handed_over=handed,
        contained=contained,
        cases=cases,
        first_time_fixes=fixed,
        to_person=len(waits),
        to_person_median_s=round(median(waits), 1) if waits else None,
        to_person_p90_s=round(waits[min(len(waits) - 1, int(len(waits) * 0.9))], 1) if waits else None,
        feedback=len(scores),
        feedback_mean=round(fmean(scores), 2) if scores else None,
        handed_over_share=_share(handed, len(group)),
        containment=_share(contained, len(group)),
        first_time_fix=_share(fixed, cases),
    )


def week_of(moment: datetime) -> str:
    """The ISO week in Denmark."""
    year, week, _ = moment.astimezone(COPENHAGEN).isocalendar()
    return f"{year}-W{week:02d}"


def as_csv(rows: Sequence[Line]) -> str:
    """The lines as a spreadsheet reads them: a header, a dot as the decimal sign, an empty cell for nothing."""
    out = io.StringIO()
    names = [field.name for field in fields(Line)]
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: "" if (value := getattr(row, name)) is None else value for name in names})
    return out.getvalue()


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
