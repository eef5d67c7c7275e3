"""The articles, searched in memory: read from their files at the first question in a language."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from actions.casework.facts import Language
from actions.casework.knowledge.articles import Article, load_articles
from actions.casework.knowledge.search import Search


class Articles:
    """Knowledge of the articles beside the rules."""

    def find(self, question: str, language: Language, topics: Sequence[str] = (), part: str = "") -> Article | None:
        """See `actions.ports.Knowledge`."""
        return _search(language).find(question, topics, part)


@cache
def _search(language: Language) -> Search:
    return Search(load_articles(language), language)
