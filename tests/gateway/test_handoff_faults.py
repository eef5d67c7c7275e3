"""The fault table of the handoff, row by row, with a clock to set: it always ends with a case or an honest sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from desk_world import BO, METTE, TEXTS, DeskWorld

from actions.adapters.fakes.agent_desk import FakeAgentDesk
from actions.agent_ports import DeskAgent
from actions.ports import CaseFacts, CaseStatus, Language, Unavailable, Unknown
from actions.usecases.case_for_person import callbacks, case_for_person
from actions.usecases.reach_a_person import Reach
from bot.gateway.fanout import Fanout
from bot.gateway.handoff.model import Handoff, Refused, Request
from bot.gateway.handoff.outbox import Outbox
from bot.gateway.handoff.outer import OuterDesk
from bot.gateway.handoff.rows import LEASE
from bot.gateway.words import Words

CASE = re.compile(r"HPO-[0-9A-Z]{6}")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[DeskWorld]:
    made = DeskWorld(tmp_path)
    yield made
    made.close()


def at(world: DeskWorld, moment: str) -> None:
    world.now = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Europe/Copenhagen"))


# --- asked before anything is promised --------------------------------------------------------------


@pytest.mark.parametrize("moment", ["2026-11-24T07:59", "2026-11-24T17:00", "2026-11-28T12:00", "2026-12-25T10:00"])
def test_outside_opening_hours_there_is_no_queue_but_the_next_opening_time(world, moment):
    at(world, moment)
    decided = world.openings.decide(Request("asked_for", "da", "HPO-7K39QX"))
    assert decided.reach is Reach.CLOSED and not decided.opens
    assert "Vi åbner igen" in decided.text and "kl. 8.00" in decided.text


def danish_holidays(year: int) -> set[date]:
    """Public holidays by the old rule of Easter (Butcher), not by the library that the system asks."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    w = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * w) // 451
    month, day = divmod(h + w - 7 * m + 114, 31)
    easter = date(year, month, day + 1)
    moving = {easter + timedelta(days=days) for days in (-3, -2, 0, 1, 39, 49, 50)}
    return moving | {date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)}


def test_every_public_holiday_of_the_next_five_years_is_closed_and_the_days_around_are_as_usual(world):
    closed = set.union(*(danish_holidays(year) for year in range(2027, 2032)))
    for day in sorted(closed):
        at(world, f"{day}T10:00")
        decided = world.openings.decide(Request("asked_for", "da"))
        assert decided.reach is Reach.CLOSED, day
        assert "Vi åbner igen" in decided.text
    around = {day + timedelta(days=days) for day in closed for days in (-2, -1, 1, 2)} - closed
    for day in sorted(day for day in around if day.weekday() < 5):
        at(world, f"{day}T10:00")
        assert world.openings.decide(Request("asked_for", "da")).reach is Reach.PRESENT, day


@pytest.mark.parametrize(
    ("utc", "open_"),
    [
        ("2027-03-26T07:00", False),  # Good Friday
        ("2027-03-30T06:00", True),  # the Tuesday after summer time began and Easter ended: 08:00 in Copenhagen
        ("2027-03-30T05:59", False),
        ("2026-10-23T06:00", True),  # the Friday before winter time
        ("2026-10-26T06:59", False),  # the Monday after it
        ("2026-10-26T07:00", True),
        ("2026-10-26T15:59", True),
        ("2026-10-26T16:00", False),
    ],
)
def test_both_changes_of_the_clock(world, utc, open_):
    world.now = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert world.openings.decide(Request("asked_for", "da")).opens is open_


def test_friday_at_five_until_monday_at_eight(world):
    for moment in ("2026-11-27T17:00", "2026-11-28T12:00", "2026-11-30T07:59"):
        at(world, moment)
        assert not world.openings.decide(Request("asked_for", "da")).opens, moment
    at(world, "2026-11-30T08:00")
    assert world.openings.decide(Request("asked_for", "da")).opens


@pytest.mark.parametrize("moment", ["2026-11-24T08:00", "2026-11-24T16:59"])
def test_in_opening_hours_with_somebody_there_the_customer_waits(world, moment):
    at(world, moment)
    decided = world.openings.decide(Request("asked_for", "da"))
    assert decided.opens and "kø" in decided.text


def test_open_but_nobody_present_is_said_at_once(world):
    world.people.present = 0
    decided = world.openings.decide(Request("asked_for", "en"))
    assert decided.reach is Reach.NOBODY
    assert "Nobody is free" in decided.text


