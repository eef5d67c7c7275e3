"""`offsite cases`: what customers reported, newest first."""

from __future__ import annotations

from typing import Annotated

import typer

from actions.ports import NotFound, PortError
from bot.cli.output import fail, print_fields, print_json, print_table
from bot.cli.shapes import case_line, case_whole
from bot.cli.stores import stores

cases_app = typer.Typer(no_args_is_help=True, help="What customers reported.")


@cases_app.command("list")
def list_(
    json: Annotated[bool, typer.Option("--json", help="Print one JSON value")] = False,
    limit: Annotated[int, typer.Option(min=1, help="How many at most")] = 1000,
) -> None:
    """All cases, newest first."""
    try:
        lines = [case_line(case) for case in stores().desk.newest(limit)]
    except PortError as error:
        fail(str(error))
    if json:
        print_json(lines)
    else:
        print_table(lines, ("case_id", "status", "serial_number", "symptom", "verdict", "email", "opened_at"))


@cases_app.command()
def show(
    case_id: Annotated[str, typer.Argument(help="HPO- and six characters")],
    json: Annotated[bool, typer.Option("--json", help="Print one JSON value")] = False,
) -> None:
    """One case with its events, bookings and device."""
    opened = stores()
    try:
        case = opened.desk.get(case_id.strip().upper())
        bookings = list(opened.courier.of_case(case.case_id))
        try:
            device = dict(opened.registry.row(case.facts.serial_number))
        except NotFound:
            device = None
    except NotFound:
        fail(f"no case {case_id}")
    except PortError as error:
        fail(str(error))
    whole = case_whole(case, bookings, device)
    print_json(whole) if json else print_fields(whole)
