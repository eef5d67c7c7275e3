"""The pipelines that the report sets side by side, each as what it understands of a text.

Rasa's own default knows intents and nothing else of what we ask: to be fair it is taught our symptoms as kinds of the
intent, from the same examples; it tells no language, and finds no values, since those need examples marked by hand.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from bench.stock_pipeline import stock_pipeline
from tests.dialogue.nlu.measuring import Understand

Pair = tuple[str, str]
"""An example and its label as the classifier learns it: `intent/symptom`, the symptom empty but for faults."""

EPOCHS = 10
"""`rasa init` writes 100, for a few hundred examples; ten over 25,000 are many times as many steps."""
_BETWEEN = "__"  # a `/` in an intent's name is Rasa's sign for something else


def default_config(epochs: int) -> dict[str, Any]:
    """The pipeline of `rasa init` and no policies."""
    return {
        "recipe": "default.v1",
        "assistant_id": "default",
        "language": "da",
        "pipeline": stock_pipeline(epochs),
        "policies": [],
    }


def train_default(pairs: Sequence[Pair], folder: Path, epochs: int = EPOCHS) -> tuple[Path, float]:
    """Train Rasa's default pipeline on examples; its model and the CPU seconds that took."""
    from rasa.model_training import train_nlu

    by_label: dict[str, list[str]] = {}
    for text, label in pairs:
        by_label.setdefault(label.rstrip("/").replace("/", _BETWEEN), []).append(text)
    blocks = [
        {"intent": name, "examples": "".join(f"- {_plain(text)}\n" for text in texts)}
        for name, texts in by_label.items()
    ]
    (folder / "nlu.yml").write_text(yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True), "utf-8")
    (folder / "config.yml").write_text(yaml.safe_dump(default_config(epochs), sort_keys=False), encoding="utf-8")
    before = _cpu_seconds()
    with _quiet():
        model = train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder), fixed_model_name="default")
    assert model, "Rasa's default pipeline was not trained"
    return Path(model), _cpu_seconds() - before


def default_understanding(model: Path) -> Understand:
    """What Rasa's default pipeline understands, as `offsite nlu` tells it. Below its threshold: out of scope."""
    from bot.dialogue.nlu.parse_lines import load_parser

    parse = load_parser(model)

    def understand(text: str) -> dict[str, Any]:
        known = parse(text)["intent"] if text.strip() else {"name": None, "confidence": 1.0}
        intent, _, symptom = (
            (known["name"] or "out_of_scope").replace("nlu_fallback", "out_of_scope").partition(_BETWEEN)
        )
        return {
            "text": text,
            "intent": intent,
            "symptom": symptom or None,
            "confidence": known["confidence"],
            "language": "",
            "entities": {},
        }

    return understand


def _plain(text: str) -> str:
    """Rasa reads brackets as marked values."""
    return text.replace("[", "(").replace("]", ")")


def _cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


@contextmanager
def _quiet() -> Iterator[None]:
    """TensorFlow draws bars over the terminal."""
    kept = os.dup(sys.stdout.fileno())
    with tempfile.TemporaryFile() as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
        try:
            yield
        finally:
            os.dup2(kept, sys.stdout.fileno())
            os.close(kept)
