"""The training examples with what their files say beside the intent: the symptom and the language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.training_data import TrainingData


@dataclass(frozen=True)
class Example:
    """One line of data/nlu; `symptom` and `language` are "" where the file names none."""

    text: str
    intent: str
    symptom: str
    language: str


def read_examples(data: TrainingData) -> Iterator[Example]:
    """Every example with an intent, in the order of the files."""
    for message in data.intent_examples:
        notes = (message.get(METADATA) or {}).get(METADATA_INTENT) or {}
        yield Example(
            text=message.get(TEXT) or "",
            intent=message.get(INTENT),
            symptom=str(notes.get("symptom") or ""),
            language=str(notes.get("language") or ""),
        )
