"""Reads an operator's file of notices about devices (docs/notices.md)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from actions.adapters.csv_rows import Rows, read_rows
from actions.casework.notices.notice import COLUMNS, Notice, notice_from_row


def read_notices_file(path: Path, today: date) -> Rows[Notice]:
    """Read every row. An id that stands twice is refused the second time. Raises BadFile."""
    return read_rows(path, COLUMNS, "notice_id", lambda row: notice_from_row(row, today))
