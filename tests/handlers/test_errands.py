"""A case is changed from the conversation: what fails is said, and what happened is said no bigger than it is."""

from __future__ import annotations

from datetime import date

import pytest

from actions.ports import BookingKind, BookingStatus, CaseStatus, Unavailable
from tests.handlers.conftest import SERIAL, Fakes, Run
from tests.support.examples import a_request

EMAIL = "mette@example.dk"
MOVE = {"move_date": "2026-11-27", "move_window": "08:00-12:00", "move_confirmed": True}


@pytest.fixture
async def booked(run: Run, fakes: Fakes) -> str:
    """A case whose pick-up stands on Thursday."""
    told = {"serial_number": SERIAL, "symptom": "no_power", "email": EMAIL}
    covered = {"verdict": "COVERED", "clauses": ["R60"], "method": "PICKUP"}
    case_id = str((await run("action_open_case", **told, decision=covered)).slots["case_id"])
    fakes.courier.book(a_request(case_id, pickup_date=date(2026, 11, 26)), "k", fakes.clock.now())
    fakes.desk.set_status(case_id, CaseStatus.BOOKED, fakes.clock.now(), "booked", {})
    fakes.notifier.mails.clear()
    return case_id


async def test_a_move_that_the_case_could_not_be_told_is_not_mailed(run: Run, fakes: Fakes, booked: str) -> None:
    fakes.desk.fail("note", Unavailable("down"))
    ran = await run("action_move_pickup", **MOVE, errand_case=booked)
    assert "flyttet" in ran.said and ran.slots["errand_step"] == "done"
    assert not fakes.notifier.mails


async def test_the_same_move_again_mails_once(run: Run, fakes: Fakes, booked: str) -> None:
    await run("action_move_pickup", **MOVE, errand_case=booked)
    await run("action_move_pickup", **MOVE, errand_case=booked)
    assert [mail.subject for mail in fakes.notifier.mails.values()] == [f"Afhentning flyttet, sag {booked}"]


async def test_called_off_but_not_written_down_claims_no_more(run: Run, fakes: Fakes, booked: str) -> None:
    fakes.desk.fail("set_status", Unavailable("down"))
    ran = await run("action_cancel", cancel_what="case", cancel_confirmed=True, errand_case=booked)
    assert "Kureren er aflyst, men" in ran.said and f"Sag {booked} er annulleret" not in ran.said
    assert fakes.courier.newest()[0].status is BookingStatus.CANCELLED and not fakes.notifier.mails


async def test_a_desk_that_is_down_is_no_wrong_e_mail(run: Run, fakes: Fakes, booked: str) -> None:
    fakes.desk.fail("get", Unavailable("down"))
    ran = await run("action_take_errand", errand="status", status_case_id=booked, status_email=EMAIL)
    assert "status_tries" not in ran.slots and ran.slots["errand_step"] == "done"
    assert "gik noget galt" in ran.said


async def test_a_wrong_e_mail_tells_nothing_and_the_third_is_the_last(run: Run, booked: str) -> None:
    wrong = {"errand": "cancel", "status_case_id": booked, "status_email": "x@example.dk"}
    unknown = {**wrong, "status_case_id": "HPO-ZZZZZZ", "status_email": EMAIL}
    first, other = await run("action_take_errand", **wrong), await run("action_take_errand", **unknown)
    assert first.said == other.said and first.slots == other.slots
    last = await run("action_take_errand", **wrong, status_tries=2)
    assert last.slots["errand_step"] == "refused"
    right = await run("action_take_errand", **{**wrong, "status_email": EMAIL}, status_tries=3)
    assert right.slots == {"errand_step": "refused"}


async def test_no_dates_leave_the_pick_up_as_it_is(run: Run, fakes: Fakes, booked: str) -> None:
    fakes.courier.full = {slot for slot in fakes.courier.offer_slots("8000", fakes.clock.now())}
    ran = await run("action_take_errand", errand="reschedule", errand_case=booked)
    assert ran.slots["errand_step"] == "done" and "ingen andre ledige dage" in ran.said


async def test_a_label_can_be_cancelled(run: Run, fakes: Fakes, booked: str) -> None:
    fakes.courier.bookings.clear()
    label = a_request(booked, kind=BookingKind.LABEL, pickup_date=None, pickup_window="")
    fakes.courier.book(label, "label", fakes.clock.now())
    begun = await run("action_take_errand", errand="cancel", errand_case=booked, cancel_what="pickup")
    asked = await run("action_ask_cancel_confirmed", **begun.slots, errand_case=booked)
    assert "forsendelsen" in asked.said
    done = await run("action_cancel", **begun.slots, errand_case=booked, cancel_confirmed=True)
    assert fakes.courier.newest()[0].status is BookingStatus.CANCELLED and "stadig åben" in done.said


async def test_how_booking_works_needs_no_case_number(run: Run) -> None:
    ran = await run("action_take_errand", errand="book")
    assert ran.slots["errand_step"] == "done" and "bestiller jeg en afhentning" in ran.said
