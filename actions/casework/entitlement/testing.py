"""When testing ends with a person (R92, R20): nothing is collected on a guess, and nothing is refused for it."""

from __future__ import annotations

from dataclasses import replace

from actions.casework.entitlement.finding import Decision, Reason
from actions.casework.facts import Method, Verdict

#: The script engine's reason for two "I can't" (R92).
CANNOT_TEST = "cannot_test"
#: The scripts' reason where the update that HP asks for may not be installed (R82).
UPDATE_REFUSED = "update_not_allowed"

#: A crack or a dent that nobody felt coming: whether it is damage, a person judges (R84).
VISIBLE_DAMAGE = "visible_damage"

_ROWS = {
    VISIBLE_DAMAGE: (Reason.VISIBLE_DAMAGE, ("R84",)),
    CANNOT_TEST: (Reason.TESTING_STOPPED, ("R92",)),
    UPDATE_REFUSED: (Reason.UPDATE_REFUSED, ("R82", "R83")),
}


def after_testing(decision: Decision, reason: str) -> Decision:
    """The decision of a fault whose testing ended with a person; `reason` is the script's.

    A no that does not rest on the testing stays a no, and danger stays danger.
    """
    if decision.verdict not in (Verdict.COVERED, Verdict.COVERED_BY_ADDON):
        return decision
    why, clauses = _ROWS.get(reason, (Reason.TESTING_UNCLEAR, ("R20",)))
    return replace(
        decision,
        verdict=Verdict.NEEDS_HUMAN,
        reason=why,
        addon=None,
        clauses=clauses,
        method=Method.NEEDS_HUMAN,
    )
