"""What the report tells beside the scores, counted from answers. Pure: no model, no files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tests.dialogue.nlu.scoring import DANGEROUS, Answer

BINS = 10

#: What must not be read as what, in words, for people who run the assistant.
_MISSED = "danger missed"


@dataclass(frozen=True)
class Bin:
    """Answers of about one confidence: how sure they were on average, and which share was right (both 0-1)."""

    answers: int
    sure: float
    right: float


def confusion(answers: Iterable[Answer]) -> Counter[tuple[str, str]]:
    """How often each intent (meant, read) was taken for which."""
    return Counter((answer.line.intent, answer.told["intent"]) for answer in answers)


def calibration(answers: Iterable[Answer], bins: int = BINS) -> list[Bin]:
    """Answers by confidence, lowest first; bins without answers are left out."""
    by_bin: dict[int, list[Answer]] = {}
    for answer in answers:
        by_bin.setdefault(min(bins - 1, int(answer.told["confidence"] * bins)), []).append(answer)
    return [
        Bin(
            answers=len(found),
            sure=sum(answer.told["confidence"] for answer in found) / len(found),
            right=sum(_is_right(answer) for answer in found) / len(found),
        )
        for _, found in sorted(by_bin.items())
    ]


def calibration_error(bins: Iterable[Bin]) -> float:
    """How far confidence and truth are apart on average (0-1, expected calibration error)."""
    kept = list(bins)
    total = sum(found.answers for found in kept)
    return sum(found.answers * abs(found.sure - found.right) for found in kept) / total if total else 0.0


def worst(answers: Iterable[Answer], most: int) -> list[Answer]:
    """Wrong intents and symptoms, the surest first."""
    wrong = [answer for answer in answers if not _is_right(answer) or _has_wrong_symptom(answer)]
    return sorted(wrong, key=lambda answer: answer.told["confidence"], reverse=True)[:most]


def defects(answers: Iterable[Answer]) -> list[tuple[str, Answer]]:
    """Confusions that change what happens to a customer, each with its kind in words."""
    found = []
    for answer in answers:
        meant, read = answer.line.intent, answer.told["intent"]
        if answer.line.symptom == "safety" and answer.told["symptom"] != "safety":
            found.append((_MISSED, answer))
        elif read in DANGEROUS.get(meant, ()):
            found.append((f"{meant} read as {read}", answer))
    return sorted(found, key=lambda pair: (pair[0] != _MISSED, pair[0]))


def _is_right(answer: Answer) -> bool:
    return bool(answer.told["intent"] == answer.line.intent)


def _has_wrong_symptom(answer: Answer) -> bool:
    return bool(answer.line.symptom and answer.told["symptom"] != answer.line.symptom)
