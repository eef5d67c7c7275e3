"""The report as one page that stands alone: no script, nothing from the network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from html import escape

from tests.dialogue.nlu.report.figures import Bin, calibration_error, confusion, defects, worst
from tests.dialogue.nlu.report.pictures import Point, calibration_picture, confusion_picture, curve_picture
from tests.dialogue.nlu.scoring import LANGUAGES, Answer, Scores

MOST_MISTAKES = 40

#: What issue 4 asks for: figure -> (Danish, English, whether more is better).
GOALS: dict[str, tuple[float, float, bool]] = {
    "intent": (0.93, 0.94, True),
    "macro_f1": (0.90, 0.91, True),
    "symptom": (0.90, 0.90, True),
    "entities_f1": (0.97, 0.97, True),
    "out_of_scope_f1": (0.85, 0.85, True),
    "language": (0.985, 0.985, True),
    "safety_missed": (0, 0, False),
    "safety_alarms": (0.02, 0.02, False),
    "cpu_ms": (20, 20, False),
}
_WORDS = {
    "lines": "lines",
    "intent": "intent accuracy",
    "macro_f1": "intent macro-F1",
    "symptom": "symptom accuracy",
    "entities_f1": "entities, exact value, F1",
    "out_of_scope_f1": "out of scope, F1",
    "language": "language of a line",
    "falsely_refused": "in scope, refused",
    "safety_missed": "danger missed (lines)",
    "safety_alarms": "false alarms of danger",
    "dangerous": "confusions that change what happens (lines)",
    "cpu_ms": "95th percentile of a parse, CPU ms",
}
_STYLE = """
:root{color-scheme:light}body{font:15px/1.5 system-ui,sans-serif;margin:0 auto;max-width:76rem;padding:2rem}
body{color:#1c2430}
h1{margin:0 0 .2rem}h2{margin:2.4rem 0 .6rem}p{max-width:60rem}table{border-collapse:collapse}
td,th{border-bottom:1px solid #d9dee3;padding:.35rem .8rem;text-align:right;vertical-align:top}
td:first-child,th:first-child,.words td,.words th{text-align:left}th{font-weight:600}
.met{color:#1d6b2f}.short{color:#a3210b;font-weight:600}.none{color:#66707c}.pair{display:flex;flex-wrap:wrap;gap:2rem}
svg{max-width:100%;height:auto}svg text{font:12px system-ui,sans-serif;fill:#1c2430}svg .count{font-size:10px}
svg .guide{stroke:#8a939d;stroke-dasharray:4 4;fill:none}.wide{overflow-x:auto}small{color:#4c5660}
"""


@dataclass(frozen=True)
class Pipeline:
    """One way to understand, its scores on the locked set by language, and what it can't tell at all."""

    name: str
    scores: Mapping[str, Scores]
    training_cpu_seconds: float | None = None
    cannot: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Report:
    """What the page tells. `answers` are of the development set: the locked one stays unread."""

    pipelines: Sequence[Pipeline]
    answers: Sequence[Answer]
    calibration: Mapping[str, Sequence[Bin]]
    curve: Mapping[str, Sequence[Point]]
    examples: int
    made: str
    notes: Sequence[str] = ()


def html_of(report: Report) -> str:
    """The page."""
    found = defects(report.answers)
    parts = [
        "<!doctype html><html lang=en><meta charset=utf-8><title>How well people are understood</title>",
        f"<meta name=viewport content='width=device-width'><style>{_STYLE}</style>",
        "<h1>How well people are understood</h1>",
        f"<p><small>{escape(report.made)} · {report.examples:,} examples.</small></p>",
        "<h2>Scores on the locked set</h2><p>Lines that nobody looked at while the examples were written. Green"
        " reaches the goal, red does not; a dash: this pipeline doesn't tell it.</p>",
        f"<div class=wide>{_scores(report.pipelines)}</div>",
        *(f"<p><small>{escape(note)}</small></p>" for note in report.notes),
        "<h2>Confusions that change what happens to a customer</h2>",
        f"<p>Danger missed, a no taken for a yes, a cancellation taken for goodbye: {len(found)} of"
        f" {len(report.answers)} lines of the development set. Each is a defect.</p>",
        _table(("defect", "line", "sure"), [(kind, a.line.text, _sure(a)) for kind, a in found]),
        "<h2>Confusion matrix</h2><p>Development set. A row is what was meant, a column what was read.</p>",
        f"<div class=wide>{confusion_picture(confusion(report.answers))}</div>",
        "<div class=pair><div><h2>Calibration</h2>"
        + "".join(
            f"<p>{name}: off by {calibration_error(bins):.3f} on average</p>"
            for name, bins in report.calibration.items()
        )
        + f"{calibration_picture(report.calibration)}</div>",
        f"<div><h2>Learning curve</h2><p>Intent accuracy on the development set.</p>"
        f"{curve_picture(report.curve)}</div></div>",
        f"<h2>The worst mistakes</h2><p>Of the development set: wrong, and sure of it. At most {MOST_MISTAKES}.</p>",
        _table(
            ("line", "meant", "read", "sure"),
            [(a.line.text, _meant(a), _read(a), _sure(a)) for a in worst(report.answers, MOST_MISTAKES)],
        ),
        "</html>",
    ]
    return "\n".join(parts)


def _scores(pipelines: Sequence[Pipeline]) -> str:
    head = "".join(f"<th colspan=2>{escape(pipeline.name)}</th>" for pipeline in pipelines)
    trees = "".join(f"<th>{tree}</th>" for _ in pipelines for tree in LANGUAGES)
    rows = [f"<tr><th><th colspan=2>goal{head}</tr>", f"<tr><th><th>da<th>en{trees}</tr>"]
    for field in fields(Scores):
        goal = GOALS.get(field.name)
        goals = [_number(value) for value in goal[:2]] if goal else ["", ""]
        cells = "".join(
            _score(pipeline, tree, field.name, goal[number] if goal else None, goal is None or goal[2])
            for pipeline in pipelines
            for number, tree in enumerate(LANGUAGES)
        )
        rows.append(f"<tr><td>{_WORDS[field.name]}<td>{goals[0]}<td>{goals[1]}{cells}</tr>")
    spent = "".join(
        f"<td colspan=2>{'–' if seconds is None else f'{seconds:.0f}'}"
        for seconds in (pipeline.training_cpu_seconds for pipeline in pipelines)
    )
    rows.append(f"<tr><td>training, CPU s<td colspan=2>60{spent}</tr>")
    return f"<table>{''.join(rows)}</table>"


def _score(pipeline: Pipeline, tree: str, name: str, goal: float | None, more: bool) -> str:
    if name in pipeline.cannot:
        return "<td class=none>–"
    value = getattr(pipeline.scores[tree], name)
    kind = "" if goal is None else " class=met" if (value >= goal if more else value <= goal) else " class=short"
    return f"<td{kind}>{_number(value)}"


def _number(value: float) -> str:
    return f"{value:.3f}" if isinstance(value, float) and value < 2 else f"{value:.0f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return "<p>None.</p>"
    lines = [
        "".join(f"<th>{escape(cell)}" for cell in head),
        *("".join(f"<td>{escape(c)}" for c in row) for row in rows),
    ]
    return f"<div class=wide><table class=words>{''.join(f'<tr>{line}</tr>' for line in lines)}</table></div>"


def _meant(answer: Answer) -> str:
    return " / ".join(part for part in (answer.line.intent, answer.line.symptom) if part)


def _read(answer: Answer) -> str:
    return " / ".join(part for part in (answer.told["intent"], answer.told["symptom"]) if part)


def _sure(answer: Answer) -> str:
    return f"{answer.told['confidence']:.2f}"
