"""A linear model over counted words and letters (TF-IDF), read one message at a time.

scikit-learn fits it. Its `transform` and `predict_proba` are made for tables: for one short message their checks cost
five times the arithmetic, so that is done here; a test holds both to the same numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, SGDClassifier

from bot.dialogue.nlu.persistence import Part, below, under

#: What makes a counter that is not fitted yet: which terms a text has is code, only their weights are learnt and kept.
Kind = Callable[[], TfidfVectorizer]
kind = partial(partial, TfidfVectorizer, sublinear_tf=True)


def count(kinds: Sequence[Kind], texts: Sequence[str]) -> tuple[list[TfidfVectorizer], sp.csr_matrix]:
    """Counters fitted on texts, and what they count: a row a text, the counters' columns side by side."""
    counters = [make() for make in kinds]
    return counters, sp.hstack([counter.fit_transform(texts) for counter in counters]).tocsr()


@dataclass(frozen=True)
class CountedModel:
    """Each label against the rest."""

    labels: list[str]
    """In the order of the probabilities."""
    bias: np.ndarray
    tables: list[Table]

    @classmethod
    def fitted(
        cls, counters: Sequence[TfidfVectorizer], model: LogisticRegression | SGDClassifier, kinds: Sequence[Kind]
    ) -> CountedModel:
        """What scikit-learn has learnt over the counters' columns (`count`)."""
        tables, first = [], 0
        for counter, make in zip(counters, kinds):
            terms = sorted(counter.vocabulary_, key=counter.vocabulary_.__getitem__)
            weights = model.coef_.T[first : first + len(terms)].astype(np.float32)
            tables.append(Table.of(make, terms, counter.idf_.astype(np.float32), weights))
            first += len(terms)
        return cls([str(label) for label in model.classes_], model.intercept_, tables)

    def probabilities(self, text: str) -> np.ndarray:
        """Each label's probability for one message."""
        score = self.bias.copy()
        for table in self.tables:
            score += table.score(text)
        likely = 1 / (1 + np.exp(-score))
        if len(likely) == 1:  # two classes: scikit-learn fits the second alone
            return np.array([1 - likely[0], likely[0]])
        return likely / likely.sum()

    @property
    def parts(self) -> dict[str, Part]:
        """What to keep in a file (persistence.py)."""
        parts: dict[str, Part] = {"labels": "\n".join(self.labels), "bias": self.bias}
        for number, table in enumerate(self.tables):
            kept = {"terms": "\n".join(table.columns), "telling": table.telling, "weights": table.weights}
            parts |= under(str(number), kept)
        return parts

    @classmethod
    def from_parts(cls, parts: Mapping[str, Any], kinds: Sequence[Kind]) -> CountedModel:
        """What `parts` gave, of counters of these kinds."""
        tables = []
        for number, make in enumerate(kinds):
            kept: dict[str, Any] = below(str(number), parts)
            tables.append(Table.of(make, kept["terms"].split("\n"), kept["telling"], kept["weights"]))
        return cls(parts["labels"].split("\n"), parts["bias"], tables)


@dataclass(frozen=True)
class Table:
    """One counter's terms: their columns, how telling each is, and what it says for each label."""

    terms_of: Callable[[str], list[str]]
    columns: dict[str, int]
    telling: np.ndarray
    weights: np.ndarray

    @classmethod
    def of(cls, make: Kind, terms: Sequence[str], telling: np.ndarray, weights: np.ndarray) -> Table:
        """Of terms in the order of their columns."""
        columns = {term: column for column, term in enumerate(terms)}
        return cls(make().build_analyzer(), columns, telling, np.ascontiguousarray(weights))

    def score(self, text: str) -> np.ndarray | float:
        """What the text's terms say for each label."""
        counts = Counter(term for term in self.terms_of(text) if term in self.columns)
        if not counts:
            return 0.0
        columns = np.array([self.columns[term] for term in counts])
        values = (1 + np.log(np.array(list(counts.values())))) * self.telling[columns]
        return (values / np.linalg.norm(values)) @ self.weights[columns]
