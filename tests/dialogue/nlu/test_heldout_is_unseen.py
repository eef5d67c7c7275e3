"""The held-out set is locked, is large enough, and holds nothing that the assistant was trained on."""

from __future__ import annotations

import re
from collections import Counter
from hashlib import sha256
from pathlib import Path

import numpy as np
import yaml
from sklearn.feature_extraction.text import CountVectorizer

from bot.dialogue.nlu.text import fold
from tests.dialogue.nlu.measuring import FOLDER, LANGUAGES, LOCKED, read_lines

ROOT = Path(__file__).parents[3]
LEAST_LINES, LEAST_OF_A_SYMPTOM = 40, 15
ALIKE = 0.8
"""From which share of three-letter groups in common two lines are the same one, told twice."""
MOST_SHORT_ALIKE = 0.06
"""Of one or two words ("ja", "stop nu") there are only so many: this share of the set may be an example too."""


def test_nobody_changed_the_locked_set() -> None:
    locked = dict(reversed(row.split()) for row in (FOLDER / LOCKED / "LOCK").read_text().splitlines())
    found = {f"{tree}.tsv": sha256((FOLDER / LOCKED / f"{tree}.tsv").read_bytes()).hexdigest() for tree in LANGUAGES}
    assert found == locked


def test_every_intent_and_symptom_has_enough_lines() -> None:
    lines = list(read_lines(LOCKED))
    intents = Counter((line.tree, line.intent) for line in lines)
    symptoms = Counter((line.tree, line.symptom) for line in lines if line.symptom)
    assert len(intents) == 2 * 28 and len(symptoms) == 2 * 28
    assert not {key: count for key, count in intents.items() if count < LEAST_LINES}
    assert not {key: count for key, count in symptoms.items() if count < LEAST_OF_A_SYMPTOM}


def test_no_held_out_line_is_nearly_an_example() -> None:
    """A failure names the example, never the unseen line: the example has to go."""
    examples, lines = _examples(), [line.text for line in read_lines(LOCKED)]
    bags = {_words(text): text for text in examples}
    same = [text for text in lines if _words(text) in bags]
    short = [text for text in same if len(_words(text)) <= 2]
    assert len(short) <= MOST_SHORT_ALIKE * len(lines)
    assert {bags[_words(text)] for text in same if text not in short} == set()
    assert _nearly_the_same([text for text in lines if len(_words(text)) > 2], examples) == set()


def test_a_line_told_twice_is_noticed() -> None:
    assert _nearly_the_same(["min skærm flimrer hele tidn"], ["min skærm flimrer hele tiden", "noget andet"])
    assert not _nearly_the_same(["min skærm flimrer hele tiden"], ["skærmen er sort", "noget andet"])


def _nearly_the_same(lines: list[str], examples: list[str]) -> set[str]:
    """Examples whose groups of three letters are mostly those of a line."""
    groups = CountVectorizer(analyzer="char", ngram_range=(3, 3), binary=True, dtype=np.int32)
    seen = groups.fit_transform([_spelled(text) for text in examples])
    sizes = np.asarray(seen.sum(axis=1)).ravel()
    found = set()
    for text in lines:
        own = {_spelled(text)[place : place + 3] for place in range(len(_spelled(text)) - 2)}
        row = groups.transform([_spelled(text)])
        shared = np.asarray((seen @ row.T).todense()).ravel()
        alike = shared / (sizes + len(own) - shared)
        found |= {examples[number] for number in np.flatnonzero(alike >= ALIKE)}
    return found


def _examples() -> list[str]:
    texts = []
    for path in sorted((ROOT / "data/nlu").rglob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            texts += [line.removeprefix("- ") for line in block["examples"].splitlines()]
    return texts


def _words(text: str) -> tuple[str, ...]:
    return tuple(sorted(re.findall(r"[a-z0-9]+", fold(text))))


def _spelled(text: str) -> str:
    return f" {' '.join(re.findall(r'[a-z0-9]+', fold(text)))} "
