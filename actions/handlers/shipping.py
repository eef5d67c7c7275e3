"""From the gate to the booking (R36, R37, R93, R96-R98): nothing is said to be booked before it is."""

from __future__ import annotations

from datetime import date

from actions.casework.entitlement.externals import EXTERNALS
from actions.casework.facts import Language
from actions.casework.identity.dates import format_date
from actions.casework.shipping.areas import in_pickup_area
from actions.casework.shipping.gate import GateFacts
from actions.handlers import story
from actions.handlers.case import booking_data, booking_words
from actions.handlers.turn import Events, Handler, Turn, choice, set_slots
from actions.ports import BookingKind, PickupSlot, ShipmentRequest
from actions.usecases.book_shipment import Booked, BookingRefused, BookingUnderWay, SlotGone, book_shipment
from actions.usecases.look_up_device import Found

#: Failures after which nobody may say that nothing is booked.
_UNPROVEN = frozenset({"unknown", "not_cancelled"})


def kind_of(turn: Turn) -> BookingKind:
    """What is booked: the way that the case took, or a label where the courier does not come."""
    if turn.slot("way") == "part":
        return BookingKind.CSR_PART
    if turn.slot("way") == "label" or turn.slot("delivery") == "depot":
        return BookingKind.LABEL
    return BookingKind.PICKUP


def free_slots(turn: Turn) -> list[PickupSlot]:
    """Dates and windows that the courier still takes."""
    return list(turn.world.courier.offer_slots(turn.slot("pickup_postcode") or "", turn.world.clock.now()))


def _is_collected(turn: Turn) -> bool:
    place = f"{turn.slot('pickup_street') or ''} {turn.slot('pickup_city') or ''}"
    return in_pickup_area(turn.slot("pickup_postcode"), place)


class ValidateShippingForm(Handler):
    """Address first, because it decides whether the courier comes; then date and window; then the summary."""

    name_ = "validate_shipping_form"

    def act(self, turn: Turn) -> Events:
        asked = ["pickup_street", "pickup_postcode", "pickup_city"]
        postcode = turn.slot("pickup_postcode")
        if kind_of(turn) is BookingKind.PICKUP and postcode:
            asked += ["pickup_date", "pickup_window"] if _is_collected(turn) else ["delivery"]
        missing = next((slot for slot in asked if turn.slot(slot) is None), None)
        if missing is None:
            missing = "confirm_summary" if turn.slot("confirm_summary") is not True else None
        if missing == "delivery" and turn.slot("requested_slot") != "delivery":
            turn.say("outside_area", postcode=postcode)
        return set_slots({"requested_slot": missing})


class AskPickupDate(Handler):
    """Offers the days that the courier has."""

    name_ = "action_ask_pickup_date"

    def act(self, turn: Turn) -> Events:
        days = sorted({slot.date for slot in free_slots(turn)})
        if not days:
            turn.say("no_pickup_dates")
            turn.offer_person()
        choices = [(choice(day.isoformat()), format_date(day, Language(turn.language))) for day in days]
        turn.ask("pickup_date", "date", turn.text("ask_pickup_date"), choices)
        return []


class AskPickupWindow(Handler):
    """Offers the windows of the chosen day."""

    name_ = "action_ask_pickup_window"

    def act(self, turn: Turn) -> Events:
        windows = [slot.window for slot in free_slots(turn) if slot.date.isoformat() == turn.slot("pickup_date")]
        choices = [(choice(window), window_title(turn, window)) for window in windows]
        turn.ask("pickup_window", "choice", turn.text("ask_pickup_window"), choices)
        return []


def window_title(turn: Turn, window: str) -> str:
    """A window in words."""
    start, _, end = window.partition("-")
    return turn.text("window_title", start=start, end=end)


