"""The tables of Microsoft Teams. Alembic (bot/gateway/migrations) makes them; this is how the code reads them."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table

from bot.gateway.store.tables import Instant, metadata

places = Table(
    "teams_places",
    metadata,
    Column("id", String(64), primary_key=True),  # a digest of the conversation in Teams (and the person)
    Column("room", String(64), nullable=False),  # a digest of the chat or team that it is in
    Column("conversation", String(64), ForeignKey("chat_conversations.id", ondelete="SET NULL")),  # the current one
    Column("reference", JSON(none_as_null=True)),  # where answers go; nothing once the bot was taken away
    Column("created_at", Instant, nullable=False),
    Index("teams_places_room", "room"),
)

outbox = Table(
    "teams_outbox",
    metadata,
    Column("conversation", String(64), ForeignKey("chat_conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("place", String(64), ForeignKey("teams_places.id", ondelete="CASCADE"), nullable=False),
    Column("cursor", Integer, nullable=False),  # events up to this number were delivered
    Column("part", Integer, nullable=False),  # and so many activities of the next one
    Column("shown", JSON, nullable=False),  # {event number: activity id} of cards that may still be pressed
    Column("rounds", Integer, nullable=False),  # tries in vain since the last success
    Column("refused", JSON(none_as_null=True)),  # numbers of the last events that Teams refused for good
    Column("not_before", Instant),
    Column("worker", String(120)),  # the gateway that delivers, and until when nobody else may
    Column("worker_until", Instant),
    Index("teams_outbox_place", "place"),
)
