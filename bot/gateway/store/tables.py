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
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
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
    Column("erase_asked_at", Instant),  # the customer wants it gone; it is closed, and erased as soon as possible
    Column("question", JSON(none_as_null=True)),  # the open question with the payloads behind its choices
    Column("rasa_turns", Integer, nullable=False),  # customer turns since Rasa's session began
    Column("rasa_ended", Boolean, nullable=False),  # the dialogue said that this is a natural end
    Column("outage_at", Instant),  # since when the customer knows that the assistant is away
    Column("worker", String(120)),  # the gateway that works on it, and until when nobody else may
    Column("worker_until", Instant),
    Index("chat_conversations_erase", "erase_asked_at"),
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

files = Table(
    "chat_files",
    metadata,
    Column("id", String(64), primary_key=True),  # also its name in OFFSITE_VAR/files
    Column("conversation", String(64), ForeignKey("chat_conversations.id", ondelete="CASCADE"), nullable=False),
    Column("seq", Integer, nullable=False),  # of its event
    Column("name", String(200), nullable=False),
    Column("media_type", String(40), nullable=False),
    Column("size", Integer, nullable=False),  # bytes, as kept
    Column("at", Instant, nullable=False),
    Column("case_id", String(16)),  # the case that knows of it, once there is one
    Index("chat_files_conversation", "conversation", "seq"),
    Index("chat_files_case", "case_id"),
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
    Column("news", JSON(none_as_null=True)),  # not said by a customer: what the dialogue must know
    Column("created_at", Instant, nullable=False),
    Index("chat_turns_open", "state"),
)

_STILL_OPEN = text("state IN ('waiting', 'claimed', 'active')")

handoffs = Table(
    "chat_handoffs",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("conversation", String(64), ForeignKey("chat_conversations.id", ondelete="CASCADE"), nullable=False),
    Column("state", String(10), nullable=False),  # a State of bot/gateway/handoff/states.py
    Column("reason", String(40), nullable=False),  # why a person is needed
    Column("language", String(2), nullable=False),
    Column("skill", String(24), nullable=False),
    Column("priority", String(10), nullable=False),
    Column("case_id", String(16)),  # empty while the case desk is away
    Column("package", JSON, nullable=False),  # what the agent gets to know
    Column("opened_at", Instant, nullable=False),
    Column("opened_seq", Integer, nullable=False),  # the log's last number when it was opened
    Column("queued_at", Instant, nullable=False),  # since when it waits, this time
    Column("rank", Integer, nullable=False),  # the queue's order is by rank (handoff/rows.py), then opened_at
    Column("agent", String(64)),
    Column("agent_name", String(80)),  # first name, as the customer reads it
    Column("claimed_at", Instant),
    Column("answered_at", Instant),  # the first word of a person
    Column("lease_until", Instant),  # moved on by the agent's heartbeat
    Column("customer_at", Instant, nullable=False),  # when the customer was last heard
    Column("agent_at", Instant),
    Column("ended_at", Instant),
    Column("outcome", String(40)),
    Column("told", JSON, nullable=False),  # what was said once already (place_1, place_3, idle, …)
    Column("owes", JSON, nullable=False),  # what must still be done: call_back, case, transcript
    Column("owing", Boolean, nullable=False),  # whether `owes` names anything after the end
    Column("desk", String(16), nullable=False),  # embedded, or the name of an outer desk
    Column("desk_ref", String(80)),  # its name for the handoff
    Column("desk_seq", Integer, nullable=False),  # the last number of the log that it has
    Column("desk_cursor", String(80)),  # how far we have read what it says
    Column("desk_failing_since", Instant),
    Column("desk_next_try", Instant),
    Index(
        "chat_handoffs_one_open", "conversation", unique=True, sqlite_where=_STILL_OPEN, postgresql_where=_STILL_OPEN
    ),
    Index("chat_handoffs_state", "state"),
    Index("chat_handoffs_owing", "owing"),
)

moves = Table(
    "chat_handoff_moves",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("handoff", String(32), ForeignKey("chat_handoffs.id", ondelete="CASCADE"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("move", String(16), nullable=False),  # open, or a Move of bot/gateway/handoff/states.py
    Column("state", String(10), nullable=False),  # the state it led to
    Column("agent", String(64)),
    Column("data", JSON, nullable=False),
)

notes = Table(
    "chat_handoff_notes",
    metadata,
    Column("id", String(64), primary_key=True),  # chosen by the writer: a repeat is one note
    Column("handoff", String(32), ForeignKey("chat_handoffs.id", ondelete="CASCADE"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("agent", String(64), nullable=False),
    Column("agent_name", String(80), nullable=False),
    Column("text", Text, nullable=False),
)

presence = Table(
    "chat_presence",
    metadata,
    Column("agent", String(64), primary_key=True),
    Column("name", String(80), nullable=False),
    Column("languages", JSON, nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("available", Boolean, nullable=False),  # takes new conversations
    Column("seen_at", Instant, nullable=False),  # the last heartbeat
)