class AskConfirmSummary(Handler):
    """Everything that will be booked, as a card, and the question whether it is right."""

    name_ = "action_ask_confirm_summary"

    def act(self, turn: Turn) -> Events:
        kind = kind_of(turn)
        found = story.look_up(turn)
        to, contact = story.address(turn), story.contact(turn)
        words = {
            "product_name": _what_travels(turn, found.device.product_name if isinstance(found, Found) else ""),
            "serial_number": turn.slot("serial_number"),
            "name": to.name,
            "street": to.street,
            "postcode": to.postcode,
            "city": to.city,
            "phone": contact.phone,
            "email": contact.email,
        }
        data = {**words, "case_id": turn.slot("case_id"), "kind": kind.value}
        if kind is BookingKind.PICKUP:
            data |= {"pickup_date": turn.slot("pickup_date"), "pickup_window": turn.slot("pickup_window")}
            day = format_date(date.fromisoformat(turn.slot("pickup_date")), Language(turn.language))
            words |= {"pickup_date": day, "pickup_window": turn.slot("pickup_window")}
        part = story.said(turn, "component") or ""
        if kind is BookingKind.CSR_PART:
            part = turn.text(f"part_{story.known(turn).component}")
        turn.card("summary", data, turn.text(f"summary_{_SUMMARY[kind]}", **words, part=part))
        choices = [("/affirm", turn.text("title_confirm")), ("/deny", turn.text("title_not_confirmed"))]
        turn.ask("confirm_summary", "choice", turn.text("ask_confirm_summary"), choices)
        return []


def _what_travels(turn: Turn, product_name: str) -> str:
    """The PC, or what was bought with it and travels alone, by its name."""
    part = story.known(turn).component
    if kind_of(turn) is BookingKind.CSR_PART or part not in EXTERNALS:
        return product_name
    return turn.text("travels_of", part=turn.text(f"part_{part}"), product_name=product_name)


_SUMMARY = {BookingKind.PICKUP: "pickup", BookingKind.LABEL: "label", BookingKind.CSR_PART: "part"}


class BookShipment(Handler):
    """Books, once, and says what came of it."""

    name_ = "action_book_shipment"

    def act(self, turn: Turn) -> Events:
        outcome = book_shipment(turn.world, _request(turn), _gate(turn), turn.world.clock.now())
        if isinstance(outcome, Booked):
            booking = outcome.booking
            text = turn.text(f"booked_{booking.kind.value}", **booking_words(booking, turn))
            turn.card("booking", booking_data(booking), text)
            return set_slots({"shipping": "booked"})
        if isinstance(outcome, BookingUnderWay):
            turn.say("booking_under_way")
            return set_slots({"shipping": "under_way"})
        if isinstance(outcome, SlotGone):
            turn.say("booking_slot_gone")
            again = {"pickup_date": None, "pickup_window": None, "confirm_summary": None}
            return set_slots({**again, "shipping": "again"})
        reason = "gate" if isinstance(outcome, BookingRefused) else outcome.reason
        turn.say(f"booking_{reason}" if reason in _UNPROVEN else "booking_failed")
        return set_slots({"shipping": "failed", "handoff_reason": f"not_booked_{reason}"})

    def on_trouble(self, turn: Turn) -> Events:
        return set_slots({"shipping": "failed", "handoff_reason": "not_booked_trouble"})


def _request(turn: Turn) -> ShipmentRequest:
    kind, found = kind_of(turn), story.look_up(turn)
    device = found.device if isinstance(found, Found) else None
    day = turn.slot("pickup_date") if kind is BookingKind.PICKUP else None
    contact = story.contact(turn)
    ended = story.result(turn)
    return ShipmentRequest(
        case_id=turn.slot("case_id"),
        kind=kind,
        sender=story.address(turn),
        phone=contact.phone,
        email=contact.email,
        language=turn.language,
        serial_number=turn.slot("serial_number"),
        product_name=_what_travels(turn, device.product_name) if device else "",
        form_factor=device.form_factor if device else "",
        has_battery=bool(device and device.mobile_battery != "none"),
        part=str(story.known(turn).component or "") if kind is BookingKind.CSR_PART else "",
        pickup_date=date.fromisoformat(day) if day else None,
        pickup_window=(turn.slot("pickup_window") or "") if day else "",
        failure_id=str(dict(ended.facts).get("failure_id", "")) if ended else "",
    )


def _gate(turn: Turn) -> GateFacts:
    to, contact, kind = story.address(turn), story.contact(turn), kind_of(turn)
    day = turn.slot("pickup_date") if kind is BookingKind.PICKUP else None
    return GateFacts(
        kind=kind.value,
        now=turn.world.clock.now(),
        case_id=turn.slot("case_id") or "",
        safety=turn.slot("safety_flags") or (),
        data_ack=turn.slot("data_ack"),
        backup_ack=turn.slot("backup_ack"),
        packed_ready=turn.slot("packed_ready"),
        street=to.street,
        postcode=to.postcode,
        city=to.city,
        phone=contact.phone,
        email=contact.email,
        pickup_date=date.fromisoformat(day) if day else None,
        pickup_window=(turn.slot("pickup_window") or "") if day else "",
        summary_confirmed=turn.slot("confirm_summary"),
    )
