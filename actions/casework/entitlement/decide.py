"""The decision: SAFETY, then ENTITLEMENT (A), CAUSE (D), COMPONENT (B, C), METHOD (F); first match wins.

Pure and total: the same facts give the same decision, in whatever order they came. Each decision is provisional (R20).
"""

from __future__ import annotations

from actions.casework.entitlement.causes import cause_finding
from actions.casework.entitlement.components import component_finding
from actions.casework.entitlement.delivery import method_for
from actions.casework.entitlement.entitlement_gate import entitlement_gate, safety_stop
from actions.casework.entitlement.facts_model import DecisionFacts, Flag
from actions.casework.entitlement.finding import Decision, Finding, Reason
from actions.casework.entitlement.notices import drive_clauses, notices_for
from actions.casework.facts import Cause, Verdict


def decide(facts: DecisionFacts) -> Decision:
    """What the datasheet says about this fault."""
    finding = _finding(facts)
    method = method_for(facts, finding)
    return Decision(
        verdict=finding.verdict,
        reason=finding.reason,
        addon=finding.addon,
        clauses=_clauses(facts, finding),
        method=method,
        notices=notices_for(facts, finding, method),
        after_spill=facts.cause is Cause.SPILL,
    )


def _finding(facts: DecisionFacts) -> Finding:
    """The first table row that matches; a part out of production can only be promised by a person (R38)."""
    gate = safety_stop(facts) or entitlement_gate(facts)
    if gate is not None:
        return gate
    assert facts.device is not None  # A2 let it through
    finding = cause_finding(facts) or component_finding(facts, facts.device)
    if finding.is_positive and Flag.OUT_OF_PRODUCTION in facts.flags:
        return Finding(Verdict.NEEDS_HUMAN, Reason.OUT_OF_PRODUCTION, ("R38",))
    return finding


def _clauses(facts: DecisionFacts, finding: Finding) -> tuple[str, ...]:
    """The row's clauses first, then what goes with the facts; each once."""
    clauses = list(finding.clauses)
    if finding.is_positive:
        if facts.cause is Cause.UNKNOWN:
            clauses.append("R08")
        if facts.cause is Cause.FIX_NOT_APPLIED:
            clauses.append("R82")
        clauses += drive_clauses(facts)
    if finding.verdict is Verdict.NOT_COVERED:
        clauses.append("R79")
    return tuple(dict.fromkeys(clauses))
