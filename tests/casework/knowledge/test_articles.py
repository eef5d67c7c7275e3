"""What may be told: mirrored, short, resting on rules that exist, promising nothing, in plain Danish."""

from __future__ import annotations

import re

import pytest

from actions.casework.facts import Component, Language, Symptom
from actions.casework.knowledge.articles import Article, load_articles

RULES = re.compile(
    r"R(0[1-9]|1[0-8]|19|2[01]|3[0-9]|4[0-2]|5[0-46-7]|6[0-9]|70|72|74|76|78|79|8[0-6]|9[0-8])"
    r"|GDPR art\. (5|6|13|15|17)"
)
PROMISES = re.compile(
    r"\b\d+ (kr|kroner|euro|timer|hours|arbejdsdage|business days|working days)\b|\bon stock\b|\bguarantee|\bgarant",
    re.IGNORECASE,
)
LONGEST_SENTENCE, SENTENCES = 130, 3
STIFF = re.compile(r"\b(De|Dem|Deres|hvorledes|såfremt|ligeledes|vedrørende|foretage|venligst)\b")
BOTH = [(language, article) for language in Language for article in load_articles(language)]


def test_the_languages_mirror_each_other() -> None:
    shapes = [
        {article.id: (article.topic, article.rules, article.components) for article in load_articles(language)}
        for language in Language
    ]

    assert shapes[0] == shapes[1]


@pytest.mark.parametrize(("language", "article"), BOTH, ids=lambda value: getattr(value, "id", str(value)))
def test_an_article_is_short_and_cites_what_exists(language: Language, article: Article) -> None:
    sentences = [part for part in re.split(r"(?<=[.?])\s+(?=[A-ZÆØÅ])", article.text) if part]

    assert article.rules and all(RULES.fullmatch(rule) for rule in article.rules)
    assert len(article.questions) >= 2 and article.title
    assert len(sentences) <= SENTENCES and max(map(len, sentences)) <= LONGEST_SENTENCE, sentences
    assert not PROMISES.search(article.text) and "!" not in article.text
    if language is Language.DA:
        assert not STIFF.search(article.text)
        assert not re.search(r"\b(paa|naar|foer|ogsaa|daekket|pick-up|label|case)\b", article.text)


def test_no_part_has_two_articles_and_most_have_one() -> None:
    parts = [part for article in load_articles(Language.DA) for part in article.components]

    assert len(parts) == len(set(parts))
    assert set(Component) - set(parts) == {Component.OTHER}


def test_every_symptom_has_its_first_advice() -> None:
    ids = {article.id for article in load_articles(Language.DA)}

    assert {f"help_{symptom}" for symptom in Symptom} <= ids
