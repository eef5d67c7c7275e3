"""Nothing is asked in vain, and the most telling question comes first. `make questions` prints how many it takes."""

from __future__ import annotations

import random

import pytest

from actions.casework.entitlement import questions
from actions.casework.entitlement.decide import decide
from actions.casework.entitlement.finding import Decision
from actions.casework.entitlement.partial import PartialFacts, complete
from actions.casework.entitlement.questions import early_decision
from actions.casework.facts import SafetyFlag, Verdict
from tests.casework.entitlement.asking import (
    ANSWERS,
    TODAY,
    Asked,
    ask,
    could_change_it,
    customers,
    mean_by_verdict,
    other_orders,
)

CUSTOMERS = 980  # twenty for each demonstration device


@pytest.fixture(scope="module")
def asked() -> list[Asked]:
    return [ask(start, answers) for start, answers in customers(CUSTOMERS)]


def test_no_question_was_asked_in_vain(asked):
    """For each question that was asked there are two answers that end differently, found without its own reckoning."""
    luck = random.Random(1)
    tried: set[tuple[object, str]] = set()
    for customer in asked:
        for known, slot in zip(customer.before, customer.slots, strict=True):
            key = (repr(known), slot)
            if key not in tried:
                tried.add(key)
                assert could_change_it(known, slot, luck), f"{slot} changes nothing: {known}"
    assert {slot for _, slot in tried} == set(ANSWERS)  # every question there is was met


def test_nothing_that_could_change_the_verdict_was_left_unasked(asked):
    """Whatever the customer would have said to what was not asked: verdict, add-on and method stand."""
    luck = random.Random(2)
    for customer, (start, answers) in zip(asked, customers(CUSTOMERS), strict=True):
        told = {slot: answers[slot] for slot in customer.slots}
        for _ in range(20):
            rest = {slot: luck.choice(given) for slot, given in ANSWERS.items() if slot not in told}
            known = _with(start, told)
            open_ones = {slot: rest[slot] for slot in rest if slot in questions._SLOTS and _is_open(known, slot)}
            other = decide(complete(_with(known, open_ones)))
            assert _end(other) == _end(customer.decision), (told, open_ones)


def test_the_most_telling_question_comes_first(asked, monkeypatch):
    """No two neighbours changed about would ask fewer questions of the same customers."""
    ours = sum(len(customer.slots) for customer in asked)
    for order in other_orders():
        monkeypatch.setattr(questions, "_ASKED", order)
        theirs = sum(len(ask(start, answers).slots) for start, answers in customers(CUSTOMERS))
        assert theirs >= ours, order


def test_danger_is_never_asked_about_further():
    known = PartialFacts(today=TODAY, safety=frozenset({SafetyFlag.SMOKE}))
    assert early_decision(known) is not None


def test_how_many_questions_each_verdict_takes(asked, capsys):
    means = mean_by_verdict(asked)
    with capsys.disabled():
        print("\nquestions until the verdict stands (customers, mean, most):")
        for verdict, (number, mean, most) in means.items():
            print(f"  {verdict:18} {number:4}  {mean:.2f}  {most}")
    assert set(means) == {"COVERED", "COVERED_BY_ADDON", "NOT_COVERED", "NEEDS_HUMAN"}
    assert max(mean for _, mean, _ in means.values()) <= 6


def _end(decision: Decision) -> tuple[object, ...]:
    """Verdict, add-on and, of what is covered, the method: nothing else is put right."""
    covered = decision.verdict in (Verdict.COVERED, Verdict.COVERED_BY_ADDON)
    return decision.verdict, decision.addon, decision.method if covered else None


def _with(known: PartialFacts, told: dict[str, object]) -> PartialFacts:
    return PartialFacts(**{**known.__dict__, **told})


def _is_open(known: PartialFacts, slot: str) -> bool:
    return bool(questions._open_answers(known, slot))
