"""What a check of the installation found, and how it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import typer

from bot.cli.output import print_json


@dataclass(frozen=True)
class Finding:
    """One check. `advice` is empty where it is ok."""

    check: str
    ok: bool
    detail: str
    advice: str = ""


def report(findings: Sequence[Finding], json: bool) -> None:
    """Print them: each line is ok, or says what to do. Ends with exit code 1 where one is not ok."""
    if json:
        print_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            typer.echo(f"{'ok ' if finding.ok else 'BAD'}  {finding.check}: {finding.detail}")
            if finding.advice:
                typer.echo(f"     → {finding.advice}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)
