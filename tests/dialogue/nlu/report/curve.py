"""How exact the classifier is with fewer examples: it is trained on a part of them and asked unseen lines."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.nlu.vectors import key_of
from tests.dialogue.nlu.report.pictures import Point
from tests.dialogue.nlu.report.pipelines import Pair
from tests.dialogue.nlu.scoring import LANGUAGES, Line, share

STEPS = (10, 20, 40, 80, 160, 320)
"""Examples of each intent (and symptom), both languages together; the last step is all of them."""


def some_of(pairs: Sequence[Pair], most: int) -> list[Pair]:
    """At most so many examples of each label: always the same ones, and those of a smaller part among them."""
    taken: dict[str, int] = {}
    chosen = []
    for text, label in sorted(pairs, key=lambda pair: key_of(pair[0])):
        taken[label] = taken.get(label, 0) + 1
        if taken[label] <= most:
            chosen.append((text, label))
    return chosen


def learning_curve(
    pairs: Sequence[Pair], lines: Sequence[Line], steps: Sequence[int] = STEPS
) -> dict[str, list[Point]]:
    """(examples, share of intents right) for each language and step."""
    curve: dict[str, list[Point]] = {tree: [] for tree in LANGUAGES}
    for step in steps:
        part = some_of(pairs, step)
        exact = _exactness(part, lines)
        for tree, right in exact.items():
            curve[tree].append((float(len(part)), right))
    return curve


def _exactness(part: Sequence[Pair], lines: Sequence[Line]) -> dict[str, float]:
    from rasa.shared.nlu.constants import INTENT, TEXT
    from rasa.shared.nlu.training_data.message import Message

    from bot.dialogue.nlu.classifier import IntentAndSymptomClassifier
    from bot.dialogue.nlu.linear import TextClassifier

    model = TextClassifier.train([text for text, _ in part], [label for _, label in part])
    classifier = IntentAndSymptomClassifier(IntentAndSymptomClassifier.get_default_config(), None, None, model)
    right: dict[str, list[bool]] = {tree: [] for tree in LANGUAGES}
    for line in lines:
        message = classifier.process([Message({TEXT: line.text})])[0]
        right[line.tree].append(message.get(INTENT)["name"] == line.intent)
    return {tree: share(found) for tree, found in right.items()}
