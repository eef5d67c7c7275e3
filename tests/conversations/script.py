"""A conversation written in YAML: who the customer is, what is said in turn, what they read, what is true afterwards.

```yaml
name: a dead notebook is collected
clock: "2026-11-24T10:00"          # a Tuesday, open
customer: {serial_number: 5CG6120DM1, email: mette@example.dk}   # changes to the usual customer
world: {registry: down, courier: down}                           # what is broken
turns:
  - say: "min pc vil ikke tænde"
    reads: ["sikkerhed"]           # words in the answer, any case
    reads_not: ["bestilt"]
    asks: safety_flags             # the slot that is open afterwards; "" for none
  - choose: none
  - person_left: returned          # a person had the conversation and gave it back (or: closed, expired)
    told: ["mit serienummer er …"] # what the customer said to them
  - until: confirm_summary         # answer as the customer would, until this slot is asked
  - choose: affirm
    card: booking
given:                             # cases of earlier conversations, HPO-000001 first; `pickup` and `label` are booked
  - {status: booked, pickup: "2026-11-27 08:00-12:00"}
notices: demo                      # the demonstration's recalls and notices are known
people_first: [[business]]         # the operator's own rule about who goes to a person (routing.yml)
then:
  cases: [{status: booked, symptom: no_power}]   # each with the fields that must match, oldest first
  bookings: [{kind: pickup}]
  handoffs: [{reason: safety}]                   # what the desk was asked for, with fields of its package after a dot
  mails: 2
  events: {HPO-000001: [pickup_moved]}           # what stands in a case's history, in this order among other things
```
A turn may also begin with `clock: "2026-11-25T09:00"` or `world: {courier_change: down}` (`lost`: no answer comes).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent

#: What the customer of every conversation answers when nothing else is said.
CUSTOMER: dict[str, Any] = {
    "symptom": "no_power",
    "safety_flags": "none",
    "serial_number": "",
    "serial_confirmed": "affirm",
    "customer_type": "business",
    "company": "Nordlys Byg ApS",
    "contact_name": "Mette Holm",
    "email": "mette@example.dk",
    "phone": "31 23 45 67",
    "purchase_country": "DK",
    "current_country": "DK",
    "cause": "defect",
    "incident_date": "i går",
    "opened_by_others": "deny",
    "component": "other",
    "hp_part": "affirm",
    "battery_fault": "defect",
    "battery_capacity_pct": "45",
    "bought_with_base": "affirm",
    "csr_consent": "affirm",
    "ts_answer": "not_fixed",
    "backup_ack": "affirm",
    "data_ack": "affirm",
    "packed_ready": "affirm",
    "pickup_street": "Vestergade 12, 3. tv",
    "pickup_postcode": "8000",
    "pickup_city": "Aarhus C",
    "delivery": "depot",
    "confirm_summary": "affirm",
    "anything_else": "deny",
    "case_id": "",
}


@dataclass(frozen=True)
class Turn:
    """One thing that the customer does, and what must come of it."""

    say: str = ""
    choose: str = ""
    until: str = ""
    person_left: str = ""
    told: tuple[str, ...] = ()
    file: bool = False  # sends the picture that is asked for
    reads: tuple[str, ...] = ()
    reads_not: tuple[str, ...] = ()
    asks: str | None = None
    card: str = ""
    offers: tuple[str, ...] = ()
    offers_not: tuple[str, ...] = ()
    clock: str = ""
    world: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Conversation:
    """A whole conversation."""

    name: str
    language: str
    behaviour: str
    turns: tuple[Turn, ...]
    then: dict[str, Any]
    clock: str = "2026-11-24T10:00"
    customer: dict[str, Any] = field(default_factory=dict)
    world: dict[str, Any] = field(default_factory=dict)
    notices: str = ""
    people_first: tuple[list[str], ...] = ()
    given: tuple[dict[str, Any], ...] = ()
    session_language: str | None = None


def conversations() -> list[Conversation]:
    """Every conversation below da/ and en/, by folder: language, then behaviour."""
    return [_read(path) for path in sorted(FOLDER.glob("*/*/*.yml"))]


def _read(path: Path) -> Conversation:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    language = path.parent.parent.name
    return Conversation(
        name=data["name"],
        language=language,
        behaviour=path.parent.name,
        turns=tuple(_turn(turn, path) for turn in data["turns"]),
        then=data.get("then") or {},
        clock=data.get("clock", "2026-11-24T10:00"),
        customer=data.get("customer") or {},
        world=data.get("world") or {},
        notices=data.get("notices", ""),
        people_first=tuple(data.get("people_first") or ()),
        given=tuple(data.get("given") or ()),
        session_language=data.get("session_language", language) or None,
    )


def _turn(data: dict[str, Any], path: Path) -> Turn:
    unknown = set(data) - set(Turn.__dataclass_fields__)
    assert not unknown, f"{path}: unknown words {unknown}"
    lists = {name: tuple(data[name]) for name in ("reads", "reads_not", "offers", "offers_not", "told") if name in data}
    return Turn(**{**data, **lists})
