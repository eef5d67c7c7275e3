"""The trained model on lines it has never seen: figures that must not fall, and borders that must hold."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest
import yaml

from bot.dialogue.nlu.embedding import shared_embedder
from bot.dialogue.nlu.parse_lines import lines_of, load_parser, newest_model, understood
from tests.dialogue.nlu.measuring import LOCKED, TODAY, answer_all, by_language, read_lines, table, without_embedding
from tests.dialogue.nlu.scoring import Answer, Scores

ROOT = Path(__file__).parents[3]
MODEL = newest_model(ROOT / "models")
needs_model = pytest.mark.skipif(MODEL is None, reason="no dialogue model is trained: run `make train`")

#: On lines that nobody looked at: a little below what is reached, and never below the goals (docs/nlu.md).
WANTED = {
    "intent": {"da": 0.94, "en": 0.95},
    "macro_f1": {"da": 0.93, "en": 0.94},
    "symptom": {"da": 0.95, "en": 0.95},
    "entities_f1": {"da": 0.97, "en": 0.98},
    "out_of_scope_f1": {"da": 0.90, "en": 0.87},
    "language": {"da": 0.985, "en": 0.985},
}
#: What the assistant is worth where the sentence embedding is not installed.
WANTED_WITHOUT_EMBEDDING = {
    "intent": {"da": 0.93, "en": 0.93},
    "symptom": {"da": 0.94, "en": 0.94},
    "entities_f1": {"da": 0.97, "en": 0.98},
    "language": {"da": 0.985, "en": 0.985},
}
MOST_ALARMS = 0.02


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OFFSITE_TODAY", TODAY)


@lru_cache(maxsize=1)
def parser():
    assert MODEL
    return load_parser(MODEL)


def answers() -> list[Answer]:
    return answer_all(read_lines(LOCKED), lambda text: understood(text, parser()))


def assert_at_least(found: dict[str, Scores], wanted: dict[str, dict[str, float]]) -> None:
    short = {
        (figure, tree): getattr(found[tree], figure)
        for figure, by_tree in wanted.items()
        for tree, least in by_tree.items()
        if getattr(found[tree], figure) < least
    }
    assert not short, table(found)


@needs_model
@pytest.mark.timeout(1800)
@pytest.mark.skipif(not shared_embedder().available, reason="the sentence embedding is not installed here")
def test_unseen_lines_are_understood() -> None:
    found = by_language(answers())
    assert_at_least(found, WANTED)
    for scores in found.values():
        assert scores.safety_missed == 0, table(found)
        assert scores.safety_alarms <= MOST_ALARMS, table(found)


@needs_model
@pytest.mark.timeout(1800)
def test_unseen_lines_are_understood_without_the_embedding() -> None:
    with without_embedding():
        found = by_language(answers())
    assert_at_least(found, WANTED_WITHOUT_EMBEDDING)
    assert all(scores.safety_missed == 0 for scores in found.values()), table(found)


@needs_model
@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("ja", "affirm"),
        ("nej", "deny"),
        ("ok", "affirm"),
        ("det virker nu", "affirm"),
        ("it works now", "affirm"),
        ("stadig død", "deny"),
        ("still broken", "deny"),
        ("kan ikke", "cannot"),
        ("I can't find it", "cannot"),
        ("hvor finder jeg serienummeret", "explain"),
        ("where do I find the serial number", "explain"),
        ("glem det", "stop"),
        ("forget it", "stop"),
        ("glem kureren", "cancel"),
        ("forget the repair", "cancel"),
        ("begynd forfra", "restart"),
        ("5CG1234BXZ", "inform"),
        ("i morgen", "inform"),
        ("/restart", "restart"),
    ],
)
def test_short_answers_and_borders(text: str, intent: str) -> None:
    assert understood(text, parser())["intent"] == intent


@needs_model
def test_danger_comes_before_everything() -> None:
    known = parser()("hvornår har i åbent? der kommer røg ud af pc'en")
    assert known["intent"]["name"] == "report_fault"
    values = [(entity["entity"], entity["value"]) for entity in known["entities"]]
    assert ("symptom", "safety") in values and ("safety_flag", "smoke") in values


@needs_model
def test_a_mended_serial_number_says_so() -> None:
    entity = next(e for e in parser()("mit serienummer er 5CGl2O4BXZ")["entities"] if e["entity"] == "serial_number")
    assert entity["value"] == "5CG1204BXZ" and entity["mended"] is True


@needs_model
def test_blank_and_endless_lines_get_an_answer() -> None:
    blank = understood("  ", parser())
    assert (blank["intent"], blank["symptom"], blank["entities"]) == ("out_of_scope", None, {})
    endless = understood("røg " * 600, parser())
    assert (endless["intent"], endless["error"], endless["symptom"]) == ("out_of_scope", "too_long", None)


@needs_model
def test_only_letters_tell_a_language() -> None:
    assert parser()("5CG1234BXZ")["language"] == {"name": "da", "confidence": 0.0}
    assert parser()("my laptop won't turn on at all")["language"]["name"] == "en"


def test_only_a_line_feed_ends_a_line() -> None:
    assert list(lines_of([b"a\x85b\r\n", "c\u2028d\n".encode(), b"e"])) == ["a\ufffdb", "c\u2028d", "e"]


def test_every_intent_and_symptom_has_its_examples() -> None:
    for language in ("da", "en"):
        counts: dict[str, int] = {}
        for block in _blocks(language):
            symptom = (block.get("metadata") or {}).get("symptom")
            label = f"{block['intent']}/{symptom}" if symptom else block["intent"]
            counts[label] = counts.get(label, 0) + len(block["examples"].splitlines())
        assert len(counts) == 27 + 28
        few = {label: count for label, count in counts.items() if count < (15 if "/" in label else 40)}
        assert not few


def _blocks(folder: str = ""):
    for path in sorted((ROOT / "data/nlu" / folder).rglob("*.yml")):
        yield from yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
