"""The fault came back after "completed": the same case goes on, with a person (R42)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from actions.ports import Case, CaseDesk, CaseStatus, NotFound, PortError

REOPENED_FROM = frozenset({CaseStatus.RESOLVED_REMOTELY, CaseStatus.CLOSED})
"""Statuses that say completed. A cancelled case was no repair, and a new fault is a case of its own."""


@dataclass(frozen=True)
class CaseReopened:
    """The case waits for a person again, in the same number."""

    case: Case


@dataclass(frozen=True)
class StillOpen:
    """The case was never completed, or was reopened already: nothing was changed."""

    case: Case


@dataclass(frozen=True)
class NotReopened:
    """Not known to be reopened; `reason` is no_case, refused or unavailable. Trying again is safe."""

    reason: str


def may_reopen(case: Case) -> bool:
    """Whether the case was completed, and not by refusing it."""
    return case.facts.status in REOPENED_FROM and case.facts.resolution != "refused"


def reopen_case(desk: CaseDesk, case_id: str, at: datetime) -> CaseReopened | StillOpen | NotReopened:
    """Hand a completed case to a person, because HP decides again what is wrong. A refused fault stays refused."""
    try:
        case = desk.get(case_id)
        if case.facts.status not in REOPENED_FROM:
            return StillOpen(case)
        if case.facts.resolution == "refused":
            return NotReopened("refused")
        data = {"reason": "fault_came_back", "before": case.facts.status.value}
        return CaseReopened(desk.set_status(case_id, CaseStatus.NEEDS_HUMAN, at, "reopened", data))
    except NotFound:
        return NotReopened("no_case")
    except PortError:
        return NotReopened("unavailable")
