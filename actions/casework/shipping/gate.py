"""The booking gate (domain.md 1.9): nothing is collected or labelled until all of it is true."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from actions.casework.identity.contact import read_email, read_phone
from actions.casework.shipping.address import AddressFault, read_city, read_street
from actions.casework.shipping.areas import in_pickup_area, known_postcode
from actions.casework.shipping.dates import PickupPlan, free_dates, pickup_plan

WHOLE_UNIT = frozenset({"pickup", "label"})
"""Kinds of booking for which the customer packs and hands over a device; a part is only sent to them."""


class Missing(StrEnum):
    """A condition that is not met; each value is also the slot or fact that would meet it."""

    CASE_ID = "case_id"
    SAFETY = "safety"  # a safety flag: no courier, no label, whatever else is said
    DATA_ACK = "data_ack"  # R97
    BACKUP_ACK = "backup_ack"  # R98
    PACKED_READY = "packed_ready"  # R96
    STREET = "pickup_street"
    POSTCODE = "pickup_postcode"
    CITY = "pickup_city"
    AREA = "area"  # R36, Q4
    PHONE = "phone"
    EMAIL = "email"
    DATE = "pickup_date"
    WINDOW = "pickup_window"
    SUMMARY = "confirm_summary"


@dataclass(frozen=True)
class GateFacts:
    """What is known when a booking is asked for. `kind` is pickup, label or csr_part; None means not answered."""

    kind: str
    now: datetime  # aware
    case_id: str = ""
    safety: Collection[str] = ()
    data_ack: bool | None = None
    backup_ack: bool | None = None
    packed_ready: bool | None = None
    street: str = ""
    postcode: str = ""
    city: str = ""
    phone: str = ""
    email: str = ""
    pickup_date: date | None = None
    pickup_window: str = ""
    summary_confirmed: bool | None = None


def may_book(facts: GateFacts, plan: PickupPlan | None = None) -> frozenset[Missing]:
    """What still stands in the way; empty where the booking may be made."""
    place = f"{facts.street} {facts.city}"
    conditions = {
        Missing.CASE_ID: bool(facts.case_id),
        Missing.SAFETY: not facts.safety,
        Missing.STREET: not isinstance(read_street(facts.street), AddressFault),
        Missing.POSTCODE: known_postcode(facts.postcode) is not None,
        Missing.CITY: not isinstance(read_city(facts.city), AddressFault),
        Missing.PHONE: read_phone(facts.phone) is not None,
        Missing.EMAIL: read_email(facts.email) is not None,
        Missing.SUMMARY: facts.summary_confirmed is True,
    }
    if facts.kind in WHOLE_UNIT:
        conditions[Missing.DATA_ACK] = facts.data_ack is True
        conditions[Missing.BACKUP_ACK] = facts.backup_ack is True
        conditions[Missing.PACKED_READY] = facts.packed_ready is True
    if facts.kind == "pickup":
        conditions[Missing.AREA] = in_pickup_area(facts.postcode, place)
        free = dict(free_dates(facts.now, plan))
        conditions[Missing.DATE] = facts.pickup_date in free
        conditions[Missing.WINDOW] = facts.pickup_window in (plan or pickup_plan()).windows
    return frozenset(condition for condition, met in conditions.items() if not met)
