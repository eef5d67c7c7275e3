"""Questions set before the articles were written: the right article first, and none for what nobody here can answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.casework.facts import Language
from actions.casework.identity.folding import fold
from actions.casework.knowledge.articles import load_articles
from actions.casework.knowledge.search import Search

HERE = Path(__file__).parent
RIGHT_FIRST, UNANSWERED = 0.92, 0.90


def questions(language: Language) -> list[tuple[str, str]]:
    lines = (HERE / f"questions.{language.value}.tsv").read_text(encoding="utf-8").splitlines()
    return [(line.split("\t")[0], line.split("\t")[1]) for line in lines]


@pytest.mark.parametrize("language", list(Language))
def test_the_right_article_comes_first_and_nothing_is_made_up(language: Language) -> None:
    search = Search(load_articles(language), language)
    known = [(question, article) for question, article in questions(language) if article != "-"]
    unknown = [question for question, article in questions(language) if article == "-"]

    first = sum(_first(search, question) == article for question, article in known) / len(known)
    told = sum(_told(search, question) == article for question, article in known) / len(known)
    refused = sum(not _told(search, question) for question in unknown) / len(unknown)
    print(
        f"{language}: right first {first:.3f}, told {told:.3f} of {len(known)}; refused {refused:.3f} of {len(unknown)}"
    )

    assert len(known) + len(unknown) >= 120 and len(unknown) >= 30
    assert first >= RIGHT_FIRST
    assert refused >= UNANSWERED


def _first(search: Search, question: str) -> str:
    hits = search.ranked(question)
    return hits[0].article.id if hits else ""


def _told(search: Search, question: str) -> str:
    found = search.find(question)
    return found.id if found else ""


@pytest.mark.parametrize("language", list(Language))
def test_a_named_part_is_answered_for_that_part(language: Language) -> None:
    search = Search(load_articles(language), language)
    asked = {Language.DA: "er den dækket?", Language.EN: "is it covered?"}[language]
    dropped = {Language.DA: "er docken dækket hvis jeg taber den?", Language.EN: "is the dock covered if I drop it?"}

    assert search.find(asked, ("coverage",), "dock").id == "dock_cover"  # type: ignore[union-attr]
    assert search.find(dropped[language], ("coverage",), "dock") is not None


@pytest.mark.parametrize("language", list(Language))
def test_nothing_said_finds_nothing(language: Language) -> None:
    search = Search(load_articles(language), language)

    assert [search.find(text) for text in ("", "   ", "?!", "🙂", "x" * 2000)] == [None] * 5


@pytest.mark.parametrize("language", list(Language))
def test_the_set_is_no_copy_of_the_articles(language: Language) -> None:
    asked = {fold(question) for question, _ in questions(language)}
    written = {fold(question) for article in load_articles(language) for question in article.questions}

    shared = asked & written
    print(f"{language}: {len(shared)} of {len(asked)} stand in the articles word for word")
    assert not shared
