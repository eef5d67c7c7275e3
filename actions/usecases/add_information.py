"""What the customer wants to add to a case that is open: a failure id, or a note in their own words."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from actions.ports import Case, CaseDesk, NotFound, PortError


@dataclass(frozen=True)
class InformationAdded:
    """The case has it; the same information again writes nothing."""

    case: Case


@dataclass(frozen=True)
class InformationNotAdded:
    """The case is not known to have it; `reason` is no_case, empty or unavailable. Trying again is safe."""

    reason: str


def add_information(
    desk: CaseDesk, case_id: str, at: datetime, *, failure_id: str = "", note: str = ""
) -> InformationAdded | InformationNotAdded:
    """Write a failure id into the facts (24 characters, canonical) and a note into the history."""
    words = note.strip()
    if not failure_id and not words:
        return InformationNotAdded("empty")
    try:
        case = desk.get(case_id)
        if failure_id and case.facts.failure_id != failure_id:
            desk.update(case_id, replace(case.facts, failure_id=failure_id), at, "failure_id_added")
        if words:
            mark = hashlib.sha256(words.encode()).hexdigest()[:16]
            desk.note(case_id, at, "customer_note", {"text": words}, once=f"customer_note:{mark}")
        return InformationAdded(desk.get(case_id))
    except NotFound:
        return InformationNotAdded("no_case")
    except PortError:
        return InformationNotAdded("unavailable")
