"""A pick-up is moved or cancelled before collection, and nothing is claimed that the courier did not do."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from actions.ports import BookingStatus, CaseStatus, PickupSlot, Unavailable, Unknown
from actions.usecases.cancel_pickup import Cancelled, CancelRefused, NotCancelled, NothingToCancel, cancel_pickup
from actions.usecases.move_pickup import NewSlotGone, NoPickup, NotMoved, PickupMoved, TooLate, move_pickup
from actions.usecases.open_case import open_case
from tests.support.examples import TUESDAY, a_request, some_facts


@pytest.fixture
def booked(world):
    """A case whose pick-up stands."""
    case_id = open_case(world, some_facts(), TUESDAY).case.case_id
    booking = world.courier.book(a_request(case_id), "k", TUESDAY)
    world.desk.set_status(case_id, CaseStatus.BOOKED, TUESDAY, "booked", {})
    return booking


@pytest.fixture
def other_slot(world, booked):
    slots = world.courier.offer_slots("8000", TUESDAY)
    return next(slot for slot in slots if slot.date != booked.pickup_date)


def moves(world, case_id):
    return [event for event in world.desk.get(case_id).events if event.what == "pickup_moved"]


def test_a_move_keeps_the_booking_and_shows_in_the_history(world, booked, other_slot):
    first = move_pickup(world.desk, world.courier, booked.case_id, other_slot, TUESDAY)
    again = move_pickup(world.desk, world.courier, booked.case_id, other_slot, TUESDAY)
    assert isinstance(first, PickupMoved) and first == again and first.recorded
    assert (first.booking.booking_id, first.booking.pickup_date) == (booked.booking_id, other_slot.date)
    assert len(world.courier.bookings) == 1 and len(moves(world, booked.case_id)) == 1


def test_there_and_back_is_two_changes(world, booked, other_slot):
    move_pickup(world.desk, world.courier, booked.case_id, other_slot, TUESDAY)
    back = PickupSlot(booked.pickup_date, booked.pickup_window)
    move_pickup(world.desk, world.courier, booked.case_id, back, TUESDAY)
    move_pickup(world.desk, world.courier, booked.case_id, other_slot, TUESDAY)
    assert len(moves(world, booked.case_id)) == 3


def test_a_taken_date_leaves_the_booking_as_it_was(world, booked, other_slot):
    world.courier.full.add(other_slot)
    outcome = move_pickup(world.desk, world.courier, booked.case_id, other_slot, TUESDAY)
    assert outcome == NewSlotGone(booked) and world.courier.bookings[booked.booking_id] == booked


def test_a_lost_answer_is_asked_for_again(world, booked, other_slot):
    world.courier.fail("change", Unknown(), times=1)
    assert isinstance(move_pickup(world.desk, world.courier, booked.case_id, other_slot, TUESDAY), PickupMoved)
    assert len(moves(world, booked.case_id)) == 1


@pytest.mark.parametrize(("error", "reason"), [(Unavailable(), "unavailable"), (Unknown(), "unknown")])
def test_no_answer_claims_nothing(world, booked, other_slot, error, reason):
    world.courier.fail("change", error)
    world.courier.fail("cancel", error)
    assert move_pickup(world.desk, world.courier, booked.case_id, other_slot, TUESDAY) == NotMoved(reason)
    assert cancel_pickup(world.desk, world.courier, booked.case_id, True, TUESDAY) == NotCancelled(reason)
    assert world.desk.get(booked.case_id).facts.status is CaseStatus.BOOKED


def test_a_case_that_could_not_be_told_is_told_at_the_next_try(world, booked, other_slot):
    world.desk.fail("note", Unavailable(), times=1)
    assert not move_pickup(world.desk, world.courier, booked.case_id, other_slot, TUESDAY).recorded
    assert move_pickup(world.desk, world.courier, booked.case_id, other_slot, TUESDAY).recorded
    assert len(moves(world, booked.case_id)) == 1


def test_on_the_day_it_is_too_late(world, booked, other_slot):
    day = datetime.combine(booked.pickup_date, TUESDAY.timetz())
    assert move_pickup(world.desk, world.courier, booked.case_id, other_slot, day) == TooLate(booked)
    assert cancel_pickup(world.desk, world.courier, booked.case_id, True, day) == CancelRefused(booked)
    assert world.desk.get(booked.case_id).facts.status is CaseStatus.BOOKED


@pytest.mark.parametrize(("whole_case", "status"), [(True, CaseStatus.CANCELLED), (False, CaseStatus.OPEN)])
def test_the_courier_is_called_off_and_the_case_says_so(world, booked, whole_case, status):
    outcome = cancel_pickup(world.desk, world.courier, booked.case_id, whole_case, TUESDAY)
    assert isinstance(outcome, Cancelled) and outcome.recorded
    assert world.courier.bookings[booked.booking_id].status is BookingStatus.CANCELLED
    case = world.desk.get(booked.case_id)
    assert case.facts.status is status and "booking_cancelled" in [event.what for event in case.events]
    assert move_pickup(world.desk, world.courier, booked.case_id, PickupSlot(TUESDAY.date(), ""), TUESDAY) == NoPickup()


def test_cancelling_twice_is_written_once(world, booked):
    for _ in range(2):
        assert isinstance(cancel_pickup(world.desk, world.courier, booked.case_id, True, TUESDAY), Cancelled)
    assert [event.what for event in world.desk.get(booked.case_id).events].count("cancelled") == 1


def test_what_is_in_repair_is_not_cancelled(world, booked):
    world.desk.set_status(booked.case_id, CaseStatus.IN_REPAIR, TUESDAY + timedelta(days=3), "received", {})
    assert cancel_pickup(world.desk, world.courier, booked.case_id, True, TUESDAY) == NothingToCancel()
    assert world.courier.bookings[booked.booking_id].status is BookingStatus.BOOKED
