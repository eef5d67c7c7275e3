"""How every command speaks: one JSON value or a table on stdout, errors on stderr with exit code 2."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

import typer


def print_json(value: Any) -> None:
    """One JSON value, and nothing else."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Columns of equal width under their names."""
    cells = [[str(row.get(column) if row.get(column) is not None else "") for column in columns] for row in rows]
    widths = [
        max(len(column), *(len(row[n]) for row in cells)) if cells else len(column) for n, column in enumerate(columns)
    ]
    for line in [list(columns), *cells]:
        typer.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def print_fields(value: Mapping[str, Any], indent: str = "") -> None:
    """One field a line, nested ones indented."""
    for name, field in value.items():
        if isinstance(field, Mapping):
            typer.echo(f"{indent}{name}:")
            print_fields(field, indent + "  ")
        elif isinstance(field, list):
            typer.echo(f"{indent}{name}:" if field else f"{indent}{name}: -")
            for item in field:
                typer.echo(f"{indent}  - {json.dumps(item, ensure_ascii=False) if isinstance(item, Mapping) else item}")
        else:
            typer.echo(f"{indent}{name}: {'-' if field in (None, '') else field}")


def fail(message: str) -> NoReturn:
    """End with exit code 2 and the reason on stderr."""
    typer.echo(message, err=True)
    raise typer.Exit(2)
