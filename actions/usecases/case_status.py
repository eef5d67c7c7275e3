"""How a case stands, for who knows its number and its e-mail address (R11)."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from actions.ports import Booking, Case, CaseDesk, Courier, NotFound


@dataclass(frozen=True)
class StatusFound:
    """The case and all its bookings, oldest first."""

    case: Case
    bookings: Sequence[Booking]


@dataclass(frozen=True)
class NotMatched:
    """No such case, or not with that address: one answer for both, so that nobody learns which numbers exist."""


def case_status(desk: CaseDesk, courier: Courier, case_id: str, email: str) -> StatusFound | NotMatched:
    """Look a case up. Raises PortError where desk or courier can't be asked: that is no mismatch."""
    try:
        case = desk.get(case_id)
    except NotFound:
        return NotMatched()
    given, held = email.strip().lower().encode(), case.facts.contact.email.strip().lower().encode()
    if not held or not hmac.compare_digest(given, held):
        return NotMatched()
    return StatusFound(case, tuple(courier.of_case(case_id)))
