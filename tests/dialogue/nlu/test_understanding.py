"""The trained model on lines it has never seen: figures that must not fall, and no line that it was trained on."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path

import pytest
import yaml

from bot.dialogue.nlu.embedding import shared_embedder
from bot.dialogue.nlu.parse_lines import lines_of, load_parser, newest_model, understood
from bot.dialogue.nlu.text import fold
from tests.dialogue.nlu.measuring import TODAY, Scores, measure, read_lines

ROOT = Path(__file__).parents[3]
MODEL = newest_model(ROOT / "models")
needs_model = pytest.mark.skipif(MODEL is None, reason="no dialogue model is trained: run `make train`")

#: A little below what was measured: da 0.920, en 0.942, symptoms 0.943, out of scope 0.90; without the sentence
#: embedding da 0.906, en 0.890, symptoms 0.920, out of scope 0.73.
LEAST_INTENT = {"da": 0.91, "en": 0.92}
LEAST_SYMPTOM = {"da": 0.91, "en": 0.92}
LEAST_LANGUAGE, LEAST_ENTITIES = 0.97, 0.985
LEAST_OUT_OF_SCOPE, MOST_REFUSED = 0.80, 0.03
WITHOUT_EMBEDDING = {"intent": 0.05, "symptom": 0.03, "out_of_scope": 0.15}


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OFFSITE_TODAY", TODAY)


@lru_cache(maxsize=1)
def parser():
    assert MODEL
    return load_parser(MODEL)


@lru_cache(maxsize=1)
def scores() -> Scores:
    os.environ["OFFSITE_TODAY"] = TODAY
    return measure(read_lines("heldout"), parser(), understood)


@needs_model
def test_unseen_lines_are_understood() -> None:
    found = scores()
    report = "\n".join(found.wrong)
    less = {name: 0.0 if shared_embedder().available else by for name, by in WITHOUT_EMBEDDING.items()}
    for tree in ("da", "en"):
        assert found.intent[tree] >= LEAST_INTENT[tree] - less["intent"], report
        assert found.symptom[tree] >= LEAST_SYMPTOM[tree] - less["symptom"], report
    assert found.language >= LEAST_LANGUAGE, report
    assert found.entities >= LEAST_ENTITIES, report
    assert found.out_of_scope_caught >= LEAST_OUT_OF_SCOPE - less["out_of_scope"], report
    assert found.falsely_refused <= MOST_REFUSED, report


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


def test_no_unseen_line_is_an_example() -> None:
    """Two words and less ("ja", "stop") can't but be the same; of longer ones hardly any may be, in any word order."""
    examples = {_bare(text) for text in _examples()}
    lines = [line.text for line in read_lines("heldout") if len(line.text.split()) > 2]
    same = [text for text in lines if _bare(text) in examples]
    assert len(same) <= len(lines) * 0.02, same


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


def _examples() -> list[str]:
    return [line.removeprefix("- ") for block in _blocks() for line in block["examples"].splitlines()]


def _bare(text: str) -> tuple[str, ...]:
    return tuple(sorted(re.findall(r"[a-z0-9]+", fold(text))))
