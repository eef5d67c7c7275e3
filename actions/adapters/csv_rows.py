"""Reads an operator's CSV file row by row, telling every bad row with its line and reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from actions.casework.entitlement.strict import BadFact

T = TypeVar("T")


class BadFile(Exception):
    """The file as a whole can't be read: not there, not UTF-8, no such header row."""


@dataclass(frozen=True)
class RefusedRow:
    """One row that was not taken. `line` is where it begins in the file, counted from 1; `key` names the row."""

    line: int
    key: str
    reason: str


@dataclass(frozen=True)
class Rows(Generic[T]):
    """What a file holds."""

    taken: Sequence[T]
    refused: Sequence[RefusedRow]


def read_rows(path: Path, columns: Sequence[str], key: str, read: Callable[[Mapping[str, str]], T]) -> Rows[T]:
    """Read every row by `read`, which raises BadFact. A `key` that stands twice is refused the second time.

    Raises BadFile.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadFile(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadFile(f"{path}: not UTF-8 (byte {error.start})") from error
    if "\0" in text:
        raise BadFile(f"{path}: holds NUL characters")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    taken: dict[str, T] = {}
    refused: list[RefusedRow] = []
    first = 1
    try:
        header = [name.strip() for name in next(reader, [])]
        _check_header(path, header, columns)
        first = reader.line_num + 1
        for cells in reader:
            line, first = first, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            row = dict(zip(header, cells, strict=False))
            name = row.get(key, "").strip()
            try:
                if len(cells) != len(header):
                    raise BadFact("row", f"has {len(cells)} cells, the header {len(header)}")
                item = read(row)
                if name in taken:
                    raise BadFact(key, "stands in the file already")
                taken[name] = item
            except BadFact as error:
                refused.append(RefusedRow(line, name, str(error)))
    except csv.Error as error:
        raise BadFile(f"{path}, line {first}: {error}") from error
    return Rows(tuple(taken.values()), tuple(refused))


def _check_header(path: Path, header: Sequence[str], columns: Sequence[str]) -> None:
    """Every column once, in any order, and no other."""
    missing = [name for name in columns if name not in header]
    strange = [name for name in header if name not in columns]
    twice = sorted({name for name in header if header.count(name) > 1})
    for what, names in (("missing", missing), ("unknown", strange), ("double", twice)):
        if names:
            raise BadFile(f"{path}, line 1: {what} columns: {', '.join(name or '(empty)' for name in names)}")
