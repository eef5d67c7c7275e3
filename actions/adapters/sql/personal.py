"""What cases and bookings hold about a customer: told, or taken out so that a record stays that names nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from actions.adapters.codec import facts_from_json, facts_to_json
from actions.adapters.sql.engine import reading, tidy, writing
from actions.adapters.sql.tables import case_cases, case_events, courier_bookings
from actions.ports import CaseFacts, CaseStatus, Subject

_LIVE_NO_MORE = frozenset({CaseStatus.CLOSED, CaseStatus.CANCELLED, CaseStatus.RESOLVED_REMOTELY})
_NAMES_NOBODY = frozenset(
    {"booking_id", "kind", "pickup_date", "pickup_window", "status", "reason", "about", "by", "attempt", "score"}
)
"""Fields of a case's events that stay: stable words, dates and numbers of ours."""
_OWN_WORDS = ("customer_note", "feedback_text", "file_added", "chat_with_person")
"""Events that hold what the customer wrote or sent…"""
_WORDS = frozenset({"text", "file", "name", "transcript"})
"""…and where in them."""
_DECIDED = ("verdict", "addon", "clauses", "method", "notices")


class CasePersonalData:
    """Cases and their histories."""

    name = "cases"

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def cases_with(self, email: str) -> Sequence[str]:
        """Ids of every case with that e-mail address, oldest first."""
        address = sa.func.lower(case_cases.c.facts["contact"]["email"].as_string())
        with reading(self._engine) as connection:
            query = sa.select(case_cases.c.case_id).where(address == email.lower()).order_by(case_cases.c.n)
            return list(connection.execute(query).scalars())

    def export(self, subject: Subject) -> Any:
        """Each case with everything in it."""
        with reading(self._engine) as connection:
            cases = connection.execute(sa.select(case_cases).where(case_cases.c.case_id.in_(subject.case_ids))).all()
            query = sa.select(case_events).where(case_events.c.case_id.in_(subject.case_ids)).order_by(case_events.c.n)
            events = connection.execute(query).all()
        return [
            {
                "case_id": case.case_id,
                "opened_at": case.opened_at.isoformat(),
                **case.facts,
                "events": [
                    {"at": event.at.isoformat(), "what": event.what, "data": event.data}
                    for event in events
                    if event.case_id == case.case_id
                ],
            }
            for case in cases
        ]

    def erase(self, subject: Subject, at: datetime) -> None:
        """Cases of the subject become records; those of its conversations forget what the customer wrote."""
        with writing(self._engine) as connection:
            for row in connection.execute(
                sa.select(case_cases).where(
                    case_cases.c.case_id.in_(subject.case_ids) | case_cases.c.conversation.in_(subject.conversations)
                )
            ).all():
                if row.case_id in subject.case_ids:
                    _make_a_record(connection, row, at)
                else:
                    _forget_words(connection, row)

    def tidy(self, *, thorough: bool) -> None:
        """Rewrite the file."""
        tidy(self._engine, thorough=thorough)


def _make_a_record(connection: sa.Connection, row: Any, at: datetime) -> None:
    """What it was about and how it ended, without whose it was."""
    facts = facts_from_json(row.facts)
    record = CaseFacts(
        conversation="",
        language=facts.language,
        symptom=facts.symptom,
        status=facts.status if facts.status in _LIVE_NO_MORE else CaseStatus.CLOSED,
        component=facts.component,
        cause=facts.cause,
        resolution=facts.resolution,
        decision={name: facts.decision.get(name) for name in _DECIDED} if facts.decision else None,
        reason=facts.reason,
        skill=facts.skill,
        priority=facts.priority,
    )
    values = {"facts": facts_to_json(record), "conversation": "", "open_key": f"erased:{row.case_id}"}
    connection.execute(sa.update(case_cases).where(case_cases.c.case_id == row.case_id).values(**values))
    mine = case_events.c.case_id == row.case_id
    for event in connection.execute(sa.select(case_events).where(mine)).all():
        kept = {name: value for name, value in event.data.items() if name in _NAMES_NOBODY}
        # The mark that an event was written once may be made of an address or of the customer's words.
        mark = "erased" if event.once == "erased" else f"erased:{event.n}"
        connection.execute(sa.update(case_events).where(case_events.c.n == event.n).values(data=kept, once=mark))
    already = connection.execute(sa.select(case_events.c.n).where(mine, case_events.c.once == "erased")).first()
    if already is None:
        connection.execute(
            sa.insert(case_events).values(case_id=row.case_id, at=at, what="erased", data={}, once="erased")
        )


def _forget_words(connection: sa.Connection, row: Any) -> None:
    """A case that is still worked on: who to reach stays, what the customer wrote and sent goes."""
    facts = facts_to_json(replace(facts_from_json(row.facts), escalation_reason=""))
    connection.execute(sa.update(case_cases).where(case_cases.c.case_id == row.case_id).values(facts=facts))
    mine = (case_events.c.case_id == row.case_id) & case_events.c.what.in_(_OWN_WORDS)
    for event in connection.execute(sa.select(case_events).where(mine)).all():
        kept = {name: value for name, value in event.data.items() if name not in _WORDS} | {"erased": True}
        values: dict[str, Any] = {"data": kept, "once": f"erased:{event.n}"}
        connection.execute(sa.update(case_events).where(case_events.c.n == event.n).values(**values))


class BookingPersonalData:
    """The courier book: who sends, from where, and the label that says so."""

    name = "bookings"

    def __init__(self, engine: sa.Engine, var: Path) -> None:
        self._engine, self._var = engine, var

    def export(self, subject: Subject) -> Any:
        """Each booking with what was asked for."""
        return [
            {
                "booking_id": row.booking_id,
                "case_id": row.case_id,
                "kind": row.kind,
                "status": row.status,
                "tracking_number": row.tracking_number,
                "booked_at": row.booked_at.isoformat(),
                "request": row.request,
                "label_file": row.label_file,
            }
            for row in self._rows(subject)
        ]

    def erase(self, subject: Subject, at: datetime) -> None:
        """The booking keeps its number and date."""
        for row in self._rows(subject):
            if row.label_file:
                (self._var / row.label_file).unlink(missing_ok=True)
            with writing(self._engine) as connection:
                connection.execute(
                    sa.update(courier_bookings)
                    .where(courier_bookings.c.booking_id == row.booking_id)
                    .values(request=_nobody(row.request), label_file="")
                )

    def tidy(self, *, thorough: bool) -> None:
        """The file is the cases' own, rewritten there."""

    def _rows(self, subject: Subject) -> Sequence[Any]:
        query = sa.select(courier_bookings).where(courier_bookings.c.case_id.in_(subject.case_ids))
        with reading(self._engine) as connection:
            return connection.execute(query.order_by(courier_bookings.c.n)).all()


def _nobody(request: Mapping[str, Any]) -> dict[str, Any]:
    """A request of the same form in which nobody is named."""
    blank = dict.fromkeys(("phone", "email", "serial_number", "product_name", "failure_id"), "")
    return {**request, **blank, "sender": {name: "" for name in request["sender"]} | {"country": "DK"}}
