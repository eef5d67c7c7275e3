"""A customer complains about a case: it goes to a person, before others, with what they are unhappy with (R41)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from actions.casework.case.routing import Route, raised, route
from actions.casework.case.status import may_move
from actions.ports import Case, CaseDesk, CaseFacts, CaseStatus, NotFound, PortError
from actions.usecases.safety import is_safety_stop

COMPLAINT = "complaint"
"""Reason of a case that was complained about (routing.yml knows it)."""

_ON_ITS_WAY = frozenset({CaseStatus.IN_TRANSIT, CaseStatus.IN_REPAIR, CaseStatus.RETURNING})


@dataclass(frozen=True)
class Escalated:
    """The case waits for a person, or stays where the unit is; the same complaint again changes nothing."""

    case: Case


@dataclass(frozen=True)
class NotEscalated:
    """It is not known to be on the case; `reason` is no_case or unavailable. Trying again is safe."""

    reason: str


def escalate_case(desk: CaseDesk, case_id: str, words: str, at: datetime) -> Escalated | NotEscalated:
    """Put the complaint on the case. A danger stays the reason of a case that was stopped for it."""
    try:
        case = desk.get(case_id)
        facts = _complained(case.facts, words.strip())
        return Escalated(case if facts == case.facts else desk.update(case_id, facts, at, "escalated"))
    except NotFound:
        return NotEscalated("no_case")
    except PortError:
        return NotEscalated("unavailable")


def _complained(facts: CaseFacts, words: str) -> CaseFacts:
    moves = facts.status not in _ON_ITS_WAY and may_move(facts.status.value, CaseStatus.NEEDS_HUMAN.value)
    to = raised(Route(facts.skill, facts.priority), route(reason=COMPLAINT))
    return replace(
        facts,
        status=CaseStatus.NEEDS_HUMAN if moves else facts.status,
        reason=facts.reason if is_safety_stop(facts) else COMPLAINT,
        escalation_reason=words or facts.escalation_reason,
        skill=to.skill,
        priority=to.priority,
    )
