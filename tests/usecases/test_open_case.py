"""One case for one confirmed fault, its id mailed, corrections in place."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from actions.casework.facts import Language
from actions.ports import CaseStatus, Contact, Rejected, Unavailable, Unknown
from actions.usecases.change_contact import ContactChanged, ContactNotChanged, NoSuchCase, change_contact
from actions.usecases.open_case import CaseNotOpened, CaseOpened, open_case
from tests.support.examples import TUESDAY, some_facts

LATER = TUESDAY + timedelta(minutes=5)


def test_a_case_is_opened_once_and_its_id_mailed_once(world):
    first = open_case(world, some_facts(), TUESDAY)
    again = open_case(world, some_facts(), LATER)
    assert isinstance(first, CaseOpened) and first.created
    assert isinstance(again, CaseOpened) and not again.created
    assert again.case.case_id == first.case.case_id
    (mail,) = world.notifier.mails.values()
    assert mail.to == "aase@example.com"
    assert first.case.case_id in mail.subject and first.case.case_id in mail.body
    assert [event.what for event in world.desk.get(first.case.case_id).events] == ["opened", "mailed"]


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("status", [CaseStatus.OPEN, CaseStatus.NEEDS_HUMAN, CaseStatus.CLOSED])
def test_every_mail_reads_whole(world, language, status):
    open_case(world, some_facts(language=language, status=status, contact=Contact(email="a@b.dk")), TUESDAY)
    (mail,) = world.notifier.mails.values()
    assert "{" not in mail.subject + mail.body


def test_without_an_address_nothing_is_mailed(world):
    open_case(world, some_facts(contact=Contact(name="Bo", phone="+4531234567")), TUESDAY)
    assert world.notifier.mails == {}


def test_what_was_learnt_since_is_written_down_and_only_that(world):
    opened = open_case(world, some_facts(), TUESDAY)
    later = some_facts(entitlement={"service_level": "pickup_return", "fetched_at": "later"})
    assert open_case(world, later, LATER).case.events[-1].what == "mailed"
    learnt = open_case(world, some_facts(cause="drop"), LATER)
    assert learnt.case.facts.cause == "drop"
    assert learnt.case.events[-1].what == "updated"
    assert learnt.case.case_id == opened.case.case_id


def test_a_fault_that_comes_back_opens_its_case_again(world):
    solved = open_case(world, some_facts(status=CaseStatus.RESOLVED_REMOTELY), TUESDAY)
    back = open_case(world, some_facts(), LATER)
    assert back.case.case_id == solved.case.case_id
    assert back.case.facts.status is CaseStatus.OPEN
    assert back.case.events[-1].what == "reopened"


def test_a_correction_changes_the_case_instead_of_opening_a_second(world):
    wrong = open_case(world, some_facts(serial_number="5CG6100XXX"), TUESDAY)
    right = open_case(world, some_facts(), LATER, replaces=wrong.case.case_id)
    assert not right.created
    assert (right.case.case_id, right.case.facts.serial_number) == (wrong.case.case_id, "5CG6100B2D")
    assert open_case(world, some_facts(), LATER).case.case_id == wrong.case.case_id
    assert len(world.desk.cases) == 1


def test_a_correction_into_a_fault_that_has_its_case_keeps_that_one(world):
    fan = open_case(world, some_facts(), TUESDAY)
    usb = open_case(world, some_facts(symptom="usb"), TUESDAY)
    merged = open_case(world, some_facts(), LATER, replaces=usb.case.case_id)
    assert merged.case.case_id == fan.case.case_id
    left = world.desk.get(usb.case.case_id)
    assert left.facts.status is CaseStatus.CANCELLED
    assert left.events[-1].data == {"by": fan.case.case_id}


def test_a_booked_case_is_never_rewritten_into_another_fault(world):
    booked = open_case(world, some_facts(), TUESDAY).case.case_id
    world.desk.set_status(booked, CaseStatus.BOOKED, TUESDAY, "booked", {})
    second = open_case(world, some_facts(symptom="usb"), LATER, replaces=booked)
    assert second.created
    assert world.desk.get(booked).facts.symptom == "fan"


def test_a_booked_case_stays_booked_when_more_is_learnt(world):
    booked = open_case(world, some_facts(), TUESDAY).case.case_id
    world.desk.set_status(booked, CaseStatus.BOOKED, TUESDAY, "booked", {})
    learnt = open_case(world, some_facts(cause="drop"), LATER)
    assert (learnt.case.facts.status, learnt.case.facts.cause) == (CaseStatus.BOOKED, "drop")


def test_another_conversations_case_can_not_be_replaced(world):
    theirs = open_case(world, some_facts(conversation="c-2"), TUESDAY)
    mine = open_case(world, some_facts(), LATER, replaces=theirs.case.case_id)
    assert mine.created
    assert world.desk.get(theirs.case.case_id).facts.conversation == "c-2"


@pytest.mark.parametrize(
    ("error", "reason"), [(Unavailable(), "unavailable"), (Rejected(), "rejected"), (Unknown(), "unknown")]
)
def test_a_desk_that_fails_opens_nothing_that_is_claimed(world, error, reason):
    world.desk.fail("open", error)
    assert open_case(world, some_facts(), TUESDAY) == CaseNotOpened(reason)
    world.desk.heal()
    assert isinstance(open_case(world, some_facts(), LATER), CaseOpened)
    assert len(world.desk.cases) == 1


def test_a_lost_answer_is_asked_for_again(world):
    world.desk.fail("open", Unknown(), times=1)
    assert isinstance(open_case(world, some_facts(), TUESDAY), CaseOpened)
    assert len(world.desk.cases) == 1


def test_mail_that_can_not_go_now_does_not_keep_the_case_from_being_open(world):
    world.notifier.fail("mail", Unavailable())
    assert isinstance(open_case(world, some_facts(), TUESDAY), CaseOpened)
    assert world.notifier.mails == {}
    world.notifier.heal()
    world.workflows.go_on()
    assert len(world.notifier.mails) == 1


def test_bringing_up_to_date_writes_only_changes(world):
    case = open_case(world, some_facts(), TUESDAY).case
    before = len(world.desk.get(case.case_id).events)
    open_case(world, some_facts(), LATER)
    assert len(world.desk.get(case.case_id).events) == before
    assert open_case(world, some_facts(cause="drop"), LATER).case.facts.cause == "drop"


def test_a_corrected_address_is_on_the_case(world):
    case = open_case(world, some_facts(), TUESDAY).case
    contact = replace(case.facts.contact, email="new@example.com")
    changed = change_contact(world.desk, case.case_id, contact, LATER)
    assert isinstance(changed, ContactChanged) and changed.case.facts.contact == contact
    world.workflows.after_opening(case.case_id)
    assert [mail.to for mail in world.notifier.mails.values()] == ["aase@example.com", "new@example.com"]
    assert change_contact(world.desk, "HPO-ZZZZZZ", contact, LATER) == NoSuchCase()
    world.desk.fail("update", Unavailable())
    assert change_contact(world.desk, case.case_id, Contact(name="Bo"), LATER) == ContactNotChanged()
