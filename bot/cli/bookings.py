"""`offsite bookings`: pick-ups, labels and parts in the courier's book."""

from __future__ import annotations

from typing import Annotated

import typer

from actions.adapters.codec import booking_to_json
from actions.ports import PortError
from bot.cli.output import fail, print_json, print_table
from bot.cli.stores import stores

bookings_app = typer.Typer(no_args_is_help=True, help="Pick-ups, labels and parts.")

COLUMNS = ("booking_id", "case_id", "kind", "status", "pickup_date", "pickup_window", "tracking_number", "label_file")


@bookings_app.command("list")
def list_(
    json: Annotated[bool, typer.Option("--json", help="Print one JSON value")] = False,
    limit: Annotated[int, typer.Option(min=1, help="How many at most")] = 1000,
) -> None:
    """All bookings, newest first."""
    try:
        rows = [booking_to_json(booking) for booking in stores().courier.newest(limit)]
    except PortError as error:
        fail(str(error))
    print_json(rows) if json else print_table(rows, COLUMNS)
