"""Writes one page about understanding: `python -m tests.dialogue.nlu.report [--out FILE] [--epochs N]`.

In the dialogue runtime, with a trained model; some minutes, most of them Rasa's default pipeline in training. Of the
locked set it tells scores alone; mistakes, calibration and curve are of the development set.
"""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import bot.dialogue.quiet  # noqa: F401  (before anything imports TensorFlow)

# isort: split
from bot.dialogue.nlu.keep_vectors import examples
from tests.dialogue.nlu.measuring import (
    LOCKED,
    answer_all,
    by_language,
    read_lines,
    running_assistant,
    table,
    without_embedding,
)
from tests.dialogue.nlu.report.curve import STEPS, learning_curve
from tests.dialogue.nlu.report.figures import calibration
from tests.dialogue.nlu.report.page import Pipeline, Report, html_of
from tests.dialogue.nlu.report.pipelines import EPOCHS, default_understanding, train_default
from tests.dialogue.nlu.scoring import LANGUAGES

_UNTOLD = frozenset({"entities_f1", "language"})
"""What Rasa's default pipeline doesn't tell without examples marked by hand."""


def main() -> None:
    """Measure, draw, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("var/nlu-report.html"))
    parser.add_argument("--set", default=LOCKED, help="whose scores stand side by side")
    parser.add_argument("--epochs", type=int, default=EPOCHS, help="of Rasa's default pipeline; 0 leaves it out")
    chosen = parser.parse_args()
    pairs = list(examples())
    ours = running_assistant()
    lines = list(read_lines(chosen.set))
    print("ours …", flush=True)
    pipelines = [Pipeline("ours", by_language(answer_all(lines, ours)))]
    print("ours without the embedding …", flush=True)
    with without_embedding():
        pipelines.append(Pipeline("without the embedding", by_language(answer_all(lines, ours))))
    if chosen.epochs:
        print(f"Rasa's default pipeline, {chosen.epochs} epochs …", flush=True)
        with TemporaryDirectory() as folder:
            model, spent = train_default(pairs, Path(folder), chosen.epochs)
            scores = by_language(answer_all(lines, default_understanding(model)))
        pipelines.append(Pipeline(f"Rasa's default ({chosen.epochs} epochs)", scores, spent, _UNTOLD))
    print("calibration, learning curve …", flush=True)
    development = list(read_lines("development"))
    answers = answer_all(development, ours)
    report = Report(
        pipelines=pipelines,
        answers=answers,
        calibration={tree: calibration([a for a in answers if a.line.tree == tree]) for tree in LANGUAGES},
        curve=learning_curve(pairs, development, (*STEPS, len(pairs))),
        examples=len(pairs),
        made=date.today().isoformat(),
        notes=["Rasa's default pipeline learns our symptoms as intents; it is given no examples marked with values."],
    )
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    chosen.out.write_text(html_of(report), encoding="utf-8")
    for pipeline in pipelines:
        print(f"{pipeline.name}\n{table(pipeline.scores)}")
    print(chosen.out)


if __name__ == "__main__":
    main()
