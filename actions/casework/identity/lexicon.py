"""The words of words.yml, ready to be compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from actions.casework.data_file import load_yaml
from actions.casework.identity.folding import fold

FILE = Path(__file__).with_name("words.yml")


@cache
def words(name: str) -> frozenset[str]:
    """One list of words.yml, each entry folded."""
    return frozenset(fold(str(word)) for word in _file()[name])


@cache
def ordinals() -> Mapping[str, int]:
    """Word → place among offered choices, counted from 1; -1 is the last."""
    return {fold(str(word)): int(place) for place, names in _file()["ordinals"].items() for word in names}


def without_lead(text: str, name: str) -> tuple[str, bool]:
    """`text` without a phrase of list `name` at its beginning, and whether one stood there."""
    match = _lead(name).match(text)
    return (text[match.end() :], True) if match else (text, False)


@cache
def _lead(name: str) -> re.Pattern[str]:
    phrases = sorted((str(word) for word in _file()[name]), key=len, reverse=True)
    spelled = "|".join(re.escape(unfolded).replace(r"\ ", r"\s+") for word in phrases for unfolded in _spellings(word))
    return re.compile(rf"\s*(?:{spelled})(?![\w'])[\s:,.!]*", re.IGNORECASE)


def _spellings(word: str) -> set[str]:
    return {word, word.replace("ae", "æ").replace("oe", "ø").replace("aa", "å"), word.replace("'", "’")}


@cache
def _file() -> Mapping[str, Any]:
    return load_yaml(FILE)
