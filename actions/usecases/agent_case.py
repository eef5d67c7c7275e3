"""What an agent does with a case by hand: open one, change who to reach, move its status (R12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from actions.casework.case.status import may_move
from actions.casework.entitlement.device import device_to_row
from actions.casework.facts import Symptom
from actions.casework.identity.contact import read_email, read_phone
from actions.casework.identity.serial import Serial, read_serial
from actions.ports import (
    Case,
    CaseDesk,
    CaseFacts,
    CaseStatus,
    Contact,
    EntitlementRegistry,
    Language,
    NotFound,
    PortError,
)
from actions.usecases.change_contact import ContactChanged, NoSuchCase, change_contact
from actions.usecases.look_up_device import Found, NotRegistered, RegistryDown, look_up_device
from actions.usecases.open_case import CaseNotOpened, CaseOpened, CaseWorld, open_case

BY_HAND = (
    CaseStatus.OPEN,
    CaseStatus.NEEDS_HUMAN,
    CaseStatus.WAITING_CUSTOMER,
    CaseStatus.RESOLVED_REMOTELY,
    CaseStatus.CLOSED,
)
"""Statuses that a person sets; the others follow from bookings and what travels."""


@dataclass(frozen=True)
class BadField:
    """Nothing was done: that field can't be read. `name` is email, phone, serial_number, symptom or status."""

    name: str


@dataclass(frozen=True)
class Done:
    """The case as it now stands."""

    case: Case


@dataclass(frozen=True)
class NotDone:
    """Nothing is known to be done; `reason` is no_case, not_from_here, unavailable or unknown."""

    reason: str


def read_contact(given: Mapping[str, str]) -> Contact | BadField:
    """Name, company, e-mail and telephone as an agent typed them; an empty one is unknown."""
    email, phone = given.get("email", "").strip(), given.get("phone", "").strip()
    read_as = read_email(email) if email else ""
    number = read_phone(phone) if phone else ""
    if read_as is None:
        return BadField("email")
    if number is None:
        return BadField("phone")
    return Contact(given.get("name", "").strip(), given.get("company", "").strip(), read_as, number)


def open_by_hand(
    world: CaseWorld,
    registry: EntitlementRegistry,
    conversation: str,
    language: Language,
    given: Mapping[str, str],
    at: datetime,
) -> Done | BadField | NotDone:
    """Open the case that the dialogue did not get to: `given` has serial_number, symptom and who to reach."""
    contact = read_contact(given)
    if isinstance(contact, BadField):
        return contact
    serial = read_serial(given.get("serial_number", "")) if given.get("serial_number", "").strip() else None
    if serial is not None and not isinstance(serial, Serial):
        return BadField("serial_number")
    symptom = given.get("symptom", "")
    if symptom not in [each.value for each in Symptom]:
        return BadField("symptom")
    number = serial.value if serial is not None else ""
    facts = CaseFacts(
        conversation=conversation,
        language=language,
        serial_number=number,
        symptom=symptom,
        contact=contact,
        status=CaseStatus.NEEDS_HUMAN,
        reason="asked_for",
        resolution="asked_for",
        entitlement=_entitlement(registry, number, at) if number else {},
    )
    opened = open_case(world, facts, at)
    if isinstance(opened, CaseNotOpened):
        return NotDone("unknown" if opened.reason == "unknown" else "unavailable")
    assert isinstance(opened, CaseOpened)
    return Done(opened.case)


def correct_contact(desk: CaseDesk, case_id: str, given: Mapping[str, str], at: datetime) -> Done | BadField | NotDone:
    """Replace who to reach on a case."""
    contact = read_contact(given)
    if isinstance(contact, BadField):
        return contact
    changed = change_contact(desk, case_id, contact, at)
    if isinstance(changed, ContactChanged):
        return Done(changed.case)
    return NotDone("no_case" if isinstance(changed, NoSuchCase) else "unavailable")


def move_case(desk: CaseDesk, case_id: str, status: str, at: datetime) -> Done | BadField | NotDone:
    """Set a status by hand, where the case may go there from where it stands."""
    if status not in BY_HAND:
        return BadField("status")
    try:
        case = desk.get(case_id)
        if case.facts.status == status:
            return Done(case)
        if not may_move(case.facts.status.value, status):
            return NotDone("not_from_here")
        data = {"before": case.facts.status.value, "status": status}
        return Done(desk.set_status(case_id, CaseStatus(status), at, "moved", data))
    except NotFound:
        return NotDone("no_case")
    except PortError:
        return NotDone("unavailable")


def next_statuses(case: Case) -> list[str]:
    """Where a person may move the case now."""
    now = case.facts.status.value
    return [status.value for status in BY_HAND if status.value != now and may_move(now, status.value)]


def _entitlement(registry: EntitlementRegistry, serial: str, at: datetime) -> dict[str, Any]:
    """The registry's row as a case keeps it, and where it comes from."""
    fetched = at.isoformat(timespec="seconds")
    match look_up_device(registry, serial):
        case Found(device):
            return {**device_to_row(device), "verified": True, "registry": "found", "fetched_at": fetched}
        case NotRegistered():
            return {"verified": False, "registry": "not_found", "fetched_at": fetched}
        case RegistryDown():
            return {"verified": False, "registry": "unavailable", "fetched_at": fetched}
