"""`offsite scripts`: checks and draws the troubleshooting scripts (docs/scripts.md)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from actions.casework.facts import Language
from actions.casework.troubleshooting.graph import NotDrawable, draw
from actions.casework.troubleshooting.library import SCRIPTS_FOLDER
from actions.casework.troubleshooting.lint import check_scripts
from actions.casework.troubleshooting.model import Script
from actions.casework.troubleshooting.reader import read_script
from actions.casework.troubleshooting.source import Problem
from actions.casework.troubleshooting.texts import read_texts

RESPONSES_FOLDER = Path(__file__).parents[1] / "dialogue" / "responses"

scripts_app = typer.Typer(help="Troubleshooting scripts: check them, draw them.", no_args_is_help=True)

Folder = Annotated[Path, typer.Option("--folder", help="Where the scripts are.", show_default=False)]
Responses = Annotated[Path, typer.Option("--responses", help="Where da/ and en/ are.", show_default=False)]


@scripts_app.command()
def check(folder: Folder = SCRIPTS_FOLDER, responses: Responses = RESPONSES_FOLDER) -> None:
    """Find what is wrong with the scripts and their texts, with file and line. Exit code 1 where something is."""
    problems = check_scripts(folder, responses)
    for problem in problems:
        typer.echo(Problem(_near(problem.path), problem.line, problem.message))
    if problems:
        raise typer.Exit(1)
    typer.echo(f"ok: {len(list(folder.glob('*.yml')))} scripts")


@scripts_app.command()
def graph(
    name: Annotated[str | None, typer.Argument(help="One script; without a name, all.")] = None,
    out: Annotated[Path | None, typer.Option(help="File to write; without one, standard output.")] = None,
    language: Annotated[Language, typer.Option(help="Language of the texts in the picture.")] = Language.DA,
    folder: Folder = SCRIPTS_FOLDER,
    responses: Responses = RESPONSES_FOLDER,
) -> None:
    """Draw one script, or all, as SVG. Exit code 2 for an unknown name, 1 for a script that can't be drawn."""
    scripts = _read(folder, name)
    texts, _ = read_texts(responses / language / "scripts")
    try:
        picture = draw(scripts, {key: text.text for key, text in texts.items()})
    except NotDrawable as error:
        typer.echo(f"{error} has loops or dead ends: `offsite scripts check` says where", err=True)
        raise typer.Exit(1) from error
    if out is None:
        typer.echo(picture, nl=False)
    else:
        out.write_text(picture, encoding="utf-8")


def _read(folder: Path, name: str | None) -> list[Script]:
    paths = sorted(folder.glob("*.yml"))
    if name is not None:
        paths = [path for path in paths if path.stem == name]
        if not paths:
            typer.echo(f"no script {name}", err=True)
            raise typer.Exit(2)
    scripts = []
    for path in paths:
        script, problems = read_script(path)
        for problem in problems:
            typer.echo(Problem(_near(path), problem.line, problem.message), err=True)
        if script is None:
            raise typer.Exit(1)
        scripts.append(script)
    return scripts


def _near(path: Path) -> Path:
    """The path as seen from here, where it lies below."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_absolute() and path.is_relative_to(here) else path
