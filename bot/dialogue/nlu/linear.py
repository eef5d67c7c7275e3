"""A linear text classifier: words and letters by TF-IDF, and beside them a sentence embedding where there is one.

The embedding costs ten times what the rest does, so it is asked only when words and letters leave doubt.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bot.dialogue.nlu.embedding import shared_embedder
from bot.dialogue.nlu.features import seen, seen_folded
from bot.dialogue.nlu.persistence import load_parts, save_parts

#: Strength of the fit; scaled features want little regularisation (measured: +5 points over 1).
_C = 10.0
_TOLERANCE = 0.01
#: How much the embedding weighs beside the words.
_WEIGHT = 2.0
#: Of a label with more examples, evenly chosen this many are embedded: more cost training time and bring nothing.
_EMBEDDED = 60
_WORD = r"(?u)\b\w+\b|\?"


@dataclass
class TextClassifier:
    """`plain` is trained on words and letters, `deep` (or None) on the embedding too; asked both, they meet half-way."""

    words: TfidfVectorizer
    letters: TfidfVectorizer
    plain: LogisticRegression
    deep: LogisticRegression | None
    centre: np.ndarray | None

    @classmethod
    def train(cls, texts: Sequence[str], labels: Sequence[str]) -> TextClassifier:
        """Fit on examples; the embedding is used where it is installed."""
        folded = [seen_folded(text) for text in texts]
        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=_WORD)
        letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2)
        features = sp.hstack([words.fit_transform(folded), letters.fit_transform(folded)]).tocsr()
        plain = _fit(features, labels)
        embedder = shared_embedder()
        if not embedder.available:
            return cls(words, letters, plain, None, None)
        chosen = _evenly(labels, _EMBEDDED)
        vectors = embedder.embed_all([seen(texts[number]) for number in chosen])
        centre = vectors.mean(axis=0)
        both = sp.hstack([features[chosen], _centred(vectors, centre)]).tocsr()
        return cls(words, letters, plain, _fit(both, [labels[number] for number in chosen]), centre)

    @property
    def labels(self) -> list[str]:
        return [str(label) for label in self.plain.classes_]

    def probabilities(self, text: str, is_sure: Callable[[np.ndarray], bool]) -> np.ndarray:
        """Each label's probability, in the order of `labels`.

        Where words alone are not sure the embedding is asked, and both views count the same.
        """
        folded = [seen_folded(text)]
        features = sp.hstack([self.words.transform(folded), self.letters.transform(folded)]).tocsr()
        found = self.plain.predict_proba(features)[0]
        embedder = shared_embedder()
        if self.deep is None or not embedder.available or is_sure(found):
            return found
        vector = _centred(embedder.embed(seen(text)).reshape(1, -1), self.centre)
        return (found + self.deep.predict_proba(sp.hstack([features, vector]).tocsr())[0]) / 2

    def save(self, path: Path) -> None:
        """Keep it in a file."""
        save_parts(vars(self), path)

    @classmethod
    def load(cls, path: Path) -> TextClassifier:
        """What `save` kept."""
        return cls(**load_parts(path))


def _fit(features: sp.csr_matrix, labels: Sequence[str]) -> LogisticRegression:
    """One against the rest: seven times quicker than all at once, and no less exact here."""
    return LogisticRegression(C=_C, solver="liblinear", tol=_TOLERANCE, random_state=0).fit(features, labels)


def _centred(vectors: np.ndarray, centre: np.ndarray) -> sp.csr_matrix:
    """Embeddings all point one way; about their mean they tell sentences apart (measured: +8 points)."""
    moved = vectors - centre
    return sp.csr_matrix(_WEIGHT * moved / np.linalg.norm(moved, axis=1, keepdims=True))


def _evenly(labels: Sequence[str], most: int) -> list[int]:
    """The numbers of at most `most` examples of each label, spread over all of them."""
    of_label: dict[str, list[int]] = {}
    for number, label in enumerate(labels):
        of_label.setdefault(label, []).append(number)
    chosen: list[int] = []
    for numbers in of_label.values():
        picked = np.linspace(0, len(numbers) - 1, min(most, len(numbers))).round().astype(int)
        chosen += [numbers[place] for place in picked]
    return sorted(chosen)
