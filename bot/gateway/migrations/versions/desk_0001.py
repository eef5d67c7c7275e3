"""Who may sign in at the desk, and who is signed in."""

import sqlalchemy as sa
from alembic import op

revision = "desk_0001"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables of bot/gateway/desk/tables.py."""
    op.create_table(
        "desk_agents",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("email", sa.String(254), nullable=False, unique=True),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("role", sa.String(12), nullable=False),
        sa.Column("password_hash", sa.Text()),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("oidc_subject", sa.String(255), unique=True),
        sa.Column("presence", sa.String(10), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("disabled_at", sa.DateTime()),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("signed_in_at", sa.DateTime()),
    )
    op.create_table(
        "desk_sessions",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("agent", sa.String(32), sa.ForeignKey("desk_agents.id", ondelete="CASCADE"), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
    )
    op.create_index("ix_desk_sessions_agent", "desk_sessions", ["agent"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("desk_sessions")
    op.drop_table("desk_agents")
