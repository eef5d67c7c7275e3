"""Rasa's entity extractors of this assistant: values by form, parts by name, signs of danger, the language asked for."""

from __future__ import annotations

import os
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from bot.dialogue.nlu.asked_language import find_asked_language
from bot.dialogue.nlu.component import MessageComponent
from bot.dialogue.nlu.gazetteer import Gazetteer
from bot.dialogue.nlu.meant import meant
from bot.dialogue.nlu.safety import find_safety_signs
from bot.dialogue.nlu.values import meant_values

_ZONE = ZoneInfo("Europe/Copenhagen")
TODAY_VARIABLE = "OFFSITE_TODAY"


def today() -> date:
    """The day that "tomorrow" counts from: now in Denmark, or OFFSITE_TODAY (ISO) where that is set."""
    fixed = os.environ.get(TODAY_VARIABLE)
    return date.fromisoformat(fixed) if fixed else datetime.now(_ZONE).date()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ValueExtractor(MessageComponent):
    """Serial, product, case and failure numbers, e-mail, phone, postcode, date, blink code; canonical, one of each."""

    def read(self, message: Message, text: str) -> None:
        self.add(message, meant_values(text, today()))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class PartExtractor(MessageComponent):
    """The part of the PC that is named, as `component`."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._parts = Gazetteer("component", "components")

    def read(self, message: Message, text: str) -> None:
        self.add(message, meant(text, self._parts.find(text)))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class SafetySignExtractor(MessageComponent):
    """Signs of danger that are asserted, as `safety_flag`, each once."""

    def read(self, message: Message, text: str) -> None:
        self.add(message, find_safety_signs(text))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class AskedLanguageExtractor(MessageComponent):
    """The language named in the message, as `language`; Precedence keeps it only where one was asked for."""

    def read(self, message: Message, text: str) -> None:
        asked = find_asked_language(text)
        self.add(message, [asked] if asked else [])
