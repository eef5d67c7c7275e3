"""Every symptom from the customer's first words to an end: a case that says how, in Danish and English in turn."""

from __future__ import annotations

import pytest

from actions.casework.facts import Symptom
from tests.conversations.conftest import Fakes
from tests.conversations.script import CUSTOMER
from tests.conversations.test_conversations import _answer
from tests.support.talk import Talk

pytestmark = pytest.mark.slow

_QUESTIONS = 60
FIRST_WORDS = {
    Symptom.NO_POWER: "min pc er helt død",
    Symptom.NO_BOOT: "it turns on but the screen stays black",
    Symptom.BLINK_CODE: "caps lock blinker tre gange når jeg tænder",
    Symptom.BATTERY: "the battery is not recognised",
    Symptom.CHARGING: "den lader ikke via usb-c",
    Symptom.STORAGE: "the hard drive clicks",
    Symptom.MEMORY: "jeg får ramfejl",
    Symptom.OVERHEATING: "the pc overheats and shuts down",
    Symptom.FAN: "fejl 90B på blæseren",
    Symptom.DISPLAY: "there are lines on the screen",
    Symptom.EXTERNAL_MONITOR: "min eksterne skærm er sort",
    Symptom.KEYBOARD: "several keys do not work",
    Symptom.TOUCHPAD: "touchpaden reagerer ikke",
    Symptom.MOUSE: "the mouse does not work",
    Symptom.DOCK: "min dock er død",
    Symptom.USB: "the usb port does not work",
    Symptom.SOUND: "der er ingen lyd i højttalerne",
    Symptom.CAMERA: "the camera does not work",
    Symptom.WIFI: "wifi falder ud hele tiden",
    Symptom.FIRMWARE: "the bios needs an update",
    Symptom.CRASH: "blå skærm hele tiden",
    Symptom.SLOW: "it has become very slow",
    Symptom.NOISE: "den siger en hylende lyd",
    Symptom.SPILL: "I spilled coke on it",
    Symptom.DROP: "jeg har tabt den på gulvet",
    Symptom.SAFETY: "smoke is coming out of it",
    Symptom.SOFTWARE: "outlook går ned hele tiden",
    Symptom.PRINTER_OR_OTHER: "the hinge is broken",
}


@pytest.mark.parametrize("symptom", list(Symptom))
def test_from_the_first_words_to_an_end(symptom: Symptom, webhook: str, fakes: Fakes) -> None:
    """Nothing helps this customer; whatever comes of it is one case of that symptom, with a verdict."""
    talk = Talk(webhook, "en" if list(Symptom).index(symptom) % 2 else "da")
    talk.open()
    talk.say(FIRST_WORDS[symptom])
    customer = {**CUSTOMER, "serial_number": "DEM503C001"}
    for _ in range(_QUESTIONS):
        if talk.asks in ("anything_else", ""):
            break
        _answer(talk, customer, symptom)
    (case,) = fakes.desk.newest()
    assert case.facts.symptom == symptom
    assert case.facts.decision and case.facts.status
    assert talk.cards("verdict")
