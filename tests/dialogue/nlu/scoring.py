"""What answers are worth against what the lines of a set should be understood as. Pure: no model, no files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

LANGUAGES = ("da", "en")
NOTHING = "out_of_scope"

#: Confusions that change what happens to a customer: what was meant -> what it must not be read as.
DANGEROUS = {
    "deny": ("affirm",),
    "cannot": ("affirm",),
    "affirm": ("deny", "cannot", "stop", "cancel"),
    "cancel": ("stop", "affirm", "book_shipping", "reschedule"),
    "stop": ("cancel", "affirm"),
    "restart": ("cancel",),
    "reschedule": ("cancel",),
    "book_shipping": ("cancel",),
    "ask_status": ("cancel",),
    "ask_data": ("ask_privacy",),
    "ask_privacy": ("ask_data",),
    "request_human": ("stop", "out_of_scope"),
    "complain": ("stop", "thank"),
}


@dataclass(frozen=True)
class Line:
    """What a line should be understood as. `language` is "?" where a line is of both or of neither."""

    text: str
    intent: str
    symptom: str
    entities: dict[str, str]
    language: str
    tree: str


@dataclass(frozen=True)
class Scores:
    """Shares of right answers (0-1) of one language's lines. `safety_alarms` is the share of harmless lines taken for
    danger, `safety_missed` the dangerous ones that were not. `cpu_ms` is the 95th percentile."""

    lines: int
    intent: float
    macro_f1: float
    symptom: float
    entities_f1: float
    out_of_scope_f1: float
    language: float
    falsely_refused: float
    safety_missed: int
    safety_alarms: float
    dangerous: int
    cpu_ms: float


@dataclass(frozen=True)
class Answer:
    """What the assistant understood of a line, and the CPU milliseconds that took."""

    line: Line
    told: dict[str, Any]
    cpu_ms: float


def score(answers: Iterable[Answer]) -> Scores:
    """The figures of some answers, in general those of one language."""
    found = list(answers)
    intents = [(answer.line.intent, answer.told["intent"]) for answer in found]
    danger = [answer for answer in found if answer.line.symptom == "safety"]
    harmless = [answer for answer in found if answer.line.symptom != "safety"]
    return Scores(
        lines=len(found),
        intent=share(meant == read for meant, read in intents),
        macro_f1=_mean(f1_by_label(intents).values()),
        symptom=share(answer.told["symptom"] == answer.line.symptom for answer in found if answer.line.symptom),
        entities_f1=_entities_f1(found),
        out_of_scope_f1=f1_by_label(intents).get(NOTHING, 1.0),
        language=share(answer.told["language"] == answer.line.language for answer in found if _has_language(answer)),
        falsely_refused=share(read == NOTHING for meant, read in intents if meant != NOTHING),
        safety_missed=sum(answer.told["symptom"] != "safety" for answer in danger),
        safety_alarms=share(answer.told["symptom"] == "safety" for answer in harmless),
        dangerous=sum(1 for _ in dangerous_confusions(found)),
        cpu_ms=sorted(answer.cpu_ms for answer in found)[int(len(found) * 0.95)],
    )


def f1_by_label(pairs: Iterable[tuple[str, str]]) -> dict[str, float]:
    """F1 of each label that was meant, from (meant, read)."""
    pairs = list(pairs)
    meant, read = Counter(pair[0] for pair in pairs), Counter(pair[1] for pair in pairs)
    right = Counter(pair[0] for pair in pairs if pair[0] == pair[1])
    return {label: 2 * right[label] / (meant[label] + read[label]) for label in meant}


def dangerous_confusions(answers: Iterable[Answer]) -> Iterator[Answer]:
    """Answers that would do something to the customer that they did not ask for, or miss a danger."""
    for answer in answers:
        missed = answer.line.symptom == "safety" and answer.told["symptom"] != "safety"
        if missed or answer.told["intent"] in DANGEROUS.get(answer.line.intent, ()):
            yield answer


def mistakes(answers: Iterable[Answer]) -> Iterator[str]:
    """Every wrong value in words, for whoever mends the examples. Never for the held-out set."""
    checks: dict[str, Callable[[Line], Any]] = {
        "intent": lambda line: line.intent,
        "symptom": lambda line: line.symptom or None,
        "entities": lambda line: line.entities,
        "language": lambda line: line.language,
    }
    for answer in answers:
        for name, meant in checks.items():
            read, expected = answer.told[name], meant(answer.line)
            if read != expected and expected != "?":
                yield f"{answer.line.text!r}: {name} {read!r}, not {expected!r} ({answer.told['confidence']:.2f})"


def share(hits: Iterable[bool]) -> float:
    """The share of what is true; 1 of nothing."""
    counted = list(hits)
    return sum(counted) / len(counted) if counted else 1.0


def _has_language(answer: Answer) -> bool:
    return answer.line.language in LANGUAGES


def _entities_f1(answers: list[Answer]) -> float:
    right = sum(len(answer.line.entities.items() & answer.told["entities"].items()) for answer in answers)
    named = sum(len(answer.line.entities) + len(answer.told["entities"]) for answer in answers)
    return 2 * right / named if named else 1.0


def _mean(values: Iterable[float]) -> float:
    counted = list(values)
    return sum(counted) / len(counted)
