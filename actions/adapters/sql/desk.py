"""The embedded case desk: cases and their histories in SQL."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from actions.adapters.codec import facts_from_json, facts_to_json
from actions.adapters.sql.engine import reading, writing
from actions.adapters.sql.tables import case_cases, case_events
from actions.ports import Case, CaseEvent, CaseFacts, CaseStatus, NotFound, Rejected, Unavailable

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Characters of a case id: none that look alike (contract section 5)."""


def new_case_id() -> str:
    """HPO- and six characters drawn at random: nobody can count from one to the next."""
    return "HPO-" + "".join(secrets.choice(ALPHABET) for _ in range(6))


class SqlCaseDesk:
    """`CaseDesk` on one database. Every call raises Unavailable or, from a commit without answer, Unknown."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def open(
        self, facts: CaseFacts, key: str, at: datetime, *, data: Mapping[str, Any] | None = None
    ) -> tuple[Case, bool]:
        """One case for each key, also when two ask at the same moment: the database's unique key decides."""
        for _ in range(5):
            found = self.find(key)
            if found is not None:
                return found, False
            try:
                return self._insert(facts, key, at, data or {}), True
            except IntegrityError:
                continue  # the key was taken meanwhile, or the id was: look again
        raise Unavailable("no case id found")

    def find(self, key: str) -> Case | None:
        """The case that answers to that key."""
        with reading(self._engine) as connection:
            row = connection.execute(sa.select(case_cases).where(case_cases.c.open_key == key)).one_or_none()
            return _with_events(connection, [row])[0] if row is not None else None

    def update(
        self,
        case_id: str,
        facts: CaseFacts,
        at: datetime,
        what: str,
        *,
        key: str | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> Case:
        """Replace the facts and write one event."""
        values: dict[str, Any] = {"facts": facts_to_json(facts), "conversation": facts.conversation}
        if key is not None:
            values["open_key"] = key
        try:
            with writing(self._engine) as connection:
                changed = connection.execute(
                    sa.update(case_cases).where(case_cases.c.case_id == case_id).values(**values)
                )
                if changed.rowcount == 0:
                    raise NotFound(case_id)
                _write_event(connection, case_id, at, what, data or {}, None)
                return _read(connection, case_id)
        except IntegrityError as error:
            raise Rejected(f"another case answers to that key, not {case_id}") from error

    def set_status(
        self, case_id: str, status: CaseStatus, at: datetime, what: str, data: Mapping[str, Any], *, once: str = ""
    ) -> Case:
        """Move the case and write one event, both or neither."""
        with writing(self._engine) as connection:
            case = _read(connection, case_id)
            if not _write_event(connection, case_id, at, what, data, once or None):
                return case
            moved = replace(case.facts, status=status)
            connection.execute(
                sa.update(case_cases).where(case_cases.c.case_id == case_id).values(facts=facts_to_json(moved))
            )
            return _read(connection, case_id)

    def note(self, case_id: str, at: datetime, what: str, data: Mapping[str, Any], *, once: str = "") -> bool:
        """Write one event."""
        with writing(self._engine) as connection:
            _read(connection, case_id)
            return _write_event(connection, case_id, at, what, data, once or None)

    def get(self, case_id: str) -> Case:
        """One case with its events."""
        with reading(self._engine) as connection:
            return _read(connection, case_id)

    def newest(self, limit: int = 1000) -> Sequence[Case]:
        """The youngest `limit` cases."""
        with reading(self._engine) as connection:
            query = sa.select(case_cases).order_by(case_cases.c.opened_at.desc(), case_cases.c.n.desc()).limit(limit)
            return _with_events(connection, connection.execute(query).all())

    def of_conversation(self, conversation: str) -> Sequence[Case]:
        """That conversation's cases, oldest first."""
        with reading(self._engine) as connection:
            query = sa.select(case_cases).where(case_cases.c.conversation == conversation).order_by(case_cases.c.n)
            return _with_events(connection, connection.execute(query).all())

    def _insert(self, facts: CaseFacts, key: str, at: datetime, data: Mapping[str, Any]) -> Case:
        case_id = new_case_id()
        with writing(self._engine) as connection:
            connection.execute(
                sa.insert(case_cases).values(
                    case_id=case_id,
                    open_key=key,
                    conversation=facts.conversation,
                    opened_at=at,
                    facts=facts_to_json(facts),
                )
            )
            _write_event(connection, case_id, at, "opened", {"status": facts.status.value, **data}, None)
            return _read(connection, case_id)


def _read(connection: sa.Connection, case_id: str) -> Case:
    """One case, inside a transaction; on PostgreSQL a writer holds its row until the transaction ends."""
    query = sa.select(case_cases).where(case_cases.c.case_id == case_id)
    if connection.get_execution_options().get("sqlite_begin") == "IMMEDIATE":
        query = query.with_for_update()  # SQLite leaves it out: its writers are alone anyway
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFound(case_id)
    return _with_events(connection, [row])[0]


def _write_event(
    connection: sa.Connection, case_id: str, at: datetime, what: str, data: Mapping[str, Any], once: str | None
) -> bool:
    """False where an event of that `once` stands already. The case's row must be held."""
    if once is not None:
        query = sa.select(case_events.c.n).where(case_events.c.case_id == case_id, case_events.c.once == once)
        if connection.execute(query).first() is not None:
            return False
    connection.execute(sa.insert(case_events).values(case_id=case_id, at=at, what=what, data=dict(data), once=once))
    return True


def _with_events(connection: sa.Connection, rows: Sequence[sa.Row[Any]]) -> list[Case]:
    """Cases of those rows in their order, each with its whole history."""
    events: dict[str, list[CaseEvent]] = {row.case_id: [] for row in rows}
    query = sa.select(case_events).where(case_events.c.case_id.in_(events)).order_by(case_events.c.n)
    for event in connection.execute(query):
        events[event.case_id].append(CaseEvent(event.at, event.what, event.data))
    return [Case(row.case_id, facts_from_json(row.facts), row.opened_at, tuple(events[row.case_id])) for row in rows]
