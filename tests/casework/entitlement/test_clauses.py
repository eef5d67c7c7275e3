"""What is quoted of HP's datasheet: short, and to the letter."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from actions.casework.entitlement.clauses import MOST_CHARACTERS, known_clauses, quote
from actions.casework.facts import Language

DATASHEET = Path(__file__).parents[4] / "shared" / "datasheet-da.txt"


@pytest.mark.parametrize("clause", sorted(known_clauses()))
def test_every_clause_is_short_in_both_languages(clause):
    for language in Language:
        assert 0 < len(quote(clause, language)) <= MOST_CHARACTERS


@pytest.mark.skipif(not DATASHEET.exists(), reason="HP's datasheet is not beside this checkout")
def test_danish_quotes_stand_in_the_datasheet():
    datasheet = re.sub(r"\s+", " ", DATASHEET.read_text(encoding="utf-8")).replace("Pack- support", "Pack-support")
    for clause in known_clauses():
        assert quote(clause, Language.DA).removesuffix(" …") in datasheet, clause


def test_an_unknown_clause_is_an_error():
    with pytest.raises(KeyError):
        quote("R999", Language.DA)
