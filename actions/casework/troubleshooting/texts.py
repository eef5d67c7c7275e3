"""The scripts' texts in one language, with the line each stands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from actions.casework.troubleshooting.source import Problem, Source


@dataclass(frozen=True)
class Text:
    """One text and where it stands."""

    text: str
    path: Path
    line: int


def read_texts(folder: Path) -> tuple[Mapping[str, Text], list[Problem]]:
    """All texts of the files in `folder` by key, and what is wrong with the files."""
    texts: dict[str, Text] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yml")):
        source = Source(path)
        top = source.read()
        responses = top.node("responses", required=True) if top else None
        for key in responses.data if responses else ():
            line = responses.line_of(key)  # type: ignore[union-attr]
            text = _text_of(responses.data[key])  # type: ignore[union-attr]
            if not text:
                source.problem(line, f"text `{key}` is empty: write `- text: …` below it")
            elif key in texts:
                source.problem(line, f"text `{key}` stands in {texts[key].path.name} already")
            else:
                texts[key] = Text(text, path, line)
        problems += source.problems
    return texts, problems


def _text_of(variants: object) -> str:
    if isinstance(variants, list) and variants and isinstance(variants[0], dict):
        return str(variants[0].get("text") or "").strip()
    return ""
