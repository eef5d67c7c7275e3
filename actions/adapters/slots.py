"""When the embedded courier drives: the pure rules of casework, for the place and the moment asked about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from actions.casework.shipping.areas import in_pickup_area
from actions.casework.shipping.dates import free_dates
from actions.ports import PickupSlot


def driven_slots(postcode: str, now: datetime) -> Sequence[PickupSlot]:
    """Dates and windows in that postcode, soonest first; none outside the pick-up area (R36, Q4)."""
    if not in_pickup_area(postcode):
        return ()
    return [PickupSlot(day, window) for day, windows in free_dates(now) for window in windows]
