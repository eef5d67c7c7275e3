"""When testing ends with a person (R92, R20): nothing is collected on a guess, and nothing is refused for it."""

from __future__ import annotations

from dataclasses import replace

from actions.casework.entitlement.finding import Decision, Reason
from actions.casework.facts import Method, Verdict

#: The script engine's reason for two "I can't" (R92).
CANNOT_TEST = "cannot_test"


def after_testing(decision: Decision, reason: str) -> Decision:
    """The decision of a fault whose testing ended with a person; `reason` is the script's.

    A no that does not rest on the testing stays a no, and danger stays danger.
    """
    if decision.verdict not in (Verdict.COVERED, Verdict.COVERED_BY_ADDON):
        return decision
    stopped = reason == CANNOT_TEST
    return replace(
        decision,
        verdict=Verdict.NEEDS_HUMAN,
        reason=Reason.TESTING_STOPPED if stopped else Reason.TESTING_UNCLEAR,
        addon=None,
        clauses=("R92",) if stopped else ("R20",),
        method=Method.NEEDS_HUMAN,
    )
