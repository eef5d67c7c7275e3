"""Every conversation in YAML, asserting what the customer reads and what the world recorded."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from actions.adapters.notices_file import read_notices_file
from actions.casework.case import routing
from actions.ports import PickupSlot, Unavailable, Unknown
from tests.conversations.conftest import NOTICES, Fakes
from tests.conversations.given import give_case
from tests.conversations.script import CUSTOMER, Conversation, Turn, conversations
from tests.support.talk import Talk

pytestmark = pytest.mark.slow

ALL = conversations()
#: Answers of a customer whom a troubleshooting step does not help, where `not_fixed` is none of them.
_NOTHING_HELPED = ("nothing", "no", "no_other")
_LIMIT = 60  # questions until something is asked


@pytest.mark.parametrize("conversation", ALL, ids=lambda each: f"{each.language}/{each.behaviour}/{each.name}")
def test_conversation(conversation: Conversation, webhook: str, fakes: Fakes, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in the file is what happens."""
    fakes.clock.at = _at(conversation.clock)
    _break(conversation.world, fakes)
    if conversation.notices:
        fakes.notices.notices = list(read_notices_file(NOTICES, fakes.clock.now().date()).taken)
    if conversation.people_first:
        table = {**routing._table(), "people_first": conversation.people_first}
        monkeypatch.setattr(routing, "_table", lambda: table)
    for given in conversation.given:
        give_case(fakes, given)
    customer = {**CUSTOMER, **conversation.customer}
    talk = Talk(webhook, conversation.session_language)
    talk.open()
    for number, turn in enumerate(conversation.turns, 1):
        where = f"turn {number} ({turn.say or turn.choose or turn.person_left or turn.until})"
        _do(turn, talk, customer, fakes, where)
        _check(turn, talk, where)
    _afterwards(conversation.then, talk, fakes)


def _at(clock: str) -> datetime:
    return datetime.fromisoformat(clock).replace(tzinfo=ZoneInfo("Europe/Copenhagen"))


def test_both_languages_show_the_same_behaviours() -> None:
    """Whatever is shown in Danish is shown in English."""
    shown = {language: {each.behaviour for each in ALL if each.language == language} for language in ("da", "en")}
    assert shown["da"] == shown["en"]
    assert shown["da"]


def _break(world: dict[str, str], fakes: Fakes) -> None:
    ports = {"registry": fakes.registry, "courier": fakes.courier, "desk": fakes.desk}
    first = {"registry": "lookup", "courier": "book", "desk": "open"}
    errors = {"down": Unavailable("broken for this test"), "lost": Unknown("no answer, for this test")}
    for name, how in world.items():
        if name == "people":
            fakes.people.present = 1 if how == "there" else 0
            continue
        port, _, method = name.partition("_")
        if how == "well":
            ports[port].heal()
        elif how == "full":
            fakes.courier.full |= {PickupSlot(date.fromisoformat(method.split("_")[0]), method.split("_")[1])}
        else:
            ports[port].fail(method or first[port], errors[how])


def _do(turn: Turn, talk: Talk, customer: dict[str, Any], fakes: Fakes, where: str) -> None:
    if turn.clock:
        fakes.clock.at = _at(turn.clock)
    _break(turn.world, fakes)
    if turn.say:
        talk.say(turn.say)
    elif turn.file:
        talk.send_file()
    elif turn.choose:
        talk.choose(turn.choose)
    elif turn.person_left:
        talk.person_left(turn.person_left, turn.told)
    for _ in range(_LIMIT if turn.until else 0):
        if talk.asks == turn.until:
            return
        _answer(talk, customer, where)
    assert not turn.until or talk.asks == turn.until, f"{where}: never asked; last read: {talk.read}"


def _answer(talk: Talk, customer: dict[str, Any], where: str) -> None:
    """Answer the open question as this customer would: by choice where it is on offer, else in words."""
    slot = talk.asks
    assert slot, f"{where}: no question is open; last read: {talk.read}"
    if slot in ("pickup_date", "pickup_window") and slot not in customer:
        talk.choose(talk.offers[0])
        return
    said = str(customer[slot])
    if slot == "ts_answer" and said not in talk.offers:
        said = next(choice for choice in (*_NOTHING_HELPED, talk.offers[0]) if choice in talk.offers)
    if said in talk.offers:
        talk.choose(said)
    else:
        talk.say({"affirm": "ja", "deny": "nej"}.get(said, said))


def _check(turn: Turn, talk: Talk, where: str) -> None:
    read = talk.read.casefold()
    for words in turn.reads:
        assert words.casefold() in read, f"{where}: {words!r} not in {talk.read!r}"
    for words in turn.reads_not:
        assert words.casefold() not in read, f"{where}: {words!r} in {talk.read!r}"
    if turn.asks is not None:
        assert talk.asks == turn.asks, f"{where}: asks {talk.asks!r}; read: {talk.read!r}"
    if turn.card:
        assert turn.card in [event.get("card") for event in talk.turn], f"{where}: no {turn.card} card: {talk.read!r}"
    for choice in turn.offers:
        assert choice in talk.offers, f"{where}: {choice!r} not in {talk.offers}"
    for choice in turn.offers_not:
        assert choice not in talk.offers, f"{where}: {choice!r} in {talk.offers}"


def _afterwards(then: dict[str, Any], talk: Talk, fakes: Fakes) -> None:
    cases = [{**asdict(case.facts), "case_id": case.case_id} for case in reversed(fakes.desk.newest())]
    bookings = [asdict(booking) for booking in reversed(fakes.courier.newest())]
    _match(then.get("cases", []), cases, "cases")
    _match(then.get("bookings", []), bookings, "bookings")
    if "handoffs" in then:
        _match(then["handoffs"], talk.handoffs, "handoffs")
    if "mails" in then:
        assert len(fakes.notifier.mails) == then["mails"], fakes.notifier.mails
    for case_id, wanted in (then.get("events") or {}).items():
        held = [event.what for event in fakes.desk.get(case_id).events]
        assert [what for what in held if what in wanted] == wanted, held
    for name, wanted in (then.get("verdict") or {}).items():
        assert talk.cards("verdict")[-1][name] == wanted, talk.cards("verdict")


def _match(wanted: list[dict[str, Any]], found: list[dict[str, Any]], what: str) -> None:
    assert len(found) == len(wanted), f"{what}: {found}"
    for fields, one in zip(wanted, found, strict=True):
        for name, value in fields.items():
            held: Any = one
            for part in name.split("."):
                held = held[part]
            assert held == value, f"{what}: {name} is {held!r}, not {value!r}"
