"""Cases that were there before a conversation begins."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from actions.casework.facts import Language
from actions.ports import Booking, BookingKind, CaseFacts, CaseStatus, Contact
from tests.conversations.conftest import Fakes
from tests.support.examples import a_request

_EMAIL = "mette@example.dk"


def give_case(fakes: Fakes, given: dict[str, Any]) -> str:
    """Open a case of another conversation, booked where it says so; returns its id."""
    number = len(fakes.desk.cases)
    names = {field.name for field in fields(CaseFacts)}
    facts = CaseFacts(
        conversation=f"earlier-{number}",
        language=Language.DA,
        contact=Contact(name="Mette Holm", email=given.get("email", _EMAIL), phone="+4531234567"),
        **{"serial_number": "DEM503C001", "symptom": "no_power"}
        | {name: value for name, value in given.items() if name in names - {"status"}},
        status=CaseStatus(given.get("status", "open")),
    )
    case, _ = fakes.desk.open(facts, f"given {number}", fakes.clock.now())
    if "pickup" in given:
        day, window = given["pickup"].split()
        _book(fakes, case.case_id, BookingKind.PICKUP, date.fromisoformat(day), window)
    if given.get("label"):
        _book(fakes, case.case_id, BookingKind.LABEL, None, "")
    return case.case_id


def _book(fakes: Fakes, case_id: str, kind: BookingKind, day: date | None, window: str) -> Booking:
    request = a_request(case_id, kind=kind, pickup_date=day, pickup_window=window)
    return fakes.courier.book(request, case_id, fakes.clock.now())
