"""An agent books for a customer: same gate, same durable booking; the customer is told in the chat and by mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from actions.casework.shipping.gate import GateFacts
from actions.ports import Address, BookingKind, CaseDesk, EntitlementRegistry, NotFound, PortError, ShipmentRequest
from actions.usecases.book_shipment import (
    BookingFailed,
    BookingOutcome,
    BookingRefused,
    ShippingWorld,
    book_shipment,
)
from actions.usecases.look_up_device import Found, look_up_device


class AgentShippingWorld(ShippingWorld, Protocol):
    """What booking by hand needs."""

    @property
    def registry(self) -> EntitlementRegistry:
        """Says what the device is."""
        ...


@dataclass(frozen=True)
class Order:
    """What is to be booked. The three acks are what the customer said to R97, R98 and R96 when the agent asked;
    `approved` that the agent has looked at the case and answers for its cover."""

    case_id: str
    kind: BookingKind
    street: str
    postcode: str
    city: str
    pickup_date: date | None = None
    pickup_window: str = ""
    data_ack: bool = False
    backup_ack: bool = False
    packed_ready: bool = False
    approved: bool = False


def ship_for_customer(world: AgentShippingWorld, order: Order, at: datetime) -> BookingOutcome:
    """Book for the case's own contact. A danger is never overruled (R20)."""
    try:
        facts = world.desk.get(order.case_id).facts
    except NotFound:
        return BookingRefused({"case_id"})
    except PortError:
        return BookingFailed("unavailable")
    found = look_up_device(world.registry, facts.serial_number) if facts.serial_number else None
    device = found.device if isinstance(found, Found) else None
    contact = facts.contact
    collected = order.kind is BookingKind.PICKUP
    request = ShipmentRequest(
        case_id=order.case_id,
        kind=order.kind,
        sender=Address(contact.name, order.street, order.postcode, order.city, contact.company),
        phone=contact.phone,
        email=contact.email,
        language=facts.language,
        serial_number=facts.serial_number,
        product_name=device.product_name if device else "",
        form_factor=device.form_factor if device else "",
        has_battery=bool(device and device.mobile_battery != "none"),
        part=facts.component if order.kind is BookingKind.CSR_PART else "",
        pickup_date=order.pickup_date if collected else None,
        pickup_window=order.pickup_window if collected else "",
        failure_id=facts.failure_id,
    )
    gate = GateFacts(
        kind=order.kind.value,
        now=at,
        case_id=order.case_id,
        data_ack=order.data_ack,
        backup_ack=order.backup_ack,
        packed_ready=order.packed_ready,
        street=order.street,
        postcode=order.postcode,
        city=order.city,
        phone=contact.phone,
        email=contact.email,
        pickup_date=request.pickup_date,
        pickup_window=request.pickup_window,
        summary_confirmed=True,
    )
    outcome = book_shipment(world, request, gate, at, approved=order.approved, in_turn=False)
    if not isinstance(outcome, BookingRefused):
        _sign(world.desk, order, at)
    return outcome


def _sign(desk: CaseDesk, order: Order, at: datetime) -> None:
    """Who ordered it; through a desk that signs, the agent's name stands beside it."""
    try:
        desk.note(order.case_id, at, "ordered", {"kind": order.kind.value, "approved": order.approved})
    except PortError:
        return
