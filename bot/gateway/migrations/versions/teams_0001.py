"""Microsoft Teams: where conversations are, and how far each was delivered."""

import sqlalchemy as sa
from alembic import op

revision = "teams_0001"
down_revision = "0001"


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "teams_places",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("room", sa.String(64), nullable=False),
        sa.Column("conversation", sa.String(64), sa.ForeignKey("chat_conversations.id", ondelete="SET NULL")),
        sa.Column("reference", sa.JSON),
        sa.Column("created_at", sa.DateTime, nullable=False),
    )
    op.create_index("teams_places_room", "teams_places", ["room"])
    op.create_table(
        "teams_outbox",
        sa.Column(
            "conversation", sa.String(64), sa.ForeignKey("chat_conversations.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("place", sa.String(64), sa.ForeignKey("teams_places.id", ondelete="CASCADE"), nullable=False),
        sa.Column("cursor", sa.Integer, nullable=False),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("shown", sa.JSON, nullable=False),
        sa.Column("rounds", sa.Integer, nullable=False),
        sa.Column("not_before", sa.DateTime),
        sa.Column("worker", sa.String(120)),
        sa.Column("worker_until", sa.DateTime),
    )
    op.create_index("teams_outbox_place", "teams_outbox", ["place"])


def downgrade() -> None:
    """Drop the two tables."""
    op.drop_table("teams_outbox")
    op.drop_table("teams_places")
