"""Reading countries: names in Danish and English and ISO codes, from the closed list in countries.yml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from actions.casework.data_file import load_yaml
from actions.casework.facts import Language
from actions.casework.identity.folding import fold

FILE = Path(__file__).with_name("countries.yml")

_CODES_THAT_ARE_WORDS = frozenset({"NO"})  # "no" answers the question, it names no country


def read_country(text: str) -> str | None:
    """The one country in an answer as ISO 3166-1 alpha-2: "i Tyskland", "Germany", "DE"; None where none or several.

    A code counts only as the whole answer.
    """
    bare = fold(text)
    code = bare.upper()
    if code in _countries() and code not in _CODES_THAT_ARE_WORDS:
        return code
    found = _named(f" {bare} ")
    return found.pop() if len(found) == 1 else None


def is_country(text: str) -> bool:
    """Whether a text is the name of a country and nothing else."""
    return fold(text) in dict(_names())


def country_name(code: str, language: Language) -> str:
    """The country's name in that language; the code itself where the list does not have it."""
    return _countries()[code][str(language)] if code in _countries() else code


def known_countries() -> frozenset[str]:
    """Every code in the list."""
    return frozenset(_countries())


def _named(padded: str) -> set[str]:
    """Countries named in a folded text with a space at both ends; a longer name hides a shorter one inside it."""
    found = set()
    for name, code in _names():
        if f" {name} " in padded:
            found.add(code)
            padded = padded.replace(f" {name} ", "  ")
    return found


@cache
def _names() -> tuple[tuple[str, str], ...]:
    named = {
        fold(name): code for code, row in _countries().items() for name in (row["da"], row["en"], *row.get("also", ()))
    }
    return tuple(sorted(named.items(), key=lambda pair: len(pair[0]), reverse=True))


@cache
def _countries() -> Mapping[str, Mapping[str, Any]]:
    return load_yaml(FILE)
