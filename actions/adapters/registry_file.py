"""Reads a registry file (contract section 2), telling every bad row with its line and reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from actions.adapters.csv_rows import BadFile, RefusedRow, read_rows
from actions.casework.entitlement.device import COLUMNS, Device, device_from_row

__all__ = ["BadFile", "RefusedRow", "RegistryFile", "read_registry_file"]


@dataclass(frozen=True)
class RegistryFile:
    """What a file holds."""

    devices: Sequence[Device]
    refused: Sequence[RefusedRow]


def read_registry_file(path: Path, today: date) -> RegistryFile:
    """Read every row. A serial number that stands twice is refused the second time. Raises BadFile."""
    rows = read_rows(path, COLUMNS, "serial_number", lambda row: device_from_row(row, today))
    return RegistryFile(rows.taken, rows.refused)