def test_a_desk_that_cannot_be_asked_promises_nobody(world):
    world.people.fail("availability", Unavailable("away"))
    assert world.openings.decide(Request("asked_for", "da")).reach is Reach.NOBODY


def test_system_trouble_with_nobody_there_opens_a_case(world):
    world.people.present = 0
    decided = world.openings.decide_trouble(world.customer(), "da")
    assert CASE.search(decided.text) and decided.request.case_id in decided.text
    (case,) = world.cases_at_desk.newest()
    assert (case.facts.status, case.facts.reason) == (CaseStatus.NEEDS_HUMAN, "system_trouble")
    assert case.facts.callback_due is not None


def test_system_trouble_with_somebody_there_hands_over_with_the_case_that_is_known(world):
    conversation = world.customer()
    facts = CaseFacts(conversation, Language.DA, serial_number="5CG6120DM1", symptom="no_power")
    case, _ = world.cases_at_desk.open(facts, "key", world.now)
    decided = world.openings.decide_trouble(conversation, "da")
    assert decided.opens and decided.request.case_id == case.case_id
    assert decided.request.package["device"]["serial_number"] == "5CG6120DM1"


# --- waiting ----------------------------------------------------------------------------------------


async def test_never_claimed_place_offer_case_and_call_back(world):
    first = world.waits()
    await world.later(seconds=1)
    second = world.waits()
    await world.later(seconds=59)
    assert len(world.read(second)) == 1
    await world.later(seconds=1)
    assert "nr. 2" in world.read(second)[-1] and "næste" in world.read(first)[-1]
    await world.later(minutes=2)
    assert "nr. 2" in world.read(second)[-2] and "Vil du vente" in world.read(second)[-1]
    before = world.read(second)
    await world.later(minutes=6, seconds=59)
    assert world.read(second) == before  # each is said once
    await world.later(seconds=1)
    assert world.state(second) == "expired" and world.owner(second) == "bot"
    assert CASE.search(world.read(second)[-1])
    cases = {case.facts.conversation: case for case in world.cases_at_desk.newest()}
    assert cases[second.conversation].facts.callback_due is not None
    assert second.conversation in world.woken  # the assistant goes on


async def test_a_customer_may_rather_be_called(world):
    handoff = world.waits()
    await world.later(minutes=3)
    world.chooses(handoff)
    await world.later(seconds=1)
    assert world.state(handoff) == "cancelled"
    assert CASE.search(world.read(handoff)[-1])


async def test_typing_the_title_is_choosing_it(world):
    handoff = world.waits()
    await world.later(minutes=3)
    world.says(handoff, "kontakt mig i stedet")
    await world.later(seconds=1)
    assert world.state(handoff) == "cancelled"


async def test_a_customer_may_wait_on(world):
    handoff = world.waits()
    await world.later(minutes=3)
    world.chooses(handoff, "wait_on")
    await world.later(seconds=1)
    assert world.state(handoff) == "waiting"


async def test_everybody_leaves_the_desk_and_those_who_wait_are_asked_at_once(world):
    handoff = world.waits()
    world.people.present = 0
    await world.later(seconds=1)
    assert "Vil du vente" in world.read(handoff)[-1]


async def test_closing_time_ends_waiting_and_leaves_chats_alone(world):
    at(world, "2026-11-27T16:58")
    waiting, talking = world.waits(), world.waits()
    world.desk.claim(talking.id, METTE, world.now)
    world.desk.send(talking.id, METTE, "m", "Hej", world.now)
    for _ in range(2):
        await world.later(seconds=59.5)
        world.desk.beat(METTE, True, world.now)
    assert world.state(waiting) == "waiting"
    await world.later(seconds=1)
    assert world.state(waiting) == "expired"
    assert "mandag den 30. november kl. 8.00" in world.read(waiting)[-1] and CASE.search(world.read(waiting)[-1])
    assert world.state(talking) == "active"


# --- held -------------------------------------------------------------------------------------------


async def test_claimed_and_no_word_for_two_minutes_goes_back_to_the_head(world):
    first, second = world.waits(), world.waits()
    world.desk.claim(second.id, METTE, world.now)
    world.now = world.now.replace(minute=1, second=59)
    world.desk.beat(METTE, True, world.now)
    await world.later(seconds=0)
    assert world.state(second) == "claimed"
    await world.later(seconds=1)
    assert world.state(second) == "waiting"
    assert [each.handoff.id for each in world.desk.queue()] == [second.id, first.id]
    assert sum("forrest" in text for text in world.read(second)) == 1


