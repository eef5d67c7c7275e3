"""How a message is spelled before anything reads it: the limits, and the folding of æ, ø, å.

Customers write `skærm`, `skaerm` and `skarm`; folded, they are one word. Folding is for comparing only: what is shown
and what is extracted keeps the customer's spelling.
"""

from __future__ import annotations

import re

MAX_CHARACTERS = 2000
"""Longer messages are refused by the gateway; here they cost nothing and mean nothing (contract section 5)."""

_LETTERS = str.maketrans(
    {"æ": "a", "ø": "o", "å": "a", "ä": "a", "ö": "o", "é": "e", "è": "e", "ü": "u", "’": "'", "´": "'"}
)
_DIGRAPHS = re.compile(r"aa|ae|oe")
_ONE_LETTER = {"aa": "a", "ae": "a", "oe": "o"}


def is_blank(text: str | None) -> bool:
    """Whether there is nothing to understand."""
    return not text or not text.strip()


def is_too_long(text: str) -> bool:
    """Whether the message is longer than anything a customer may send."""
    return len(text) > MAX_CHARACTERS


def fold(text: str) -> str:
    """Lower case, with æ/ae, ø/oe and å/aa as one plain letter each. The length may change."""
    return fold_letters(text.lower())


def fold_letters(text: str) -> str:
    """The letters alone: case stays, so a regular expression stays one. Only lower case is folded."""
    return _DIGRAPHS.sub(lambda found: _ONE_LETTER[found.group()], text.translate(_LETTERS))
