"""What counts as a safety stop on a case (A1): nothing of it travels."""

from __future__ import annotations

from actions.casework.facts import Verdict
from actions.ports import CaseFacts

SAFETY_REASONS = frozenset({"safety", "safety_recall"})
"""Why a person has a case that nothing may travel of."""


def is_safety_stop(facts: CaseFacts) -> bool:
    """Whether the case was stopped because of a danger sign: by its verdict, or by the reason a person has it."""
    return (facts.decision or {}).get("verdict") == Verdict.SAFETY_STOP or facts.reason in SAFETY_REASONS
