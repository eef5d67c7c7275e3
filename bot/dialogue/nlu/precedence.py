"""What has the last word: a sign of danger makes the message a safety fault, whatever else it says (domain.md 3.0)."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, INTENT
from rasa.shared.nlu.training_data.message import Message

from bot.dialogue.nlu.classifier import FAULT
from bot.dialogue.nlu.component import MessageComponent
from bot.dialogue.nlu.spans import Found

SAFETY = "safety"

_SEPARATE = "external_monitor"
_BUILT_IN = "display_builtin"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Precedence(MessageComponent):
    """Safety before every other reading; a language counts only where one is asked for."""

    def read(self, message: Message, text: str) -> None:
        entities = message.get(ENTITIES, [])
        if any(entity["entity"] == "safety_flag" for entity in entities):
            self._set(message, [entity for entity in entities if entity["entity"] != "symptom"])
            self.add(message, [Found("symptom", SAFETY, 0, len(text))])
            if message.get(INTENT, {}).get("name") != FAULT:
                message.set(INTENT, {"name": FAULT, "confidence": 1.0}, add_to_output=True)
        self._plain_screen(message)
        if message.get(INTENT, {}).get("name") != "change_language":
            self._set(message, [entity for entity in message.get(ENTITIES, []) if entity["entity"] != "language"])

    @staticmethod
    def _plain_screen(message: Message) -> None:
        """A plain "skærm" is the built-in one (contract section 5), whatever the sentence reminds of."""
        parts = {entity["value"] for entity in message.get(ENTITIES, []) if entity["entity"] == "component"}
        for entity in message.get(ENTITIES, []):
            if entity["entity"] == "symptom" and entity["value"] == _SEPARATE and parts == {_BUILT_IN}:
                entity["value"] = "display"

    @staticmethod
    def _set(message: Message, entities: list[dict[str, object]]) -> None:
        message.set(ENTITIES, entities, add_to_output=True)
