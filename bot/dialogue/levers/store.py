"""Trackers in SQL: SQLite file or PostgreSQL, recent ones kept in memory, failing closed.

This process is the only writer of its conversations (the gateway sends each to one), so a tracker just saved is the
tracker to go on with: no events read, decoded and replayed for every message. A turn takes the tracker out of memory
and saving puts it back: a turn that failed half-way leaves nothing behind, and the next one reads what is stored.
"""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from itertools import islice
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.orm import sessionmaker

KEPT_TRACKERS = 2000
SCHEMA = "rasa"


class DurableTrackerStore(SQLTrackerStore):
    """Rasa's SQL store by one URL. An error of the database reaches the turn, which then fails as a whole."""

    def __init__(self, url: str, domain: Domain | None = None) -> None:
        TrackerStore.__init__(self, domain)
        self._kept: OrderedDict[str, tuple[DialogueStateTracker, int]] = OrderedDict()
        self._stored_before_turn: dict[str, int] = {}
        self.engine = _engine(url)
        self.sessionmaker = sessionmaker(bind=self.engine)
        if self.engine.dialect.name == "postgresql":
            with self.engine.begin() as connection:
                connection.execute(sa.text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
        self.Base.metadata.create_all(self.engine)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker of the latest session for one turn; None for a new conversation."""
        tracker, stored = self._kept.pop(sender_id, None) or await asyncio.to_thread(self._read, sender_id)
        self._stored_before_turn[sender_id] = stored
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write the turn's new events, all or none, and keep the tracker for the next turn."""
        sender = tracker.sender_id
        known = self._stored_before_turn.get(sender)
        if known is None:
            _, known = await asyncio.to_thread(self._read, sender)
        new = list(islice(tracker.events, known, None))
        if not new:
            return
        await asyncio.to_thread(self._append, sender, new)
        self._stored_before_turn.pop(sender, None)
        if not any(isinstance(event, SessionStarted) for event in new):
            self._keep(tracker)

    def _keep(self, tracker: DialogueStateTracker) -> None:
        self._kept[tracker.sender_id] = (tracker, len(tracker.events))
        if len(self._kept) > KEPT_TRACKERS:
            self._kept.popitem(last=False)

    def _read(self, sender_id: str) -> tuple[DialogueStateTracker | None, int]:
        with self.sessionmaker() as session:
            rows = self._event_query(session, sender_id, fetch_events_from_all_sessions=False).all()
        if not rows:
            return None, 0
        events = [json.loads(row.data) for row in rows]
        return DialogueStateTracker.from_dict(sender_id, events, self.domain.slots), len(rows)

    def _append(self, sender_id: str, events: list[Event]) -> None:
        with self.sessionmaker.begin() as session:
            session.execute(sa.insert(self.SQLEvent.__table__), [_row(sender_id, event) for event in events])


def _row(sender_id: str, event: Event) -> dict[str, Any]:
    data = event.as_dict()
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": event.intent_name if isinstance(event, UserUttered) else None,
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }


def _engine(url: str) -> sa.engine.Engine:
    parsed = sa.engine.make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = sa.create_engine(parsed, connect_args={"check_same_thread": False}, poolclass=sa.pool.QueuePool)
        sa.event.listen(engine, "connect", _prepare_sqlite)
        return engine
    connect = {"connect_timeout": 5, "options": f"-csearch_path={SCHEMA}"}
    return sa.create_engine(parsed.set(drivername="postgresql+psycopg2"), pool_pre_ping=True, connect_args=connect)


def _prepare_sqlite(connection: Any, _: Any) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA busy_timeout=5000")
    connection.execute("PRAGMA secure_delete=ON")  # what is erased is overwritten, not only let go of
