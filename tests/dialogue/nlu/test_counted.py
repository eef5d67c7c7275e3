"""Reading one message by hand gives the numbers that scikit-learn gives for a table of them."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from bot.dialogue.nlu.counted import CountedModel, count, kind
from bot.dialogue.nlu.persistence import load_parts, save_parts

TEXTS = ["skærmen er sort", "skærmen flimrer", "the screen is black", "no sound at all", "ingen lyd", "lyden hakker"]
NEW = ["skærmen er er helt sort", "lyd", "no no no screen", "", "xyz 123", "LYDEN!"]


KINDS = (kind(ngram_range=(1, 2)), kind(analyzer="char_wb", ngram_range=(2, 4)))


@pytest.mark.parametrize("labels", [list("aabccc"), list("ddeedd")], ids=["three labels", "two labels"])
@pytest.mark.parametrize("text", NEW)
def test_a_message_is_read_as_scikit_learn_reads_it(labels: list[str], text: str) -> None:
    counters, features = count(KINDS, TEXTS)
    model = LogisticRegression(solver="liblinear").fit(features, labels)
    read = CountedModel.fitted(counters, model, KINDS).probabilities(text)
    table = np.hstack([counter.transform([text]).toarray() for counter in counters])
    assert read == pytest.approx(model.predict_proba(table)[0], abs=1e-6)
    assert read.sum() == pytest.approx(1)


def test_a_kept_model_reads_the_same(tmp_path) -> None:
    counters, features = count(KINDS, TEXTS)
    read = CountedModel.fitted(counters, LogisticRegression(solver="liblinear").fit(features, list("aabccc")), KINDS)
    save_parts(read.parts, tmp_path / "model.npz")
    kept = CountedModel.from_parts(load_parts(tmp_path / "model.npz"), KINDS)
    assert kept.labels == read.labels == ["a", "b", "c"]
    assert kept.probabilities(NEW[0]) == pytest.approx(read.probabilities(NEW[0]))
