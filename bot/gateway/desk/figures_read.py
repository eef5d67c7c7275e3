"""Reads for the figures: what the log and the cases say of each conversation, without who it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select

from actions.ports import Case, CaseStatus
from bot.gateway.desk.figures import Told, week_of
from bot.gateway.store.engine import Database
from bot.gateway.store.tables import conversations, events, handoffs, moves

MOST_CASES = 20_000


def week_names(now: datetime, count: int) -> list[str]:
    """The last `count` ISO weeks, this one last."""
    return [week_of(now - timedelta(weeks=back)) for back in range(count - 1, -1, -1)]


def read_told(database: Database, cases: Iterable[Case], since: datetime) -> list[Told]:
    """Every conversation begun since then in which a customer said something."""
    spoken = (
        select(events.c.conversation)
        .where(events.c.conversation == conversations.c.id, events.c.role == "customer")
        .exists()
    )
    with database.reading() as connection:
        begun = connection.execute(
            select(conversations.c.id, conversations.c.created_at).where(conversations.c.created_at >= since, spoken)
        ).all()
        asked = connection.execute(
            select(handoffs.c.conversation, handoffs.c.id, handoffs.c.opened_at).where(handoffs.c.opened_at >= since)
        ).all()
        claimed = connection.execute(
            select(moves.c.handoff, func.min(moves.c.at).label("at"))
            .where(moves.c.move == "claim", moves.c.at >= since)
            .group_by(moves.c.handoff)
        ).all()
    first_claim = {row.handoff: row.at for row in claimed}
    waits: dict[str, float | None] = {}
    for row in sorted(asked, key=lambda row: row.opened_at):
        at = first_claim.get(row.id)
        if row.conversation not in waits or waits[row.conversation] is None:
            waits[row.conversation] = None if at is None else (at - row.opened_at).total_seconds()
    by_conversation: dict[str, list[Case]] = {}
    for case in cases:
        by_conversation.setdefault(case.facts.conversation, []).append(case)
    return [_told(row.id, row.created_at, waits, by_conversation.get(row.id, ())) for row in begun]


def _told(name: str, begun: datetime, waits: Mapping[str, float | None], cases: Sequence[Case]) -> Told:
    scores = [event.data.get("score") for case in cases for event in case.events if event.what == "feedback_score"]
    return Told(
        begun=begun,
        symptom=next((case.facts.symptom for case in cases if case.facts.symptom), ""),
        handed_over=name in waits,
        waits_for_person=any(_waits(case) for case in cases),
        seconds_to_person=waits.get(name),
        case=bool(cases),
        fixed_first_time=bool(cases) and all(_fixed(case) for case in cases),
        scores=tuple(score for score in scores if isinstance(score, int)),
    )


def _waits(case: Case) -> bool:
    return case.facts.status is CaseStatus.NEEDS_HUMAN


def _fixed(case: Case) -> bool:
    """Solved in the chat and never reopened."""
    solved = case.facts.status is CaseStatus.RESOLVED_REMOTELY or (
        case.facts.status is CaseStatus.CLOSED and case.facts.resolution == "solved_in_chat"
    )
    return solved and all(event.what != "reopened" for event in case.events)
