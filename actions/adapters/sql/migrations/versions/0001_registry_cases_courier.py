"""The registry, the case desk and the courier book."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the first tables."""
    op.create_table(
        "registry_devices",
        sa.Column("serial_number", sa.Text, primary_key=True),
        sa.Column("product_number", sa.Text, nullable=False),
        sa.Column("product_name", sa.Text, nullable=False),
        sa.Column("form_factor", sa.Text, nullable=False),
        sa.Column("line", sa.Text, nullable=False),
        sa.Column("purchase_country", sa.Text, nullable=False),
        sa.Column("purchase_date", sa.Text, nullable=False),
        sa.Column("warranty_end", sa.Text, nullable=False),
        sa.Column("care_pack", sa.Text, nullable=False),
        sa.Column("service_level", sa.Text, nullable=False),
        sa.Column("care_pack_start", sa.Text, nullable=False),
        sa.Column("care_pack_end", sa.Text, nullable=False),
        sa.Column("registered_on", sa.Text, nullable=False),
        sa.Column("addons", sa.Text, nullable=False),
        sa.Column("bought_with", sa.Text, nullable=False),
        sa.Column("csr_parts", sa.Text, nullable=False),
        sa.Column("mobile_battery", sa.Text, nullable=False),
    )
    op.create_table(
        "case_cases",
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("case_id", sa.Text, nullable=False, unique=True),
        sa.Column("open_key", sa.Text, nullable=False, unique=True),
        sa.Column("conversation", sa.Text, nullable=False, index=True),
        sa.Column("opened_at", sa.DateTime, nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "case_events",
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("case_id", sa.Text, sa.ForeignKey("case_cases.case_id"), nullable=False, index=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("data", sa.JSON, nullable=False),
        sa.Column("once", sa.Text, nullable=True),
        sa.UniqueConstraint("case_id", "once", name="case_events_once"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "courier_bookings",
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("booking_id", sa.Text, nullable=False, unique=True),
        sa.Column("book_key", sa.Text, nullable=False, unique=True),
        sa.Column("case_id", sa.Text, nullable=False, index=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("courier", sa.Text, nullable=False),
        sa.Column("tracking_number", sa.Text, nullable=False, unique=True),
        sa.Column("pickup_date", sa.Date, nullable=True),
        sa.Column("pickup_window", sa.Text, nullable=False),
        sa.Column("label_file", sa.Text, nullable=False),
        sa.Column("booked_at", sa.DateTime, nullable=False),
        sa.Column("request", sa.JSON, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "courier_slots",
        sa.Column("date", sa.Date, primary_key=True),
        sa.Column("window", sa.Text, primary_key=True),
        sa.Column("taken", sa.Integer, nullable=False),
    )
