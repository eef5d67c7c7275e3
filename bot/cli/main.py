"""`offsite`: everything an operator does from a terminal (contract section 1)."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

import typer

from bot.cli.bookings import bookings_app
from bot.cli.cases import cases_app
from bot.cli.desk import desk_app
from bot.cli.doctor import doctor
from bot.cli.notices import notices_app
from bot.cli.privacy import privacy_app
from bot.cli.registry import registry_app
from bot.cli.routing import routing_app
from bot.cli.teams import teams_app

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="HP Offsite Support assistant.",
)
app.add_typer(registry_app, name="registry")
app.add_typer(cases_app, name="cases")
app.add_typer(bookings_app, name="bookings")
app.add_typer(desk_app, name="desk")
app.add_typer(privacy_app, name="privacy")
app.add_typer(notices_app, name="notices")
app.add_typer(routing_app, name="routing")
app.add_typer(teams_app, name="teams")
app.command()(doctor)

for name in ("up", "chat", "decide", "nlu"):
    if find_spec(f"bot.cli.{name}"):
        app.command(name)(getattr(import_module(f"bot.cli.{name}"), name))
if find_spec("bot.cli.scripts"):
    app.add_typer(import_module("bot.cli.scripts").scripts_app, name="scripts")

if __name__ == "__main__":
    app()
