"""Files that customers sent."""

import sqlalchemy as sa
from alembic import op

revision = "files_0001"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "chat_files",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column(
            "conversation", sa.String(64), sa.ForeignKey("chat_conversations.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("media_type", sa.String(40), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("case_id", sa.String(16)),
    )
    op.create_index("chat_files_conversation", "chat_files", ["conversation", "seq"])
    op.create_index("chat_files_case", "chat_files", ["case_id"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("chat_files")
