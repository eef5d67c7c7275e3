"""Turns that are owed an answer: taken in order, one at a time, by one gateway at a time.

A turn is `waiting` until it is `done`. It is `parked` when the customer was told that the assistant is away and the
answer will come later: still owed, but nobody looks busy. `dropped` where the owner changed meanwhile: an answer
with an older epoch is never shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, or_, select, update

from bot.gateway.events import Draft, Question
from bot.gateway.store.engine import Database
from bot.gateway.store.log import Conversation, append, conversation_of, locked
from bot.gateway.store.tables import conversations, events, turns

OPEN = ("waiting", "parked")


@dataclass(frozen=True)
class Turn:
    """One thing the bot owes an answer to. `seq` is the customer's event; 0 is the greeting."""

    conversation: Conversation
    seq: int
    epoch: int
    text: str
    choice: Mapping[str, Any] | None
    redacted: Sequence[str]
    waiting: int  # turns of this conversation, this one included, that nobody was told about
    rasa_turns: int
    rasa_ended: bool
    outage_at: datetime | None
    news: Mapping[str, Any] | None = None  # no customer said this: what the dialogue must know
    is_file: bool = False


class OwedTurns:
    """The queue behind the workers of one gateway, whose name is `worker`."""

    def __init__(self, database: Database, worker: str, lease: timedelta) -> None:
        self._database = database
        self._worker = worker
        self._lease = lease

    def release_own(self) -> None:
        """At start: what a predecessor with our name held is free. On SQLite nobody else can be there."""
        mine = [] if self._database.embedded else [conversations.c.worker == self._worker]
        with self._database.writing() as connection:
            connection.execute(
                update(conversations)
                .where(conversations.c.worker.is_not(None), *mine)
                .values(worker=None, worker_until=None)
            )

    def conversations_owed(self, now: datetime, *, parked: bool) -> list[str]:
        """Conversations with an open turn that no living gateway works on; those with parked turns only if asked."""
        states = OPEN if parked else ("waiting",)
        with self._database.reading() as connection:
            rows = connection.execute(
                select(turns.c.conversation)
                .join(conversations, conversations.c.id == turns.c.conversation)
                .where(turns.c.state.in_(states), conversations.c.owner == "bot", self._free(now))
                .distinct()
            )
            return [row.conversation for row in rows]

    def take(self, conversation: str, now: datetime) -> Turn | None:
        """The oldest open turn, leased to this gateway; None where nothing is owed or another one works on it."""
        with self._database.writing() as connection:
            row = locked(connection, conversation)
            if row is None or row.owner != "bot" or self._taken(row, now):
                return None
            head = connection.execute(
                select(turns, events.c.body, events.c.type)
                .outerjoin(events, (events.c.conversation == turns.c.conversation) & (events.c.seq == turns.c.seq))
                .where(turns.c.conversation == conversation, turns.c.state.in_(OPEN))
                .order_by(turns.c.seq)
            ).first()
            until = now + self._lease if head else None
            self._set(connection, row.id, worker=self._worker if head else None, worker_until=until)
            if head is None:
                return None
            waiting = connection.execute(
                select(func.count())
                .select_from(turns)
                .where(turns.c.conversation == conversation, turns.c.state == "waiting")
            ).scalar_one()
        text = str((head.body or {}).get("text", ""))
        state = (row.rasa_turns, row.rasa_ended, row.outage_at)
        asked = (head.seq, head.epoch, text, head.choice, head.redacted, waiting)
        return Turn(conversation_of(row), *asked, *state, news=head.news, is_file=head.type == "file")

    def renew(self, ids: Sequence[str], now: datetime) -> None:
        """Keep the leases on what is being worked on."""
        with self._database.writing() as connection:
            connection.execute(
                update(conversations)
                .where(conversations.c.id.in_(ids), conversations.c.worker == self._worker)
                .values(worker_until=now + self._lease)
            )

    def finish(
        self,
        turn: Turn,
        drafts: Sequence[Draft],
        now: datetime,
        *,
        question: Question | None,
        by_rasa: bool,
        ended: bool = False,
        language: str | None = None,
        then: Callable[[Connection, Any], object] | None = None,
    ) -> bool:
        """The answer, all of it at once, and the turn is done. False where it came too late and was dropped.

        `then` is called with the locked conversation, in the same transaction.
        """
        with self._database.writing() as connection:
            row = self._still_ours(connection, turn)
            if row is None:
                return False
            append(connection, row, drafts, now)
            values: dict[str, Any] = {"question": question.stored() if question else None}
            if by_rasa:
                values |= {"rasa_ended": ended, "rasa_turns": row.rasa_turns + (turn.seq > 0), "outage_at": None}
            if language:
                values["language"] = language
            self._set(connection, row.id, **values)
            self._close(connection, turn, "done")
            if then is not None:
                then(connection, locked(connection, row.id))
            return True

    def tell(self, turn: Turn, draft: Draft, now: datetime, *, outage: bool = False) -> bool:
        """Say something while the turn goes on; with `outage` only once until the next answer."""
        with self._database.writing() as connection:
            row = self._still_ours(connection, turn)
            if row is None or (outage and row.outage_at is not None):
                return False
            append(connection, row, [draft], now)
            if outage:
                self._set(connection, row.id, outage_at=now)
            return True

    def park(self, turn: Turn, drafts: Sequence[Draft], now: datetime) -> bool:
        """Say that the answer will come later; every waiting turn of the conversation is owed, but not busy."""
        with self._database.writing() as connection:
            row = self._still_ours(connection, turn)
            if row is None:
                return False
            append(connection, row, drafts, now)
            self._set(connection, row.id, outage_at=row.outage_at or now)
            connection.execute(
                update(turns).where(turns.c.conversation == row.id, turns.c.state == "waiting").values(state="parked")
            )
            return True

    def unpark(self, turn: Turn) -> None:
        """The assistant is back: the bot works on it again."""
        with self._database.writing() as connection:
            connection.execute(
                update(turns)
                .where(turns.c.conversation == turn.conversation.id, turns.c.seq == turn.seq, turns.c.state == "parked")
                .values(state="waiting")
            )

    def rasa_session_started(self, turn: Turn) -> None:
        """The dialogue's own session is short again."""
        with self._database.writing() as connection:
            self._set(connection, turn.conversation.id, rasa_turns=0, rasa_ended=False)

    def drop(self, conversation: str) -> None:
        """Let go of the lease."""
        with self._database.writing() as connection:
            connection.execute(
                update(conversations)
                .where(conversations.c.id == conversation, conversations.c.worker == self._worker)
                .values(worker=None, worker_until=None)
            )

    # --- within a transaction ---------------------------------------------------------------------

    def _free(self, now: datetime) -> Any:
        row = conversations.c
        return or_(row.worker.is_(None), row.worker == self._worker, row.worker_until < now)

    def _taken(self, row: Any, now: datetime) -> bool:
        return row.worker not in (None, self._worker) and row.worker_until is not None and row.worker_until >= now

    def _still_ours(self, connection: Connection, turn: Turn) -> Any:
        """The locked row where the turn may still speak; otherwise the turn is dropped where its owner changed."""
        row = locked(connection, turn.conversation.id)
        if row is None or row.owner != "bot" or row.epoch != turn.epoch:
            self._close(connection, turn, "dropped")
            return None
        state = connection.execute(
            select(turns.c.state).where(turns.c.conversation == row.id, turns.c.seq == turn.seq)
        ).scalar()
        return row if row.worker == self._worker and state in OPEN else None

    @staticmethod
    def _set(connection: Connection, conversation: str, **values: Any) -> None:
        connection.execute(update(conversations).where(conversations.c.id == conversation).values(**values))

    @staticmethod
    def _close(connection: Connection, turn: Turn, state: str) -> None:
        connection.execute(
            update(turns)
            .where(turns.c.conversation == turn.conversation.id, turns.c.seq == turn.seq, turns.c.state.in_(OPEN))
            .values(state=state)
        )
