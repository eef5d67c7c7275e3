"""Made-up facts that tests start from; each test changes what it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from actions.casework.entitlement.device import Device
from actions.casework.facts import Language
from actions.ports import Address, BookingKind, CaseFacts, Contact, ShipmentRequest, StepTaken

TUESDAY = datetime(2026, 3, 10, 10, 0, tzinfo=ZoneInfo("Europe/Copenhagen"))
"""In opening hours, in a week without public holidays."""

SERIAL = "5CG6100B2D"


def a_device(**changes: Any) -> Device:
    """A business notebook with a registered Pick Up & Return pack."""
    device = Device(
        serial_number=SERIAL,
        product_number="6A2B4EA",
        product_name="HP EliteBook 840 14 G9",
        form_factor="notebook",
        line="business",
        purchase_country="DK",
        purchase_date=date(2025, 2, 3),
        warranty_end=date(2026, 2, 2),
        care_pack="U9X99E",
        service_level="pickup_return",
        care_pack_start=date(2025, 2, 3),
        care_pack_end=date(2028, 2, 2),
        registered_on=date(2025, 2, 5),
        addons=frozenset({"adp", "dmr"}),
        bought_with={"dock": 1, "monitor": 2},
        csr_parts=frozenset({"keyboard_external", "memory"}),
        mobile_battery="builtin",
    )
    return replace(device, **changes)


def some_facts(**changes: Any) -> CaseFacts:
    """A fan that makes noise, to be collected."""
    facts = CaseFacts(
        conversation="c-1",
        language=Language.DA,
        serial_number=SERIAL,
        symptom="fan",
        contact=Contact(name="Åse Sørensen", company="Ærø Værk ApS", email="aase@example.com", phone="+4531234567"),
        component="fan",
        cause="defect",
        resolution="PICKUP",
        decision={"verdict": "COVERED", "clauses": ["R60"], "method": "PICKUP"},
        entitlement={"service_level": "pickup_return", "fetched_at": "2026-03-10T10:00:00+01:00"},
        steps=(StepTaken("overheating_fan", "vents", "not_fixed"),),
        failure_id="ABCD12-EFGH34",
    )
    return replace(facts, **changes)


def a_request(case_id: str, **changes: Any) -> ShipmentRequest:
    """A pick-up in Aarhus on the Thursday after TUESDAY."""
    request = ShipmentRequest(
        case_id=case_id,
        kind=BookingKind.PICKUP,
        sender=Address(name="Åse Sørensen", street="Vestergade 12, 3. tv", postcode="8000", city="Aarhus C"),
        phone="+4531234567",
        email="aase@example.com",
        language=Language.DA,
        serial_number=SERIAL,
        product_name="HP EliteBook 840 14 G9",
        form_factor="notebook",
        has_battery=True,
        pickup_date=date(2026, 3, 12),
        pickup_window="08:00-12:00",
    )
    return replace(request, **changes)
