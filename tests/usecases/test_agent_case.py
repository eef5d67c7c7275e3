"""What an agent does with a case by hand: it is the same case, the same gate, and the history says who."""

from __future__ import annotations

from datetime import date

import pytest

from actions.ports import BookingKind, BookingStatus, CaseStatus, Language, PickupSlot, Unavailable
from actions.usecases.add_information import add_information
from actions.usecases.agent_case import BadField, Done, NotDone, correct_contact, move_case, next_statuses, open_by_hand
from actions.usecases.book_shipment import Booked, BookingFailed, BookingRefused
from actions.usecases.cancel_pickup import Cancelled, cancel_pickup
from actions.usecases.move_pickup import PickupMoved, move_pickup
from actions.usecases.open_case import open_case
from actions.usecases.reopen_case import CaseReopened, reopen_case
from actions.usecases.ship_for_customer import Order, ship_for_customer
from actions.usecases.signed_desk import SignedDesk
from tests.support.examples import SERIAL, TUESDAY, some_facts

GIVEN = {
    "serial_number": SERIAL.lower(),
    "symptom": "fan",
    "name": "Åse Sørensen",
    "email": "Aase@Example.com",
    "phone": "31 23 45 67",
}


@pytest.fixture
def anna(world):
    """The world as the agent Anna Holm uses it."""
    world.plain = world.desk
    world.desk = SignedDesk(world.desk, "Anna Holm")
    return world


def order(case_id: str, **changes) -> Order:
    asked = {"street": "Vestergade 12", "postcode": "8000", "city": "Aarhus C"}
    when = {"pickup_date": date(2026, 3, 12), "pickup_window": "08:00-12:00"}
    said = {"data_ack": True, "backup_ack": True, "packed_ready": True}
    return Order(**{"case_id": case_id, "kind": BookingKind.PICKUP, **asked, **when, **said, **changes})


def unsigned(case) -> list[str]:
    """Events of the agent's that do not say who: what the workflows write is theirs."""
    return [event.what for event in case.events if event.data.get("agent") != "Anna Holm" and event.what not in OTHERS]


OTHERS = {"mailed", "booked", "told"}


def opened(anna):
    outcome = open_by_hand(anna, anna.registry, "c-1", Language.DA, GIVEN, TUESDAY)
    assert isinstance(outcome, Done)
    return outcome.case


def test_a_case_opened_by_hand_has_device_and_contact_and_goes_by_mail(anna):
    facts = opened(anna).facts
    assert (facts.serial_number, facts.symptom, facts.status) == (SERIAL, "fan", CaseStatus.NEEDS_HUMAN)
    assert (facts.contact.email, facts.contact.phone) == ("aase@example.com", "+4531234567")
    assert facts.entitlement["registry"] == "found" and facts.entitlement["verified"] is True
    assert len(anna.notifier.mails) == 1
    again = open_by_hand(anna, anna.registry, "c-1", Language.DA, GIVEN, TUESDAY)
    assert isinstance(again, Done) and len(anna.desk.newest()) == 1


def test_a_serial_number_that_is_not_registered_is_said_not_guessed(anna):
    outcome = open_by_hand(anna, anna.registry, "c-1", Language.EN, GIVEN | {"serial_number": "5CG6100B2F"}, TUESDAY)
    assert isinstance(outcome, Done) and outcome.case.facts.entitlement["registry"] == "not_found"


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "nobody"), ("phone", "12"), ("serial_number", "x"), ("symptom", "toothache"), ("symptom", "")],
)
def test_what_can_not_be_read_opens_nothing(anna, field, value):
    assert open_by_hand(anna, anna.registry, "c-1", Language.DA, GIVEN | {field: value}, TUESDAY) == BadField(field)
    assert anna.desk.newest() == ()


def test_a_desk_that_is_away_is_said(anna):
    anna.plain.fail("open", Unavailable("away"))
    outcome = open_by_hand(anna, anna.registry, "c-1", Language.DA, GIVEN, TUESDAY)
    assert outcome == NotDone("unavailable")


