"""Customers who answer at random: whatever is said, nothing untrue is told and nothing dangerous travels."""

from __future__ import annotations

import random
import re

import pytest

from tests.conversations.conftest import Fakes
from tests.conversations.script import CUSTOMER
from tests.support.talk import Talk

pytestmark = pytest.mark.slow

_WALKS = 12
_TURNS = 45
_IDENTIFIER = re.compile(r"\b(?:HPO-[0-9A-Z]{6}|HPB-[0-9A-Z]+|HPT[0-9A-Z]{6,})\b")

_SERIALS = ("DEM503C001", "DEM504Q012", "DEM436Z020", "DEM911N031", "DEM441G004", "DEM999Z999", "DEM424K007")
_ASIDES = {
    "da": ("hvornår har I åbent?", "hvorfor?", "ok", "hvad koster det", "det ved jeg ikke", "asdf qwer", "tak", "nej"),
    "en": ("when are you open?", "why?", "ok", "what does it cost", "I don't know", "asdf qwer", "thanks", "no"),
}
_DANGER = {"da": "nu kommer der røg ud af den", "en": "now there is smoke coming out of it"}
_PERSON = {"da": "jeg vil tale med et menneske", "en": "I want to talk to a human"}


@pytest.mark.parametrize("seed", range(_WALKS))
def test_random_walk(seed: int, webhook: str, fakes: Fakes) -> None:
    """Each turn is answered, at most one question is open, and every identifier comes from a port."""
    luck = random.Random(seed)
    language = luck.choice(("da", "en"))
    danger_at = luck.randrange(_TURNS) if seed % 3 == 0 else None
    talk = Talk(webhook, language)
    talk.open()
    for turn in range(_TURNS):
        if turn == danger_at:
            talk.say(_DANGER[language])
            _after_danger(talk, fakes)
        else:
            _step(talk, luck, language)
        assert talk.turn, f"seed {seed}, turn {turn}: no answer"
        asking = [event for event in talk.turn if "expects" in event]
        assert len(asking) <= 1, talk.read
        assert not asking or asking[0] is talk.turn[-1], talk.read
        _check_identifiers(talk, fakes)
    _check_world(fakes)


def _step(talk: Talk, luck: random.Random, language: str) -> None:
    """Mostly a sensible answer; now and then something else."""
    if luck.random() < 0.12:
        talk.say(luck.choice(_ASIDES[language]))
        return
    if luck.random() < 0.02:
        talk.say(_PERSON[language])
        return
    offers = [choice for choice in talk.offers if choice != "request_human"]
    if talk.asks == "safety_flags":
        talk.choose("none")
    elif talk.asks == "ts_answer":
        talk.choose(luck.choice(offers))
    elif talk.asks in ("backup_ack", "data_ack", "packed_ready", "confirm_summary") and luck.random() < 0.8:
        talk.choose("affirm")
    elif offers:
        talk.choose(luck.choice(offers))
    elif talk.asks == "serial_number":
        talk.say(luck.choice(_SERIALS))
    elif talk.asks:
        talk.say(str(CUSTOMER.get(talk.asks) or "?"))
    else:
        talk.say({"da": "min pc vil ikke tænde", "en": "my pc does not turn on"}[language])


def _after_danger(talk: Talk, fakes: Fakes) -> None:
    """It stops: the verdict says so, and no courier is booked for that fault any more."""
    assert "verdict" in [event.get("card") for event in talk.turn], talk.read
    assert talk.cards("verdict")[-1]["verdict"] == "SAFETY_STOP"


def _check_identifiers(talk: Talk, fakes: Fakes) -> None:
    known = {case.case_id for case in fakes.desk.newest()}
    for booking in fakes.courier.newest():
        known |= {booking.booking_id, booking.tracking_number}
    for event in talk.turn:
        invented = set(_IDENTIFIER.findall(str(event.get("text", "")))) - known - {"HPO-7K39QX"}
        assert not invented, f"nobody knows {invented}: {event['text']}"


def _check_world(fakes: Fakes) -> None:
    """Every booking has a case with a covered verdict, and no case of danger has a booking that stands."""
    cases = {case.case_id: case for case in fakes.desk.newest()}
    for booking in fakes.courier.newest():
        if booking.status.value != "booked":
            continue
        decision = cases[booking.case_id].facts.decision or {}
        assert decision.get("verdict") in ("COVERED", "COVERED_BY_ADDON"), decision
    keys = [(case.facts.serial_number, case.facts.symptom) for case in cases.values()]
    assert len(keys) == len(set(keys)), keys
