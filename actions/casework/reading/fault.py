"""What belongs to one fault, and what a first message may tell at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from actions.casework.identity.contact import find_introduced_name, find_told_company
from actions.casework.identity.dates import read_date
from actions.casework.reading.message import Message
from actions.casework.reading.told_flags import find_flags

#: Slots of one fault; the next fault starts without them. Who the customer is stays.
FAULT_SLOTS = (
    "symptom",
    "symptom_page",
    "safety_flags",
    "serial_number",
    "serial_confirmed",
    "serial_mended",
    "serial_tries",
    "product_number",
    "device_lookup",
    "registry",
    "purchase_country",
    "current_country",
    "entitlement",
    "cause",
    "incident_date",
    "told_flags",
    "opened_by_others",
    "component",
    "hp_part",
    "battery_fault",
    "battery_capacity_pct",
    "bought_with_base",
    "csr_consent",
    "delivery",
    "decision",
    "way",
    "ts_position",
    "ts_answer",
    "ts_result",
    "failure_id",
    "blink_code",
    "case_id",
    "backup_ack",
    "data_ack",
    "packed_ready",
    "gate",
    "pickup_date",
    "pickup_window",
    "confirm_summary",
    "shipping",
    "handoff_reason",
    "escalation_reason",
    "complaint",
    "anything_else",
    "misses",
)

#: Entity → slot, for values that mean the same wherever they stand.
PLAIN = {
    "serial_number": "serial_number",
    "product_number": "product_number",
    "email": "email",
    "phone": "phone",
    "failure_id": "failure_id",
    "blink_code": "blink_code",
}


def told_at_once(message: Message, slots: Mapping[str, object], today: date | None = None) -> dict[str, object]:
    """Slots that a message fills beside the open question. Slots already filled are left to corrections.

    With `today`, the day of an accident told along with it counts too: "I dropped it yesterday" (R70).
    """
    found = told(message)
    happened = read_date(message.text, today, prefer="past") if today and "cause" in found else None
    if today and happened and happened <= today:
        found["incident_date"] = happened.isoformat()
    return {slot: value for slot, value in found.items() if slots.get(slot) is None}


def told(message: Message) -> dict[str, object]:
    """Every plain fact in a message, by slot."""
    found: dict[str, object] = {slot: message.one(entity) for entity, slot in PLAIN.items() if message.one(entity)}
    if "serial_number" in found and message.mended("serial_number"):
        found["serial_mended"] = True
    symptom = message.one("symptom")
    if symptom and message.intent == "report_fault":
        found["symptom"] = symptom
        if symptom in ("spill", "drop"):
            found["cause"] = symptom  # told already, so never asked again
    company = find_told_company(message.text)
    if company:
        found["company"] = company
    flags = find_flags(message.text)
    if flags:
        found["told_flags"] = flags
    whose = find_whose(message.text)
    if company or whose:
        found["customer_type"] = whose or "business"
    name = find_introduced_name(message.text)
    if name:
        found["contact_name"] = name
    return found


_PC = r"(?:pc|computer|laptop|bærbar|maskine|notebook|machine)"
_WHOSE = {
    "business": re.compile(
        rf"\b(?:firmaets|virksomhedens|arbejdets)\s+\w*{_PC}|\b(?:arbejds|firma)-?{_PC}|"
        rf"\b(?:company|work|corporate|office)\s+{_PC}",
        re.IGNORECASE,
    ),
    "private": re.compile(
        rf"\b(?:privat|private|personlige|min egen)\s+\w*{_PC}|\b(?:private|personal|my own)\s+{_PC}",
        re.IGNORECASE,
    ),
}


def find_whose(text: str) -> str:
    """business or private, where the customer says whose PC it is; "" where not, or both."""
    told = [word for word, pattern in _WHOSE.items() if pattern.search(text)]
    return told[0] if len(told) == 1 else ""
