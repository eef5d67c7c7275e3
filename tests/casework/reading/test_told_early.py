"""What a customer tells before it is asked for, and puts right after it was."""

from __future__ import annotations

import pytest

from actions.casework.identity.contact import find_told_company
from actions.casework.reading.context import Context
from actions.casework.reading.corrections import find_correction
from actions.casework.reading.fault import find_whose, told
from actions.casework.reading.message import Message
from actions.casework.reading.step import gives_up
from tests.support.examples import TUESDAY

TODAY = TUESDAY.date()


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("jeg hedder Mette Holm fra Nordlys Byg ApS, min pc er død", "Nordlys Byg ApS"),
        ("det er Ib hos Dansk Metal og jeg har en pc der larmer", "Dansk Metal"),
        ("Hej, my name is Jane Doe from Acme Ltd. My pc is dead", "Acme Ltd"),
        ("jeg hedder Mette fra Aarhus", None),
        ("jeg hedder Ib fra Aarhus C", None),
        ("det er fra i går", None),
    ],
)
def test_a_company_told_with_the_name(text: str, company: str | None) -> None:
    assert find_told_company(text) == company


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("min arbejdscomputer vil ikke tænde", "business"),
        ("firmaets bærbare larmer", "business"),
        ("my work laptop is dead", "business"),
        ("min private pc er gået i stykker", "private"),
        ("my own laptop does not charge", "private"),
        ("min pc vil ikke tænde", ""),
        ("er det firmaets pc eller min egen pc", ""),
    ],
)
def test_whose_it_is(text: str, whose: str) -> None:
    assert find_whose(text) == whose


def test_a_company_means_business() -> None:
    found = told(Message("jeg hedder Mette Holm fra Nordlys Byg ApS", "inform"))
    assert (found["customer_type"], found["company"]) == ("business", "Nordlys Byg ApS")


@pytest.mark.parametrize(
    "text",
    [
        "jeg gider ikke prøve mere",
        "jeg har ikke lyst til mere",
        "jeg opgiver",
        "I don't want to try any more",
        "no more tests",
    ],
)
def test_who_gives_up_is_heard(text: str) -> None:
    assert gives_up(text)
    assert not gives_up("det hjalp ikke") and not gives_up("it didn't help")


@pytest.mark.parametrize(
    ("text", "slots", "changed"),
    [
        ("nej, den står i Sverige", {"current_country": "DK"}, {"current_country": "SE"}),
        ("wrong, it was bought in Germany", {"purchase_country": "DK"}, {"purchase_country": "DE"}),
        ("nej forkert, jeg tabte den", {"cause": "defect"}, {"cause": "drop"}),
        ("nej, det skete den 3. marts", {"incident_date": "2026-03-05"}, {"incident_date": "2026-03-03"}),
    ],
)
def test_what_was_asked_earlier_is_put_right(text: str, slots: dict[str, object], changed: dict[str, object]) -> None:
    context = Context(slots, TODAY, form="troubleshooting_form", question="ts_answer")
    correction = find_correction(Message(text, "correct"), context)
    assert correction and correction.revisit == "device"
    assert changed.items() <= correction.slots.items() and correction.slots["decision"] is None


def test_no_answer_to_a_step_corrects_anything() -> None:
    context = Context({"cause": "defect", "current_country": "DK"}, TODAY, "troubleshooting_form", "ts_answer")
    assert find_correction(Message("nej, det hjalp ikke i dag", "deny"), context) is None
