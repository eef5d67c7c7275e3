"""The desk's own tables: who may sign in, and who is signed in."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Integer, String, Table, Text

from bot.gateway.store.tables import Instant, metadata

agents = Table(
    "desk_agents",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", String(80), nullable=False),  # what customers and colleagues read
    Column("email", String(254), nullable=False, unique=True),  # lower case; what one signs in with
    Column("languages", JSON, nullable=False),  # of da, en
    Column("role", String(12), nullable=False),  # agent | supervisor
    Column("password_hash", Text),  # argon2id
    Column("must_change", Boolean, nullable=False),  # the password is a one-time one
    Column("oidc_subject", String(255), unique=True),  # who that is at the identity provider, once they came from there
    Column("presence", String(10), nullable=False),  # available | busy | away, as they last said
    Column("capacity", Integer, nullable=False),  # chats at a time
    Column("disabled_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("signed_in_at", Instant),
)

signed_in = Table(
    "desk_sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),  # SHA-256 of the cookie: a copy of the table signs nobody in
    Column("agent", String(32), ForeignKey("desk_agents.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", Instant, nullable=False),
    Column("used_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),  # whatever is done with it
)
