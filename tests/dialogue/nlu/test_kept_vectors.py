"""The embeddings kept in the repository belong to the examples and to the embedding that is installed."""

from __future__ import annotations

import numpy as np
import pytest

from bot.dialogue.nlu.embedding import shared_embedder
from bot.dialogue.nlu.keep_vectors import MOST_MISSING, missing_share, needed_texts
from bot.dialogue.nlu.vectors import FILE, key_of, read_vectors

_LARGEST = 12_000_000
"""Bytes that a binary file in the repository may have."""
_SAMPLE, _ALIKE = 40, 0.999


def test_a_fresh_checkout_hardly_embeds_anything() -> None:
    assert missing_share() <= MOST_MISSING, "run `python -m bot.dialogue.nlu.keep_vectors` and commit the file"
    assert FILE.stat().st_size <= _LARGEST


@pytest.mark.skipif(not shared_embedder().available, reason="the sentence embedding is not installed here")
def test_kept_vectors_are_what_the_embedding_makes() -> None:
    kept = read_vectors()
    texts = sorted(text for text in set(needed_texts()) if key_of(text) in kept)
    for text in texts[:: len(texts) // _SAMPLE]:
        fresh, row = shared_embedder().embed(text), kept[key_of(text)]
        assert float(fresh @ row / np.linalg.norm(fresh) / np.linalg.norm(row)) >= _ALIKE, text
