"""A corrected name, company, e-mail or telephone number goes to the open case too."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from actions.ports import Case, CaseDesk, Contact, NotFound, PortError


@dataclass(frozen=True)
class ContactChanged:
    """The case has it. A new e-mail address gets the case id of its own accord (R17)."""

    case: Case


@dataclass(frozen=True)
class NoSuchCase:
    """There is no case to change."""


@dataclass(frozen=True)
class ContactNotChanged:
    """The desk could not be reached; the case still has what it had, as far as is known."""


def change_contact(
    desk: CaseDesk, case_id: str, contact: Contact, at: datetime
) -> ContactChanged | NoSuchCase | ContactNotChanged:
    """Replace who to reach on one case; the same contact again writes nothing."""
    try:
        case = desk.get(case_id)
        if case.facts.contact == contact:
            return ContactChanged(case)
        return ContactChanged(desk.update(case_id, replace(case.facts, contact=contact), at, "contact_changed"))
    except NotFound:
        return NoSuchCase()
    except PortError:
        return ContactNotChanged()
