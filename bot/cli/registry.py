"""`offsite registry`: devices and what was bought with them (contract section 2)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from actions.adapters.clock import SystemClock
from actions.adapters.registry_file import BadFile, RegistryFile, read_registry_file
from actions.ports import NotFound, PortError
from bot.cli.output import fail, print_fields, print_json
from bot.cli.stores import stores

registry_app = typer.Typer(no_args_is_help=True, help="Devices and what was bought with them.")


@registry_app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV in UTF-8 with a header row")],
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Take the good rows although there are bad ones")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON value")] = False,
) -> None:
    """Take devices in. Known serial numbers are updated; a bad row keeps the whole file out."""
    try:
        read = read_registry_file(file, SystemClock().now().date())
    except BadFile as error:
        fail(str(error))
    held_back = bool(read.refused) and not skip_bad
    new, updated = (0, 0) if held_back else _put(read)
    result = _result(read, new, updated)
    if json:
        print_json(result)
    else:
        typer.echo(f"{result['imported']} rows taken ({new} new, {updated} updated), {len(read.refused)} refused")
    if read.refused:
        for row in read.refused:
            typer.echo(f"{file}, line {row.line}: {row.key or '(no serial number)'}: {row.reason}", err=True)
    if held_back:
        fail("nothing was imported; --skip-bad takes the good rows")


@registry_app.command()
def show(
    serial: Annotated[str, typer.Argument(help="Serial number; blanks and hyphens don't matter")],
    json: Annotated[bool, typer.Option("--json", help="Print one JSON value")] = False,
) -> None:
    """One device, as in the file."""
    try:
        row = dict(stores().registry.row("".join(serial.split()).replace("-", "").upper()))
    except NotFound:
        fail(f"no device with serial number {serial}")
    except PortError as error:
        fail(str(error))
    print_json(row) if json else print_fields(row)


def _put(read: RegistryFile) -> tuple[int, int]:
    try:
        return stores().registry.put(read.devices)
    except PortError as error:
        fail(f"nothing is known to be imported: {error}")


def _result(read: RegistryFile, new: int, updated: int) -> dict[str, Any]:
    refused = [{"line": row.line, "serial_number": row.key, "reason": row.reason} for row in read.refused]
    return {"imported": new + updated, "new": new, "updated": updated, "refused": refused}
