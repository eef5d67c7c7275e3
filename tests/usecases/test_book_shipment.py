"""Nothing is said to be booked that is not, nothing is booked twice, and nothing dangerous travels."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.casework.shipping.gate import GateFacts
from actions.ports import BookingKind, BookingStatus, CaseStatus, PickupSlot, Rejected, Unavailable, Unknown
from actions.usecases.book_shipment import (
    Booked,
    BookingFailed,
    BookingRefused,
    BookingUnderWay,
    SlotGone,
    book_shipment,
)
from actions.usecases.hand_over import HandedOver, hand_over
from actions.usecases.open_case import open_case
from tests.support.examples import TUESDAY, a_request, some_facts

LATER = TUESDAY + timedelta(minutes=5)
SAFETY_STOP = {"verdict": "SAFETY_STOP", "clauses": ["R20"], "method": None}


def gate(case_id: str, **changes) -> GateFacts:
    request = a_request(case_id)
    facts = {
        "kind": "pickup",
        "now": TUESDAY,
        "case_id": case_id,
        "data_ack": True,
        "backup_ack": True,
        "packed_ready": True,
        "street": request.sender.street,
        "postcode": request.sender.postcode,
        "city": request.sender.city,
        "phone": request.phone,
        "email": request.email,
        "pickup_date": request.pickup_date,
        "pickup_window": request.pickup_window,
        "summary_confirmed": True,
    }
    return GateFacts(**facts | changes)


@pytest.fixture
def case_id(world) -> str:
    return open_case(world, some_facts(), TUESDAY).case.case_id


def book(world, case_id, request=None, **changes):
    return book_shipment(world, request or a_request(case_id), gate(case_id, **changes), TUESDAY)


def test_a_booking_stands_in_the_book_on_the_case_and_in_a_mail(world, case_id):
    outcome = book(world, case_id)
    assert isinstance(outcome, Booked)
    case = world.desk.get(case_id)
    assert case.facts.status is CaseStatus.BOOKED
    booked = next(event for event in case.events if event.what == "booked")
    assert booked.data["booking_id"] == outcome.booking.booking_id
    confirmation = world.notifier.mails[f"booked:{outcome.booking.booking_id}"]
    assert outcome.booking.tracking_number in confirmation.body
    assert "torsdag den 12. marts 2026" in confirmation.body
    assert [event.data["by"] for event in case.events if event.what == "told"] == ["turn"]
    assert world.notifier.told == {}  # the turn says it


def test_asked_again_it_is_the_same_booking(world, case_id):
    first = book(world, case_id)
    assert book(world, case_id) == first
    assert book(world, case_id, a_request(case_id, pickup_window="12:00-16:00")) == first
    assert len(world.courier.bookings) == 1


@pytest.mark.parametrize("ack", ["data_ack", "backup_ack", "packed_ready", "summary_confirmed"])
@pytest.mark.parametrize("answer", [False, None])
def test_a_gate_that_is_not_passed_books_nothing(world, case_id, ack, answer):
    outcome = book(world, case_id, **{ack: answer})
    assert isinstance(outcome, BookingRefused)
    assert outcome.missing == {"confirm_summary" if ack == "summary_confirmed" else ack}
    assert world.courier.bookings == {}


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ({"decision": None}, "entitlement"),
        ({"decision": {"verdict": "NOT_COVERED", "method": None}}, "entitlement"),
        ({"decision": {"verdict": "NEEDS_HUMAN", "method": "NEEDS_HUMAN"}}, "entitlement"),
        ({"decision": {"verdict": "COVERED", "method": "DEPOT_SHIP"}}, "entitlement"),
        ({"decision": SAFETY_STOP}, "safety"),
        ({"reason": "safety"}, "safety"),
        ({"cause": "spill"}, "spill"),
    ],
)
def test_what_the_case_does_not_bear_out_is_not_booked(world, facts, missing):
    case_id = open_case(world, some_facts(**facts), TUESDAY).case.case_id
    outcome = book(world, case_id)
    assert isinstance(outcome, BookingRefused) and missing in outcome.missing
    assert world.courier.bookings == {}


def test_a_safety_flag_in_the_conversation_is_enough(world, case_id):
    assert book(world, case_id, safety=("smoke",)) == BookingRefused({"safety"})
    assert world.courier.bookings == {}


def test_no_case_no_booking(world):
    assert book(world, "HPO-ZZZZZZ") == BookingRefused({"case_id"})


def test_a_slot_that_is_gone_may_be_chosen_anew(world, case_id):
    gone = a_request(case_id)
    world.courier.full.add(PickupSlot(gone.pickup_date, gone.pickup_window))
    assert book(world, case_id) == SlotGone()
    assert world.desk.get(case_id).facts.status is CaseStatus.OPEN
    other = a_request(case_id, pickup_window="12:00-16:00")
    outcome = book(world, case_id, other, pickup_window="12:00-16:00")
    assert isinstance(outcome, Booked) and outcome.booking.pickup_window == "12:00-16:00"


@pytest.mark.parametrize("error", [Unavailable(), Unknown()])
def test_a_courier_that_does_not_answer_is_asked_again_and_books_once(world, case_id, error):
    world.courier.fail("book", error)
    assert book(world, case_id) == BookingUnderWay(case_id)
    assert world.desk.get(case_id).facts.status is CaseStatus.OPEN
    world.courier.heal()
    world.workflows.go_on()
    (booking,) = world.courier.bookings.values()
    conversation, event = world.notifier.told[f"booking:{booking.booking_id}"]
    assert (conversation, event["card"], event["data"]["case_id"]) == ("c-1", "booking", case_id)
    assert booking.tracking_number in event["text"]
    assert book(world, case_id) == Booked(booking)


def test_a_slot_lost_while_waiting_is_told_in_the_chat(world, case_id):
    world.courier.fail("book", Unavailable())
    assert isinstance(book(world, case_id), BookingUnderWay)
    world.courier.heal()
    wanted = a_request(case_id)
    world.courier.full.add(PickupSlot(wanted.pickup_date, wanted.pickup_window))
    world.workflows.go_on()
    ((_, event),) = world.notifier.told.values()
    assert event["type"] == "text" and case_id in event["text"]
    assert world.courier.bookings == {}


def test_a_desk_that_is_away_claims_nothing(world, case_id):
    world.desk.fail("get", Unavailable())
    assert book(world, case_id) == BookingFailed("unavailable")


def test_after_a_cancellation_it_is_a_new_booking(world, case_id):
    first = book(world, case_id).booking
    world.courier.cancel(first.booking_id, TUESDAY)
    world.desk.note(case_id, TUESDAY, "booking_cancelled", {"booking_id": first.booking_id})
    second = book(world, case_id).booking
    assert second.booking_id != first.booking_id
    standing = [held for held in world.courier.bookings.values() if held.status is BookingStatus.BOOKED]
    assert standing == [second]


def test_a_label_and_a_part_need_their_own_facts(world):
    depot = some_facts(symptom="usb", decision={"verdict": "COVERED", "method": "DEPOT_SHIP"})
    case_id = open_case(world, depot, TUESDAY).case.case_id
    label = a_request(case_id, kind=BookingKind.LABEL, pickup_date=None, pickup_window="")
    assert isinstance(book(world, case_id, label, kind="label", pickup_date=None, pickup_window=""), Booked)
    part_facts = some_facts(symptom="keyboard", decision={"verdict": "COVERED", "method": "CSR_PART"})
    case_id = open_case(world, part_facts, TUESDAY).case.case_id
    part = a_request(case_id, kind=BookingKind.CSR_PART, part="keyboard_external", pickup_date=None)
    outcome = book(world, case_id, part, kind="csr_part", data_ack=None, backup_ack=None, packed_ready=None)
    assert isinstance(outcome, Booked) and outcome.booking.kind is BookingKind.CSR_PART


# --- danger told of later ---------------------------------------------------------------------------


def hand_over_safety(world, **changes):
    return hand_over(world, some_facts(reason="safety", decision=SAFETY_STOP, **changes), LATER)


def test_a_danger_told_of_after_booking_calls_the_courier_off(world, case_id):
    booking = book(world, case_id).booking
    handed = hand_over_safety(world, symptom="safety")
    assert isinstance(handed, HandedOver)
    assert [held.booking_id for held in handed.cancelled] == [booking.booking_id]
    assert world.courier.bookings[booking.booking_id].status is BookingStatus.CANCELLED
    assert world.desk.get(case_id).facts.status is CaseStatus.NEEDS_HUMAN
    assert handed.case.facts.status is CaseStatus.NEEDS_HUMAN


def test_a_courier_that_can_not_be_called_off_is_named(world, case_id):
    booking = book(world, case_id).booking
    world.courier.fail("cancel", Rejected())
    handed = hand_over_safety(world)
    assert [held.booking_id for held in handed.still_booked] == [booking.booking_id]


def test_a_danger_told_of_while_a_booking_is_under_way_stops_it(world, case_id):
    world.courier.fail("book", Unavailable())
    assert isinstance(book(world, case_id), BookingUnderWay)
    hand_over_safety(world)
    world.courier.heal()
    world.workflows.go_on()
    assert world.courier.bookings == {}
    ((_, event),) = world.notifier.told.values()
    assert "stoppet" in event["text"]


def test_a_danger_told_of_between_booking_and_writing_it_down_cancels_it(world, case_id):
    world.desk.fail("set_status", Unavailable())
    assert isinstance(book(world, case_id), BookingUnderWay)
    world.desk.heal()
    (booking,) = world.courier.bookings.values()
    world.courier.fail("of_case", Unavailable())  # the hand-over can't see it
    hand_over_safety(world)
    world.courier.heal()
    world.workflows.go_on()
    assert world.courier.bookings[booking.booking_id].status is BookingStatus.CANCELLED
