"""Reads a registry file (contract section 2), telling every bad row with its line and reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from actions.casework.entitlement.device import COLUMNS, Device, device_from_row
from actions.casework.entitlement.strict import BadFact


class BadFile(Exception):
    """The file as a whole can't be read: not there, not UTF-8, no such header row."""


@dataclass(frozen=True)
class RefusedRow:
    """One row that was not taken. `line` is where it begins in the file, counted from 1."""

    line: int
    serial_number: str
    reason: str


@dataclass(frozen=True)
class RegistryFile:
    """What a file holds."""

    devices: Sequence[Device]
    refused: Sequence[RefusedRow]


def read_registry_file(path: Path, today: date) -> RegistryFile:
    """Read every row. A serial number that stands twice is refused the second time. Raises BadFile."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadFile(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadFile(f"{path}: not UTF-8 (byte {error.start})") from error
    if "\0" in text:
        raise BadFile(f"{path}: holds NUL characters")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    devices: dict[str, Device] = {}
    refused: list[RefusedRow] = []
    first = 1
    try:
        header = [name.strip() for name in next(reader, [])]
        _check_header(path, header)
        first = reader.line_num + 1
        for cells in reader:
            line, first = first, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            row = dict(zip(header, cells, strict=False))
            serial = row.get("serial_number", "").strip()
            try:
                if len(cells) != len(header):
                    raise BadFact("row", f"has {len(cells)} cells, the header {len(header)}")
                device = device_from_row(row, today)
                if device.serial_number in devices:
                    raise BadFact("serial_number", "stands in the file already")
                devices[device.serial_number] = device
            except BadFact as error:
                refused.append(RefusedRow(line, serial, str(error)))
    except csv.Error as error:
        raise BadFile(f"{path}, line {first}: {error}") from error
    return RegistryFile(tuple(devices.values()), tuple(refused))


def _check_header(path: Path, header: Sequence[str]) -> None:
    """Every column once, in any order, and no other."""
    missing = [name for name in COLUMNS if name not in header]
    strange = [name for name in header if name not in COLUMNS]
    twice = sorted({name for name in header if header.count(name) > 1})
    for what, names in (("missing", missing), ("unknown", strange), ("double", twice)):
        if names:
            raise BadFile(f"{path}, line 1: {what} columns: {', '.join(name or '(empty)' for name in names)}")
