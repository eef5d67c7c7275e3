"""Microsoft Teams: what it refused for good, so that the sender can be told."""

import sqlalchemy as sa
from alembic import op

revision = "teams_0002"
down_revision = "teams_0001"


def upgrade() -> None:
    """Numbers of events that were not taken."""
    op.add_column("teams_outbox", sa.Column("refused", sa.JSON))


def downgrade() -> None:
    """Forget them."""
    op.drop_column("teams_outbox", "refused")
