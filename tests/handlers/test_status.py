"""A status says what has happened so far, in plain words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.ports import CaseStatus
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
    ran = await run(
        "action_tell_case_status", language=language, status_case_id=case_id, status_email="mette@example.dk"
    )
    assert ran.slots["status_check"] == "told"
    assert all(line in ran.said for line in lines), ran.said
