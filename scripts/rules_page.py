"""Writes docs/rules.md, the register of rules, from docs/rules.yml; `--check` only says whether it is current.

make rules
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from actions.adapters.texts import ResponseTexts
from actions.casework.entitlement.clauses import known_clauses
from actions.casework.facts import Language
from actions.casework.knowledge.articles import load_articles
from actions.settings import ROOT

SOURCE, PAGE = ROOT / "docs/rules.yml", ROOT / "docs/rules.md"
_ARTICLES = "actions/casework/knowledge/articles/da"
_PERSON = "tests/usecases/test_rules_for_a_person.py"
_INTRO = """# The register of rules

Made of `docs/rules.yml` by `make rules`; a test fails when a rule has nothing that carries it, when a link points
nowhere, or when this page is not current. R01-R98 are the rules of HP's datasheet 4AA8-2302DAE (numbers missing
there are missing here), Q1-Q23 what it leaves unclear, with our reading. *Quoted*: its words are cited to customers.
*Person*: the rule needs one, and the test named reaches one with a case.
"""


def main(check: bool) -> int:
    """Write the page, or compare it; 1 where it is not current."""
    page = render(load())
    if check:
        return 0 if PAGE.exists() and PAGE.read_text(encoding="utf-8") == page else 1
    PAGE.write_text(page, encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)}: {len(load())} rules")
    return 0


def load() -> dict[str, dict[str, Any]]:
    """The register as it stands in the file: by rule number."""
    register: dict[str, dict[str, Any]] = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    return register


def render(register: Mapping[str, Mapping[str, Any]]) -> str:
    """The whole page."""
    texts = ResponseTexts()
    files = {article.id: f"{article.topic}.yml" for article in load_articles(Language.DA)}
    citing: dict[str, list[str]] = {}
    for article in load_articles(Language.DA):
        for rule in article.rules:
            citing.setdefault(rule, []).append(article.id)
    parts = [_INTRO]
    for number, rule in register.items():
        articles = list(dict.fromkeys([*rule.get("articles", ()), *citing.get(number, ())]))
        told = [_text(key, texts) for key in rule.get("texts", ())]
        told += [_link(article, f"{_ARTICLES}/{files[article]}") for article in articles]
        lines = [f"## {number}\n", f"{rule['reading']}\n"]
        lines += _line("Code", [_place(place) for place in rule.get("code", ())])
        lines += _line("Text", told)
        lines += _line("Test", [_place(place) for place in rule.get("tests", ())])
        if "person" in rule:
            lines += _line("Person", [_link(rule["person"], _PERSON)])
        if number in known_clauses():
            lines += _line("Quoted", [_link("clauses.yml", "actions/casework/entitlement/clauses.yml")])
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _line(title: str, links: Sequence[str]) -> list[str]:
    return [f"- {title}: {', '.join(links)}"] if links else []


def _place(place: str) -> str:
    """A symbol, a test or a file: `path::name` by its name."""
    path, _, name = place.partition("::")
    return _link(name or "/".join(Path(path).parts[-2:]), path)


def _text(key: str, texts: ResponseTexts) -> str:
    return _link(key, str(texts.file_of(key, Language.DA).relative_to(ROOT)))


def _link(name: str, path: str) -> str:
    return f"[`{name}`](../{path})"


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv))
