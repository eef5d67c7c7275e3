"""Facts, cases and shipments as plain JSON values and back: for the case desk's rows and for durable work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter

from actions.ports import Booking, CaseFacts, ShipmentRequest

_FACTS = TypeAdapter(CaseFacts)
_REQUEST = TypeAdapter(ShipmentRequest)
_BOOKING = TypeAdapter(Booking)


def facts_to_json(facts: CaseFacts) -> dict[str, Any]:
    """JSON values only: enums as words, times as ISO."""
    return _FACTS.dump_python(facts, mode="json")


def facts_from_json(value: Mapping[str, Any]) -> CaseFacts:
    """What `facts_to_json` was given."""
    facts = _FACTS.validate_python(dict(value))
    return replace(facts, steps=tuple(facts.steps))


def request_to_json(request: ShipmentRequest) -> dict[str, Any]:
    """JSON values only."""
    return _REQUEST.dump_python(request, mode="json")


def request_from_json(value: Mapping[str, Any]) -> ShipmentRequest:
    """What `request_to_json` was given."""
    return _REQUEST.validate_python(dict(value))


def booking_to_json(booking: Booking) -> dict[str, Any]:
    """The row of `offsite bookings list` (contract section 1); a missing date is null."""
    return _BOOKING.dump_python(booking, mode="json")


def booking_from_json(value: Mapping[str, Any]) -> Booking:
    """What `booking_to_json` was given."""
    return _BOOKING.validate_python(dict(value))
