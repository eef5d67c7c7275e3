"""Fills responses with slots, and nothing but that.

Stock Rasa formats every string of a response as a Python template: the braces of a button's payload raise a KeyError
that is caught and logged with its whole traceback, for each button; a slot value holding `0[` leaves the text unfilled.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import Any

from rasa.core.nlg import TemplatedNaturalLanguageGenerator

log = logging.getLogger(__name__)

_PLACEHOLDER = re.compile(r"{(\w+)}")
_FILLED = ("text", "image", "custom", "buttons", "attachment", "quick_replies")


class PlainResponses(TemplatedNaturalLanguageGenerator):
    """Chooses a variation as Rasa does; fills `{slot}` in it."""

    def __init__(self) -> None:
        super().__init__({})

    def _fill_response(
        self, response: dict[str, Any], filled_slots: dict[str, Any] | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        values = {**(filled_slots or {}), **kwargs}
        return {key: filled(part, values) if key in _FILLED else part for key, part in response.items()}


def filled(part: Any, values: Mapping[str, Any]) -> Any:
    """`part` with each `{name}` replaced; an empty slot leaves nothing, an unknown name stays as it is."""
    if isinstance(part, str):
        return _PLACEHOLDER.sub(lambda found: _value(found, values), part)
    if isinstance(part, list):
        return [filled(each, values) for each in part]
    if isinstance(part, dict):
        return {key: filled(each, values) for key, each in part.items()}
    return part


def _value(found: re.Match[str], values: Mapping[str, Any]) -> str:
    name = found.group(1)
    if name not in values:
        log.warning("a response asks for %s, which no slot and no action gives", found.group(0))
        return found.group(0)
    return "" if values[name] is None else str(values[name])
