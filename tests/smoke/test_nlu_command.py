"""`offsite nlu` as an operator calls it: contract section 5 to the letter, with the model that answers customers."""

from __future__ import annotations

import json
import subprocess
from typing import Any

from actions.settings import ROOT

KEYS = ["text", "language", "intent", "confidence", "symptom", "entities"]
LINES = [
    "min skærm flimrer",
    "",
    "ring på 31 23 45 67 i morgen",
    "no, the serial number is 5CG1234XYZ, not 5CD9876ABC",
    "der kommer røg ud af den",
    "x" * 2001,
]


def understand(lines: list[str], *options: str) -> subprocess.CompletedProcess[str]:
    command = [str(ROOT / ".venv/bin/offsite"), "nlu", *options]
    return subprocess.run(command, input="\n".join(lines) + "\n", capture_output=True, text=True, timeout=300)


def test_each_line_comes_out_as_the_contract_has_it() -> None:
    done = understand(LINES, "--json", "--today", "2026-03-11")
    assert done.returncode == 0, done.stderr
    rows: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["text"] for row in rows] == LINES
    assert all(list(row)[: len(KEYS)] == KEYS for row in rows)
    assert all(row["language"] in ("da", "en") and 0 <= row["confidence"] <= 1 for row in rows)
    flickers, blank, phone, serial, smoke, long = rows
    assert (flickers["language"], flickers["intent"], flickers["symptom"]) == ("da", "report_fault", "display")
    assert flickers["entities"] == {"component": "display_builtin"}
    assert (blank["intent"], blank["symptom"], blank["entities"]) == ("out_of_scope", None, {})
    assert phone["entities"] == {"phone": "+4531234567", "date": "2026-03-12"}
    assert (serial["language"], serial["entities"]) == ("en", {"serial_number": "5CG1234XYZ"})
    assert (smoke["intent"], smoke["symptom"]) == ("report_fault", "safety")
    assert (long["intent"], long["error"]) == ("out_of_scope", "too_long")


def test_a_day_that_is_none_is_refused() -> None:
    done = understand(["hej"], "--json", "--today", "2026-02-30")
    assert (done.returncode, done.stdout) == (2, "")
    assert "2026-02-30" in done.stderr
