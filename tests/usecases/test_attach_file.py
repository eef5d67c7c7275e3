"""A file stands on the case that it is about, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from actions.adapters.fakes.desk import FakeCaseDesk
from actions.casework.facts import Language
from actions.ports import Case, CaseFacts, CaseStatus
from actions.usecases.attach_file import SentFile, attach_file, case_of_file

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
FACTS = CaseFacts(conversation="c", language=Language.DA)
FILE = SentFile("f1", "skærm.jpg", "image/jpeg", 1234, NOW)


def test_the_case_that_was_open_then_else_the_next() -> None:
    over = Case("HPO-1", replace(FACTS, status=CaseStatus.RESOLVED_REMOTELY), NOW - timedelta(hours=2))
    held = Case("HPO-2", FACTS, NOW - timedelta(hours=1))
    later = Case("HPO-3", FACTS, NOW + timedelta(hours=1))
    assert case_of_file([over, held, later], NOW) == held
    assert case_of_file([over, later], NOW) == later
    assert case_of_file([over], NOW) is None


def test_the_case_knows_of_the_file_once() -> None:
    desk = FakeCaseDesk()
    assert attach_file(desk, "c", FILE) is None
    case, _ = desk.open(FACTS, "key", NOW + timedelta(minutes=1))
    assert [attach_file(desk, "c", FILE) for _ in range(2)] == [case.case_id] * 2
    added = [event.data for event in desk.get(case.case_id).events if event.what == "file_added"]
    assert added == [{"file": "f1", "name": "skærm.jpg", "media_type": "image/jpeg", "size": 1234}]
