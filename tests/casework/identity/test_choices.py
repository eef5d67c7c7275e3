"""Typing what a choice means works as well as choosing it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.casework.identity.choices import match_choice

DELIVERY = [
    ("pickup", "Afhentning med kurer"),
    ("depot", "Jeg sender den selv med label"),
    ("request_human", "Tal med en medarbejder"),
]
SYMPTOMS = [("no_power", "Pc'en tænder ikke"), ("display", "Skærmen"), ("external_monitor", "Ekstern skærm"),
            ("keyboard", "Tastatur"), ("battery", "Batteri"), ("charging", "Opladning"), ("other",
            "Noget andet")]  # fmt: skip
DATES = [
    ("2026-11-27", "Fredag den 27. november"),
    ("2026-11-30", "Mandag den 30. november"),
    ("2026-12-01", "Tirsdag den 1. december"),
]
WINDOWS = [("08:00-12:00", "Kl. 8-12"), ("12:00-16:00", "Kl. 12-16")]
STEP = [("fixed", "Ja, nu virker det"), ("not_fixed", "Nej, det virker stadig ikke"), ("cannot", "Det kan jeg ikke")]
ENGLISH = [("business", "The company's"), ("private", "My own")]


@pytest.mark.parametrize(
    ("text", "choices", "chosen"),
    [
        ("pickup", DELIVERY, "pickup"), ("Afhentning med kurer", DELIVERY, "pickup"),
        ("afhentning", DELIVERY, "pickup"),
        ("kureren tak", DELIVERY, "pickup"), ("jeg sender den selv", DELIVERY, "depot"), ("selv", DELIVERY, "depot"),
        ("label", DELIVERY, "depot"), ("afhenting", DELIVERY, "pickup"), ("1", DELIVERY, "pickup"),
        ("2)", DELIVERY, "depot"),
        ("nr. 2", DELIVERY, "depot"), ("den første", DELIVERY, "pickup"), ("den anden", DELIVERY, "depot"),
        ("the second one", DELIVERY, "depot"), ("den sidste", DELIVERY, "request_human"),
        ("number two", DELIVERY, "depot"),
        ("the first one please", DELIVERY, "pickup"), ("en medarbejder", DELIVERY, "request_human"),
        ("jeg tager den tredje", DELIVERY, "request_human"), ("4", DELIVERY, None), ("nej", DELIVERY, None),
        ("ikke afhentning", DELIVERY, None), ("hvad koster afhentning?", DELIVERY, None), ("", DELIVERY, None),
        ("kurer eller label", DELIVERY, None), ("banan", DELIVERY, None), ("den", DELIVERY, None),
        ("skærmen", SYMPTOMS, "display"), ("Skaermen", SYMPTOMS, "display"),
        ("ekstern skærm", SYMPTOMS, "external_monitor"),
        ("tastaturet", SYMPTOMS, "keyboard"), ("batteriet", SYMPTOMS, "battery"),
        ("den tænder ikke", SYMPTOMS, "no_power"),
        ("noget andet", SYMPTOMS, "other"), ("andet", SYMPTOMS, "other"),
        ("fredag", DATES, "2026-11-27"), ("på mandag", DATES, "2026-11-30"), ("27", DATES, "2026-11-27"),
        ("den 30. november", DATES, "2026-11-30"), ("30. november", DATES, "2026-11-30"), ("november", DATES, None),
        ("1", DATES, None), ("den første", DATES, "2026-11-27"), ("2", DATES, "2026-11-30"),
        ("2026-12-01", DATES, "2026-12-01"), ("1. december", DATES, "2026-12-01"), ("december", DATES, "2026-12-01"),
        ("8-12", WINDOWS, "08:00-12:00"), ("12-16", WINDOWS, "12:00-16:00"), ("kl. 12-16", WINDOWS, "12:00-16:00"),
        ("den sidste", WINDOWS, "12:00-16:00"), ("12", WINDOWS, None), ("08:00-12:00", WINDOWS, "08:00-12:00"),
        ("nu virker det", STEP, "fixed"), ("virker stadig ikke", STEP, "not_fixed"),
        ("det kan jeg ikke", STEP, "cannot"),
        ("stadig ikke", STEP, "not_fixed"), ("my own", ENGLISH, "private"), ("company", ENGLISH, "business"),
        ("own", ENGLISH, "private"), ("1", [], None),
    ],
)  # fmt: skip
def test_match_choice(text, choices, chosen):
    assert match_choice(text, choices) == chosen


CHOICES = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.text("abc æøå123", min_size=1, max_size=20)),
    max_size=6,
    unique_by=lambda choice: choice[0],
)


@given(st.text(max_size=60), CHOICES)
def test_only_offered_choices_come_out(text, choices):
    assert match_choice(text, choices) in {choice_id for choice_id, _ in choices} | {None}


@given(
    st.sampled_from(DELIVERY + SYMPTOMS),
    st.sampled_from(["{}", "{}.", " {} ", "{}!"]),
    st.sampled_from([str, str.lower, str.upper]),
)
def test_every_title_and_id_chooses_itself(choice, form, case):
    choices = DELIVERY if choice in DELIVERY else SYMPTOMS
    assert match_choice(form.format(case(choice[1])), choices) == choice[0]
    assert match_choice(choice[0], choices) == choice[0]
