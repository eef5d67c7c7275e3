"""A customer may ask that a conversation is erased."""

import sqlalchemy as sa
from alembic import op

revision = "files_0002"
down_revision = "files_0001"


def upgrade() -> None:
    """Since when it is asked for."""
    op.add_column("chat_conversations", sa.Column("erase_asked_at", sa.DateTime))
    op.create_index("chat_conversations_erase", "chat_conversations", ["erase_asked_at"])


def downgrade() -> None:
    """Forget it."""
    op.drop_index("chat_conversations_erase", "chat_conversations")
    op.drop_column("chat_conversations", "erase_asked_at")
