"""The contract of `CaseDesk`, on the fake, SQLite and PostgreSQL."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from actions.adapters.fakes import FakeCaseDesk
from actions.adapters.sql.desk import SqlCaseDesk
from actions.ports import CaseDesk, CaseStatus, Contact, NotFound, Rejected, Unavailable
from tests.support.examples import TUESDAY, some_facts


@pytest.fixture(params=["fake", "sqlite", "postgresql"])
def desk(request, make_engine) -> CaseDesk:
    return FakeCaseDesk() if request.param == "fake" else SqlCaseDesk(make_engine(request.param))


@pytest.fixture(params=["sqlite", "postgresql"])
def sql_desk(request, make_engine) -> SqlCaseDesk:
    return SqlCaseDesk(make_engine(request.param))


def test_what_was_told_comes_back_whole(desk):
    facts = some_facts(callback_due=TUESDAY + timedelta(hours=4), blink_code="3.2")
    case, created = desk.open(facts, "k", TUESDAY)
    assert created
    assert desk.get(case.case_id) == case
    assert case.facts == facts
    assert case.opened_at == TUESDAY
    assert [event.what for event in case.events] == ["opened"]


def test_one_key_opens_one_case(desk):
    first, _ = desk.open(some_facts(), "k", TUESDAY)
    again, created = desk.open(some_facts(symptom="display"), "k", TUESDAY + timedelta(hours=1))
    assert not created
    assert again == first
    assert len(desk.newest()) == 1
    assert desk.find("k") == first
    assert desk.find("other") is None


def test_newest_first_and_a_conversations_cases_oldest_first(desk):
    opened = [desk.open(some_facts(symptom=s), s, TUESDAY + timedelta(minutes=n)) for n, s in enumerate(("fan", "usb"))]
    other, _ = desk.open(some_facts(conversation="c-2"), "z", TUESDAY - timedelta(days=1))
    ids = [case.case_id for case, _ in opened]
    assert [case.case_id for case in desk.newest()] == [*reversed(ids), other.case_id]
    assert [case.case_id for case in desk.newest(1)] == [ids[1]]
    assert [case.case_id for case in desk.of_conversation("c-1")] == ids


def test_an_update_replaces_the_facts_and_is_remembered(desk):
    case, _ = desk.open(some_facts(), "k", TUESDAY)
    corrected = replace(some_facts(), contact=Contact(name="Bo", email="bo@example.com"))
    updated = desk.update(case.case_id, corrected, TUESDAY + timedelta(minutes=3), "contact_changed")
    assert updated.facts == corrected
    assert [event.what for event in updated.events] == ["opened", "contact_changed"]
    assert updated.events[1].at == TUESDAY + timedelta(minutes=3)


def test_a_corrected_case_answers_to_its_new_key_alone(desk):
    case, _ = desk.open(some_facts(), "old", TUESDAY)
    desk.update(case.case_id, some_facts(symptom="usb"), TUESDAY, "corrected", key="new")
    found, created = desk.open(some_facts(symptom="usb"), "new", TUESDAY)
    assert (found.case_id, created) == (case.case_id, False)
    assert desk.find("old") is None
    other, _ = desk.open(some_facts(), "old", TUESDAY)
    assert other.case_id != case.case_id
    with pytest.raises(Rejected):
        desk.update(other.case_id, some_facts(), TUESDAY, "corrected", key="new")


def test_what_happens_once_happens_once(desk):
    case, _ = desk.open(some_facts(), "k", TUESDAY)
    for _ in range(2):
        moved = desk.set_status(
            case.case_id, CaseStatus.BOOKED, TUESDAY, "booked", {"booking_id": "b"}, once="booked:b"
        )
    assert moved.facts.status is CaseStatus.BOOKED
    assert [event.what for event in moved.events] == ["opened", "booked"]
    desk.set_status(case.case_id, CaseStatus.IN_TRANSIT, TUESDAY, "collected", {})
    late = desk.set_status(case.case_id, CaseStatus.BOOKED, TUESDAY, "booked", {}, once="booked:b")
    assert late.facts.status is CaseStatus.IN_TRANSIT
    assert desk.note(case.case_id, TUESDAY, "told", {"by": "turn"}, once="told:0")
    assert not desk.note(case.case_id, TUESDAY, "told", {"by": "workflow"}, once="told:0")
    assert desk.get(case.case_id).events[-1].data == {"by": "turn"}


def test_unknown_cases_are_not_found(desk):
    for call in (
        lambda: desk.get("HPO-ZZZZZZ"),
        lambda: desk.update("HPO-ZZZZZZ", some_facts(), TUESDAY, "x"),
        lambda: desk.set_status("HPO-ZZZZZZ", CaseStatus.OPEN, TUESDAY, "x", {}),
        lambda: desk.note("HPO-ZZZZZZ", TUESDAY, "x", {}),
    ):
        with pytest.raises(NotFound):
            call()


def test_case_ids_have_the_contracts_form(sql_desk):
    ids = {sql_desk.open(some_facts(), str(n), TUESDAY)[0].case_id for n in range(50)}
    assert len(ids) == 50
    assert all(re.fullmatch(r"HPO-[0-9A-HJKMNP-TV-Z]{6}", case_id) for case_id in ids)
    assert [*ids] != sorted(ids)


def test_many_at_the_same_moment_open_one_case(sql_desk):
    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(lambda _: sql_desk.open(some_facts(), "same", TUESDAY), range(16)))
    assert len({case.case_id for case, _ in opened}) == 1
    assert sum(created for _, created in opened) == 1


def test_of_two_who_claim_at_the_same_moment_one_wins(sql_desk):
    case, _ = sql_desk.open(some_facts(), "k", TUESDAY)
    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(lambda n: sql_desk.note(case.case_id, TUESDAY, "told", {"n": n}, once="told"), range(16)))
    assert won.count(True) == 1


def test_a_database_that_is_away_is_unavailable_and_comes_back(postgres, make_engine):
    desk = SqlCaseDesk(make_engine("postgresql"))
    case, _ = desk.open(some_facts(), "k", TUESDAY)
    postgres.stop()
    try:
        with pytest.raises(Unavailable):
            desk.get(case.case_id)
        with pytest.raises(Unavailable):
            desk.open(some_facts(), "k2", TUESDAY)
    finally:
        postgres.start()
    assert desk.get(case.case_id).case_id == case.case_id
