"""Writes the embeddings that a training needs to data/nlu: `python -m bot.dialogue.nlu.keep_vectors [--check]`.

In the dialogue runtime, after many examples changed. `--check` only says how many are missing; exit code 1 where that is
more than a training should have to make.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import yaml

from bot.dialogue.nlu.embedding import shared_embedder
from bot.dialogue.nlu.features import seen
from bot.dialogue.nlu.vectors import FILE, key_of, read_vectors, write_vectors

MOST_MISSING = 0.03
"""The share of vectors that a training may have to make itself: some seconds."""


def examples(folder: Path = FILE.parent) -> Iterator[tuple[str, str]]:
    """Each example and the label that the classifier learns for it (`report_fault/battery`)."""
    for path in sorted(folder.rglob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            symptom = (block.get("metadata") or {}).get("symptom", "")
            for line in block["examples"].splitlines():
                yield line.removeprefix("- "), f"{block['intent']}/{symptom}"


def missing_share() -> float:
    """How much of what a training embeds is not kept (0-1)."""
    kept = read_vectors()
    keys = [key_of(text) for text in needed_texts()]
    return sum(key not in kept for key in keys) / len(keys)


def needed_texts() -> list[str]:
    """What a training on the examples embeds, as the classifier sees it."""
    return [seen(text) for text, _ in examples()]


def main() -> int:
    """Write, or check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        share = missing_share()
        print(f"{share:.1%} of the vectors are missing")
        return int(share > MOST_MISSING)
    texts = needed_texts()
    rows = shared_embedder().embed_all(texts)
    write_vectors(dict(zip([key_of(text) for text in texts], rows)))
    print(f"{len(texts)} vectors in {FILE}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
