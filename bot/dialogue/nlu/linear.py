"""A linear text classifier: words and letters by TF-IDF, and beside them a sentence embedding where there is one.

The embedding costs ten times what the rest does, so it is asked only when words and letters leave doubt.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression, SGDClassifier

from bot.dialogue.nlu.counted import CountedModel, count, kind
from bot.dialogue.nlu.embedding import shared_embedder
from bot.dialogue.nlu.features import seen, seen_folded
from bot.dialogue.nlu.persistence import below, load_parts, save_parts, under

#: How words and letters are fitted: a third of the time of an exact fit, and no less exact on unseen lines (measured).
_ROUNDS, _SHRINKAGE = 8, 3e-6
#: How the embedding is: unit vectors want little regularisation (measured: +5 points over 1).
_C, _TOLERANCE, _STEPS = 10.0, 0.001, 100
#: What the embedding's view counts beside the words' (fitted by cross-validation over writers, as are the next two).
_MEANING = 0.7
#: How far shares of examples are taken back, and the share of messages that tell a fault.
_BALANCED = 0.5
_FAULTS = 0.3
_KINDS = (
    kind(ngram_range=(1, 2), token_pattern=r"(?u)\b\w+\b|\?"),
    kind(analyzer="char_wb", ngram_range=(2, 5), min_df=2),
)


@dataclass(frozen=True)
class MeaningModel:
    """What a sentence's embedding says for each label; `centre` is the mean of the examples' embeddings."""

    centre: np.ndarray
    weights: np.ndarray
    bias: np.ndarray

    @classmethod
    def fit(cls, vectors: np.ndarray, labels: Sequence[str]) -> MeaningModel:
        """One embedding a row."""
        centre = vectors.mean(axis=0)
        model = LogisticRegression(C=_C, tol=_TOLERANCE, max_iter=_STEPS, random_state=0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # more steps bring nothing (measured)
            model.fit(_centred(vectors, centre), labels)
        return cls(centre, model.coef_.T, model.intercept_)

    def probabilities(self, vector: np.ndarray) -> np.ndarray:
        """Each label's, in alphabetical order."""
        score = _centred(vector, self.centre) @ self.weights + self.bias
        likely = np.exp(score - score.max())
        return likely / likely.sum()


@dataclass(frozen=True)
class TextClassifier:
    """`words` reads words and letters, `meaning` (None where it was trained without) the embedding."""

    words: CountedModel
    meaning: MeaningModel | None
    balance: np.ndarray
    """What each label's probability is multiplied with, since examples come in other shares than messages."""

    @classmethod
    def train(cls, texts: Sequence[str], labels: Sequence[str]) -> TextClassifier:
        """Fit on examples; the embedding is used where it is installed."""
        words = _fit_words(texts, labels)
        embedder = shared_embedder()
        meaning = None
        if embedder.available:
            meaning = MeaningModel.fit(embedder.embed_all([seen(text) for text in texts]), labels)
        return cls(words, meaning, _balance(labels, words.labels))

    @property
    def labels(self) -> list[str]:
        return self.words.labels

    def probabilities(self, text: str, is_sure: Callable[[np.ndarray], bool]) -> np.ndarray:
        """Each label's probability, in the order of `labels`.

        Where words alone are not sure the embedding is asked too.
        """
        found = self.words.probabilities(seen_folded(text))
        embedder = shared_embedder()
        if self.meaning is None or not embedder.available or is_sure(found):
            return self._balanced(found)
        return self._balanced(found + _MEANING * self.meaning.probabilities(embedder.embed(seen(text))))

    def _balanced(self, found: np.ndarray) -> np.ndarray:
        weighed = found * self.balance
        return weighed / weighed.sum()

    def save(self, path: Path) -> None:
        """Keep it in a file."""
        meaning = under("meaning", vars(self.meaning)) if self.meaning else {}
        save_parts({"balance": self.balance, **under("words", self.words.parts), **meaning}, path)

    @classmethod
    def load(cls, path: Path) -> TextClassifier:
        """What `save` kept."""
        parts: dict[str, Any] = load_parts(path)
        meaning = below("meaning", parts)
        words = CountedModel.from_parts(below("words", parts), _KINDS)
        return cls(words, MeaningModel(**meaning) if meaning else None, parts["balance"])


def _balance(labels: Sequence[str], classes: Sequence[str]) -> np.ndarray:
    """Weights that take a share of examples for a share of messages, most of the way.

    Every intent is as likely as another, only the one with symptoms (`report_fault/…`) is many in one.
    """
    intents = [label.partition("/")[0] for label in labels]
    examples = Counter(intents)
    several = {label.partition("/")[0] for label in labels if label.partition("/")[2]}
    usual = {
        name: _FAULTS if name in several else (1 - _FAULTS) / max(1, len(examples) - len(several)) for name in examples
    }
    return np.array(
        [
            (usual[name] * len(intents) / examples[name]) ** _BALANCED
            for name in (label.partition("/")[0] for label in classes)
        ]
    )


def _fit_words(texts: Sequence[str], labels: Sequence[str]) -> CountedModel:
    """One label against the rest each. The order of the files changes nothing: the fit takes texts in their own."""
    known = sorted(zip((seen_folded(text) for text in texts), labels))
    counters, counted = count(_KINDS, [text for text, _ in known])
    model = SGDClassifier(loss="log_loss", alpha=_SHRINKAGE, max_iter=_ROUNDS, tol=None, random_state=0)
    return CountedModel.fitted(counters, model.fit(counted, [label for _, label in known]), _KINDS)


def _centred(vectors: np.ndarray, centre: np.ndarray) -> np.ndarray:
    """Embeddings all point one way; about their mean they tell sentences apart (measured: +8 points)."""
    moved = vectors - centre
    return moved / np.linalg.norm(moved, axis=-1, keepdims=True)
