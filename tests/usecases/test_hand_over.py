"""A person gets the whole story; who asks for a status proves who they are."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from actions.adapters.fakes import FakeCourier
from actions.ports import CaseStatus, Contact, NotFound, PortError, Unavailable, Unknown
from actions.usecases.case_status import NotMatched, StatusFound, case_status
from actions.usecases.hand_over import HandedOver, NotHandedOver, hand_over
from actions.usecases.open_case import open_case
from actions.usecases.plan_shipment import NoSlots, NotCollected, SlotsOffered, plan_shipment
from tests.support.examples import TUESDAY, a_request, some_facts


def test_the_open_case_is_handed_over(world):
    opened = open_case(world, some_facts(), TUESDAY)
    due: datetime = TUESDAY + timedelta(hours=4)
    facts = some_facts(reason="asked_for", callback_due=due)
    handed = hand_over(world, facts, TUESDAY, case_id=opened.case.case_id)
    assert isinstance(handed, HandedOver) and not handed.created
    case = world.desk.get(opened.case.case_id)
    assert (case.facts.status, case.facts.reason, case.facts.callback_due) == (
        CaseStatus.NEEDS_HUMAN,
        "asked_for",
        due,
    )


def test_name_telephone_and_email_are_enough(world):
    contact = Contact(name="Bo", email="bo@example.com", phone="+4531234567")
    bare = some_facts(serial_number="", symptom="", contact=contact, decision=None, entitlement={}, steps=())
    handed = hand_over(world, bare, TUESDAY)
    assert isinstance(handed, HandedOver) and handed.created
    again = hand_over(world, bare, TUESDAY + timedelta(minutes=1))
    assert again.case.case_id == handed.case.case_id


def test_a_fault_told_of_after_asking_for_a_person_is_the_same_case(world):
    handed = hand_over(world, some_facts(serial_number="", symptom=""), TUESDAY)
    opened = open_case(world, some_facts(), TUESDAY, replaces=handed.case.case_id)
    assert opened.case.case_id == handed.case.case_id


def test_a_booked_case_can_be_handed_over(world):
    case_id = open_case(world, some_facts(), TUESDAY).case.case_id
    world.desk.set_status(case_id, CaseStatus.BOOKED, TUESDAY, "booked", {})
    handed = hand_over(world, some_facts(reason="asked_for"), TUESDAY, case_id=case_id)
    assert handed.case.case_id == case_id
    assert handed.case.facts.status is CaseStatus.NEEDS_HUMAN
    assert handed.cancelled == ()


@pytest.mark.parametrize("error", [Unavailable(), Unknown()])
def test_a_desk_that_fails_is_no_hand_over(world, error):
    world.desk.fail("*", error)
    assert isinstance(hand_over(world, some_facts(), TUESDAY), NotHandedOver)


def test_status_needs_number_and_address(world):
    case_id = open_case(world, some_facts(), TUESDAY).case.case_id
    booking = world.courier.book(a_request(case_id), "k", TUESDAY)
    found = case_status(world.desk, world.courier, case_id, " AASE@example.com")
    assert isinstance(found, StatusFound)
    assert found.case.case_id == case_id and list(found.bookings) == [booking]
    assert case_status(world.desk, world.courier, case_id, "other@example.com") == NotMatched()
    assert case_status(world.desk, world.courier, "HPO-ZZZZZZ", "aase@example.com") == NotMatched()


def test_a_case_without_an_address_is_told_to_nobody(world):
    case_id = open_case(world, some_facts(contact=Contact(name="Bo")), TUESDAY).case.case_id
    assert case_status(world.desk, world.courier, case_id, "") == NotMatched()


def test_a_desk_that_is_away_is_no_mismatch(world):
    world.desk.fail("get", Unavailable())
    with pytest.raises(PortError):
        case_status(world.desk, world.courier, "HPO-ZZZZZZ", "a@b.dk")


def test_dates_are_offered_where_the_courier_drives():
    courier = FakeCourier()
    offered = plan_shipment(courier, "8000", TUESDAY)
    assert isinstance(offered, SlotsOffered) and offered.slots
    assert plan_shipment(courier, "3700", TUESDAY) == NotCollected()  # Bornholm
    courier.full.update(offered.slots)
    assert plan_shipment(courier, "8000", TUESDAY) == NoSlots(courier_down=False)
    courier.fail("offer_slots", NotFound())
    assert plan_shipment(courier, "8000", TUESDAY) == NoSlots(courier_down=True)
