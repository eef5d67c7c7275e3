"""What a customer wants (28 intents) and, for a fault, what they see (28 symptoms): one classifier over both.

A symptom is a kind of `report_fault` to the model, so both come from one look at the sentence; the intent's probability
is the sum of its symptoms'.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.dialogue.nlu.component import MessageComponent
from bot.dialogue.nlu.examples import read_examples
from bot.dialogue.nlu.features import is_value_alone
from bot.dialogue.nlu.linear import TextClassifier
from bot.dialogue.nlu.spans import Found
from bot.dialogue.nlu.text import is_blank, is_too_long

FAULT = "report_fault"
NOTHING = "out_of_scope"
INFORM = "inform"
_FILE = "classifier.npz"
_RANKED = 5

_CLAUSE_END = re.compile(r"[.,;:!?\n]+|\s+(?:og|and|men|but)\s+", re.IGNORECASE)
_LEAST_WORDS = 3
_SURE_OF_A_FAULT = 0.7


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentAndSymptomClassifier(MessageComponent):
    """Sets `intent` and `intent_ranking`, and the entity `symptom` for a fault.

    `sure`: from which intent probability the words alone decide, without the embedding.
    `out_of_scope_from`: from which probability of out_of_scope that is the answer, also where another intent has more;
    both fitted on the training examples by cross-validation.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"sure": 0.7, "out_of_scope_from": 0.3}

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: TextClassifier | None
    ) -> None:
        super().__init__(config)
        self._storage = storage
        self._resource = resource
        self._use(model)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentAndSymptomClassifier:
        return cls(config, model_storage, resource, None)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IntentAndSymptomClassifier:
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, TextClassifier.load(folder / _FILE))

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on every example and keep the model."""
        examples = list(read_examples(training_data))
        labels = [f"{example.intent}/{example.symptom}" for example in examples]
        model = TextClassifier.train([example.text for example in examples], labels)
        self._use(model)
        with self._storage.write_to(self._resource) as folder:
            model.save(folder / _FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Also what can't be read gets an intent: blank and too long are out of scope."""
        for message in messages:
            text = message.get(TEXT)
            if is_blank(text):
                self._decide(message, {NOTHING: 1.0})
            elif is_too_long(text):
                self._decide(message, {NOTHING: 1.0})
                message.set("error", "too_long", add_to_output=True)
        return super().process(messages)

    def read(self, message: Message, text: str) -> None:
        if is_value_alone(text):
            self._decide(message, {INFORM: 1.0})
            return
        found = self._model.probabilities(
            text, lambda words_alone: self._by_intent(words_alone).max() >= self.config["sure"]
        )
        by_intent = self._named(found)
        if max(by_intent, key=by_intent.__getitem__) == INFORM:
            # A fault told between name, number and date drowns in them, so each clause is looked at by itself.
            fault = self._fault_in_a_clause(text)
            if fault is not None:
                found, by_intent = fault, self._named(fault)
        self._decide(message, by_intent)
        if message.get(INTENT)["name"] == FAULT:
            best = max(self._symptoms, key=lambda number: found[number])
            self.add(message, [Found("symptom", self._symptoms[best], 0, len(text))])

    def _use(self, model: TextClassifier | None) -> None:
        if model is None:
            return
        self._model = model
        parts = [label.partition("/") for label in model.labels]
        self._intents = sorted({intent for intent, _, _ in parts})
        self._members = np.array([[intent == name for intent, _, _ in parts] for name in self._intents], dtype=float)
        self._symptoms = {
            number: symptom for number, (intent, _, symptom) in enumerate(parts) if intent == FAULT and symptom
        }

    def _named(self, probabilities: np.ndarray) -> dict[str, float]:
        return dict(zip(self._intents, self._by_intent(probabilities).tolist()))

    def _fault_in_a_clause(self, text: str) -> np.ndarray | None:
        """What the clause says that tells a fault most surely; None for one clause, or where none is sure."""
        clauses = [clause for clause in _CLAUSE_END.split(text) if len(clause.split()) >= _LEAST_WORDS]
        if len(clauses) < 2:
            return None
        read = [self._model.probabilities(clause, lambda _: False) for clause in clauses]
        best = max(read, key=lambda found: self._named(found)[FAULT])
        return best if self._named(best)[FAULT] >= _SURE_OF_A_FAULT else None

    def _by_intent(self, probabilities: np.ndarray) -> np.ndarray:
        return self._members @ probabilities

    def _decide(self, message: Message, probabilities: dict[str, float]) -> None:
        ranked = sorted(probabilities, key=lambda name: probabilities[name], reverse=True)
        if probabilities.get(NOTHING, 0.0) >= self.config["out_of_scope_from"]:
            ranked.insert(0, ranked.pop(ranked.index(NOTHING)))
        ranking = [{"name": name, PREDICTED_CONFIDENCE_KEY: round(probabilities[name], 4)} for name in ranked[:_RANKED]]
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set("intent_ranking", ranking, add_to_output=True)
