"""What a person is told when testing ended with them, and what testing never changes."""

from __future__ import annotations

import pytest

from actions.casework.entitlement.testing import CANNOT_TEST, UPDATE_REFUSED, after_testing
from actions.casework.troubleshooting.library import load_scripts
from actions.casework.troubleshooting.routes import ways_out
from tests.casework.entitlement.example_facts import decided


@pytest.mark.parametrize(
    ("reason", "clauses"),
    [(CANNOT_TEST, ["R92"]), (UPDATE_REFUSED, ["R82", "R83"]), ("test_passed_fault_remains", ["R20"])],
)
def test_a_yes_waits_for_a_person(reason, clauses):
    decision = after_testing(decided(), reason)
    assert (decision.verdict, decision.method, decision.addon) == ("NEEDS_HUMAN", "NEEDS_HUMAN", None)
    assert list(decision.clauses) == clauses


@pytest.mark.parametrize("facts", [{"component": "os"}, {"safety": ["smoke"]}, {"registry": "unavailable"}])
def test_what_does_not_rest_on_the_testing_stands(facts):
    decision = decided(**facts)
    assert after_testing(decision, CANNOT_TEST) == decision


def test_the_scripts_say_that_an_update_is_not_allowed_in_this_word():
    steps = [step for script in load_scripts().by_name.values() for step in script.steps.values()]
    ends = [target.end for step in steps for _, target in ways_out(step)]
    assert UPDATE_REFUSED in {end.reason for end in ends if end}
