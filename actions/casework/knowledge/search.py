"""The article that answers a question, or none: words weighed by how telling they are, misspelling forgiven.

Every question that an article is asked for is compared with the customer's; the best one speaks for its article.
What the customer said and no article knows counts against all of them, so that a question about something else finds
nothing.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from actions.casework.facts import Language
from actions.casework.knowledge.articles import Article
from actions.casework.knowledge.words import cut, is_elsewhere, is_filler

THRESHOLD = {Language.DA: 0.47, Language.EN: 0.48}
"""Below it nothing is answered: set so that nine of ten questions about something else get no answer
(tests/casework/knowledge)."""

_FILLER_WEIGHT = 0.3
_ASKED_SHARE = 0.6  # how much of the measure is the customer's words; the rest is the article's question
_BACKING = 0.2  # what the article as a whole counts beside its best question
_ALIKE = 0.72  # the least likeness of two spellings of one word
_STRANGE = 0.8  # what a word that no article knows counts against all of them
_POINTING = 0.9  # what a word counts that points at an article but stands in none of its questions
_STAND_IN = 0.5  # how far such a word makes up for words of the question that were not said
_ALONE = 0.85  # what a single pointing word is believed, where nothing else is shared
_ELSEWHERE = 0.55  # what is left of a question that holds a word of another subject (elsewhere.yml)
_HINT = 0.08  # what the topic of the understood intent is worth


@dataclass(frozen=True)
class Hit:
    """An article and how well it fits, from 0 to 1."""

    article: Article
    score: float


class Search:
    """The articles of one language, ready to be searched."""

    def __init__(self, articles: Sequence[Article], language: Language) -> None:
        self._language = language
        self._articles = tuple(articles)
        self._pointing = {article.id: _telling((" ".join(article.words),), language) for article in articles}
        self._whole = {
            article.id: _telling((*article.questions, article.title, article.text), language)
            | self._pointing[article.id]
            for article in articles
        }
        self._rows = [
            (article, Counter(cut(question, language)))
            for article in articles
            for question in (*article.questions, article.title)
        ]
        seen: Counter[str] = Counter()
        for article in articles:
            texts = (*article.questions, article.title, article.text, " ".join(article.words))
            seen.update({word for text in texts for word in cut(text, language)})
        self._weights = {word: math.log(1 + len(articles) / count) for word, count in seen.items()}
        self._strange = math.log(1 + len(articles))  # a word that no article knows
        self._grams = {word: _grams(word) for word in seen}

    def ranked(self, question: str, topics: Iterable[str] = ()) -> list[Hit]:
        """All articles, the best first. `topics` are what the question seems to be about."""
        asked = self._known(Counter(cut(question, self._language)))
        total = sum(self._weight(word) * count for word, (count, _) in asked.items())
        trust = _ELSEWHERE if is_elsewhere(question, self._language) else 1.0
        favoured = frozenset(topics)
        best: dict[str, Hit] = {}
        for article, words in self._rows:
            score = trust * self._score(asked, total, words, article.id)
            if article.id not in best or score > best[article.id].score:
                best[article.id] = Hit(article, score)
        # The hint decides between answers, never whether there is one.
        return sorted(best.values(), key=lambda hit: -hit.score - (_HINT if hit.article.topic in favoured else 0.0))

    def find(self, question: str, topics: Iterable[str] = (), part: str = "") -> Article | None:
        """The article that answers, or None. With `part`, a Component whose cover is asked for, that part's article
        answers, unless the question is about something that no part has an article for: a cause, another brand."""
        sure = (hit for hit in self.ranked(question, topics) if hit.score >= THRESHOLD[self._language])
        found = next((hit.article for hit in sure), None)
        if not part or (found and found.topic == "coverage" and not found.components):
            return found
        return next((article for article in self._articles if part in article.components), found)

    def _score(self, asked: Mapping[str, tuple[int, float]], total: float, words: Counter[str], article: str) -> float:
        """Shared weight over all weight, with one question of an article and with the article as a whole. A word that
        points at the article counts as shared without being missed where it is not said."""
        pointing, whole = self._pointing[article], self._whole[article]
        told = backed = shared = beside = 0.0
        telling = 0  # words shared that say something
        for word, (_, how) in asked.items():
            weight = self._weight(word) * how
            if word in words:
                shared += weight
            elif word in pointing:
                beside += weight
            if not is_filler(word, self._language):
                telling += word in whole
                told += self._weight(word)
                backed += weight if word in whole else 0.0
        if not shared and not beside:
            return 0.0
        row = sum(self._weight(word) for word in words)
        missed = max(0.0, row - shared - _STAND_IN * beside)
        question = (shared + _POINTING * beside) / (
            _ASKED_SHARE * total + (1 - _ASKED_SHARE) * (shared + beside + missed)
        )
        sure = _ALONE if telling == 1 and beside else 1.0
        return sure * ((1 - _BACKING) * question + _BACKING * (backed / told if told else question))

    def _weight(self, word: str) -> float:
        weight = self._weights.get(word, _STRANGE * self._strange)
        return weight * _FILLER_WEIGHT if is_filler(word, self._language) else weight

    def _known(self, words: Counter[str]) -> dict[str, tuple[int, float]]:
        """Each word, misspelled ones as what they resemble, with how much alike they are."""
        found: dict[str, tuple[int, float]] = {}
        for word, count in words.items():
            if word in self._weights or is_filler(word, self._language) or len(word) < 4:
                found[word] = (count, 1.0)
                continue
            grams = _grams(word)
            likeness, nearest = max((_dice(grams, other), known) for known, other in self._grams.items())
            found[nearest if likeness >= _ALIKE else word] = (count, min(1.0, likeness + 0.15))
        return found


def _telling(texts: Iterable[str], language: Language) -> frozenset[str]:
    return frozenset(word for text in texts for word in cut(text, language) if not is_filler(word, language))


def _grams(word: str) -> frozenset[str]:
    padded = f"^{word.lstrip('=')}$"
    return frozenset(padded[at : at + 2] for at in range(len(padded) - 1))


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))
