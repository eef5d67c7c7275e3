"""What our components share: the parts of Rasa's interface that are the same in all of them."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.dialogue.nlu.spans import Found
from bot.dialogue.nlu.text import is_blank, is_too_long


class MessageComponent(GraphComponent):
    """Reads one message at a time; `read` is not called for what can hold nothing (blank, too long)."""

    def __init__(self, config: dict[str, Any]) -> None:
        self.config = config

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MessageComponent:
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Add what is found to each message."""
        for message in messages:
            text = message.get(TEXT)
            if not is_blank(text) and not is_too_long(text):
                self.read(message, text)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def read(self, message: Message, text: str) -> None:
        raise NotImplementedError

    def add(self, message: Message, found: list[Found]) -> None:
        """Put values among the message's entities."""
        entities = [self._as_entity(value) for value in found]
        message.set(ENTITIES, [*message.get(ENTITIES, []), *entities], add_to_output=True)

    def _as_entity(self, found: Found) -> dict[str, Any]:
        entity = {
            "entity": found.entity,
            "value": found.value,
            "start": found.start,
            "end": found.end,
            "extractor": type(self).__name__,
        }
        return {**entity, "mended": True} if found.mended else entity
