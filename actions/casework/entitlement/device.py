"""A device as the registry knows it, and as it stands in a row of the registry file (contract section 2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from actions.casework.entitlement.strict import BadFact, one_of, read_country, read_date, read_text
from actions.casework.facts import Component

FORM_FACTORS = frozenset({"notebook", "desktop", "aio", "workstation", "mobile_workstation", "tablet", "thin_client"})
LINES = frozenset({"business", "consumer"})
SERVICE_LEVELS = frozenset({"pickup_return", "return_to_depot", "onsite", "exchange", ""})
ADDONS = frozenset({"adp", "battery", "dmr", "external"})
MOBILE_BATTERIES = frozenset({"builtin", "replaceable", "none"})

COLUMNS = (
    "serial_number",
    "product_number",
    "product_name",
    "form_factor",
    "line",
    "purchase_country",
    "purchase_date",
    "warranty_end",
    "care_pack",
    "service_level",
    "care_pack_start",
    "care_pack_end",
    "registered_on",
    "addons",
    "bought_with",
    "csr_parts",
    "mobile_battery",
)

_SERIAL = re.compile(r"[0-9A-Z]{5,20}")
_BOUGHT_WITH = re.compile(r"([a-z][a-z0-9_]*):([1-9][0-9]?)")


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
    care_pack: str = ""  # part number; "" where there is no Care Pack
    service_level: str = ""  # pickup_return, return_to_depot, onsite, exchange, or ""
    care_pack_start: date | None = None
    care_pack_end: date | None = None
    registered_on: date | None = None
    addons: frozenset[str] = frozenset()  # adp, battery, dmr, external
    bought_with: Mapping[str, int] = field(default_factory=dict)  # {"monitor": 2, "dock": 1}
    csr_parts: frozenset[str] = frozenset()  # Component values that HP lets the customer replace
    mobile_battery: str = "none"  # builtin, replaceable, none


def device_from_row(row: Mapping[str, object], today: date | None = None) -> Device:
    """Read one row, strictly: every column there, none beside, each in its form; blanks around a cell don't count.

    With `today`, a purchase or a registration in the future is refused too. Raises BadFact with the column's name.
    """
    for column in COLUMNS:
        if column not in row:
            raise BadFact(column, "is missing")
    for column in row:
        if column not in COLUMNS:
            raise BadFact(str(column), "is no column of the registry")
    cells = {column: read_text(row[column], column).strip() for column in COLUMNS}
    if not _SERIAL.fullmatch(cells["serial_number"]):
        raise BadFact("serial_number", "must be upper-case letters and digits, without separators")
    device = Device(
        serial_number=cells["serial_number"],
        product_number=cells["product_number"],
        product_name=cells["product_name"],
        form_factor=one_of(cells["form_factor"], "form_factor", FORM_FACTORS),
        line=one_of(cells["line"], "line", LINES),
        purchase_country=cells["purchase_country"] and read_country(cells["purchase_country"], "purchase_country"),
        purchase_date=_date(cells, "purchase_date"),
        warranty_end=_date(cells, "warranty_end"),
        care_pack=cells["care_pack"],
        service_level=one_of(cells["service_level"], "service_level", SERVICE_LEVELS),
        care_pack_start=_date(cells, "care_pack_start"),
        care_pack_end=_date(cells, "care_pack_end"),
        registered_on=_date(cells, "registered_on"),
        addons=frozenset(one_of(word, "addons", ADDONS) for word in _items(cells["addons"])),
        bought_with=_bought_with(cells["bought_with"]),
        csr_parts=frozenset(one_of(word, "csr_parts", Component) for word in _items(cells["csr_parts"])),
        mobile_battery=one_of(cells["mobile_battery"], "mobile_battery", MOBILE_BATTERIES),
    )
    _check_order(device, today)
    return device


def device_to_row(device: Device) -> dict[str, str]:
    """The row that `device_from_row` reads back to the same device; lists in alphabetical order."""
    row = {}
    for column in COLUMNS:
        value = getattr(device, column)
        if value is None:
            row[column] = ""
        elif isinstance(value, date):
            row[column] = value.isoformat()
        elif isinstance(value, Mapping):
            row[column] = ";".join(f"{what}:{count}" for what, count in sorted(value.items()))
        elif isinstance(value, frozenset):
            row[column] = ";".join(sorted(value))
        else:
            row[column] = value
    return row


def _items(cell: str) -> list[str]:
    """The items between semicolons; an empty cell has none."""
    return [item.strip() for item in cell.split(";")] if cell else []


def _date(cells: Mapping[str, str], column: str) -> date | None:
    return read_date(cells[column], column) if cells[column] else None


def _bought_with(cell: str) -> dict[str, int]:
    """`monitor:2;dock:1`; a word that stands twice is refused, because its count would be anyone's guess."""
    bought: dict[str, int] = {}
    for item in _items(cell):
        match = _BOUGHT_WITH.fullmatch(item)
        if match is None or match[1] in bought:
            raise BadFact("bought_with", "must look like monitor:2;dock:1")
        bought[match[1]] = int(match[2])
    return bought


def _check_order(device: Device, today: date | None) -> None:
    """Refuse dates that can't be: an end before its start, a purchase or a registration still to come."""
    bought, start = device.purchase_date, device.care_pack_start
    if today and bought and bought > today:
        raise BadFact("purchase_date", "is in the future")
    if today and device.registered_on and device.registered_on > today:
        raise BadFact("registered_on", "is in the future")
    if bought and device.warranty_end and device.warranty_end < bought:
        raise BadFact("warranty_end", "is before the purchase")
    if start and device.care_pack_end and device.care_pack_end < start:
        raise BadFact("care_pack_end", "is before its start")