def test_everything_an_agent_does_is_signed(anna):
    case_id = opened(anna).case_id
    assert isinstance(correct_contact(anna.desk, case_id, GIVEN | {"phone": "40404040"}, TUESDAY), Done)
    add_information(anna.desk, case_id, TUESDAY, note="kunden ringede", failure_id="ABCD12EFGH34JKLM56NPQR78")
    booked = ship_for_customer(anna, order(case_id, approved=True), TUESDAY)
    assert isinstance(booked, Booked)
    moved = move_pickup(anna.desk, anna.courier, case_id, PickupSlot(date(2026, 3, 13), "12:00-16:00"), TUESDAY)
    again = move_pickup(anna.desk, anna.courier, case_id, PickupSlot(date(2026, 3, 13), "12:00-16:00"), TUESDAY)
    assert isinstance(moved, PickupMoved) and isinstance(again, PickupMoved)
    assert isinstance(cancel_pickup(anna.desk, anna.courier, case_id, True, TUESDAY, by="agent"), Cancelled)
    case = anna.desk.get(case_id)
    told = [event.what for event in case.events]
    assert told.count("pickup_moved") == 1 and told[-1] == "cancelled" and case.events[-1].data["by"] == "agent"
    assert unsigned(case) == []


def test_a_completed_case_is_moved_and_reopened_by_name(anna):
    case_id = opened(anna).case_id
    assert "closed" in next_statuses(anna.desk.get(case_id))
    closed = move_case(anna.desk, case_id, "closed", TUESDAY)
    assert isinstance(closed, Done) and closed.case.facts.status is CaseStatus.CLOSED
    assert isinstance(reopen_case(anna.desk, case_id, TUESDAY), CaseReopened)
    assert unsigned(anna.desk.get(case_id)) == []
    assert move_case(anna.desk, case_id, "booked", TUESDAY) == BadField("status")
    assert move_case(anna.desk, "HPO-NONE", "closed", TUESDAY) == NotDone("no_case")
    anna.plain.set_status(case_id, CaseStatus.IN_TRANSIT, TUESDAY, "x", {})
    assert move_case(anna.desk, case_id, "open", TUESDAY) == NotDone("not_from_here")


def test_what_is_not_covered_travels_only_when_a_person_answers_for_it(anna):
    case_id = opened(anna).case_id
    assert ship_for_customer(anna, order(case_id), TUESDAY) == BookingRefused({"entitlement"})
    outcome = ship_for_customer(anna, order(case_id, approved=True), TUESDAY)
    assert isinstance(outcome, Booked) and outcome.booking.status is BookingStatus.BOOKED
    (ordered,) = [event for event in anna.desk.get(case_id).events if event.what == "ordered"]
    assert dict(ordered.data) == {"kind": "pickup", "approved": True, "agent": "Anna Holm"}


@pytest.mark.parametrize("said", ["data_ack", "backup_ack", "packed_ready"])
def test_the_gate_holds_for_agents_too(anna, said):
    case = open_case(anna, some_facts(), TUESDAY).case
    outcome = ship_for_customer(anna, order(case.case_id, **{said: False}), TUESDAY)
    assert isinstance(outcome, BookingRefused) and set(outcome.missing) == {said}
    assert anna.courier.newest() == ()


def test_danger_is_never_overruled(anna):
    stop = {"verdict": "SAFETY_STOP", "clauses": ["R20"], "method": None}
    case = open_case(anna, some_facts(decision=stop), TUESDAY).case
    outcome = ship_for_customer(anna, order(case.case_id, approved=True), TUESDAY)
    assert isinstance(outcome, BookingRefused) and "safety" in outcome.missing
    assert anna.courier.newest() == ()


def test_the_workflow_tells_the_customer_what_an_agent_booked(anna):
    case = open_case(anna, some_facts(), TUESDAY).case
    assert isinstance(ship_for_customer(anna, order(case.case_id), TUESDAY), Booked)
    assert "told" not in [event.what for event in anna.desk.get(case.case_id).events]


def test_an_unknown_case_and_a_desk_that_is_away(anna):
    assert ship_for_customer(anna, order("HPO-NONE"), TUESDAY) == BookingRefused({"case_id"})
    anna.plain.fail("get", Unavailable("away"))
    assert ship_for_customer(anna, order("HPO-NONE"), TUESDAY) == BookingFailed("unavailable")
