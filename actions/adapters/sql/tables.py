"""The casework tables: registry_…, case_…, courier_…. Changed only together with a migration."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from actions.casework.entitlement.device import COLUMNS
from actions.casework.notices.notice import COLUMNS as NOTICE_COLUMNS

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


class Moment(sa.TypeDecorator[datetime]):
    """An aware moment: kept as UTC on either database, given back in Europe/Copenhagen."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Refuses a naive time: nobody would know when that is."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """From UTC to the customer's clock."""
        return value.replace(tzinfo=UTC).astimezone(COPENHAGEN) if value else None


metadata = sa.MetaData()

registry_devices = sa.Table(
    "registry_devices",
    metadata,
    sa.Column("serial_number", sa.Text, primary_key=True),
    *(sa.Column(name, sa.Text, nullable=False) for name in COLUMNS[1:]),
)

registry_notices = sa.Table(
    "registry_notices",
    metadata,
    sa.Column("notice_id", sa.Text, primary_key=True),
    *(sa.Column(name, sa.Text, nullable=False) for name in NOTICE_COLUMNS[1:]),
)

case_cases = sa.Table(
    "case_cases",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("case_id", sa.Text, nullable=False, unique=True),
    sa.Column("open_key", sa.Text, nullable=False, unique=True),
    sa.Column("conversation", sa.Text, nullable=False, index=True),
    sa.Column("opened_at", Moment, nullable=False),
    sa.Column("facts", sa.JSON, nullable=False),
    sqlite_autoincrement=True,
)

case_events = sa.Table(
    "case_events",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("case_id", sa.Text, sa.ForeignKey("case_cases.case_id"), nullable=False, index=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("data", sa.JSON, nullable=False),
    sa.Column("once", sa.Text, nullable=True),
    sa.UniqueConstraint("case_id", "once", name="case_events_once"),
    sqlite_autoincrement=True,
)

courier_bookings = sa.Table(
    "courier_bookings",
    metadata,
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
    sa.Column("booked_at", Moment, nullable=False),
    sa.Column("request", sa.JSON, nullable=False),
    sqlite_autoincrement=True,
)

courier_slots = sa.Table(
    "courier_slots",
    metadata,
    sa.Column("date", sa.Date, primary_key=True),
    sa.Column("window", sa.Text, primary_key=True),
    sa.Column("taken", sa.Integer, nullable=False),
)