async def test_a_dead_browser_gives_the_customer_back_after_the_grace(world):
    handoff = world.waits()
    world.desk.claim(handoff.id, METTE, world.now)
    world.desk.send(handoff.id, METTE, "m", "Hej", world.now)
    await world.later(seconds=LEASE.total_seconds() - 1)
    assert world.state(handoff) == "active"
    await world.later(seconds=1)
    assert world.state(handoff) == "waiting"
    late = world.desk.send(handoff.id, METTE, "m2", "er du der?", world.now)
    assert isinstance(late, Refused) and "er du der?" not in world.read(handoff)
    assert isinstance(world.desk.claim(handoff.id, BO, world.now), Handoff)


async def test_a_heartbeat_keeps_it(world):
    handoff = world.waits()
    world.desk.claim(handoff.id, METTE, world.now)
    world.desk.send(handoff.id, METTE, "m", "Hej", world.now)
    for _ in range(6):
        await world.later(seconds=20)
        world.desk.beat(METTE, True, world.now)
    assert world.state(handoff) == "active"


async def test_a_silent_customer_the_agent_is_told_then_it_is_closed_with_the_transcript_on_the_case(world):
    handoff = world.waits(case_id="HPO-7K39QX")
    facts = CaseFacts(handoff.conversation, Language.DA)
    case, _ = world.cases_at_desk.open(facts, "key", world.now)
    world.desk.claim(handoff.id, METTE, world.now)
    world.desk.send(handoff.id, METTE, "m", "Virker lyden nu?", world.now)

    async def with_heartbeat(minutes: int) -> None:
        for _ in range(minutes):
            world.desk.beat(METTE, True, world.now)
            await world.later(minutes=1)

    await with_heartbeat(4)
    assert not [word for word in world.desk.get(handoff.id).told if word.startswith("tell_idle")]
    await with_heartbeat(1)
    assert [word for word in world.desk.get(handoff.id).told if word.startswith("tell_idle")]
    await with_heartbeat(24)
    assert world.state(handoff) == "active"
    await with_heartbeat(1)
    assert world.state(handoff) == "closed" and world.owner(handoff) == "bot"
    assert "HPO-7K39QX" in world.read(handoff)[-1]
    assert case.case_id  # the note goes to the handoff's own case, which this desk does not know: owed, not lost
    assert world.desk.get(handoff.id).owes == ["transcript"]


async def test_the_transcript_comes_on_the_case_once_the_case_desk_is_there(world):
    conversation = world.customer()
    case, _ = world.cases_at_desk.open(CaseFacts(conversation, Language.DA), "key", world.now)
    handoff = world.desk.open(conversation, Request("asked_for", "da", case.case_id), world.now)
    world.desk.claim(handoff.id, METTE, world.now)
    world.desk.send(handoff.id, METTE, "m", "Hej fra Mette", world.now)
    world.says(handoff, "tak")
    world.cases_at_desk.fail("note", Unavailable("away"), times=1)
    world.desk.close(handoff.id, METTE, "solved", world.now)
    await world.later(seconds=1)
    assert world.desk.get(handoff.id).owes == ["transcript"]
    await world.later(seconds=20)
    await world.later(seconds=20)
    notes = [event for event in world.cases_at_desk.get(case.case_id).events if event.what == "chat_with_person"]
    assert len(notes) == 1
    said = [line["text"] for line in notes[0].data["transcript"]]
    assert "Hej fra Mette" in said and "tak" in said


@pytest.mark.parametrize(("outcome", "owed"), [("solved", False), ("advice", False), ("no_answer", True)])
async def test_who_talked_with_a_person_is_owed_no_call(world, outcome, owed):
    conversation = world.customer()
    facts = CaseFacts(conversation, Language.DA)
    case = case_for_person(world.cases_at_desk, facts, "asked_for", world.now)
    handoff = world.desk.open(conversation, Request("asked_for", "da", case.case_id), world.now)
    world.desk.claim(handoff.id, METTE, world.now)
    world.desk.send(handoff.id, METTE, "m", "Hej fra Mette", world.now)
    world.desk.close(handoff.id, METTE, outcome, world.now)
    await world.later(seconds=1)
    assert bool(callbacks(world.cases_at_desk, world.now)) is owed


