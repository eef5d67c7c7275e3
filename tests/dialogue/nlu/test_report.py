"""The pieces of `make nlu-report` on tiny data: what is counted, drawn and written."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

import bot.dialogue.quiet  # noqa: F401  (before anything imports TensorFlow)

# isort: split
from bot.dialogue.nlu.embedding import shared_embedder
from tests.dialogue.nlu.measuring import by_language
from tests.dialogue.nlu.report.curve import learning_curve, some_of
from tests.dialogue.nlu.report.figures import calibration, calibration_error, defects, worst
from tests.dialogue.nlu.report.page import Pipeline, Report, html_of
from tests.dialogue.nlu.report.pictures import confusion_picture
from tests.dialogue.nlu.report.pipelines import default_understanding, train_default
from tests.dialogue.nlu.scoring import Answer, Line

EXAMPLES = [
    *((text, "affirm/") for text in ("ja", "ja tak", "det virker", "yes", "yes please", "it works")),
    *((text, "deny/") for text in ("nej", "nej tak", "det virker ikke", "no", "no thanks", "still broken")),
    *((text, "report_fault/battery") for text in ("batteriet er dødt", "batteriet lader ikke", "the battery is dead")),
    *((text, "report_fault/display") for text in ("skærmen er sort", "skærmen flimrer", "the screen is black")),
]


def answer(text: str, meant: str, read: str, sure: float, symptom: str = "", told: str | None = None, tree: str = "da"):
    line = Line(text, meant, symptom, {}, tree, tree)
    known = {"intent": read, "confidence": sure, "symptom": told, "entities": {}, "language": tree}
    return Answer(line, known, 1.0)


ANSWERS = [
    answer("ja", "affirm", "affirm", 0.95),
    answer("nej <tak>", "deny", "affirm", 0.9),
    answer("der er røg", "report_fault", "report_fault", 0.7, "safety", "fan"),
    answer("glem kureren", "cancel", "stop", 0.4),
    answer("hi", "greet", "greet", 0.9, tree="en"),
]


def test_confidence_is_held_against_truth() -> None:
    bins = calibration(ANSWERS, bins=2)
    assert [(found.answers, found.right) for found in bins] == [(1, 0.0), (4, 0.75)]
    assert calibration_error(bins) == pytest.approx((0.4 + 4 * abs(0.8625 - 0.75)) / 5)


def test_what_changes_what_happens_is_a_defect_and_danger_comes_first() -> None:
    assert [kind for kind, _ in defects(ANSWERS)] == ["danger missed", "cancel read as stop", "deny read as affirm"]


def test_the_surest_mistakes_come_first() -> None:
    assert [found.line.text for found in worst(ANSWERS, 2)] == ["nej <tak>", "der er røg"]


def test_the_matrix_shows_each_confusion_with_its_share() -> None:
    picture = confusion_picture(Counter({("deny", "affirm"): 1, ("deny", "deny"): 3}))
    assert "deny read as affirm: 1 (25%)" in picture and picture.count("<rect") == 4


def test_a_part_of_the_examples_holds_every_smaller_part() -> None:
    one, two = some_of(EXAMPLES, 1), some_of(EXAMPLES, 2)
    assert len(one) == 4 and len(two) == 8 and set(one) < set(two)


@pytest.mark.timeout(1200)  # TensorFlow is imported and trained: slow on a busy machine
def test_the_page_stands_alone_and_holds_what_it_promises(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OFFSITE_EMBEDDING", "off")
    shared_embedder.cache_clear()
    curve = learning_curve(EXAMPLES, [found.line for found in ANSWERS], steps=(1, 6))
    shared_embedder.cache_clear()
    report = Report(
        pipelines=[
            Pipeline("ours", by_language(ANSWERS)),
            Pipeline("other", by_language(ANSWERS), 7, frozenset({"language"})),
        ],
        answers=ANSWERS,
        calibration={"da": calibration(ANSWERS)},
        curve=curve,
        examples=len(EXAMPLES),
        made="2026-03-11",
    )
    page = html_of(report)
    assert not re.search(r"(?:src|href)=|https?:|<script|@import|url\(", page)
    assert page.count("<svg") == 3
    assert "nej &lt;tak&gt;" in page and "<tak>" not in page
    assert [number for number, _ in curve["da"]] == [4.0, 18.0]


@pytest.mark.timeout(1200)
def test_rasas_default_pipeline_is_trained_on_the_same_examples(tmp_path: Path) -> None:
    model, spent = train_default(EXAMPLES, tmp_path, epochs=30)
    understand = default_understanding(model)
    told = understand("batteriet er dødt")
    assert (told["intent"], told["symptom"]) == ("report_fault", "battery")
    assert understand(" ")["intent"] == "out_of_scope" and spent > 0
