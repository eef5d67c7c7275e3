"""Trains the dialogue: `python -m bot.dialogue.training MODEL.tar.gz [--rules-only]`, in the dialogue runtime.

`--rules-only` leaves understanding out: about a second, and rules that contradict each other or name what the domain
doesn't know are found. Rasa says what is wrong; the exit code is 1.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

import bot.dialogue.quiet  # noqa: F401  (before anything imports TensorFlow)

# isort: split
import yaml
from rasa.model_training import train
from rasa.shared.exceptions import RasaException


def train_model(root: Path, target: Path, rules_only: bool = False) -> None:
    """Train from the files below `root` into `target`. Raises RasaException or ValueError."""
    with tempfile.TemporaryDirectory() as folder:
        config = _rules_only_config(root, Path(folder)) if rules_only else root / "config.yml"
        data = [str(root / "data" / part) for part in ("rules", "stories", *(() if rules_only else ("nlu",)))]
        result = train(
            domain=str(root / "bot/dialogue/domain"),
            config=str(config),
            training_files=[path for path in data if Path(path).exists()],
            output=folder,
            fixed_model_name="model",
            force_training=True,
        )
        if result.code or not result.model:
            raise RasaException("nothing was trained: there are no training data")
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_suffix(f".{os.getpid()}")
        fresh.write_bytes(Path(result.model).read_bytes())
        fresh.replace(target)


def _rules_only_config(root: Path, folder: Path) -> Path:
    config = yaml.safe_load((root / "config.yml").read_text(encoding="utf-8"))
    config["pipeline"] = []
    config["importers"] = [{**importer, "dialogue": str(root / "bot/dialogue")} for importer in config["importers"]]
    path = folder / "config.yml"
    path.write_text(yaml.safe_dump(config), encoding="utf-8")
    return path


def main() -> int:
    """Train; 1 where the training data are wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--rules-only", action="store_true")
    chosen = parser.parse_args()
    try:
        train_model(Path.cwd(), chosen.model, chosen.rules_only)
    except (RasaException, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"trained {chosen.model} in {time.process_time():.0f} CPU seconds")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
