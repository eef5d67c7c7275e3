"""Handoffs to people: who waits for whom, what happened to each, private notes, and who is at the desk."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the four tables; a turn may also be news for the dialogue."""
    op.create_table(
        "chat_handoffs",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column(
            "conversation",
            sa.String(64),
            sa.ForeignKey("chat_conversations.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("skill", sa.String(24), nullable=False),
        sa.Column("priority", sa.String(10), nullable=False),
        sa.Column("case_id", sa.String(16)),
        sa.Column("package", sa.JSON, nullable=False),
        sa.Column("opened_at", sa.DateTime, nullable=False),
        sa.Column("opened_seq", sa.Integer, nullable=False),
        sa.Column("queued_at", sa.DateTime, nullable=False),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("agent", sa.String(64)),
        sa.Column("agent_name", sa.String(80)),
        sa.Column("claimed_at", sa.DateTime),
        sa.Column("answered_at", sa.DateTime),
        sa.Column("lease_until", sa.DateTime),
        sa.Column("customer_at", sa.DateTime, nullable=False),
        sa.Column("agent_at", sa.DateTime),
        sa.Column("ended_at", sa.DateTime),
        sa.Column("outcome", sa.String(40)),
        sa.Column("told", sa.JSON, nullable=False),
        sa.Column("owes", sa.JSON, nullable=False),
        sa.Column("owing", sa.Boolean, nullable=False),
        sa.Column("desk", sa.String(16), nullable=False),
        sa.Column("desk_ref", sa.String(80)),
        sa.Column("desk_seq", sa.Integer, nullable=False),
        sa.Column("desk_cursor", sa.String(80)),
        sa.Column("desk_failing_since", sa.DateTime),
        sa.Column("desk_next_try", sa.DateTime),
    )
    still_open = sa.text("state IN ('waiting', 'claimed', 'active')")
    op.create_index(
        "chat_handoffs_one_open",
        "chat_handoffs",
        ["conversation"],
        unique=True,
        sqlite_where=still_open,
        postgresql_where=still_open,
    )
    op.create_index("chat_handoffs_state", "chat_handoffs", ["state"])
    op.create_index("chat_handoffs_owing", "chat_handoffs", ["owing"])
    handoff = sa.ForeignKey("chat_handoffs.id", ondelete="CASCADE")
    op.create_table(
        "chat_handoff_moves",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("handoff", sa.String(32), handoff, nullable=False, index=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("move", sa.String(16), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("agent", sa.String(64)),
        sa.Column("data", sa.JSON, nullable=False),
    )
    op.create_table(
        "chat_handoff_notes",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("handoff", sa.String(32), handoff.copy(), nullable=False, index=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("agent", sa.String(64), nullable=False),
        sa.Column("agent_name", sa.String(80), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "chat_presence",
        sa.Column("agent", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("languages", sa.JSON, nullable=False),
        sa.Column("capacity", sa.Integer, nullable=False),
        sa.Column("available", sa.Boolean, nullable=False),
        sa.Column("seen_at", sa.DateTime, nullable=False),
    )
    op.add_column("chat_turns", sa.Column("news", sa.JSON))


def downgrade() -> None:
    """Drop them again."""
    op.drop_column("chat_turns", "news")
    for table in ("chat_presence", "chat_handoff_notes", "chat_handoff_moves", "chat_handoffs"):
        op.drop_table(table)
