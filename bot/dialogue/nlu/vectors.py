"""The embeddings of the training examples, kept in the repository so that a fresh checkout trains in seconds.

`python -m bot.dialogue.nlu.keep_vectors`, in the dialogue runtime, writes them after the examples changed. One byte a
number: the classifiers are no less exact for it. A vector that is missing or of an older text is no error, it is made
again at training.
"""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

import numpy as np

DIMENSIONS = 384
FILE = Path("data/nlu/vectors.npz")
_STEPS = 127


def key_of(text: str) -> str:
    """The name under which a sentence's vector is kept."""
    return blake2b(text.encode("utf-8"), digest_size=12).hexdigest()


def read_vectors(path: Path = FILE) -> dict[str, np.ndarray]:
    """Every kept vector by its key; none where there is no file."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            rows = stored["rows"].astype(np.float32) * stored["scale"].astype(np.float32)[:, None] / _STEPS
            return {key.tobytes().hex(): row for key, row in zip(stored["keys"], rows)}
    except (OSError, ValueError, KeyError, EOFError):
        return {}


def write_vectors(vectors: dict[str, np.ndarray], path: Path = FILE) -> None:
    """Keep vectors, in the order of their keys so that the same ones make the same file."""
    keys = sorted(vectors)
    rows = np.stack([vectors[key] for key in keys])
    scale = np.abs(rows).max(axis=1)
    np.savez(
        path,
        keys=np.array([list(bytes.fromhex(key)) for key in keys], dtype=np.uint8),
        scale=scale.astype(np.float16),
        rows=np.round(rows / scale[:, None] * _STEPS).astype(np.int8),
    )
