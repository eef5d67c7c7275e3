"""A linear text classifier: words and letters by TF-IDF, and beside them a sentence embedding where there is one.

The embedding costs ten times what the rest does, so it is asked only when words and letters leave doubt, and trained on
the examples that words and letters understand least.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bot.dialogue.nlu.counted import CountedModel, count
from bot.dialogue.nlu.embedding import shared_embedder
from bot.dialogue.nlu.features import seen, seen_folded
from bot.dialogue.nlu.persistence import load_parts, save_parts
from bot.dialogue.nlu.vectors import key_of

#: Strength of the fit; scaled features want little regularisation (measured: +5 points over 1).
_C = 10.0
_TOLERANCE = 0.01
#: Of a label with more examples, this many are embedded: more cost training time and bring nothing (measured).
_EMBEDDED = 130
#: How far shares of examples are taken back, and the share of messages that tell a fault (fitted by cross-validation).
_BALANCED = 0.4
_FAULTS = 0.28
_WORD = r"(?u)\b\w+\b|\?"


@dataclass
class TextClassifier:
    """`plain` reads words and letters, `deep` (or None) the embedding alone; asked both, they meet half-way."""

    plain: CountedModel
    deep: LogisticRegression | None
    centre: np.ndarray | None
    balance: np.ndarray
    """What each label's probability is multiplied with, since examples come in other shares than messages."""

    @classmethod
    def train(cls, texts: Sequence[str], labels: Sequence[str]) -> TextClassifier:
        """Fit on examples; the embedding is used where it is installed."""
        counters, features = _features(texts)
        plain = CountedModel(counters, _by_words().fit(features, labels))
        balance = _balance(labels, plain.labels)
        embedder = shared_embedder()
        if not embedder.available:
            return cls(plain, None, None, balance)
        chosen = hardest(labels, _understood_unseen(texts, features, labels), _EMBEDDED)
        vectors = embedder.embed_all([seen(texts[number]) for number in chosen])
        centre = vectors.mean(axis=0)
        deep = LogisticRegression(C=_C, tol=0.001, max_iter=100, random_state=0)
        deep.fit(_centred(vectors, centre), [labels[number] for number in chosen])
        return cls(plain, deep, centre, balance)

    @property
    def labels(self) -> list[str]:
        return self.plain.labels

    def probabilities(self, text: str, is_sure: Callable[[np.ndarray], bool]) -> np.ndarray:
        """Each label's probability, in the order of `labels`.

        Where words alone are not sure the embedding is asked, and both views count the same.
        """
        found = self.plain.probabilities(seen_folded(text))
        embedder = shared_embedder()
        if self.deep is None or not embedder.available or is_sure(found):
            return self._balanced(found)
        vector = _centred(embedder.embed(seen(text)).reshape(1, -1), self.centre)
        return self._balanced(found + self.deep.predict_proba(vector)[0])

    def _balanced(self, found: np.ndarray) -> np.ndarray:
        weighed = found * self.balance
        return weighed / weighed.sum()

    def save(self, path: Path) -> None:
        """Keep it in a file."""
        save_parts({**vars(self), "plain": self.plain.parts}, path)

    @classmethod
    def load(cls, path: Path) -> TextClassifier:
        """What `save` kept."""
        parts = load_parts(path)
        return cls(**{**parts, "plain": CountedModel.from_parts(parts["plain"])})


def _balance(labels: Sequence[str], classes: Sequence[str]) -> np.ndarray:
    """Weights that take a share of examples for a share of messages, most of the way.

    Every intent is as likely as another, only the one with symptoms (`report_fault/…`) is many in one.
    """
    intents = [label.partition("/")[0] for label in labels]
    count = Counter(intents)
    several = {label.partition("/")[0] for label in labels if label.partition("/")[2]}
    usual = {name: _FAULTS if name in several else (1 - _FAULTS) / max(1, len(count) - len(several)) for name in count}
    return np.array(
        [
            (usual[name] * len(intents) / count[name]) ** _BALANCED
            for name in (label.partition("/")[0] for label in classes)
        ]
    )


def _by_words(tolerance: float = _TOLERANCE) -> LogisticRegression:
    """One against the rest: seven times quicker than all at once, and no less exact here."""
    return LogisticRegression(C=_C, solver="liblinear", tol=tolerance, random_state=0)


def _features(texts: Sequence[str]) -> tuple[tuple[TfidfVectorizer, ...], sp.csr_matrix]:
    folded = [seen_folded(text) for text in texts]
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=_WORD)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2)
    return (words, letters), count((words, letters), folded)


def embedded_texts(texts: Sequence[str], labels: Sequence[str]) -> list[str]:
    """What a training on these examples embeds, as the classifier sees it."""
    _, features = _features(texts)
    return [seen(texts[number]) for number in hardest(labels, _understood_unseen(texts, features, labels), _EMBEDDED)]


def _understood_unseen(texts: Sequence[str], features: sp.csr_matrix, labels: Sequence[str]) -> np.ndarray:
    """How sure words and letters are of each example's label when they have not seen it (0-1).

    The halves depend on the texts alone, so that the order of the files changes nothing.
    """
    keys = [key_of(text) for text in texts]
    order = np.argsort(keys, kind="stable")
    names, sorted_features = np.asarray(labels)[order], features[order]
    halves = np.array([int(keys[number], 16) % 2 for number in order])
    sure = np.zeros(len(texts))
    for half in (0, 1):
        told, asked = halves != half, halves == half
        model = _by_words(0.05).fit(sorted_features[told], names[told])
        found = model.predict_proba(sorted_features[asked])
        place = {str(label): column for column, label in enumerate(model.classes_)}
        own = [found[row, place[name]] if name in place else 0.0 for row, name in enumerate(names[asked])]
        sure[order[asked]] = own
    return sure


def _centred(vectors: np.ndarray, centre: np.ndarray) -> np.ndarray:
    """Embeddings all point one way; about their mean they tell sentences apart (measured: +8 points)."""
    moved = vectors - centre
    return moved / np.linalg.norm(moved, axis=1, keepdims=True)


def hardest(labels: Sequence[str], understood: np.ndarray, most: int) -> list[int]:
    """The numbers of at most `most` examples of each label, those that are understood least."""
    of_label: dict[str, list[int]] = {}
    for number in np.argsort(understood, kind="stable"):
        of_label.setdefault(labels[number], []).append(int(number))
    return sorted(number for numbers in of_label.values() for number in numbers[:most])
