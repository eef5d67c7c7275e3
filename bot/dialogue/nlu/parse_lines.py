"""Understands lines: `python -m bot.dialogue.nlu.parse_lines [--model FILE]`, in the dialogue runtime.

UTF-8 lines on standard input, one JSON object a line on standard output (contract section 5). It runs the trained
model's own understanding, without the dialogue around it. Exit code 2 where no model is trained.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import bot.dialogue.quiet  # noqa: F401  (before anything imports TensorFlow)

# isort: split
from rasa.core.channels.channel import UserMessage
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.shared.nlu.training_data.message import Message

from bot.dialogue.levers.runner import StraightGraphRunner

CURRENT = Path("models/current.tar.gz")
_OWN_KEYS = frozenset({"symptom", "safety_flag", "choice"})
"""Entities that the contract tells elsewhere in the object, or not at all."""

Parse = Callable[[str], dict[str, Any]]


def newest_model(folder: Path = CURRENT.parent) -> Path | None:
    """The model that `make train` made, or None."""
    if CURRENT.exists():
        return CURRENT
    return max(folder.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime, default=None)


def load_parser(model: Path) -> Parse:
    """The understanding of a trained model: a message's text in, what the running assistant would know of it out."""
    with TemporaryDirectory() as folder:
        storage, metadata = LocalModelStorage.from_model_archive(Path(folder), model)
        schema = metadata.predict_schema.minimal_graph_schema([metadata.nlu_target])
        context = ExecutionContext(graph_schema=schema, model_id=metadata.model_id)
        runner = StraightGraphRunner.create(schema, storage, context)

    def parse(text: str) -> dict[str, Any]:
        inputs = {PLACEHOLDER_MESSAGE: [UserMessage(text)], PLACEHOLDER_TRACKER: None}
        message: Message = runner.run(inputs, targets=[metadata.nlu_target])[metadata.nlu_target][0]
        return message.as_dict(only_output_properties=True)

    return parse


def understood(text: str, parse: Parse) -> dict[str, Any]:
    """One object of contract section 5. A leading `/` is text: only the gateway sends intents."""
    known = parse(text.lstrip().lstrip("/") if text.lstrip().startswith("/") else text)
    found = known.get("entities", [])
    answer = {
        "text": text,
        "language": known["language"]["name"],
        "intent": known["intent"]["name"],
        "confidence": known["intent"]["confidence"],
        "symptom": next((entity["value"] for entity in found if entity["entity"] == "symptom"), None),
        "entities": {entity["entity"]: entity["value"] for entity in found if entity["entity"] not in _OWN_KEYS},
    }
    return {**answer, "error": known["error"]} if "error" in known else answer


def lines_of(raw: Iterable[bytes]) -> Iterable[str]:
    """Lines end with a line feed and nothing else; what is no UTF-8 becomes a replacement character."""
    for line in raw:
        yield line.decode("utf-8", errors="replace").rstrip("\r\n")


def main() -> int:
    """Understand standard input."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path)
    model = parser.parse_args().model or newest_model()
    if model is None or not model.exists():
        print("no dialogue model is trained yet: run `make train`", file=sys.stderr)
        return 2
    parse = load_parser(model)
    for text in lines_of(sys.stdin.buffer):
        sys.stdout.buffer.write(json.dumps(understood(text, parse), ensure_ascii=False).encode("utf-8") + b"\n")
        sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
