"""Case ids, moves between statuses, routing."""

import os
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.casework.case.case_id import ALPHABET, new_case_id, read_case_id
from actions.casework.case.routing import PRIORITIES, SKILLS, Route, route
from actions.casework.case.status import ALLOWED_MOVES, FINAL, may_move
from actions.casework.facts import Component, SafetyFlag, Symptom
from actions.ports import CaseStatus

IDS = st.text(ALPHABET, min_size=6, max_size=6)


def test_the_alphabet_is_the_contracts():
    assert re.fullmatch("[0-9A-HJKMNP-TV-Z]{32}", ALPHABET)
    assert len(set(ALPHABET)) == 32


@given(st.binary(min_size=4, max_size=8))
def test_a_new_id_has_the_contracts_form_and_reads_back(random_bytes):
    case_id = new_case_id(random_bytes)
    assert re.fullmatch("HPO-[0-9A-HJKMNP-TV-Z]{6}", case_id)
    assert read_case_id(case_id) == case_id


def test_new_ids_differ():
    assert len({new_case_id(os.urandom(4)) for _ in range(2000)}) > 1990


def test_too_little_randomness_is_refused():
    with pytest.raises(ValueError, match="random"):
        new_case_id(b"abc")


@pytest.mark.parametrize(
    "text",
    [
        "HPO-7K39QX", "hpo-7k39qx", "hpo 7k39qx", "HPO7K39QX", "sag 7K3-9QX", "sag 7k3 9qx", "Sag: 7K39QX",
        "min sag er HPO-7K39QX tak", "sagsnummer 7K39QX", "sagsnr. 7k39qx", "case 7K39QX", "case number 7k39qx",
        "case id: hpo-7k3-9qx", "hvad sker der med sagen 7K39QX?", "sagsnummeret er 7K39QX", "HPO 7K3 9QX",
        "hpo: 7k39qx.", "what about case no. 7K39QX?", "case #7K39QX", "HPO–7K39QX",
    ],
)  # fmt: skip
def test_case_ids_are_read(text):
    assert read_case_id(text) == "HPO-7K39QX"


@pytest.mark.parametrize("text", ["HPO-7K3OQX", "hpo-7k3oqx"])
def test_look_alikes_in_a_case_id_are_mended(text):
    assert read_case_id(text) == "HPO-7K30QX"


@pytest.mark.parametrize(
    "text",
    [
        "", "sagen handler om min pc", "hvad er status på min sag", "case closed", "5CG1234XYZ", "sag", "HPO-7K39Q",
        "HPO-7K39QX1", "HPO-7U39QX", "HPB-7K39QX", "31234567", "min sag startede i går", "case of beer",
    ],
)  # fmt: skip
def test_no_case_id_where_there_is_none(text):
    assert read_case_id(text) is None


@pytest.mark.parametrize(
    ("text", "case_id"),
    [("7K39QX", "HPO-7K39QX"), ("7k3-9qx.", "HPO-7K39QX"), ("#7k3 9qx", "HPO-7K39QX"), ("aha", None), ("12345", None)],
)
def test_the_bare_six_characters_answer_the_question(text, case_id):
    assert read_case_id(text, asked=True) == case_id
    assert read_case_id(text) is None


@given(IDS, st.sampled_from(["HPO-{}", "hpo {}", "min sag HPO-{} er langsom", "sag nr. HPO-{}"]), st.booleans())
def test_every_case_id_is_read(characters, form, lower):
    text = form.format(characters)
    assert read_case_id(text.lower() if lower else text) == f"HPO-{characters}"


def test_the_moves_know_every_status_of_the_desk():
    assert set(ALLOWED_MOVES) == {str(status) for status in CaseStatus}
    assert all(set(ALLOWED_MOVES) >= after for after in ALLOWED_MOVES.values())


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        ("open", "booked", True), ("open", "open", True), ("open", "in_repair", False), ("booked", "in_transit", True),
        ("booked", "cancelled", True), ("in_transit", "cancelled", False), ("in_repair", "returning", True),
        ("returning", "closed", True), ("resolved_remotely", "open", True), ("cancelled", "booked", False),
        ("closed", "needs_human", True), ("needs_human", "booked", True),
    ],
)  # fmt: skip
def test_moves(before, after, allowed):
    assert may_move(before, after) is allowed


@pytest.mark.parametrize("status", sorted({str(status) for status in CaseStatus}))
def test_every_status_can_reach_a_person_and_an_end(status):
    assert may_move(status, "needs_human")
    reached, frontier = {status}, {status}
    while frontier:
        frontier = {after for before in frontier for after in ALLOWED_MOVES[before]} - reached
        reached |= frontier
    assert reached & FINAL


def test_an_unknown_status_is_refused():
    with pytest.raises(KeyError):
        may_move("open", "lost")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, Route("standard", "normal")),
        ({"safety": ["smoke"], "symptom": "battery"}, Route("safety", "urgent")),
        ({"symptom": "safety"}, Route("safety", "urgent")),
        ({"symptom": "no_power", "customer_type": "business"}, Route("business_down", "high")),
        ({"symptom": "no_power", "customer_type": "private"}, Route("standard", "normal")),
        ({"symptom": "battery"}, Route("battery", "normal")),
        ({"component": "battery", "symptom": "charging"}, Route("battery", "normal")),
        ({"symptom": "storage"}, Route("data_sensitive", "normal")),
        ({"reason": "data_refused"}, Route("data_sensitive", "normal")),
        ({"reason": "complaint"}, Route("standard", "high")),
    ],
)
def test_routing(facts, expected):
    assert route(**facts) == expected


@given(
    st.lists(st.sampled_from(list(SafetyFlag)), max_size=3),
    st.sampled_from(["", *Symptom]),
    st.sampled_from(["", *Component]),
    st.sampled_from(["", "business", "private"]),
    st.sampled_from(["", "complaint", "data_refused", "never heard of"]),
)
def test_every_case_has_a_place_and_danger_comes_first(safety, symptom, component, customer_type, reason):
    found = route(safety=safety, symptom=symptom, component=component, customer_type=customer_type, reason=reason)
    assert found.skill in SKILLS and found.priority in PRIORITIES
    assert (found.skill == "safety") == (bool(safety) or symptom == "safety")
