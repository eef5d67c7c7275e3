"""A device as the registry knows it (contract section 2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Device:
    """One row of the registry. Empty strings and None mean that the registry does not say."""

    serial_number: str
    product_number: str
    product_name: str
    form_factor: str  # notebook, desktop, aio, workstation, mobile_workstation, tablet, thin_client
    line: str  # business, consumer
    purchase_country: str  # ISO 3166-1 alpha-2, or ""
    purchase_date: date | None
    warranty_end: date | None
    care_pack: str = ""  # part number
    service_level: str = ""  # pickup_return, return_to_depot, onsite, exchange, or ""
    care_pack_start: date | None = None
    care_pack_end: date | None = None
    registered_on: date | None = None
    addons: frozenset[str] = frozenset()  # adp, battery, dmr, external
    bought_with: Mapping[str, int] = field(default_factory=dict)  # {"monitor": 2, "dock": 1}
    csr_parts: frozenset[str] = frozenset()  # Component values that HP lets the customer replace
    mobile_battery: str = "none"  # builtin, replaceable, none
