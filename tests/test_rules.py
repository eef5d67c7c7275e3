"""The register of rules is whole, points at what exists, and its page is current."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from actions.adapters.texts import ResponseTexts
from actions.casework.entitlement.clauses import known_clauses
from actions.casework.facts import Language
from actions.casework.knowledge.articles import load_articles
from actions.settings import ROOT
from scripts.rules_page import PAGE, load, render

REGISTER = load()
#: The datasheet's rules, section by section, and the questions it leaves open.
NUMBERS = [
    *(f"R{n:02}" for n in (*range(1, 22), *range(30, 43), *range(50, 55), 56, 57, *range(60, 71), 72, 74, 76, 78)),
    *(f"R{n}" for n in (79, *range(80, 87), *range(90, 99))),
    *(f"Q{n}" for n in range(1, 24)),
]
TEXTS = ResponseTexts()
ARTICLES = {article.id for article in load_articles(Language.DA)}


def test_every_rule_is_there_and_no_other():
    assert list(REGISTER) == NUMBERS


@pytest.mark.parametrize("number", NUMBERS)
def test_a_rule_is_carried_by_code_or_text_and_by_a_test(number):
    rule = REGISTER[number]
    assert set(rule) <= {"reading", "code", "texts", "articles", "tests", "person"}
    assert len(rule["reading"]) > 20
    assert rule.get("code") or rule.get("texts") or rule.get("articles")
    assert rule.get("tests")
    for place in (*rule.get("code", ()), *rule["tests"]):
        assert _exists(place), f"{number}: {place} is not there"
    assert set(rule.get("texts", ())) <= set(TEXTS.keys(Language.DA))
    assert set(rule.get("articles", ())) <= ARTICLES


def test_what_is_cited_is_in_the_register():
    cited = {rule for article in load_articles(Language.DA) for rule in article.rules if rule.startswith("R")}
    assert cited | set(known_clauses()) <= set(REGISTER)


def test_the_page_is_current():
    assert PAGE.read_text(encoding="utf-8") == render(REGISTER), "make rules"


def test_every_link_of_the_page_leads_somewhere():
    links = re.findall(r"\]\(([^)]+)\)", PAGE.read_text(encoding="utf-8"))
    assert links
    assert not [link for link in set(links) if not (PAGE.parent / link).exists()]


def _exists(place: str) -> bool:
    """A file, a name defined in it, a row in a table of tests, a key of a data file."""
    path, _, name = place.partition("::")
    file = ROOT / path
    if not file.is_file():
        return False
    name, _, row = name.partition("[")
    content = file.read_text(encoding="utf-8")
    return _defines(file, content, name) and (not row or f'"{row.removesuffix("]")}"' in content or row[:-1] in content)


def _defines(file: Path, content: str, name: str) -> bool:
    if not name:
        return True
    if file.suffix == ".py":
        return bool(
            re.search(rf"^\s*(?:async )?(?:def|class) {re.escape(name)}\b|^{re.escape(name)}\b.*=", content, re.M)
        )
    return name in content
