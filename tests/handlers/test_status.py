"""A status says what has happened so far, in plain words."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from actions.adapters.texts import ResponseTexts
from actions.casework.facts import Language
from actions.handlers.case import HISTORY, UNTOLD
from actions.ports import BookingKind, CaseStatus
from tests.handlers.conftest import SERIAL, Fakes, Run


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("da", ["Sagen blev oprettet tirsdag den 24. november 2026.", "Afhentningen blev flyttet onsdag den 25."]),
        ("en", ["The case was opened on Tuesday 24 November 2026.", "The pick-up was moved on Wednesday 25"]),
    ],
)
async def test_the_history_is_told(run: Run, fakes: Fakes, language: str, lines: list[str]) -> None:
    told = {"serial_number": SERIAL, "symptom": "no_power", "email": "mette@example.dk"}
    covered = {"verdict": "COVERED", "clauses": ["R60"], "method": "PICKUP"}
    case_id = (await run("action_open_case", **told, decision=covered)).slots["case_id"]
    later = fakes.clock.now() + timedelta(days=1)
    fakes.desk.set_status(case_id, CaseStatus.BOOKED, later, "booked", {})
    fakes.desk.note(case_id, later, "pickup_moved", {})
    fakes.desk.note(case_id, later, "told", {})  # an inner mark
    ran = await run("action_tell_case_status", language=language, errand_case=case_id)
    assert all(line in ran.said for line in lines), ran.said


_WRITES = re.compile(r"\.(?:note|set_status|update)\((?:[^()]|\([^()]*\))*?\"([a-z]+_?[a-z_]*)\"", re.DOTALL)


def test_every_event_and_status_is_told_or_left_out_on_purpose() -> None:
    """A new kind of event must be given words, or be said to need none."""
    folder = Path(__file__).parents[2] / "actions"
    sources = [
        path.read_text(encoding="utf-8") for part in ("usecases", "workflows") for path in (folder / part).glob("*.py")
    ]
    written = {what for source in sources for what in _WRITES.findall(source)}
    assert {"booked", "escalated", "pickup_moved", "file_added", "told"} <= written  # else the search finds nothing
    assert written <= set(HISTORY) | UNTOLD, written - set(HISTORY) - UNTOLD
    texts = ResponseTexts()
    for language in Language:
        keys = set(texts.keys(language))
        assert {f"history_{what}" for what in HISTORY} <= keys
        assert {f"status_{word.value}" for word in (*CaseStatus, *BookingKind)} <= keys
