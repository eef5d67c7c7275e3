"""Fitted models in files that hold data and no code (skops, not pickle)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import skops.io

_TRUSTED = ["scipy.sparse._csr.csr_matrix"]
"""Beside scikit-learn's and numpy's own types: how a TF-IDF keeps its weights."""


def save_parts(parts: dict[str, Any], path: Path) -> None:
    """Keep fitted parts by name."""
    skops.io.dump(parts, path)


def load_parts(path: Path) -> dict[str, Any]:
    """What `save_parts` kept. Raises UntrustedTypesFoundException for a file with anything else in it."""
    return dict(skops.io.load(path, trusted=_TRUSTED))
