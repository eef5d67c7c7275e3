"""Cases of conversations that people take, or should have taken: found, opened, noted on, called back (R12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from actions.casework.hours.hours import callback_due
from actions.ports import Case, CaseDesk, CaseFacts, CaseStatus
from actions.usecases.open_case import TRAVELLING, case_key

_ENDED = frozenset({CaseStatus.CANCELLED, CaseStatus.CLOSED, CaseStatus.RESOLVED_REMOTELY})


def latest_case(desk: CaseDesk, conversation: str) -> Case | None:
    """The conversation's youngest case that was not cancelled. Raises PortError."""
    cases = [case for case in desk.of_conversation(conversation) if case.facts.status is not CaseStatus.CANCELLED]
    return cases[-1] if cases else None


def case_for_person(desk: CaseDesk, facts: CaseFacts, reason: str, at: datetime) -> Case:
    """The conversation's case, waiting for a person with a call-back due; opened where there is none. Raises PortError.

    Safe to repeat: the case's key is its conversation, serial number and symptom.
    """
    found = latest_case(desk, facts.conversation)
    due = callback_due(at)
    if found is None:
        asked = replace(facts, status=CaseStatus.NEEDS_HUMAN, reason=reason, resolution=reason, callback_due=due)
        found, _ = desk.open(asked, case_key(asked), at)
        return found
    if found.facts.callback_due is not None and not callback_done(found):
        return found
    status = found.facts.status if found.facts.status in TRAVELLING else CaseStatus.NEEDS_HUMAN
    asked = replace(found.facts, status=status, reason=found.facts.reason or reason, callback_due=due)
    return desk.update(found.case_id, asked, at, "callback_asked")


def note_on_case(desk: CaseDesk, case_id: str, what: str, data: Mapping[str, Any], at: datetime, once: str) -> None:
    """One line of the case's history, a single time for each `once`. Raises PortError."""
    desk.note(case_id, at, what, data, once=once)


@dataclass(frozen=True)
class CallBack:
    """A customer who waits to be contacted. `due` lies within opening hours; `late` where it has passed; `tried` is how
    often nobody was reached."""

    case: Case
    due: datetime
    late: bool
    tried: int


def callbacks(desk: CaseDesk, now: datetime) -> Sequence[CallBack]:
    """Call-backs that nobody has made yet, the most urgent first: late ones, then by due time. Raises PortError."""
    waiting = [
        CallBack(case, case.facts.callback_due, case.facts.callback_due < now, _tried(case))
        for case in desk.newest()
        if case.facts.callback_due is not None and case.facts.status not in _ENDED and not callback_done(case)
    ]
    return sorted(waiting, key=lambda each: (each.due, each.case.case_id))


def callback_done(case: Case) -> bool:
    """Whether the call-back that is due now was made: the last word about it counts."""
    told = [event for event in case.events if event.what in ("callback_done", "callback_asked")]
    return bool(told) and told[-1].what == "callback_done" and told[-1].data.get("due", _due(case)) == _due(case)


def call_back_done(desk: CaseDesk, case_id: str, agent: str, outcome: str, at: datetime) -> None:
    """A call-back was made, or tried: who, and what came of it. Who was not reached is due again later, within opening
    hours. Nothing where none is due. Raises NotFound and other PortErrors."""
    case = desk.get(case_id)
    if case.facts.callback_due is None or callback_done(case):
        return
    if outcome == "not_reached":
        later = replace(case.facts, callback_due=callback_due(at))
        desk.update(case_id, later, at, "callback_tried", data={"agent": agent})
        return
    made = {"agent": agent, "outcome": outcome, "due": _due(case)}
    desk.note(case_id, at, "callback_done", made, once=f"callback:{_due(case)}")


def _tried(case: Case) -> int:
    """How often since it was last asked for."""
    told = [event.what for event in case.events]
    asked = max((n for n, what in enumerate(told) if what in ("callback_asked", "callback_done")), default=0)
    return told[asked:].count("callback_tried")


def _due(case: Case) -> str:
    return case.facts.callback_due.isoformat() if case.facts.callback_due else ""