async def test_a_customer_who_waits_for_the_agent_is_not_idle(world):
    handoff = world.waits()
    world.desk.claim(handoff.id, METTE, world.now)
    world.desk.send(handoff.id, METTE, "m", "Et øjeblik", world.now)
    await world.later(seconds=10)
    world.says(handoff, "ok")
    for _ in range(40):
        world.desk.beat(METTE, True, world.now)
        await world.later(minutes=1)
    assert world.state(handoff) == "active"


# --- the case system --------------------------------------------------------------------------------


async def test_the_case_system_down_the_customer_hears_so_and_gets_the_number_later(world):
    handoff = world.waits()
    world.cases_at_desk.fail("open", Unavailable("away"))
    await world.later(minutes=10)
    assert world.state(handoff) == "expired"
    assert "kunne ikke oprette en sag" in world.read(handoff)[-1] and not CASE.search(world.read(handoff)[-1])
    world.cases_at_desk.heal()
    await world.later(seconds=20)
    await world.later(seconds=20)
    told = [text for text in world.read(handoff) if CASE.search(text)]
    assert len(told) == 1
    assert world.desk.get(handoff.id).case_id in told[0]


async def test_nothing_is_said_twice_when_two_gateways_look(world):
    handoff = world.waits()
    world.now = world.now.replace(minute=3)
    await world.ticker.tick()
    before = world.read(handoff)
    for _ in range(3):
        await world.ticker.tick()
    assert world.read(handoff) == before


# --- an outer desk ----------------------------------------------------------------------------------


@pytest.fixture
def outer(world) -> OuterDesk:
    """An outer desk beside the world's own; its people are the fake's."""
    outbox = Outbox(world.database, Words(TEXTS).say)
    ports = (world.database, world.desk, outbox, world.people, Fanout(), world.woken.append, world.clock)
    return OuterDesk("fake", FakeAgentDesk(), *ports)


def waits_outside(world) -> Handoff:
    opened = world.desk.open(world.customer(), Request("asked_for", "da"), world.now, "fake")
    assert opened is not None
    return opened


async def until_given_up(world, outer) -> None:
    for _ in range(70):
        await outer.tick()
        await world.later(seconds=1)


async def test_a_desk_that_cannot_be_reached_gives_those_who_wait_to_our_own(world, outer):
    outer.desk.fail("open", Unavailable("away"))
    handoff = waits_outside(world)
    await until_given_up(world, outer)
    found = world.desk.get(handoff.id)
    assert (found.desk, world.state(handoff)) == ("embedded", "waiting")
    assert sum("problemer med forbindelsen" in text for text in world.read(handoff)) == 1
    assert [each.handoff.id for each in world.desk.queue()] == [handoff.id]


async def test_and_with_nobody_at_our_own_it_is_a_case(world, outer):
    outer.desk.fail("open", Unavailable("away"))
    handoff = waits_outside(world)
    world.people.present = 0
    await until_given_up(world, outer)
    assert world.state(handoff) == "expired" and CASE.search(world.read(handoff)[-1])


async def test_a_desk_that_comes_back_in_time_gets_everything_once_and_in_order(world, outer):
    outer.desk.fail("open", Unknown("no answer"), times=2)
    handoff = waits_outside(world)
    for number in range(3):
        world.says(handoff, f"besked {number}")
        await outer.tick()
        await world.later(seconds=5)
    outer.desk.fail("deliver", Unknown("no answer"), times=2)
    world.says(handoff, "besked 3")
    for _ in range(10):
        await outer.tick()
        await world.later(seconds=5)
    (shown,) = outer.desk.shown.values()
    assert [each.text for each in shown] == [f"besked {number}" for number in range(4)]
    assert world.desk.get(handoff.id).desk_failing_since is None


async def test_what_people_do_there_happens_here_once(world, outer):
    handoff = waits_outside(world)
    await outer.tick()
    (ref,) = outer.desk.shown
    who = DeskAgent("m", "Mette")
    outer.desk.agent_claims(ref, who)
    outer.desk.agent_writes(ref, who, "Hej")
    for _ in range(3):
        await world.later(seconds=20)
        await outer.tick()
    assert world.state(handoff) == "active" and world.read(handoff).count("Hej") == 1
    outer.desk.agent_closes(ref, who)
    await world.later(seconds=20)
    await outer.tick()
    assert world.state(handoff) == "closed"
    await outer.tick()
    assert ref in outer.desk.ended
