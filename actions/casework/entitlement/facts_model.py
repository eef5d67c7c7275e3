"""The facts a decision is made of, and their strict reader (contract section 4)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from actions.casework.entitlement.device import Device, device_from_row
from actions.casework.entitlement.strict import (
    BadFact,
    read_bool,
    read_count,
    read_country,
    read_date,
    read_percent,
    read_text,
    read_word,
    read_words,
)
from actions.casework.facts import Cause, Component, Diagnosis, SafetyFlag

# Four digits in Denmark and Greenland, three on the Faroe Islands (contract section 4).
_POSTCODE = re.compile(r"[0-9]{3,4}")
_MOST_DEVICES = 99


class Registry(StrEnum):
    """What the registry answered."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    UNAVAILABLE = "unavailable"


class BatteryFault(StrEnum):
    """What is wrong with a battery (table C)."""

    DEFECT = "defect"
    WORN = "worn"


class Wants(StrEnum):
    """How the customer would rather have it; None follows the service level."""

    PICKUP = "pickup"
    DEPOT = "depot"
    HAND_IN = "hand_in"


class Flag(StrEnum):
    """What else came out, each with its row in the tables."""

    SOLVED = "solved"
    UPDATE_REFUSED = "update_refused"
    ADVICE_IGNORED = "advice_ignored"
    OUT_OF_PRODUCTION = "out_of_production"
    DENIES_SPILL = "denies_spill"
    INTENT_SUSPECTED = "intent_suspected"
    DRIVE_NOT_WIPEABLE = "drive_not_wipeable"
    EXCHANGE_CHOSEN = "exchange_chosen"


@dataclass(frozen=True)
class BatteryFacts:
    """`capacity_pct` is what is left of the design capacity, 0–100, or None where no test said."""

    fault: BatteryFault
    capacity_pct: float | None = None


@dataclass(frozen=True)
class ExternalFacts:
    """External devices attached to the base unit, the faulty one among them (R76)."""

    bought_with_base: bool
    devices: int
    monitors: int


@dataclass(frozen=True)
class DecisionFacts:
    """All that `decide` looks at. Countries are ISO 3166-1 alpha-2."""

    today: date
    device: Device | None
    registry: Registry
    location_country: str
    safety: frozenset[SafetyFlag]
    component: Component
    hp_part: bool
    cause: Cause
    incident_date: date | None
    diagnosis: Diagnosis
    battery: BatteryFacts | None
    external: ExternalFacts | None
    csr_consent: bool | None
    pickup_postcode: str | None
    wants: Wants | None
    flags: frozenset[Flag] = frozenset()


_FIELDS = frozenset(DecisionFacts.__dataclass_fields__)


def read_facts(facts: object) -> DecisionFacts:
    """Read the JSON object of contract section 4, strictly. Raises BadFact with the leaf field's name."""
    given = _object(facts, "facts", _FIELDS, optional=frozenset({"flags"}))
    today = read_date(given["today"], "today")
    registry = read_word(given["registry"], "registry", Registry)
    return DecisionFacts(
        today=today,
        device=_device(given["device"], registry, today),
        registry=registry,
        location_country=read_country(given["location_country"], "location_country"),
        safety=read_words(given["safety"], "safety", SafetyFlag),
        component=read_word(given["component"], "component", Component),
        hp_part=read_bool(given["hp_part"], "hp_part"),
        cause=read_word(given["cause"], "cause", Cause),
        incident_date=_incident_date(given["incident_date"], today),
        diagnosis=read_word(given["diagnosis"], "diagnosis", Diagnosis),
        battery=_battery(given["battery"]),
        external=_external(given["external"]),
        csr_consent=None if given["csr_consent"] is None else read_bool(given["csr_consent"], "csr_consent"),
        pickup_postcode=_postcode(given["pickup_postcode"]),
        wants=None if given["wants"] is None else read_word(given["wants"], "wants", Wants),
        flags=read_words(given["flags"], "flags", Flag) if "flags" in given else frozenset(),
    )


def _object(
    value: object, name: str, fields: frozenset[str], optional: frozenset[str] = frozenset()
) -> Mapping[str, object]:
    """A JSON object with exactly these fields; the missing or unknown one is named."""
    if not isinstance(value, Mapping):
        raise BadFact(name, "must be an object")
    for field in sorted(fields - optional):
        if field not in value:
            raise BadFact(field, "is missing")
    for field in value:
        if field not in fields:
            raise BadFact(str(field), "is unknown")
    return value


def _device(value: object, registry: Registry, today: date) -> Device | None:
    if value is None:
        if registry is Registry.FOUND:
            raise BadFact("device", "is missing though the registry found it")
        return None
    if not isinstance(value, Mapping):
        raise BadFact("device", "must be an object or null")
    return device_from_row(value, today)


def _incident_date(value: object, today: date) -> date | None:
    if value is None:
        return None
    happened = read_date(value, "incident_date")
    if happened > today:
        raise BadFact("incident_date", "is in the future")
    return happened


def _battery(value: object) -> BatteryFacts | None:
    if value is None:
        return None
    given = _object(value, "battery", frozenset({"fault", "capacity_pct"}))
    percent = given["capacity_pct"]
    return BatteryFacts(
        read_word(given["fault"], "fault", BatteryFault),
        None if percent is None else read_percent(percent, "capacity_pct"),
    )


def _external(value: object) -> ExternalFacts | None:
    if value is None:
        return None
    given = _object(value, "external", frozenset({"bought_with_base", "devices", "monitors"}))
    return ExternalFacts(
        read_bool(given["bought_with_base"], "bought_with_base"),
        read_count(given["devices"], "devices", _MOST_DEVICES),
        read_count(given["monitors"], "monitors", _MOST_DEVICES),
    )


def _postcode(value: object) -> str | None:
    if value is None:
        return None
    text = read_text(value, "pickup_postcode")
    if not _POSTCODE.fullmatch(text):
        raise BadFact("pickup_postcode", "must be 4 digits, or 3 on the Faroe Islands")
    return text
