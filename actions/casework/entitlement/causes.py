"""Table D: why it broke. None means a defect, or as good as one: the component decides."""

from __future__ import annotations

from actions.casework.entitlement import cover
from actions.casework.entitlement.facts_model import DecisionFacts, Flag
from actions.casework.entitlement.finding import Addon, Finding, Reason
from actions.casework.facts import Cause, Verdict

ACCIDENTS = frozenset({Cause.DROP, Cause.SPILL, Cause.SURGE})
LOSSES = frozenset({Cause.LOSS, Cause.THEFT})


def cause_finding(facts: DecisionFacts) -> Finding | None:
    """Table D, first match wins. What a machine can't verify goes to a person, never to a refusal."""
    if facts.cause in LOSSES:
        return Finding(Verdict.NOT_COVERED, Reason.LOST_OR_STOLEN, ("R70",))
    if Flag.DENIES_SPILL in facts.flags:
        return _human(Reason.LIQUID_DENIED, "R84")
    if facts.cause in ACCIDENTS and not cover.addon_is_active(facts.device, Addon.ADP, facts.today):
        return Finding(Verdict.NOT_COVERED, Reason.ACCIDENT_NO_ADDON, ("R70", "R84"))
    return _for_a_person(facts) or (_accident(facts) if facts.cause in ACCIDENTS else None)


def _for_a_person(facts: DecisionFacts) -> Finding | None:
    """Exclusions in the text that only a person can weigh: conduct, wear, repairs by others, age."""
    if Flag.INTENT_SUSPECTED in facts.flags:
        return _human(Reason.INTENT, "R70" if facts.cause in ACCIDENTS else "R84")
    if facts.cause is Cause.COSMETIC:
        return _human(Reason.COSMETIC, "R84")
    if facts.cause is Cause.OPENED_BY_OTHERS and not _may_be_opened(facts):
        return _human(Reason.OPENED_BY_OTHERS, "R85")
    if Flag.UPDATE_REFUSED in facts.flags:
        return _human(Reason.UPDATE_REFUSED, "R82", "R83")
    if Flag.ADVICE_IGNORED in facts.flags:
        return _human(Reason.ADVICE_IGNORED, "R83")
    if facts.cause is Cause.MAX_LIFE:
        return _human(Reason.MAX_LIFE, "R40")
    return None


def _may_be_opened(facts: DecisionFacts) -> bool:
    """Q11: a part that HP lets the customer replace may have been touched."""
    return facts.device is not None and facts.component in facts.device.csr_parts


def _accident(facts: DecisionFacts) -> Finding:
    """R70 with the add-on in force: the incident must lie inside its period, which is the Care Pack's."""
    start = cover.pack_start(facts.device) if facts.device else None
    if facts.incident_date is None or start is None or facts.incident_date < start:
        return _human(Reason.ACCIDENT_UNCLEAR, "R70")
    return Finding(Verdict.COVERED_BY_ADDON, Reason.ACCIDENT_COVERED, ("R70",), Addon.ADP)


def _human(reason: Reason, *clauses: str) -> Finding:
    return Finding(Verdict.NEEDS_HUMAN, reason, clauses)
