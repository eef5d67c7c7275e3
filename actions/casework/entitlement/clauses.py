"""The datasheet's clauses, to cite (domain.md 1.11): the Danish words to the letter, an English gloss."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from actions.casework.facts import Language

MOST_CHARACTERS = 200  # it is HP's copyright: a short quote and a link
_FILE = Path(__file__).with_name("clauses.yml")


def quote(clause: str, language: Language) -> str:
    """The words of a clause such as "R60". KeyError for one that is not in the list."""
    return _clauses()[clause][language.value]


def known_clauses() -> frozenset[str]:
    """Every clause that can be quoted."""
    return frozenset(_clauses())


@cache
def _clauses() -> Mapping[str, Mapping[str, str]]:
    """The file, checked: both languages, none too long. Raises ValueError naming the clause."""
    clauses: dict[str, dict[str, str]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    for number, words in clauses.items():
        for language in Language:
            if not 0 < len(words.get(language.value, "")) <= MOST_CHARACTERS:
                raise ValueError(f"{_FILE.name}: {number} needs 1 to {MOST_CHARACTERS} characters of {language.value}")
    return clauses
