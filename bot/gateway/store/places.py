"""Conversations in Teams and the one of ours that each stands for. Everything here blocks, as in `log.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.gateway.store.engine import Database
from bot.gateway.store.log import begin, locked
from bot.gateway.store.tables import conversations
from bot.gateway.store.teams_tables import outbox, places
from bot.gateway.tokens import new_conversation_id

PREFIX = "teams-"  # no session token names such a conversation: theirs have no prefix


@dataclass(frozen=True)
class Met:
    """Our conversation for a place; `fresh` where it has just begun, so that a greeting is owed."""

    conversation: str
    fresh: bool


class Places:
    """Who talks where. `idle` is how long a conversation stays the same one without a word."""

    def __init__(self, database: Database, idle: timedelta) -> None:
        self._database, self._idle = database, idle

    def meet(self, place: str, room: str, reference: Mapping[str, Any], language: str | None, now: datetime) -> Met:
        """The conversation for that place, begun where there is none. Of several who come at once, one begins it."""
        try:
            return self._meet(place, room, reference, language, now)
        except IntegrityError:  # another gateway was first
            return self._meet(place, room, reference, language, now)

    def _meet(self, place: str, room: str, reference: Mapping[str, Any], language: str | None, now: datetime) -> Met:
        with self._database.writing() as connection:
            row = _locked_place(connection, place)
            if row is None:
                values = {"id": place, "room": room, "reference": dict(reference), "created_at": now}
                connection.execute(insert(places).values(values))
            else:
                if row.conversation is None:
                    _skip_what_waited(connection, place)
                if row.reference != reference:
                    _set(connection, place, reference=dict(reference))
                current = self._current(connection, row.conversation, language, now)
                if current:
                    return Met(current, fresh=False)
            conversation = PREFIX + new_conversation_id()
            begin(connection, conversation, language, now, now + self._idle)
            fresh = {"conversation": conversation, "place": place, "cursor": 0, "part": 0, "shown": {}, "rounds": 0}
            connection.execute(insert(outbox).values(fresh))
            _set(connection, place, conversation=conversation)
            return Met(conversation, fresh=True)

    def _current(
        self, connection: Connection, conversation: str | None, language: str | None, now: datetime
    ) -> str | None:
        """The conversation, where it goes on: not ended, nor left alone too long while the bot had it."""
        row = locked(connection, conversation) if conversation else None
        if row is None or row.ended_at is not None or (row.expires_at <= now and row.owner == "bot"):
            return None
        values: dict[str, Any] = {}
        if language and row.locale != language:
            values["locale"] = language
        if now + self._idle - row.expires_at > self._idle / 50:
            values["expires_at"] = now + self._idle
        if values:
            connection.execute(update(conversations).where(conversations.c.id == row.id).values(**values))
        return str(row.id)

    def leave(self, room: str) -> list[str]:
        """The bot was taken away: forget where answers would go. Gives the conversations that this ends."""
        with self._database.writing() as connection:
            here = select(places.c.conversation).where(places.c.room == room, places.c.conversation.is_not(None))
            left = list(connection.execute(here).scalars())
            connection.execute(update(places).where(places.c.room == room).values(reference=None, conversation=None))
        return left


# --- within a transaction -------------------------------------------------------------------------


def _locked_place(connection: Connection, place: str) -> Any:
    return connection.execute(select(places).where(places.c.id == place).with_for_update()).first()


def _set(connection: Connection, place: str, **values: Any) -> None:
    connection.execute(update(places).where(places.c.id == place).values(**values))


def _skip_what_waited(connection: Connection, place: str) -> None:
    """The bot is back after it was taken away: what waited meanwhile is old; what comes from now on is delivered."""
    last = select(conversations.c.last_seq).where(conversations.c.id == outbox.c.conversation).scalar_subquery()
    values = {"cursor": last, "part": 0, "shown": {}, "rounds": 0, "not_before": None}
    connection.execute(update(outbox).where(outbox.c.place == place).values(values))
