"""Reading one message by hand gives the numbers that scikit-learn gives for a table of them."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bot.dialogue.nlu.counted import CountedModel, count
from bot.dialogue.nlu.persistence import load_parts, save_parts

TEXTS = ["skærmen er sort", "skærmen flimrer", "the screen is black", "no sound at all", "ingen lyd", "lyden hakker"]
NEW = ["skærmen er er helt sort", "lyd", "no no no screen", "", "xyz 123", "LYDEN!"]


def fitted(labels: list[str]) -> CountedModel:
    counters = (
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True),
    )
    return CountedModel(counters, LogisticRegression(solver="liblinear").fit(count(counters, TEXTS), labels))


@pytest.mark.parametrize("labels", [list("aabccc"), list("ddeedd")], ids=["three labels", "two labels"])
@pytest.mark.parametrize("text", NEW)
def test_a_message_is_read_as_scikit_learn_reads_it(labels: list[str], text: str) -> None:
    read = fitted(labels)
    features = np.hstack([counter.transform([text]).toarray() for counter in read.counters])
    assert read.probabilities(text) == pytest.approx(read.model.predict_proba(features)[0])
    assert read.probabilities(text).sum() == pytest.approx(1)


def test_a_kept_model_reads_the_same(tmp_path) -> None:
    read = fitted(list("aabccc"))
    save_parts(read.parts, tmp_path / "model.skops")
    kept = CountedModel.from_parts(load_parts(tmp_path / "model.skops"))
    assert kept.labels == read.labels == ["a", "b", "c"]
    assert kept.probabilities(NEW[0]) == pytest.approx(read.probabilities(NEW[0]))
