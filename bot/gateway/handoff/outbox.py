"""What an outer desk has and has not yet: cursors and failures, durable, on the handoff's row. All of it blocks."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, update

from bot.gateway.events import Draft
from bot.gateway.handoff import rows
from bot.gateway.handoff.model import Handoff
from bot.gateway.handoff.states import OPEN, State
from bot.gateway.handoff.store import Say
from bot.gateway.store.engine import Database
from bot.gateway.store.log import append, locked
from bot.gateway.store.tables import handoffs

ENDED = "ended"
"""The cursor of a handoff whose end the desk knows."""

FIRST_RETRY, LAST_RETRY = timedelta(seconds=1), timedelta(seconds=30)
UNDELIVERED = "undelivered"


class Outbox:
    """The book of one or more outer desks."""

    def __init__(self, database: Database, say: Say) -> None:
        self._database, self._say = database, say

    def wanting(self, desk: str, now: datetime) -> list[Handoff]:
        """Open handoffs of that desk, and ended ones whose end it does not know; not those to be tried later."""
        unknown_end = and_(
            handoffs.c.state.not_in(OPEN),
            handoffs.c.desk_ref.is_not(None),
            or_(handoffs.c.desk_cursor.is_(None), handoffs.c.desk_cursor != ENDED),
        )
        due = or_(handoffs.c.desk_next_try.is_(None), handoffs.c.desk_next_try <= now)
        asked = rows.selecting().where(handoffs.c.desk == desk, due, or_(handoffs.c.state.in_(OPEN), unknown_end))
        with self._database.reading() as connection:
            return [rows.handoff_of(row) for row in connection.execute(asked.order_by(handoffs.c.opened_at))]

    def of_ref(self, desk: str, ref: str) -> Handoff | None:
        """The handoff that the desk calls `ref`."""
        asked = rows.selecting().where(handoffs.c.desk == desk, handoffs.c.desk_ref == ref)
        with self._database.reading() as connection:
            row = connection.execute(asked.order_by(handoffs.c.opened_at.desc())).first()
        return None if row is None else rows.handoff_of(row)

    def opened(self, handoff: Handoff, ref: str) -> None:
        """The desk shows it."""
        self._set(handoff, desk_ref=ref)

    def delivered(self, handoff: Handoff, seq: int) -> None:
        """The desk has everything up to that number."""
        self._set(handoff, desk_seq=seq)

    def read(self, handoff: Handoff, cursor: str | None) -> None:
        """We know everything it said up to that cursor."""
        self._set(handoff, desk_cursor=cursor)

    def closed(self, handoff: Handoff) -> None:
        """The desk knows that it is over."""
        self._set(handoff, desk_cursor=ENDED, desk_failing_since=None, desk_next_try=None)

    def reached(self, handoff: Handoff) -> None:
        """The desk answered."""
        if handoff.desk_failing_since is not None:
            self._set(handoff, desk_failing_since=None, desk_next_try=None)

    def failed(self, handoff: Handoff, now: datetime, tries: int) -> datetime:
        """It did not: tried again later, twice as late each time; after so many tries the customer is told, once.

        Returns since when it fails.
        """
        since = handoff.desk_failing_since or now
        wait = min(max(FIRST_RETRY, now - since), LAST_RETRY)
        tell = now - since >= FIRST_RETRY * 2 ** (tries - 1) and UNDELIVERED not in handoff.told
        values: dict[str, Any] = {"desk_failing_since": since, "desk_next_try": now + wait}
        with self._database.writing() as connection:
            row = locked(connection, handoff.conversation)
            found = rows.find(connection, handoff.id)
            if row is None or found is None:
                return since
            if tell and found.state in OPEN:
                text = self._say("handoff_desk_trouble", found.language)
                append(connection, row, [Draft("text", {"text": text}, "system")], now)
                values["told"] = [*found.told, UNDELIVERED]
            connection.execute(update(handoffs).where(handoffs.c.id == handoff.id).values(values))
        return since

    def give_to_embedded(self, handoff: Handoff, now: datetime, *, hurry: bool) -> None:
        """Our own desk has it from now on; with `hurry` nobody is there either, so the customer gets a case at once."""
        mine = (handoffs.c.id == handoff.id) & (handoffs.c.state == State.WAITING)
        values: dict[str, Any] = {"desk": "embedded", "desk_next_try": None}
        if hurry:
            values["owes"] = ["nobody"]
        with self._database.writing() as connection:
            connection.execute(update(handoffs).where(mine).values(values))
            rows.write_move(connection, handoff.id, "desk_away", handoff.state, now, None, {"desk": handoff.desk})

    def _set(self, handoff: Handoff, **values: Any) -> None:
        with self._database.writing() as connection:
            connection.execute(update(handoffs).where(handoffs.c.id == handoff.id).values(values))
