"""Notices about devices in SQL: rows of the operator's file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import sqlalchemy as sa

from actions.adapters.sql.engine import reading, writing
from actions.adapters.sql.tables import registry_notices
from actions.casework.notices.notice import Notice, concerns, gravest_first, notice_from_row, notice_to_row


class SqlNotices:
    """`DeviceNotices` on one database, and the way rows get in. Raises Unavailable; a write also Unknown."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def about(self, product_number: str, serial_number: str, today: date) -> Sequence[Notice]:
        """Operators hold dozens of notices, not thousands: all are read and asked."""
        return gravest_first(each for each in self.all() if concerns(each, product_number, serial_number, today))

    def all(self) -> Sequence[Notice]:
        """Every notice, by id."""
        with reading(self._engine) as connection:
            rows = connection.execute(sa.select(registry_notices).order_by(registry_notices.c.notice_id)).mappings()
            return tuple(notice_from_row(dict(row)) for row in rows)

    def put(self, notices: Iterable[Notice]) -> tuple[int, int]:
        """Take notices in, all or none; one with a known id replaces it. Returns (new, updated)."""
        rows = {notice.notice_id: notice_to_row(notice) for notice in notices}
        table = registry_notices
        with writing(self._engine) as connection:
            known = set(connection.execute(sa.select(table.c.notice_id)).scalars())
            added = [row for name, row in rows.items() if name not in known]
            if added:
                connection.execute(sa.insert(table), added)
            for name in rows.keys() & known:
                connection.execute(sa.update(table).where(table.c.notice_id == name).values(**rows[name]))
        return len(added), len(rows) - len(added)

    def remove(self, notice_id: str) -> bool:
        """Take a notice out; False where there was none."""
        with writing(self._engine) as connection:
            gone = connection.execute(sa.delete(registry_notices).where(registry_notices.c.notice_id == notice_id))
            return gone.rowcount == 1
