"""Scores understanding on unseen lines: `python -m tests.dialogue.nlu.measuring [--model FILE] [--wrong] SET…`.

A set is a folder with da.tsv and en.tsv: text, intent, symptom, entities (`name=value; …`), language. Days count from
TODAY.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
LANGUAGES = ("da", "en")
TODAY = "2026-03-11"


@dataclass(frozen=True)
class Line:
    """What a line should be understood as."""

    text: str
    intent: str
    symptom: str
    entities: dict[str, str]
    language: str
    tree: str


@dataclass(frozen=True)
class Scores:
    """Shares of right answers (0-1), by the language of the file; `entities` is F1, `cpu_ms` the 95th percentile."""

    intent: dict[str, float]
    symptom: dict[str, float]
    language: float
    entities: float
    out_of_scope_caught: float
    falsely_refused: float
    cpu_ms: float
    wrong: list[str]


def read_lines(name: str) -> Iterator[Line]:
    """The lines of a set, both languages."""
    for tree in LANGUAGES:
        rows = (FOLDER / name / f"{tree}.tsv").read_text(encoding="utf-8").splitlines()
        for row in rows[1:]:
            text, intent, symptom, entities, language = row.split("\t")
            values = dict(entity.split("=", 1) for entity in entities.split("; ") if entity)
            yield Line(text, intent, symptom, values, language, tree)


def measure(lines: Iterable[Line], parse: Any, understood: Any) -> Scores:
    """Understand every line and compare."""
    lines = list(lines)
    answers, spent = [], []
    for line in lines:
        began = time.process_time()
        answers.append(understood(line.text, parse))
        spent.append((time.process_time() - began) * 1000)
    both = list(zip(lines, answers, strict=True))
    faults = [(line, answer) for line, answer in both if line.symptom]
    outside = [answer["intent"] == "out_of_scope" for line, answer in both if line.intent == "out_of_scope"]
    inside = [answer["intent"] == "out_of_scope" for line, answer in both if line.intent != "out_of_scope"]
    return Scores(
        intent={
            tree: _share(answer["intent"] == line.intent for line, answer in both if line.tree == tree)
            for tree in LANGUAGES
        },
        symptom={
            tree: _share(answer["symptom"] == line.symptom for line, answer in faults if line.tree == tree)
            for tree in LANGUAGES
        },
        language=_share(answer["language"] == line.language for line, answer in both if line.intent != "out_of_scope"),
        entities=_f1([(line.entities, answer["entities"]) for line, answer in both]),
        out_of_scope_caught=_share(outside),
        falsely_refused=_share(inside),
        cpu_ms=sorted(spent)[int(len(spent) * 0.95)],
        wrong=[problem for line, answer in both for problem in _problems(line, answer)],
    )


def _problems(line: Line, answer: dict[str, Any]) -> Iterator[str]:
    told = {
        "intent": line.intent,
        "symptom": line.symptom or None,
        "entities": line.entities,
        "language": line.language,
    }
    for name, expected in told.items():
        if answer[name] != expected and not (name == "language" and line.intent == "out_of_scope"):
            yield f"{line.text!r}: {name} {answer[name]!r}, not {expected!r} ({answer['confidence']:.2f})"


def _share(hits: Iterable[bool]) -> float:
    counted = list(hits)
    return sum(counted) / len(counted) if counted else 1.0


def _f1(pairs: list[tuple[dict[str, str], dict[str, str]]]) -> float:
    right = sum(len(expected.items() & found.items()) for expected, found in pairs)
    return 2 * right / max(1, sum(len(expected) + len(found) for expected, found in pairs))


def main() -> None:
    """Print the scores of each set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--wrong", action="store_true", help="print every wrong answer")
    parser.add_argument("sets", nargs="*", default=["development"])
    chosen = parser.parse_args()
    os.environ["OFFSITE_TODAY"] = TODAY
    from bot.dialogue.nlu.parse_lines import load_parser, newest_model, understood

    model = chosen.model or newest_model()
    if model is None:
        raise SystemExit("no model is trained")
    parse = load_parser(model)
    for name in chosen.sets:
        scores = measure(read_lines(name), parse, understood)
        if chosen.wrong:
            print("\n".join(scores.wrong))
        print(name, {key: value for key, value in vars(scores).items() if key != "wrong"})


if __name__ == "__main__":
    main()
