"""What the customer thought of it, on the case: asked once, refusable (score and words)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from actions.ports import CaseDesk, NotFound, PortError

SCORES = (1, 2, 3, 4, 5)
"""From "not at all satisfied" to "very satisfied"."""


@dataclass(frozen=True)
class FeedbackStored:
    """The case has it. A second answer to the same question changes nothing: the first stands."""


@dataclass(frozen=True)
class FeedbackNotStored:
    """It is not known to be stored; `reason` is no_case, bad_score or unavailable."""

    reason: str


def store_feedback(
    desk: CaseDesk, case_id: str, conversation: str, score: int, words: str, at: datetime
) -> FeedbackStored | FeedbackNotStored:
    """Write score and words, once for each conversation and case; words may follow in a call of their own."""
    if score not in SCORES:
        return FeedbackNotStored("bad_score")
    try:
        desk.note(case_id, at, "feedback_score", {"score": score}, once=f"feedback_score:{conversation}")
        if words.strip():
            desk.note(case_id, at, "feedback_text", {"text": words.strip()}, once=f"feedback_text:{conversation}")
    except NotFound:
        return FeedbackNotStored("no_case")
    except PortError:
        return FeedbackNotStored("unavailable")
    return FeedbackStored()
