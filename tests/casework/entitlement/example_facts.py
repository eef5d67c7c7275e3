"""Facts to start from: a business notebook in its third year, Pick Up & Return, everything in order, a broken board."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from actions.casework.entitlement.decide import decide
from actions.casework.entitlement.facts_model import read_facts
from actions.casework.entitlement.finding import Decision

TODAY = date(2026, 3, 2)
ROW = {
    "serial_number": "5CD4103BCD",
    "product_number": "6A1B2EA#UUW",
    "product_name": "HP EliteBook 840 G11",
    "form_factor": "notebook",
    "line": "business",
    "purchase_country": "DK",
    "purchase_date": "2024-03-04",
    "warranty_end": "2025-03-03",
    "care_pack": "U9CQ4A",
    "service_level": "pickup_return",
    "care_pack_start": "2024-03-04",
    "care_pack_end": "2027-03-03",
    "registered_on": "2024-03-10",
    "addons": "",
    "bought_with": "",
    "csr_parts": "",
    "mobile_battery": "builtin",
}
FACTS = {
    "today": TODAY.isoformat(),
    "registry": "found",
    "location_country": "DK",
    "safety": [],
    "component": "mainboard",
    "hp_part": True,
    "cause": "defect",
    "incident_date": None,
    "diagnosis": "hardware",
    "battery": None,
    "external": None,
    "csr_consent": None,
    "pickup_postcode": "8000",
    "wants": None,
    "flags": [],
}
NO_PACK = {"care_pack": "", "service_level": "", "care_pack_start": "", "care_pack_end": "", "registered_on": ""}
UNDER_WARRANTY = {"warranty_end": "2026-12-31"}


def row(**changes: str) -> dict[str, str]:
    """The registry row with some columns changed."""
    return {**ROW, **changes}


def facts_json(device: Mapping[str, str] | None = None, **changes: object) -> dict[str, object]:
    """The contract's JSON with some columns of the device and some facts changed."""
    return {**FACTS, "device": row(**(device or {})), **changes}


def decided(device: Mapping[str, str] | None = None, **changes: object) -> Decision:
    """The decision on these facts, read from JSON as the command does."""
    return decide(read_facts(facts_json(device, **changes)))
