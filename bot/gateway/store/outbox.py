"""What is still to be delivered to Teams: a cursor per conversation, held by one gateway at a time.

Everything up to the cursor was delivered, and `part` activities of the next event. Saved after every activity, so
that a kill repeats one of them at most. Everything here blocks, as in `log.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, or_, select, update

from bot.gateway.events import Event
from bot.gateway.store.engine import Database
from bot.gateway.store.log import event_of
from bot.gateway.store.tables import conversations, events
from bot.gateway.store.teams_tables import outbox, places

BATCH = 20
REFUSALS_KEPT = 50


@dataclass(frozen=True)
class Parcel:
    """The next events of a conversation and where they go, leased to this gateway."""

    conversation: str
    place: str
    reference: Mapping[str, Any]
    language: str | None
    events: Sequence[Event]
    part: int
    shown: Mapping[str, str]
    rounds: int


class Outbox:
    """The queue behind the deliveries of one gateway, whose name is `worker`."""

    def __init__(self, database: Database, worker: str, lease: timedelta) -> None:
        self._database, self._worker, self._lease = database, worker, lease

    def release_own(self) -> None:
        """At start: what a predecessor with our name held is free. On SQLite nobody else can be there."""
        mine = [] if self._database.embedded else [outbox.c.worker == self._worker]
        with self._database.writing() as connection:
            held = outbox.c.worker.is_not(None)
            connection.execute(update(outbox).where(held, *mine).values(worker=None, worker_until=None))

    def due(self, now: datetime) -> list[str]:
        """Conversations with something to deliver now that no living gateway delivers."""
        with self._database.reading() as connection:
            rows = connection.execute(
                select(outbox.c.conversation)
                .join(conversations, conversations.c.id == outbox.c.conversation)
                .join(places, places.c.id == outbox.c.place)
                .where(
                    conversations.c.last_seq > outbox.c.cursor,
                    places.c.reference.is_not(None),
                    or_(outbox.c.not_before.is_(None), outbox.c.not_before <= now),
                    or_(outbox.c.worker.is_(None), outbox.c.worker == self._worker, outbox.c.worker_until < now),
                )
            )
            return [row.conversation for row in rows]

    def take(self, conversation: str, now: datetime) -> Parcel | None:
        """What comes next, leased to this gateway; None where nothing may be delivered now, or another one does."""
        with self._database.writing() as connection:
            row = connection.execute(
                select(outbox).where(outbox.c.conversation == conversation).with_for_update()
            ).first()
            if row is None or (row.worker not in (None, self._worker) and row.worker_until >= now):
                return None
            reference = connection.execute(select(places.c.reference).where(places.c.id == row.place)).scalar()
            early = row.not_before is not None and row.not_before > now
            found = [] if reference is None or early else _next(connection, conversation, row.cursor)
            if reference is None or not found:
                self._set(connection, conversation, worker=None, worker_until=None)
                return None
            self._set(connection, conversation, worker=self._worker, worker_until=now + self._lease)
            language = connection.execute(
                select(conversations.c.language).where(conversations.c.id == conversation)
            ).scalar()
        return Parcel(conversation, row.place, reference, language, found, row.part, row.shown, row.rounds)

    def delivered(self, conversation: str, cursor: int, part: int, shown: Mapping[str, str], now: datetime) -> bool:
        """Note how far it went, and keep the lease. False where another gateway took over."""
        with self._database.writing() as connection:
            values = {"cursor": cursor, "part": part, "shown": dict(shown), "rounds": 0, "not_before": None}
            return self._mine(connection, conversation, **values, worker_until=now + self._lease)

    def keep(self, conversation: str, until: datetime) -> bool:
        """Keep the lease while a try is waited for. False where another gateway took over."""
        with self._database.writing() as connection:
            return self._mine(connection, conversation, worker_until=until)

    def postpone(self, conversation: str, rounds: int, until: datetime) -> None:
        """Tried in vain: let go, and try again then."""
        with self._database.writing() as connection:
            self._mine(connection, conversation, rounds=rounds, not_before=until, worker=None, worker_until=None)

    def refuse(self, conversation: str, seq: int) -> None:
        """Teams does not take that event: kept, so that who said it can be told."""
        mine = outbox.c.conversation == conversation
        with self._database.writing() as connection:
            row = connection.execute(select(outbox.c.refused).where(mine).with_for_update()).first()
            if row is not None:
                self._set(connection, conversation, refused=[*(row.refused or ()), seq][-REFUSALS_KEPT:])

    def lose(self, conversation: str, place: str, reference: Mapping[str, Any]) -> None:
        """That place takes nothing any more: forget it, unless it was heard of anew meanwhile. What waits stays."""
        with self._database.writing() as connection:
            row = connection.execute(select(places).where(places.c.id == place).with_for_update()).first()
            if row is not None and row.reference == reference:
                connection.execute(update(places).where(places.c.id == place).values(reference=None))
            self._mine(connection, conversation, worker=None, worker_until=None)

    def where(self, conversation: str) -> Mapping[str, Any] | None:
        """The reference alone, for what is not in the log (typing)."""
        with self._database.reading() as connection:
            return connection.execute(
                select(places.c.reference)
                .join(outbox, outbox.c.place == places.c.id)
                .where(outbox.c.conversation == conversation)
            ).scalar()

    # --- within a transaction ---------------------------------------------------------------------

    def _mine(self, connection: Connection, conversation: str, **values: Any) -> bool:
        held = (outbox.c.conversation == conversation) & (outbox.c.worker == self._worker)
        return connection.execute(update(outbox).where(held).values(**values)).rowcount == 1

    @staticmethod
    def _set(connection: Connection, conversation: str, **values: Any) -> None:
        connection.execute(update(outbox).where(outbox.c.conversation == conversation).values(**values))


def _next(connection: Connection, conversation: str, cursor: int) -> list[Event]:
    rows = connection.execute(
        select(events)
        .where(events.c.conversation == conversation, events.c.seq > cursor)
        .order_by(events.c.seq)
        .limit(BATCH)
    )
    return [event_of(row) for row in rows]
