"""Bringing what people type to one form, so that it can be compared: case, Danish letters, punctuation."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ð": "d", "ß": "ss", "’": "'"})
_NO_WORD = re.compile(r"[^a-z0-9']+")


def fold(text: str) -> str:
    """Lower case, æ/ø/å as ae/oe/aa, no accents, words apart by one space: "Søby, Ærø!" → "soeby aeroe"."""
    spelled = text.lower().translate(_LETTERS)
    plain = "".join(char for char in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(char))
    return " ".join(_NO_WORD.sub(" ", plain).split())
