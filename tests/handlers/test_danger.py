"""Danger stops, also where the words name no sign that we know; and nobody starts anew because the PC does."""

from __future__ import annotations

import pytest

from tests.handlers.conftest import SERIAL, Run


@pytest.mark.parametrize("flags", [[], ["smoke"]])
@pytest.mark.parametrize("symptom", ["safety", "no_power"])
async def test_danger_stops_everything(run: Run, flags: list[str], symptom: str) -> None:
    """A1: not "a person has to look at it", and nothing else of the tables."""
    ran = await run("action_stop_for_safety", symptom=symptom, safety_flags=flags, serial_number=SERIAL)
    assert ran.slots["decision"]["verdict"] == "SAFETY_STOP"
    assert ran.slots["decision"]["clauses"] == ["R20"]
    assert "brug ikke pc'en" in ran.said


async def test_a_pc_that_does_not_start_ends_no_conversation(run: Run) -> None:
    said = {"text": "it wont start", "intent": {"name": "restart", "confidence": 0.5}}
    kept = await run("action_restart", loop="device_form", message=said, symptom="no_power")
    assert "symptom" not in kept.slots and kept.events[0]["name"] == "device_form"
    asked = {"text": "start over", "intent": {"name": "restart", "confidence": 0.9}}
    begun = await run("action_restart", loop="device_form", message=asked, symptom="no_power")
    assert begun.slots["symptom"] is None
