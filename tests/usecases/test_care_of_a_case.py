"""After a case was opened: feedback, reopening, what the customer adds. Each once, and nothing claimed that failed."""

from __future__ import annotations

import pytest

from actions.ports import CaseStatus, Unavailable, Unknown
from actions.usecases.add_information import InformationAdded, InformationNotAdded, add_information
from actions.usecases.escalate_case import Escalated, NotEscalated, escalate_case
from actions.usecases.open_case import open_case
from actions.usecases.reopen_case import CaseReopened, NotReopened, StillOpen, reopen_case
from actions.usecases.store_feedback import FeedbackNotStored, FeedbackStored, store_feedback
from tests.support.examples import TUESDAY, some_facts

FAILURE_ID = "9GA8C6-8BUA1E-XD7VHM-60WP13".replace("-", "")


@pytest.fixture
def case_id(world):
    return open_case(world, some_facts(), TUESDAY).case.case_id


def history(world, case_id):
    return [event.what for event in world.desk.get(case_id).events]


def test_feedback_is_stored_once(world, case_id):
    for words in ("hurtig hjælp", "noget andet"):
        assert store_feedback(world.desk, case_id, "c1", 4, words, TUESDAY) == FeedbackStored()
    told = {event.what: dict(event.data) for event in world.desk.get(case_id).events}
    assert told["feedback_score"] == {"score": 4} and told["feedback_text"] == {"text": "hurtig hjælp"}
    assert history(world, case_id).count("feedback_score") == 1


def test_feedback_without_words_is_a_score(world, case_id):
    assert store_feedback(world.desk, case_id, "c1", 1, "  ", TUESDAY) == FeedbackStored()
    assert "feedback_text" not in history(world, case_id)


@pytest.mark.parametrize("score", [0, 6, -1])
def test_a_score_is_one_to_five(world, case_id, score):
    assert store_feedback(world.desk, case_id, "c1", score, "", TUESDAY) == FeedbackNotStored("bad_score")


@pytest.mark.parametrize("status", [CaseStatus.CLOSED, CaseStatus.RESOLVED_REMOTELY])
def test_a_completed_case_is_reopened_once_in_the_same_number(world, case_id, status):
    world.desk.set_status(case_id, status, TUESDAY, "ended", {})
    reopened = reopen_case(world.desk, case_id, TUESDAY)
    assert isinstance(reopened, CaseReopened) and reopened.case.case_id == case_id
    assert reopened.case.facts.status is CaseStatus.NEEDS_HUMAN
    assert isinstance(reopen_case(world.desk, case_id, TUESDAY), StillOpen)
    assert history(world, case_id).count("reopened") == 1


@pytest.mark.parametrize("status", [CaseStatus.OPEN, CaseStatus.IN_REPAIR, CaseStatus.CANCELLED])
def test_what_was_not_completed_is_not_reopened(world, case_id, status):
    world.desk.set_status(case_id, status, TUESDAY, "moved", {})
    assert isinstance(reopen_case(world.desk, case_id, TUESDAY), StillOpen)
    assert world.desk.get(case_id).facts.status is status


def test_a_refused_fault_is_not_reopened(world):
    refused = some_facts(status=CaseStatus.CLOSED, resolution="refused")
    case_id = open_case(world, refused, TUESDAY).case.case_id
    assert reopen_case(world.desk, case_id, TUESDAY) == NotReopened("refused")


def test_a_failure_id_and_a_note_are_added_once(world, case_id):
    for _ in range(2):
        added = add_information(world.desk, case_id, TUESDAY, failure_id=FAILURE_ID, note=" den bipper nu ")
    assert isinstance(added, InformationAdded) and added.case.facts.failure_id == FAILURE_ID
    assert history(world, case_id).count("failure_id_added") == history(world, case_id).count("customer_note") == 1


def test_nothing_is_nothing_to_add(world, case_id):
    assert add_information(world.desk, case_id, TUESDAY, note=" ") == InformationNotAdded("empty")


@pytest.mark.parametrize("error", [Unavailable(), Unknown()])
def test_a_desk_that_fails_is_said_to_have_failed(world, case_id, error):
    world.desk.fail("*", error)
    assert store_feedback(world.desk, case_id, "c1", 5, "", TUESDAY) == FeedbackNotStored("unavailable")
    assert reopen_case(world.desk, case_id, TUESDAY) == NotReopened("unavailable")
    assert add_information(world.desk, case_id, TUESDAY, note="x") == InformationNotAdded("unavailable")


def test_an_unknown_case_has_nothing_to_care_for(world):
    assert store_feedback(world.desk, "HPO-ZZZZZZ", "c1", 5, "", TUESDAY) == FeedbackNotStored("no_case")
    assert reopen_case(world.desk, "HPO-ZZZZZZ", TUESDAY) == NotReopened("no_case")
    assert add_information(world.desk, "HPO-ZZZZZZ", TUESDAY, note="x") == InformationNotAdded("no_case")


def test_a_complaint_puts_the_case_before_a_person_once(world, case_id):
    first = escalate_case(world.desk, case_id, "det tager for lang tid", TUESDAY)
    again = escalate_case(world.desk, case_id, "det tager for lang tid", TUESDAY)
    assert isinstance(first, Escalated) and isinstance(again, Escalated)
    facts = again.case.facts
    assert (facts.status, facts.reason, facts.priority) == (CaseStatus.NEEDS_HUMAN, "complaint", "high")
    assert facts.escalation_reason == "det tager for lang tid"
    assert history(world, case_id).count("escalated") == 1


def test_a_complaint_moves_no_unit_and_hides_no_danger(world, case_id):
    world.desk.set_status(case_id, CaseStatus.IN_REPAIR, TUESDAY, "in_repair", {})
    escalated = escalate_case(world.desk, case_id, "hvor er den", TUESDAY)
    assert escalated.case.facts.status is CaseStatus.IN_REPAIR and escalated.case.facts.priority == "high"
    danger = open_case(world, some_facts(symptom="safety", reason="safety", priority="urgent"), TUESDAY).case
    told = escalate_case(world.desk, danger.case_id, "dårlig service", TUESDAY).case.facts
    assert (told.reason, told.priority) == ("safety", "urgent")


def test_a_complaint_that_does_not_reach_the_case_says_so(world, case_id):
    assert escalate_case(world.desk, "HPO-NOTONE", "sur", TUESDAY) == NotEscalated("no_case")
    world.desk.fail("update", Unavailable())
    assert escalate_case(world.desk, case_id, "sur", TUESDAY) == NotEscalated("unavailable")
