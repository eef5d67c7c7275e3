"""`offsite routing`: who takes which case (docs/routing.md)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from actions.casework.case.routing import FILE, problems

routing_app = typer.Typer(help="Who takes which case, and how soon.", no_args_is_help=True)


@routing_app.callback()
def _group() -> None:
    """A command group, also while it holds one command."""


@routing_app.command()
def check(file: Annotated[Path, typer.Option("--file", help="The routing file.", show_default=False)] = FILE) -> None:
    """Find what is wrong with the routing file, with file and line. Exit code 1 where something is."""
    found = problems(file)
    for problem in found:
        typer.echo(problem)
    if found:
        raise typer.Exit(1)
    typer.echo("ok")
