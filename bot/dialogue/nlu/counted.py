"""A linear model over counted words and letters (TF-IDF), read one message at a time.

scikit-learn fits it. Its `transform` and `predict_proba` are made for tables: for one short message their checks cost
five times the arithmetic, so that is done here; a test holds both to the same numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression


@dataclass(frozen=True)
class CountedModel:
    """`model` is one against the rest over the columns of all `counters`, side by side."""

    counters: tuple[TfidfVectorizer, ...]
    model: LogisticRegression

    @classmethod
    def from_parts(cls, parts: dict[str, Any]) -> CountedModel:
        """What `parts` gave."""
        return cls(tuple(parts["counters"]), parts["model"])

    @property
    def parts(self) -> dict[str, Any]:
        """What to keep in a file (persistence.py)."""
        return {"counters": list(self.counters), "model": self.model}

    @property
    def labels(self) -> list[str]:
        """The classes, in the order of the probabilities."""
        return [str(label) for label in self.model.classes_]

    def probabilities(self, text: str) -> np.ndarray:
        """Each label's probability for one message."""
        score = self.model.intercept_.copy()
        for table in self._tables:
            score += table.score(text)
        likely = 1 / (1 + np.exp(-score))
        if len(likely) == 1:  # two classes: scikit-learn fits the second alone
            return np.array([1 - likely[0], likely[0]])
        return likely / likely.sum()

    @cached_property
    def _tables(self) -> list[_Table]:
        weights = np.ascontiguousarray(self.model.coef_.T)
        tables, first = [], 0
        for counter in self.counters:
            last = first + len(counter.vocabulary_)
            tables.append(_Table(counter.build_analyzer(), counter.vocabulary_, counter.idf_, weights[first:last]))
            first = last
        return tables


@dataclass(frozen=True)
class _Table:
    """One counter's terms: their columns, how telling each is, and what it says for each label."""

    terms_of: Callable[[str], list[str]]
    columns: dict[str, int]
    telling: np.ndarray
    weights: np.ndarray

    def score(self, text: str) -> np.ndarray | float:
        counts = Counter(term for term in self.terms_of(text) if term in self.columns)
        if not counts:
            return 0.0
        columns = np.array([self.columns[term] for term in counts])
        values = (1 + np.log(np.array(list(counts.values())))) * self.telling[columns]
        return (values / np.linalg.norm(values)) @ self.weights[columns]


def count(counters: Sequence[TfidfVectorizer], texts: Sequence[str]) -> sp.csr_matrix:
    """Fit the counters (with `sublinear_tf`) on texts; their columns side by side, a row a text."""
    return sp.hstack([counter.fit_transform(texts) for counter in counters]).tocsr()
