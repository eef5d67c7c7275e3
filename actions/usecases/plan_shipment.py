"""When the courier can come (R36)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from actions.casework.shipping.areas import in_pickup_area
from actions.ports import Courier, PickupSlot, PortError


@dataclass(frozen=True)
class SlotsOffered:
    """Free dates and windows, soonest first; never empty."""

    slots: Sequence[PickupSlot]


@dataclass(frozen=True)
class NotCollected:
    """Outside the pick-up area: a person, and a label on offer."""


@dataclass(frozen=True)
class NoSlots:
    """Inside the area, but nothing is free, or the courier can't be asked: a person finds a time."""

    courier_down: bool


def plan_shipment(courier: Courier, postcode: str, now: datetime) -> SlotsOffered | NotCollected | NoSlots:
    """What a customer in `postcode` may choose among, as of `now` (Europe/Copenhagen)."""
    if not in_pickup_area(postcode):
        return NotCollected()
    try:
        slots = tuple(courier.offer_slots(postcode, now))
    except PortError:
        return NoSlots(courier_down=True)
    return SlotsOffered(slots) if slots else NoSlots(courier_down=False)
