"""Which language a message is in, `da` or `en`: words and letters in a row, learnt from our own examples.

Danes write English words ("blue screen of death") and many examples are of both languages: those that all others say
are of the other language teach nothing and are left out.

What holds no words (a bare number) says nothing: `da` without confidence, so nobody's language flips on it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse as sp
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from bot.dialogue.nlu.component import MessageComponent
from bot.dialogue.nlu.counted import CountedModel, count, kind
from bot.dialogue.nlu.examples import read_examples
from bot.dialogue.nlu.features import is_value_alone, seen
from bot.dialogue.nlu.persistence import load_parts, save_parts
from bot.dialogue.nlu.text import is_blank, is_too_long

UNKNOWN = {"name": "da", "confidence": 0.0}
_FILE = "language.npz"
_FOLDS = 4
_OF_THE_OTHER = 0.7
_KINDS = (
    kind(analyzer="char_wb", ngram_range=(1, 4), min_df=2),
    kind(ngram_range=(1, 2), token_pattern=r"(?u)\b\w+\b"),
)
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzæøå")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LanguageIdentifier(MessageComponent):
    """Sets `language` ({"name", "confidence" 0-1}) on the message."""

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: CountedModel | None
    ) -> None:
        super().__init__(config)
        self._storage = storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LanguageIdentifier:
        return cls(config, model_storage, resource, None)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LanguageIdentifier:
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, CountedModel.from_parts(load_parts(folder / _FILE), _KINDS))

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on the examples whose file names a language."""
        examples = [example for example in read_examples(training_data) if example.language]
        spelled = [seen(example.text).lower() for example in examples]
        counters, features = count(_KINDS, spelled)
        languages = np.array([example.language for example in examples])
        telling = _telling(features, languages)
        fit = _classifier().fit(features[telling], languages[telling])
        self._model = CountedModel.fitted(counters, fit, _KINDS)
        with self._storage.write_to(self._resource) as folder:
            save_parts(self._model.parts, folder / _FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Every message gets a language, also one that says nothing."""
        for message in messages:
            text = message.get(TEXT)
            if is_blank(text) or is_too_long(text):
                message.set("language", dict(UNKNOWN), add_to_output=True)
        return super().process(messages)

    def read(self, message: Message, text: str) -> None:
        words = seen(text).lower()
        if self._model is None or not _LETTERS.intersection(words) or (is_value_alone(text) and not _has_words(text)):
            message.set("language", dict(UNKNOWN), add_to_output=True)
            return
        found = self._model.probabilities(words)
        best = int(found.argmax())
        language = {"name": self._model.labels[best], "confidence": round(float(found[best]), 4)}
        message.set("language", language, add_to_output=True)


def _classifier() -> LogisticRegression:
    return LogisticRegression(C=10.0, solver="liblinear", tol=0.01, random_state=0)


def _telling(features: sp.csr_matrix, languages: np.ndarray) -> np.ndarray:
    """Which examples the others don't take for the other language."""
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0)
    found = cross_val_predict(_classifier(), features, languages, cv=folds, method="predict_proba")
    own = found[np.arange(len(languages)), np.searchsorted(np.unique(languages), languages)]
    return own > 1 - _OF_THE_OTHER


def _has_words(text: str) -> bool:
    """Whether a value is written in words ("the day after tomorrow"), not in digits."""
    return not any(character.isdigit() or character == "@" for character in text)
