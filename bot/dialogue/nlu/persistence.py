"""Fitted models in files that hold numbers and text, and no code."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

Part = np.ndarray | str


def save_parts(parts: Mapping[str, Part], path: Path) -> None:
    """Keep arrays and texts by name."""
    with path.open("wb") as file:  # np.savez would add its own ending to a name
        np.savez(file, **{name: _as_bytes(part) if isinstance(part, str) else part for name, part in parts.items()})


def load_parts(path: Path) -> dict[str, Part]:
    """What `save_parts` kept. Raises ValueError for a file with anything else in it."""
    with np.load(path, allow_pickle=False) as kept:
        return {name: _as_text(kept[name]) if kept[name].dtype == np.uint8 else kept[name] for name in kept.files}


def under(prefix: str, parts: Mapping[str, Part]) -> dict[str, Part]:
    """Parts of a part, to be kept beside others."""
    return {f"{prefix}.{name}": part for name, part in parts.items()}


def below(prefix: str, parts: Mapping[str, Part]) -> dict[str, Part]:
    """What `under` named so."""
    return {name.removeprefix(f"{prefix}."): part for name, part in parts.items() if name.startswith(f"{prefix}.")}


def _as_bytes(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-8"), dtype=np.uint8)


def _as_text(array: np.ndarray) -> str:
    return array.tobytes().decode("utf-8")
