"""A booking's label and calendar entry over HTTP: for the conversation that was told of it, and by signed link."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import icalendar
import pytest
from front_door import Chat, GatewayUnderTest
from stub_rasa import StubRasa

from actions.bootstrap import Stores, open_stores
from actions.casework.facts import Language
from actions.ports import Address, Booking, BookingKind, CaseFacts, ShipmentRequest
from actions.usecases.move_pickup import move_pickup
from bot.gateway.links import Link, Links
from bot.gateway.tokens import signing_key

NOW = datetime.now(UTC)


def book(stores: Stores, conversation: str) -> tuple[Booking, list[Any]]:
    """A pick-up of the conversation's case, and the dates it could move to."""
    case, _ = stores.desk.open(CaseFacts(conversation=conversation, language=Language.DA), conversation, NOW)
    slots = list(stores.courier.offer_slots("8000", NOW))
    request = ShipmentRequest(
        case_id=case.case_id,
        kind=BookingKind.PICKUP,
        sender=Address("Mette Holm", "Vestergade 12", "8000", "Aarhus C"),
        phone="+4531234567",
        email="mette@example.dk",
        language=Language.DA,
        serial_number="5CG1234567",
        product_name="HP EliteBook",
        form_factor="notebook",
        has_battery=True,
        pickup_date=slots[0].date,
        pickup_window=slots[0].window,
    )
    booking = stores.courier.book(request, conversation, NOW)
    stores.desk.note(case.case_id, NOW, "booked", {"booking_id": booking.booking_id})
    return booking, slots


def told(rasa: StubRasa, gateway: GatewayUnderTest, booking: Booking) -> tuple[Chat, dict[str, Any]]:
    """A conversation in which the bot showed the booking's card; and the card."""
    data = {
        "booking_id": booking.booking_id,
        "case_id": booking.case_id,
        "kind": "pickup",
        "pickup_date": str(booking.pickup_date),
    }
    rasa.answer = lambda _: [{"custom": {"card": "booking", "data": data, "text": "Bestilt."}}]
    chat = gateway.chat(language="da")
    return chat, next(event for event in chat.settled() if event["type"] == "card")


def get(gateway: GatewayUnderTest, path: str, chat: Chat | None = None) -> httpx.Response:
    return gateway.get(path, headers={"Authorization": chat.http.headers["Authorization"]} if chat else {})


def test_label_and_calendar_belong_to_the_conversation_that_was_told(gateway, rasa: StubRasa) -> None:
    stores = open_stores(gateway.settings)
    booking, _ = book(stores, "somewhere")
    chat, card = told(rasa, gateway, booking)
    rasa.answer = rasa.echo
    other = gateway.chat(language="da")

    label = get(gateway, card["data"]["label_url"], chat)
    assert label.status_code == 200 and label.content.startswith(b"%PDF")
    assert label.headers["content-disposition"].startswith("attachment;")
    calendar = get(gateway, card["data"]["calendar_url"], chat)
    assert calendar.status_code == 200 and calendar.headers["content-type"].startswith("text/calendar")

    for path in (card["data"]["label_url"], card["data"]["calendar_url"]):
        assert get(gateway, path).status_code == 401
        assert get(gateway, path, other).status_code == 404
    assert get(gateway, card["data"]["label_url"].replace(".pdf", ".exe"), chat).status_code == 404
    other.say(f"{booking.booking_id} {booking.case_id}")
    assert get(gateway, card["data"]["label_url"], other).status_code == 404, "naming a booking is no proof"


def test_a_calendar_that_has_the_pickup_follows_its_changes(start, rasa: StubRasa) -> None:
    gateway = start()
    stores = open_stores(gateway.settings)
    booking, slots = book(stores, "somewhere")
    chat, card = told(rasa, gateway, booking)

    def entry() -> tuple[icalendar.Calendar, icalendar.Event]:
        read = icalendar.Calendar.from_ical(get(gateway, card["data"]["calendar_url"], chat).content)
        return read, next(iter(read.walk("VEVENT")))

    read, first = entry()
    assert read["METHOD"] == "PUBLISH" and first["SEQUENCE"] == 0 and first["STATUS"] == "CONFIRMED"
    hours = booking.pickup_window.split("-")
    begins = first["DTSTART"].dt
    assert (begins.date(), begins.strftime("%H:%M")) == (booking.pickup_date, hours[0])
    assert first["DTSTART"].params["TZID"] == "Europe/Copenhagen"
    zone = next(iter(read.walk("VTIMEZONE"))).to_tz()
    assert begins.replace(tzinfo=zone).utcoffset() == begins.utcoffset()
    assert booking.case_id in first["SUMMARY"] and booking.tracking_number in first["DESCRIPTION"]

    other_day = next(slot for slot in slots if slot.date != booking.pickup_date)
    move_pickup(stores.desk, stores.courier, booking.case_id, other_day, NOW)
    _, moved = entry()
    assert (moved["UID"], moved["SEQUENCE"]) == (first["UID"], 1)
    assert moved["DTSTART"].dt.date() == other_day.date

    stores.courier.cancel(booking.booking_id, NOW)
    stores.desk.note(booking.case_id, NOW, "booking_cancelled", {"booking_id": booking.booking_id})
    read, gone = entry()
    assert (read["METHOD"], gone["STATUS"], gone["UID"], gone["SEQUENCE"]) == ("CANCEL", "CANCELLED", first["UID"], 2)
    assert get(gateway, card["data"]["label_url"], chat).status_code == 404


def test_summer_and_winter_keep_the_hour() -> None:
    from actions.adapters.calendar_file import _copenhagen

    zone = icalendar.Timezone.from_ical(_copenhagen().to_ical()).to_tz()
    assert datetime(2027, 7, 1, 8, tzinfo=zone).utcoffset() == timedelta(hours=2)
    assert datetime(2027, 1, 15, 8, tzinfo=zone).utcoffset() == timedelta(hours=1)


def test_a_signed_link_needs_no_token_and_ends(start) -> None:
    gateway = start()
    booking, _ = book(open_stores(gateway.settings), "somewhere")
    links = Links(signing_key("", gateway.settings.var))
    label = Link(booking.case_id, booking.booking_id, "pdf", "da")
    answer = get(gateway, links.path(label, NOW + timedelta(hours=1)))
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")
    assert answer.headers["x-robots-tag"] == "noindex"
    over = get(gateway, links.path(label, NOW - timedelta(seconds=1)))
    assert (over.status_code, over.json()["error"]) == (404, "link_over")


@pytest.mark.parametrize(
    "spoil", [str.upper, lambda path: path[:-1] + "A", lambda path: path + "x", lambda _: "/l/x.y"]
)
def test_a_forged_link_leads_nowhere(spoil) -> None:
    now = datetime.now(UTC)
    links, foreign = Links(b"key"), Links(b"other key")
    link = Link("HPO-7K39QX", "HPB-23456789", "ics", "da")
    path = links.path(link, now + timedelta(hours=1))
    token = path.removeprefix("/l/")
    assert links.read(token, now) == link
    assert foreign.read(token, now) is None
    assert links.read(token, now + timedelta(hours=2)) is None
    spoilt = spoil(path).removeprefix("/l/")
    assert spoilt == token or links.read(spoilt, now) is None


def test_only_the_words_of_a_link_stand_in_one() -> None:
    with pytest.raises(ValueError):
        Links(b"key").path(Link("HPO-1|x", "b", "pdf", "da"), datetime.now(UTC))
