"""Rasa's tracker store, from outside: every turn of a conversation with its slots."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from actions.adapters.sql.engine import open_engine, reading, tidy, writing
from actions.ports import Subject

_SCHEMA = "rasa"  # on PostgreSQL; bot/dialogue/levers/store.py makes it
_CHUNK = 500


class TrackerPersonalData:
    """The table `events` that Rasa keeps, if it ever ran here."""

    name = "dialogue"

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url)
        schema = None if self._engine.dialect.name == "sqlite" else _SCHEMA
        self._events = sa.Table(
            "events",
            sa.MetaData(),
            sa.Column("id", sa.Integer, primary_key=True),
            sa.Column("sender_id", sa.String),
            sa.Column("timestamp", sa.Float),
            sa.Column("data", sa.Text),
            schema=schema,
        )

    def export(self, subject: Subject) -> Any:
        """Each conversation's events, as Rasa wrote them."""
        if not self._exists():
            return {}
        table, told = self._events, {}
        with reading(self._engine) as connection:
            for conversation in subject.conversations:
                query = sa.select(table.c.data).where(table.c.sender_id == conversation).order_by(table.c.id)
                told[conversation] = [json.loads(data) for data in connection.execute(query).scalars()]
        return {conversation: events for conversation, events in told.items() if events}

    def erase(self, subject: Subject, at: datetime) -> None:
        """All of it."""
        self._delete(subject.conversations)

    def tidy(self, *, thorough: bool) -> None:
        """Rewrite the file."""
        if self._exists():
            tidy(self._engine, thorough=thorough)

    def erase_strays(self, known: Collection[str], before: datetime) -> int:
        """Erase conversations that no log knows of and that rest since `before`; returns how many."""
        if not self._exists():
            return 0
        table = self._events
        rests = sa.func.max(table.c.timestamp) < before.timestamp()
        with reading(self._engine) as connection:
            found = connection.execute(sa.select(table.c.sender_id).group_by(table.c.sender_id).having(rests))
            strays = [sender for sender in found.scalars() if sender not in known]
        self._delete(strays)
        return len(strays)

    def _delete(self, conversations: Collection[str]) -> None:
        if not conversations or not self._exists():
            return
        names = list(conversations)
        with writing(self._engine) as connection:
            for start in range(0, len(names), _CHUNK):
                some = self._events.c.sender_id.in_(names[start : start + _CHUNK])
                connection.execute(sa.delete(self._events).where(some))

    def _exists(self) -> bool:
        with reading(self._engine) as connection:
            return sa.inspect(connection).has_table("events", schema=self._events.schema)
