"""Each port failing in each way: what is said is true, and the slots that rules branch on claim nothing."""

from __future__ import annotations

import pytest

from actions.ports import PortError, Rejected, Unavailable, Unknown
from tests.handlers.conftest import SERIAL, Fakes, Run

FAILURES = [Unavailable("away"), Rejected("no"), Unknown("no answer")]
TOLD = {"serial_number": SERIAL, "symptom": "no_power", "contact_name": "Mette Holm", "email": "mette@example.dk"}
COVERED = {"verdict": "COVERED", "addon": None, "clauses": ["R60"], "method": "PICKUP", "notices": ["provisional"]}


@pytest.mark.parametrize("failure", FAILURES, ids=lambda each: type(each).__name__)
async def test_registry_away_is_never_a_no(run: Run, fakes: Fakes, failure: PortError) -> None:
    """A2, domain.md 0.6."""
    fakes.registry.fail("lookup", failure)
    looked = await run("action_look_up_device", **TOLD)
    assert looked.slots == {"device_lookup": "done", "registry": "unavailable"}
    decided = await run("action_decide", **TOLD)
    assert decided.slots["decision"]["verdict"] == "NEEDS_HUMAN"
    assert set(decided.slots["decision"]["text"]) == {"da", "en"}  # the whole answer of contract section 4


@pytest.mark.parametrize("failure", FAILURES, ids=lambda each: type(each).__name__)
async def test_a_case_that_is_not_opened_is_not_claimed(run: Run, fakes: Fakes, failure: PortError) -> None:
    """No case number, and the rules know that it failed."""
    fakes.desk.fail("open", failure)
    ran = await run("action_open_case", **TOLD, decision=COVERED)
    assert ran.slots == {"way": "failed"}
    assert "HPO-" not in ran.said
    assert "kunne ikke oprette sagen" in ran.said


async def test_opening_twice_is_one_case(run: Run, fakes: Fakes) -> None:
    """The same conversation, serial number and symptom (R17)."""
    first = await run("action_open_case", **TOLD, decision=COVERED)
    again = await run("action_open_case", **TOLD, decision=COVERED, case_id=first.slots["case_id"])
    assert first.slots["case_id"] == again.slots["case_id"]
    assert len(fakes.desk.newest()) == 1


@pytest.mark.parametrize("failure", [Unavailable("away"), Rejected("no")], ids=lambda each: type(each).__name__)
async def test_a_courier_that_fails_books_nothing(run: Run, fakes: Fakes, failure: PortError) -> None:
    """Neither a booking id nor the word booked."""
    opened = await run("action_open_case", **TOLD, decision=COVERED, phone="+4531234567")
    fakes.courier.fail("book", failure)
    ran = await run("action_book_shipment", **_ready(opened.slots["case_id"]))
    assert ran.slots["shipping"] in ("failed", "under_way", "again")
    assert "HPB-" not in ran.said
    assert not fakes.courier.newest()


async def test_a_booking_needs_every_part_of_the_gate(run: Run, fakes: Fakes) -> None:
    """R96-R98: one missing yes is enough."""
    opened = await run("action_open_case", **TOLD, decision=COVERED, phone="+4531234567")
    for ack in ("backup_ack", "data_ack", "packed_ready", "confirm_summary"):
        ran = await run("action_book_shipment", **{**_ready(opened.slots["case_id"]), ack: False})
        assert ran.slots["shipping"] == "failed", ack
    assert not fakes.courier.newest()


async def test_danger_books_nothing_even_with_everything_confirmed(run: Run, fakes: Fakes) -> None:
    """A1: whatever else is said."""
    opened = await run("action_open_case", **TOLD, decision=COVERED, phone="+4531234567")
    ran = await run("action_book_shipment", **_ready(opened.slots["case_id"]), safety_flags=["swollen"])
    assert ran.slots["shipping"] == "failed"
    assert not fakes.courier.newest()


async def test_an_action_that_breaks_says_so(run: Run, fakes: Fakes) -> None:
    """An error nobody foresaw: the customer reads that it did not happen, the rules that nothing did."""
    fakes.desk.fail("open", ZeroDivisionError("a bug"))  # type: ignore[arg-type]
    ran = await run("action_open_case", **TOLD, decision=COVERED)
    assert ran.slots == {"way": "failed"}
    assert "gik noget galt" in ran.said


async def test_hand_over_that_fails_promises_nobody(run: Run, fakes: Fakes) -> None:
    """No case, no promise."""
    fakes.desk.fail("open", Unavailable("away"))
    ran = await run("action_hand_over", **TOLD, phone="+4531234567", handoff_reason="asked_for")
    assert "HPO-" not in ran.said
    assert "kunne ikke oprette din sag" in ran.said


async def test_status_while_the_desk_is_away_counts_no_try(run: Run, fakes: Fakes) -> None:
    """Being unable to look is no mismatch."""
    fakes.desk.fail("get", Unavailable("away"))
    ran = await run("action_tell_case_status", status_case_id="HPO-7K39QX", status_email="mette@example.dk")
    assert "status_tries" not in ran.slots


async def test_a_new_session_carries_slots_and_the_open_form(run: Run, fakes: Fakes) -> None:
    """Rasa's tracker stays short; the conversation does not notice."""
    ran = await run("action_session_start", loop="contact_form", requested_slot="email", **TOLD)
    kinds = [event["event"] for event in ran.events]
    assert kinds[0] == "session_started"
    assert kinds[-1] == "action"
    assert {"event": "active_loop", "name": "contact_form"}.items() <= ran.events[1].items()
    assert ran.slots["requested_slot"] == "email"
    assert ran.slots["serial_number"] == SERIAL


def _ready(case_id: str) -> dict[str, object]:
    return {
        **TOLD,
        "case_id": case_id,
        "way": "pickup",
        "phone": "+4531234567",
        "backup_ack": True,
        "data_ack": True,
        "packed_ready": True,
        "pickup_street": "Vestergade 12",
        "pickup_postcode": "8000",
        "pickup_city": "Aarhus C",
        "pickup_date": "2026-11-26",
        "pickup_window": "08:00-12:00",
        "confirm_summary": True,
    }
