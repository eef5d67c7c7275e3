"""What a message tells beside the open question, and what is no answer to it."""

from datetime import date

import pytest

from actions.casework.identity.choices import match_choice
from actions.casework.identity.contact import find_told_company, read_name
from actions.casework.reading.context import Context
from actions.casework.reading.hear import hear
from actions.casework.reading.language import choose_language
from actions.casework.reading.message import Entity, Message

SIGNS = [("none", "Nej, intet af det"), ("smoke", "Røg"), ("burnt_smell", "Brændt lugt")]


@pytest.mark.parametrize("text", ["nej ingen røg eller noget", "nej, ingen røg", "nej der er ikke brændt lugt"])
def test_a_denied_sign_is_never_taken_for_the_sign(text):
    assert match_choice(text, SIGNS) in ("none", None)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("hr. Jens Peter Hansen", "Jens Peter Hansen"),
        ("jeg hedder dr. Anne-Mette Sørensen", "Anne-Mette Sørensen"),
        ("Mr. John Smith", "John Smith"),
        ("Drude Jensen", "Drude Jensen"),
    ],
)
def test_a_title_is_no_name(text, name):
    assert read_name(text) == name


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("hov firmaet hedder egentlig Nordlys Byg ApS", "Nordlys Byg ApS"),
        ("oh the company is actually called Acme Denmark A/S", "Acme Denmark A/S"),
        ("firmaet er lukket", None),
        ("it belongs to the company", None),
    ],
)
def test_a_company_told_unasked(text, company):
    assert find_told_company(text) == company


def test_a_company_is_put_right_at_another_question():
    slots = {"company": "Nordlys"}
    message = Message("hov firmaet hedder egentlig Nordlys Byg ApS", "inform")
    heard = hear(message, Context(slots, date(2026, 11, 24), "contact_form", "email"))
    assert heard.slots["company"] == "Nordlys Byg ApS"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("jeg tabte den i går", "2026-11-23"),
        ("I dropped it on Friday", "2026-11-20"),
        ("den faldt ned d. 3. november", "2026-11-03"),
        ("jeg har tabt den", None),
    ],
)
def test_the_day_of_an_accident_may_be_told_with_it(text, day):
    message = Message(text, "report_fault", entities=(Entity("symptom", "drop"),))
    for context in (Context({}, date(2026, 11, 24), "fault_form", "symptom"), Context({}, date(2026, 11, 24))):
        assert hear(message, context).slots.get("incident_date") == day


def test_a_day_told_with_another_fault_is_no_accident():
    message = Message(
        "den har ikke kunnet tænde siden i går", "report_fault", entities=(Entity("symptom", "no_power"),)
    )
    assert "incident_date" not in hear(message, Context({}, date(2026, 11, 24))).slots


@pytest.mark.parametrize("symptom", ["spill", "drop"])
def test_an_accident_told_first_is_the_cause(symptom):
    message = Message("kaffe i tastaturet", "report_fault", entities=(Entity("symptom", symptom),))
    heard = hear(message, Context({}, date(2026, 11, 24), "fault_form", "symptom"))
    assert heard.slots["cause"] == symptom


@pytest.mark.parametrize("text", ["Dansk Byg A/S", "English Heritage Ltd"])
def test_a_company_named_after_a_language_is_a_company(text):
    message = Message(text, "change_language", entities=(Entity("language", "da"),))
    heard = hear(message, Context({}, date(2026, 11, 24), "contact_form", "company"))
    assert heard.slots["company"] == text
    assert choose_language(message, "en", True, None) == ("en", True)


def test_a_country_in_a_company_is_not_where_the_pc_is():
    slots = {"company": "Acme"}
    message = Message("oh the company is actually called Acme Denmark A/S", "inform")
    heard = hear(message, Context(slots, date(2026, 11, 24), "contact_form", "current_country"))
    assert heard.slots == {"current_country": None, "company": "Acme Denmark A/S", "misses": 0}


@pytest.mark.parametrize(
    ("text", "confidence", "hint"),
    [
        ("what is the capital of Australia", 0.9, "out_of_scope"),
        ("hvem vandt?", 0.9, "out_of_scope"),
        ("asdf", 0.9, "bad_phone"),
        ("what is the capital of Australia", 0.3, "bad_phone"),
        ("it is 1234 5", 0.9, "bad_phone"),
    ],
)
def test_another_matter_is_no_failed_try_to_answer(text, confidence, hint):
    message = Message(text, intent="out_of_scope", confidence=confidence)
    context = Context(question="phone", form="fault_form", slots={}, today=date(2026, 3, 11))
    assert hear(message, context).says[0] == hint
