"""Another day for the courier: only days on offer, moved once, and nothing said that the courier did not do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from actions.casework.facts import Language
from actions.casework.identity.dates import format_date
from actions.handlers.case import booking_data, booking_words
from actions.handlers.shipping import window_title
from actions.handlers.turn import Events, Handler, Turn, choice, set_slots
from actions.ports import Booking, BookingKind, BookingStatus, PickupSlot, PortError
from actions.usecases.confirm_change import confirm_change
from actions.usecases.move_pickup import (
    NewSlotGone,
    NoPickup,
    PickupMoved,
    TooLate,
    is_too_late,
    move_pickup,
    standing_pickup,
)

#: A case whose unit is already with the courier, or further.
_TRAVELLING = frozenset({"in_transit", "in_repair", "returning"})

_DONE = {"errand_step": "done"}


def free_changes(turn: Turn, booking: Booking) -> Sequence[PickupSlot]:
    """Where a pick-up may be moved to, without where it stands. Raises PortError."""
    now = PickupSlot(booking.pickup_date or date.min, booking.pickup_window)
    return [
        slot for slot in turn.world.courier.offer_changes(booking.booking_id, turn.world.clock.now()) if slot != now
    ]


def slots_of_errand(turn: Turn) -> Sequence[PickupSlot]:
    """Dates and windows on offer to the errand's pick-up; none where the courier can't say."""
    try:
        booking = standing_pickup(turn.world.courier, str(turn.slot("errand_case")))
        return free_changes(turn, booking) if booking else ()
    except PortError:
        return ()


def begin_moving(turn: Turn, case_id: str) -> Mapping[str, Any]:
    """Ask for a day, or say why nothing can be moved."""
    try:
        booking = standing_pickup(turn.world.courier, case_id)
        if booking is None:
            return _nothing_to_move(turn, case_id)
        if is_too_late(booking, turn.world.clock.now()):
            turn.say("move_too_late", **booking_words(booking, turn))
            turn.offer_person()
            return _DONE
        days = {slot.date.isoformat() for slot in free_changes(turn, booking)}
    except PortError:
        turn.say("move_courier_away", case_id=case_id)
        turn.offer_person()
        return _DONE
    if not days:
        turn.say("move_no_dates", **booking_words(booking, turn))
        turn.offer_person()
        return _DONE
    wished = turn.slot("move_date")
    turn.say("move_stands", **booking_words(booking, turn))
    if wished and wished not in days:
        turn.say("bad_move_date")
    return {"errand_step": "reschedule", "move_date": wished if wished in days else None}


def begin_booking(turn: Turn, case_id: str) -> Mapping[str, Any]:
    """A courier is wished for: what stands is told; where one may be booked again it is; else how booking works."""
    if can_book_again(turn, case_id):
        return _again(turn)
    stands = standing_pickup(turn.world.courier, case_id)
    turn.say("move_stands" if stands else "how_booking_works", **(booking_words(stands, turn) if stands else {}))
    return _DONE


def can_book_again(turn: Turn, case_id: str) -> bool:
    """Whether this conversation passed the gate for that case and nothing of it is booked or under way."""
    passed = turn.slot("case_id") == case_id and turn.slot("gate") == "passed" and turn.slot("way") == "pickup"
    if not passed or turn.slot("shipping") == "under_way":
        return False
    standing = [each for each in turn.world.courier.of_case(case_id) if each.status is BookingStatus.BOOKED]
    return not standing and turn.world.desk.get(case_id).facts.status.value == "open"


def _again(turn: Turn) -> Mapping[str, Any]:
    """Back to the day: everything else was answered."""
    return {"pickup_date": None, "pickup_window": None, "confirm_summary": None, "errand_step": "book"}


def _nothing_to_move(turn: Turn, case_id: str) -> Mapping[str, Any]:
    """No pick-up stands: say what does, and offer one where that is possible."""
    case = turn.world.desk.get(case_id)
    standing = [each for each in turn.world.courier.of_case(case_id) if each.status is BookingStatus.BOOKED]
    if case.facts.status.value in _TRAVELLING:
        turn.say(f"status_{case.facts.status.value}")
        turn.say("move_on_its_way")
        turn.offer_person()
    elif turn.slot("case_id") == case_id and turn.slot("shipping") == "under_way":
        turn.say("booking_under_way")
    elif any(booking.kind is BookingKind.LABEL for booking in standing):
        turn.say("move_is_label", case_id=case_id)
    elif can_book_again(turn, case_id):
        return _again(turn)
    else:
        turn.say("move_no_pickup", case_id=case_id)
        turn.offer_person()
    return _DONE


class AskMoveDate(Handler):
    """Offers the days that the courier has."""

    name_ = "action_ask_move_date"

    def act(self, turn: Turn) -> Events:
        days = sorted({slot.date for slot in slots_of_errand(turn)})
        choices = [(choice(day.isoformat()), format_date(day, Language(turn.language))) for day in days]
        turn.ask("pickup_date", "date", turn.text("ask_move_date"), choices)
        return []


class AskMoveWindow(Handler):
    """Offers the windows of the chosen day."""

    name_ = "action_ask_move_window"

    def act(self, turn: Turn) -> Events:
        windows = [slot.window for slot in slots_of_errand(turn) if slot.date.isoformat() == turn.slot("move_date")]
        choices = [(choice(window), window_title(turn, window)) for window in windows]
        turn.ask("pickup_window", "choice", turn.text("ask_pickup_window"), choices)
        return []


class AskMoveConfirmed(Handler):
    """Reads the change back before it is made."""

    name_ = "action_ask_move_confirmed"

    def act(self, turn: Turn) -> Events:
        day = format_date(date.fromisoformat(turn.slot("move_date")), Language(turn.language))
        words = {"pickup_date": day, "pickup_window": turn.slot("move_window"), "case_id": turn.slot("errand_case")}
        choices = [("/affirm", turn.text("title_move")), ("/deny", turn.text("title_keep"))]
        turn.ask("confirm_summary", "choice", turn.text("ask_move_confirmed", **words), choices)
        return []


class MovePickup(Handler):
    """Moves it, once, and says what came of it."""

    name_ = "action_move_pickup"

    def act(self, turn: Turn) -> Events:
        cleared = {"move_date": None, "move_window": None, "move_confirmed": None}
        if turn.slot("move_confirmed") is not True:
            turn.say("move_not_wanted")
            return set_slots({**cleared, **_DONE})
        world, case_id = turn.world, str(turn.slot("errand_case"))
        slot = PickupSlot(date.fromisoformat(turn.slot("move_date")), str(turn.slot("move_window")))
        outcome = move_pickup(world.desk, world.courier, case_id, slot, world.clock.now())
        if isinstance(outcome, NewSlotGone):
            turn.say("booking_slot_gone")
            return set_slots({**cleared, "errand_step": "reschedule"})
        if isinstance(outcome, PickupMoved):
            booking = outcome.booking
            if outcome.recorded:
                confirm_change(world, case_id, "pickup_moved")
            turn.card("booking", booking_data(booking), turn.text("moved_pickup", **booking_words(booking, turn)))
        elif isinstance(outcome, TooLate):
            turn.say("move_too_late", **booking_words(outcome.booking, turn))
            turn.offer_person()
        elif isinstance(outcome, NoPickup):
            turn.say("move_no_pickup", case_id=case_id)
            turn.offer_person()
        else:
            turn.say(f"not_moved_{outcome.reason}", case_id=case_id)
            turn.offer_person()
        return set_slots({**cleared, **_DONE})

    def on_trouble(self, turn: Turn) -> Events:
        return set_slots({"move_date": None, "move_window": None, "move_confirmed": None, **_DONE})
