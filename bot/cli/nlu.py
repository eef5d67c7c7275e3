"""`offsite nlu`: how the assistant understands lines (contract section 5). Needs a trained model, no running system."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryFile
from typing import Annotated

import typer

from bot.cli.output import fail

_ROOT = Path(__file__).resolve().parents[2]
_PYTHON = _ROOT / ".venv-rasa/bin/python"


def nlu(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    today: Annotated[str | None, typer.Option(help="The day that words like 'i morgen' count from (ISO).")] = None,
) -> None:
    """Understand the lines on standard input: language, intent, symptom and values of each."""
    if not _PYTHON.exists():
        fail("the dialogue runtime is missing: run `make setup`")
    command = [str(_PYTHON), "-m", "bot.dialogue.nlu.parse_lines"]
    environment = {**os.environ, **({"OFFSITE_TODAY": _iso(today)} if today else {})}
    with (
        TemporaryFile() as said,  # Rasa's libraries warn about themselves; shown only where something went wrong
        subprocess.Popen(
            command, cwd=_ROOT, env=environment, stdin=sys.stdin.buffer, stdout=subprocess.PIPE, stderr=said
        ) as process,
    ):
        assert process.stdout is not None
        for line in process.stdout:
            sys.stdout.buffer.write(line if as_json else _in_words(line))
            sys.stdout.buffer.flush()
        if process.wait():
            said.seek(0)
            fail(said.read().decode("utf-8", errors="replace").strip())


def _iso(written: str) -> str:
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError:
        fail(f"--today is no date like 2026-03-11: {written}")


def _in_words(line: bytes) -> bytes:
    """One object as a line that people read."""
    known = json.loads(line)
    intent = known["intent"] + (f"/{known['symptom']}" if known["symptom"] else "")
    values = " ".join(f"{name}={value}" for name, value in known["entities"].items())
    return f"{known['language']}  {known['confidence']:.2f}  {intent:28}  {values}  | {known['text']}\n".encode()
