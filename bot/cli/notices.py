"""`offsite notices`: recalls, firmware and other notices about devices (docs/notices.md)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from actions.adapters.clock import SystemClock
from actions.adapters.csv_rows import BadFile, Rows
from actions.adapters.notices_file import read_notices_file
from actions.casework.notices.notice import Notice, notice_to_row
from actions.ports import PortError
from bot.cli.output import fail, print_json
from bot.cli.stores import stores

notices_app = typer.Typer(no_args_is_help=True, help="Recalls, firmware and other notices about devices.")

Json = Annotated[bool, typer.Option("--json", help="Print one JSON value")]


@notices_app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV in UTF-8 with a header row")],
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Take the good rows although there are bad ones")
    ] = False,
    json: Json = False,
) -> None:
    """Take notices in. Known ids are updated; a bad row keeps the whole file out."""
    try:
        read = read_notices_file(file, SystemClock().now().date())
    except BadFile as error:
        fail(str(error))
    held_back = bool(read.refused) and not skip_bad
    new, updated = (0, 0) if held_back else _put(read)
    refused = [{"line": row.line, "notice_id": row.key, "reason": row.reason} for row in read.refused]
    if json:
        print_json({"imported": new + updated, "new": new, "updated": updated, "refused": refused})
    else:
        typer.echo(f"{new + updated} rows taken ({new} new, {updated} updated), {len(refused)} refused")
    for row in read.refused:
        typer.echo(f"{file}, line {row.line}: {row.key or '(no id)'}: {row.reason}", err=True)
    if held_back:
        fail("nothing was imported; --skip-bad takes the good rows")


@notices_app.command("list")
def list_(json: Json = False) -> None:
    """Every notice, as in the file."""
    rows: list[dict[str, Any]] = [notice_to_row(notice) for notice in _all()]
    if json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(f"{row['notice_id']}  {row['kind']}  {row['issued_on']}  {row['issuer']}: {row['title_en']}")


@notices_app.command()
def remove(notice_id: Annotated[str, typer.Argument(help="The notice's id")]) -> None:
    """Take one notice out; customers don't see it any more."""
    try:
        gone = stores().notices.remove(notice_id)
    except PortError as error:
        fail(f"not known to be removed: {error}")
    if not gone:
        fail(f"no notice {notice_id}")


def _all() -> list[Notice]:
    try:
        return list(stores().notices.all())
    except PortError as error:
        fail(str(error))


def _put(read: Rows[Notice]) -> tuple[int, int]:
    try:
        return stores().notices.put(read.taken)
    except PortError as error:
        fail(f"nothing is known to be imported: {error}")
