"""What a classifier sees of a message: its words with every value as its kind, and nothing for a value alone."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from bot.dialogue.nlu.spans import Claims
from bot.dialogue.nlu.text import fold
from bot.dialogue.nlu.values import find_values, read_values

_ANY_DAY = date(2024, 1, 1)
"""Whether a word names a day doesn't depend on which day it is."""
_REMEMBERED = 65_536
"""A training looks at every example several times."""
_LONG_NUMBER = re.compile(r"\d{5,}")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


@lru_cache(maxsize=_REMEMBERED)
def seen(text: str) -> str:
    """The message with each value as its kind (`xphone`).

    Days and blink codes stay words: "can you come on friday" is told from "friday" by the rest of it.
    """
    for found in sorted(find_values(text, _ANY_DAY), key=lambda value: value.start, reverse=True):
        if found.entity not in ("date", "blink_code"):
            text = f"{text[: found.start]} x{found.entity.replace('_', '')} {text[found.end :]}"
    return _LONG_NUMBER.sub(" xnumber ", text)


def seen_folded(text: str) -> str:
    """The same with æ, ø, å folded: what words and letters are counted on."""
    return fold(seen(text))


@lru_cache(maxsize=64)
def is_value_alone(text: str) -> bool:
    """Whether nothing stands beside values: a bare serial number, telephone, day."""
    claims = Claims(text)
    found = read_values(claims, _ANY_DAY)
    return bool(found) and not _LETTER_OR_DIGIT.search(claims.rest)
