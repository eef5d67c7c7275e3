"""The gateway's tables. Alembic (bot/gateway/migrations) makes them; this is how the code reads them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
)

metadata = MetaData()


class Instant(TypeDecorator[datetime]):
    """An aware moment, kept as UTC: SQLite forgets the zone, so it is put on again when read."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


conversations = Table(
    "chat_conversations",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("locale", String(2)),  # asked for by the channel, or unknown
    Column("language", String(2)),  # the one the dialogue speaks, or unknown yet
    Column("owner", String(8), nullable=False),  # bot | queue | agent | closed
    Column("epoch", Integer, nullable=False),  # raised at every change of owner
    Column("last_seq", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),  # the token's, moved on by every use
    Column("ended_at", Instant),
    Column("question", JSON(none_as_null=True)),  # the open question with the payloads behind its choices
    Column("rasa_turns", Integer, nullable=False),  # customer turns since Rasa's session began
    Column("rasa_ended", Boolean, nullable=False),  # the dialogue said that this is a natural end
    Column("outage_at", Instant),  # since when the customer knows that the assistant is away
    Column("worker", String(120)),  # the gateway that works on it, and until when nobody else may
    Column("worker_until", Instant),
)

events = Table(
    "chat_events",
    metadata,
    Column("conversation", String(64), ForeignKey("chat_conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("role", String(8), nullable=False),  # customer | bot | agent | system
    Column("name", String(120)),
    Column("type", String(16), nullable=False),
    Column("body", JSON, nullable=False),  # the event's other fields, as the contract names them
    Column("epoch", Integer, nullable=False),
    Column("key", String(220)),  # who sends the same twice is answered, not repeated
    UniqueConstraint("conversation", "key", name="chat_events_key"),
)

turns = Table(
    "chat_turns",
    metadata,
    Column("conversation", String(64), ForeignKey("chat_conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),  # of the customer's event; 0 is the greeting
    Column("epoch", Integer, nullable=False),
    Column("state", String(8), nullable=False),  # waiting | parked (told that it waits) | done | dropped
    Column("choice", JSON(none_as_null=True)),  # {"id", "payload", "question"} where the customer chose
    Column("redacted", JSON, nullable=False),  # kinds of secrets that were replaced
    Column("created_at", Instant, nullable=False),
    Index("chat_turns_open", "state"),
)
