"""When a message puts an earlier answer right, and what has to be done again because of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from actions.casework.facts import Symptom
from actions.casework.identity.contact import find_told_company
from actions.casework.identity.country import read_country
from actions.casework.identity.dates import read_date
from actions.casework.reading.answers import Given
from actions.casework.reading.context import Context
from actions.casework.reading.errands import ERRAND_FORMS
from actions.casework.reading.fault import told
from actions.casework.reading.message import Message
from actions.casework.reading.readers import cause, pickup_date
from actions.casework.shipping.address import read_address
from actions.casework.shipping.areas import known_postcode

#: Intents under which a fact that differs from what we know is a correction (the rules of `revisit` name the same).
CORRECTING = frozenset({"correct", "inform", "deny", "affirm", "report_fault"})

_CONTACT = frozenset({"contact_name", "company", "email", "phone"})
_ADDRESS = frozenset({"pickup_street", "pickup_postcode", "pickup_city"})
_DEVICE_AGAIN = ("device_lookup", "registry", "serial_confirmed", "entitlement", "decision", "product_number")
_FAULT_AGAIN = (
    "safety_flags",
    "ts_position",
    "ts_answer",
    "ts_result",
    "component",
    "hp_part",
    "battery_fault",
    "battery_capacity_pct",
    "bought_with_base",
    "csr_consent",
    "entitlement",
    "decision",
)
_DECISION_AGAIN = ("entitlement", "decision")
_IN = re.compile(r"\b(?:i|in|til|to)\s+", re.IGNORECASE)
_BOUGHT = re.compile(r"købt|købte|bought|purchased", re.IGNORECASE)
_ONE_MORE = re.compile(
    r"\b(?:også|ogsaa|heller|desuden|derudover|samtidig|en anden (?:fejl|pc)|"
    r"also|too|as well|either|another|besides)\b",
    re.IGNORECASE,
)
_SAYS_ADDRESS = re.compile(r"adresse|address|vejen|street|postnummer|postnr|postcode", re.IGNORECASE)
_CORRECTS = re.compile(
    r"^\s*(nej|nå nej|hov|ups|rettelse|no|sorry|wait|actually|correction)\b|"
    r"jeg mente|skal være|i stedet|forkert|ikke .* men|i meant|should be|instead|wrong|not .* but",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Correction:
    """Slots put right, slots that must be asked or done again (set to None), and which part to revisit, or ""."""

    slots: Mapping[str, object] = field(default_factory=dict)
    revisit: str = ""


def find_correction(message: Message, context: Context) -> Correction | None:
    """The correction in a message of a customer who was asked something else, or None."""
    if message.choice or context.form in ERRAND_FORMS:
        return None
    facts = {slot: value for slot, value in _facts(message, context).items() if slot != context.question}
    changed = {slot: value for slot, value in facts.items() if context.known(slot) and context.slots[slot] != value}
    if not changed or not (message.intent in CORRECTING or sounds_like_correction(message.text)):
        return None
    if "cause" in changed:
        changed["incident_date"] = _day(message, context)  # the day of what was told before is none of this
    return _consequences(changed, context)


def sounds_like_correction(text: str) -> bool:
    """Whether words like "nej", "jeg mente" or "should be" stand in the text."""
    return bool(_CORRECTS.search(text))


def one_more(text: str) -> bool:
    """Whether a fault is told as one more: "skærmen er også sort", "the fan is loud as well"."""
    return bool(_ONE_MORE.search(text))


def _facts(message: Message, context: Context) -> dict[str, object]:
    facts = told(message)
    if message.intent == "report_fault" and not (sounds_like_correction(message.text) or _refines(message, context)):
        facts.pop("symptom", None)  # a second fault, not a correction of the first
    elif "symptom" not in facts and message.one("symptom") and message.intent in ("correct", "deny"):
        facts["symptom"] = message.one("symptom")
    if sounds_like_correction(message.text) and context.form not in ("contact_form", "shipping_form"):
        facts |= _countries(message.text) | _incident(message, context)
    if context.form == "shipping_form":
        facts |= _address(message) | _date(message, context)
    return facts


def _refines(message: Message, context: Context) -> bool:
    """Whether a fault says better what is wrong: before anything was tried, after "something else", or at once."""
    if one_more(message.text) or context.known("ts_position"):
        return False
    return context.slots.get("symptom") == Symptom.PRINTER_OR_OTHER or context.question == "safety_flags"


def _countries(text: str) -> dict[str, object]:
    """ "nej, den står i Sverige", "it was bought in Germany": a company with a country in its name is none."""
    country = None if find_told_company(text) else read_country(_IN.split(text)[-1])
    if not country or not _IN.search(text):
        return {}
    return {"purchase_country" if _BOUGHT.search(text) else "current_country": country}


def _incident(message: Message, context: Context) -> dict[str, object]:
    """What happened and when, put right once they were told."""
    found: dict[str, object] = {}
    read = cause(replace(message, choice="", choices=(), intent=""), context)
    if context.known("cause") and isinstance(read, Given) and read.value != "defect":
        found["cause"] = read.value
    if context.known("incident_date") and context.question != "incident_date":
        found["incident_date"] = _day(message, context)
    return {slot: value for slot, value in found.items() if value}


def _day(message: Message, context: Context) -> str | None:
    """The day that something happened, where one is told."""
    day = read_date(message.text, context.today, prefer="past")
    return day.isoformat() if day and day <= context.today else None


def _address(message: Message) -> dict[str, object]:
    whole = read_address(_after_is(message.text))
    if whole.street and (whole.postcode or _SAYS_ADDRESS.search(message.text)):
        parts = {"pickup_street": whole.street, "pickup_postcode": whole.postcode, "pickup_city": whole.city}
        return {slot: value for slot, value in parts.items() if value}
    postcode = message.one("postcode")
    city = known_postcode(postcode) if postcode else None
    return {"pickup_postcode": postcode, "pickup_city": city} if city else {}


def _date(message: Message, context: Context) -> dict[str, object]:
    if not message.one("date"):
        return {}
    read = pickup_date(message, context)
    return {"pickup_date": read.value} if isinstance(read, Given) else {}


def _after_is(text: str) -> str:
    """What stands after "adressen er …": the part of the text that is the address."""
    return re.split(r"\b(?:er|is|til|to|:)\s+", text, maxsplit=1)[-1]


def _consequences(changed: Mapping[str, object], context: Context) -> Correction:
    """Facts found together are put right together; the earliest part that depends on one is done again."""
    again: dict[str, object] = {}
    revisit = ""
    if "symptom" in changed:
        again |= dict.fromkeys(_FAULT_AGAIN)
        if context.slots.get("symptom") == Symptom.PRINTER_OR_OTHER and context.known("safety_flags"):
            del again["safety_flags"]  # the same fault, only better told: nobody looks for smoke twice
        revisit = "" if context.form == "fault_form" else "fault"
    if "serial_number" in changed:
        again |= {**dict.fromkeys(_DEVICE_AGAIN), "serial_mended": False}
        if not revisit and context.form not in ("fault_form", "device_form"):
            revisit = "device"
    if set(changed) & {"current_country", "purchase_country", "customer_type", "cause", "incident_date"}:
        again |= dict.fromkeys(_DECISION_AGAIN)
        revisit = revisit or "device"
    if set(changed) & {"pickup_date"}:
        again["pickup_window"] = None
    if set(changed) & {"pickup_postcode"}:
        again["delivery"] = None
    if set(changed) & _CONTACT and context.known("case_id") and not revisit:
        revisit = "contact"
    if context.known("confirm_summary"):
        again["confirm_summary"] = None
    return Correction({**again, **changed}, revisit)
