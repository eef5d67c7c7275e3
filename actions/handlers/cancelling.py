"""The courier called off, or the whole case cancelled: asked first, before collection only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from actions.handlers.case import booking_words
from actions.handlers.turn import Events, Handler, Turn, choice, set_slots
from actions.ports import Booking, BookingKind, BookingStatus, CaseStatus, PortError
from actions.usecases.cancel_pickup import Cancelled, CancelRefused, NothingToCancel, cancel_pickup
from actions.usecases.confirm_change import confirm_change
from actions.usecases.move_pickup import is_too_late

_DONE = {"errand_step": "done"}
_OVER = frozenset({CaseStatus.CANCELLED, CaseStatus.CLOSED, CaseStatus.RESOLVED_REMOTELY})
_TRAVELLING = frozenset({CaseStatus.IN_TRANSIT, CaseStatus.IN_REPAIR, CaseStatus.RETURNING})


def begin_cancelling(turn: Turn, case_id: str) -> Mapping[str, Any]:
    """Ask what is meant and whether it is meant, or say why nothing can be cancelled."""
    case = turn.world.desk.get(case_id)
    status = case.facts.status
    if status in _OVER:
        turn.say(f"status_{status.value}")
        turn.say("cancel_is_over")
        return _DONE
    if status in _TRAVELLING:
        turn.say(f"status_{status.value}")
        turn.say("cancel_on_its_way")
        turn.offer_person()
        return _DONE
    try:
        standing = _standing(turn, case_id)
    except PortError:
        turn.say("cancel_courier_away", case_id=case_id)
        turn.offer_person()
        return _DONE
    late = next((booking for booking in standing if is_too_late(booking, turn.world.clock.now())), None)
    if late:
        turn.say("cancel_too_late", **booking_words(late, turn))
        turn.offer_person()
        return _DONE
    if not standing and turn.slot("case_id") == case_id and turn.slot("shipping") == "under_way":
        turn.say("booking_under_way")
        turn.offer_person()
        return _DONE
    what = turn.slot("cancel_what")
    if not standing and what == "pickup":
        turn.say("cancel_nothing_booked")
    return {"errand_step": "cancel", "cancel_what": what if standing else "case"}


def _standing(turn: Turn, case_id: str) -> Sequence[Booking]:
    return [each for each in turn.world.courier.of_case(case_id) if each.status is BookingStatus.BOOKED]


class AskCancelWhat(Handler):
    """The pick-up alone, or everything."""

    name_ = "action_ask_cancel_what"

    def act(self, turn: Turn) -> Events:
        choices = [
            (choice("pickup"), turn.text("title_cancel_pickup")),
            (choice("case"), turn.text("title_cancel_case")),
        ]
        turn.ask("cancel_what", "choice", turn.text("ask_cancel_what"), choices)
        return []


class AskCancelConfirmed(Handler):
    """Reads back what will be cancelled."""

    name_ = "action_ask_cancel_confirmed"

    def act(self, turn: Turn) -> Events:
        case_id, whole = str(turn.slot("errand_case")), turn.slot("cancel_what") == "case"
        standing = _standing(turn, case_id)
        pickup = next((booking for booking in standing if booking.kind is BookingKind.PICKUP), None)
        key = "ask_cancel_case" if whole else "ask_cancel_pickup" if pickup else "ask_cancel_booking"
        if whole and standing:
            key = "ask_cancel_case_and_booking"
        words = booking_words(pickup, turn) if pickup else {}
        choices = [("/affirm", turn.text("title_cancel")), ("/deny", turn.text("title_do_not_cancel"))]
        turn.ask("confirm_cancel", "choice", turn.text(key, **{**words, "case_id": case_id}), choices)
        return []


class Cancel(Handler):
    """Cancels, and says what came of it."""

    name_ = "action_cancel"

    def act(self, turn: Turn) -> Events:
        cleared = {"cancel_what": None, "cancel_confirmed": None, **_DONE}
        if turn.slot("cancel_confirmed") is not True:
            turn.say("cancel_not_wanted")
            return set_slots(cleared)
        world, case_id = turn.world, str(turn.slot("errand_case"))
        whole = turn.slot("cancel_what") == "case"
        outcome = cancel_pickup(world.desk, world.courier, case_id, whole, world.clock.now())
        if isinstance(outcome, Cancelled):
            self._tell(turn, case_id, whole, outcome)
        elif isinstance(outcome, CancelRefused):
            turn.say("cancel_too_late", **booking_words(outcome.booking, turn))
        elif isinstance(outcome, NothingToCancel):
            turn.say("cancel_nothing_booked")
        else:
            turn.say(f"not_cancelled_{outcome.reason}", case_id=case_id)
        if not isinstance(outcome, Cancelled):
            turn.offer_person()
        return set_slots(cleared)

    def on_trouble(self, turn: Turn) -> Events:
        return set_slots({"cancel_what": None, "cancel_confirmed": None, **_DONE})

    def _tell(self, turn: Turn, case_id: str, whole: bool, outcome: Cancelled) -> None:
        """Only what the case has on record is said of the case."""
        if not outcome.recorded:
            turn.say("cancelled_not_recorded", case_id=case_id)
            turn.offer_person()
            return
        confirm_change(turn.world, case_id, "cancelled" if whole else "booking_cancelled")
        status = CaseStatus.CANCELLED if whole else CaseStatus.OPEN
        text = turn.text("cancelled_case" if whole else "cancelled_pickup", case_id=case_id)
        turn.card("case", {"case_id": case_id, "status": status.value}, text)
