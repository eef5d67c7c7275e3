"""A case as the desk shows it, and why something was not done, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import JSONResponse

from actions.bootstrap import Stores
from actions.ports import BookingKind, BookingStatus, Case, CaseStatus, NotFound
from actions.usecases.agent_case import next_statuses
from actions.usecases.reopen_case import REOPENED_FROM
from bot.cli.shapes import case_whole
from bot.gateway.words import Words

_OVER = frozenset({CaseStatus.CANCELLED, CaseStatus.CLOSED, CaseStatus.RESOLVED_REMOTELY})
_BEFORE_TRAVEL = frozenset({CaseStatus.OPEN, CaseStatus.NEEDS_HUMAN, CaseStatus.WAITING_CUSTOMER})


def shown_case(stores: Stores, case: Case) -> dict[str, Any]:
    """The whole case with its bookings, the registry's row, and what can be done about it. Blocks, raises PortError."""
    bookings = list(stores.courier.of_case(case.case_id))
    try:
        device: dict[str, str] | None = dict(stores.registry.row(case.facts.serial_number))
    except NotFound:
        device = None
    standing = [booking for booking in bookings if booking.status is BookingStatus.BOOKED]
    can = {
        "book": case.facts.status in _BEFORE_TRAVEL and not standing,
        "move": any(booking.kind is BookingKind.PICKUP for booking in standing),
        "cancel_booking": bool(standing),
        "cancel": case.facts.status not in _OVER,
        "reopen": case.facts.status in REOPENED_FROM and case.facts.resolution != "refused",
    }
    return case_whole(case, bookings, device) | {"can": can, "next": next_statuses(case)}


def not_done(words: Words, code: str, status: int = 409, **more: Any) -> JSONResponse:
    """The error form; the sentence is `error_desk_<code>` of desk.yml."""
    message: Mapping[str, str] = words.both(f"error_desk_{code}")
    return JSONResponse({"error": code, "message": message, **more}, status_code=status)
