"""The conversation log: conversations, events, turns."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "chat_conversations",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("locale", sa.String(2)),
        sa.Column("language", sa.String(2)),
        sa.Column("owner", sa.String(8), nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("last_seq", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False),
        sa.Column("ended_at", sa.DateTime),
        sa.Column("question", sa.JSON),
        sa.Column("rasa_turns", sa.Integer, nullable=False),
        sa.Column("rasa_ended", sa.Boolean, nullable=False),
        sa.Column("outage_at", sa.DateTime),
        sa.Column("worker", sa.String(120)),
        sa.Column("worker_until", sa.DateTime),
    )
    op.create_table(
        "chat_events",
        sa.Column(
            "conversation", sa.String(64), sa.ForeignKey("chat_conversations.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("role", sa.String(8), nullable=False),
        sa.Column("name", sa.String(120)),
        sa.Column("type", sa.String(16), nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("key", sa.String(220)),
        sa.UniqueConstraint("conversation", "key", name="chat_events_key"),
    )
    op.create_table(
        "chat_turns",
        sa.Column(
            "conversation", sa.String(64), sa.ForeignKey("chat_conversations.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("choice", sa.JSON),
        sa.Column("redacted", sa.JSON, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
    )
    op.create_index("chat_turns_open", "chat_turns", ["state"])


def downgrade() -> None:
    """Drop the three tables."""
    op.drop_table("chat_turns")
    op.drop_table("chat_events")
    op.drop_table("chat_conversations")
