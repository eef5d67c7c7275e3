"""What a customer says that HP or a technician has decided or told them before: only a person can weigh it."""

from __future__ import annotations

import re

from actions.casework.entitlement.facts_model import Flag

_SAYS = {
    Flag.OUT_OF_PRODUCTION: r"(?:laves|produceres|fremstilles|føres|fås) (?:den |de )?(?:ikke|ikk|ik) (?:mere|længere)|"
    r"\budgået\b|no longer (?:made|produced|available)|out of production|discontinued",
    Flag.EXCHANGE_CHOSEN: r"(?:lovet|sagt|skrev\w*|aftalt)\b.{0,40}\b(?:en ny (?:pc|computer|maskine)|ombyt\w*)|"
    r"(?:promised|told|said|agreed)\b.{0,40}\b(?:(?:a )?(?:new|replacement) (?:pc|computer|laptop|one)|exchange)",
    Flag.ADVICE_IGNORED: r"(?:gjorde|fulgte|har) (?:jeg |vi )?(?:ikke|ik)\b.{0,25}"
    r"\b(?:hp|i|de) (?:sagde|rådede|anbefalede)|"
    r"(?:did ?n'?t|did not|never) (?:do|follow)\b.{0,25}\b(?:hp|you|they) (?:said|told|advised|recommended)",
}


def find_flags(text: str) -> list[str]:
    """The flags of the decision that the words tell, sorted."""
    return sorted(flag.value for flag, pattern in _SAYS.items() if re.search(pattern, text, re.IGNORECASE))
