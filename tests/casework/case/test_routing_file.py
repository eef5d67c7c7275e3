"""Operators may edit routing.yml: what is wrong is told with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.casework.case.routing import FILE, Route, problems, raised, route

GOOD = FILE.read_text(encoding="utf-8")


def test_the_file_as_it_is_can_be_used() -> None:
    assert problems() == []


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ("skill: battery", "skill: batteries", "skill: 'batteries' is none of"),
        ("priority: urgent", "priority: now", "priority: 'now' is none of"),
        ("when: [battery]", "when: [batery]", "when: 'batery' is no fact"),
        ("  - {when: [], skill: standard, priority: normal}\n", "", "the last row must take every case"),
        ("data_symptoms: [storage]", "data_symptoms: [disk]", "data_symptoms: 'disk' is none"),
        ("angry_reasons:", "angry:", "unknown name 'angry'"),
        ("when: [angry], skill", "skill", "the row lacks 'when'"),
        ("priority: urgent}", "priority: urgent, who: me}", "a row has no 'who'"),
        ("rows:", "rows: {", "not YAML"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, before: str, after: str, what: str) -> None:
    assert before in GOOD
    file = tmp_path / "routing.yml"
    file.write_text(GOOD.replace(before, after), encoding="utf-8")
    found = problems(file)
    assert any(problem.startswith(f"{file}:") and what in problem for problem in found), found


def test_a_line_is_the_line_of_the_word(tmp_path: Path) -> None:
    file = tmp_path / "routing.yml"
    file.write_text(GOOD.replace("skill: battery", "skill: batteries"), encoding="utf-8")
    (problem,) = problems(file)
    line = GOOD[: GOOD.index("skill: battery")].count("\n") + 1
    assert problem.startswith(f"{file}:{line}:")


def test_anger_comes_sooner_and_changes_no_skill() -> None:
    assert route(symptom="battery", reason="complaint") == Route("battery", "high")
    assert raised(Route("battery", "normal"), Route("standard", "high")) == Route("battery", "high")
    assert raised(Route("safety", "urgent"), Route("standard", "high")) == Route("safety", "urgent")
