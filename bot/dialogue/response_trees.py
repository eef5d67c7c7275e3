"""The two mirrored trees of what customers read: bot/dialogue/responses/{da,en}/<topic>.yml.

One reader for all who need them: the importer, the language parity test, the rules-only gate. Pure: files in, problems
out, in both runtimes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("da", "en")
UTTER = "utter_"

_PLACEHOLDER = re.compile(r"{(\w+)}")


class ResponseTreeError(ValueError):
    """The response files can't be used; the message names the file and the key."""


@dataclass(frozen=True)
class Response:
    """One key of one file: where it is written, and its variations as Rasa knows them."""

    file: Path  # below the language's folder
    key: str
    variations: list[dict[str, Any]]


def read_tree(folder: Path) -> dict[str, Response]:
    """All responses below one language's folder, by key. Raises ResponseTreeError naming file and key."""
    found: dict[str, Response] = {}
    for path in sorted(folder.rglob("*.yml")):
        for key, variations in _responses_of(path).items():
            if key in found:
                raise ResponseTreeError(f"{path}: '{key}' is already in {folder / found[key].file}")
            if not isinstance(variations, list) or not all(isinstance(v, dict) for v in variations) or not variations:
                raise ResponseTreeError(f"{path}: '{key}' must be a list of variations, such as '- text: …'")
            found[key] = Response(path.relative_to(folder), key, variations)
    return found


def mirror_problems(da: dict[str, Response], en: dict[str, Response]) -> list[str]:
    """What one tree has and the other lacks: keys, their files, {placeholders}, buttons. Empty where they mirror."""
    problems = []
    for key in sorted(da.keys() | en.keys()):
        if key not in en:
            problems.append(f"da/{da[key].file}: '{key}' has no English twin")
        elif key not in da:
            problems.append(f"en/{en[key].file}: '{key}' has no Danish twin")
        else:
            problems.extend(_twin_problems(da[key], en[key]))
    return problems


def _twin_problems(da: Response, en: Response) -> list[str]:
    problems = []
    if da.file != en.file:
        problems.append(f"'{da.key}' is in da/{da.file} but in en/{en.file}")
    filled_da, filled_en = sorted(_placeholders(da)), sorted(_placeholders(en))
    if filled_da != filled_en:
        problems.append(f"{da.file}: '{da.key}' fills {filled_da} in Danish but {filled_en} in English")
    if _payloads(da) != _payloads(en):
        problems.append(f"{da.file}: '{da.key}' has other buttons in English: {_payloads(da)} and {_payloads(en)}")
    return problems


def _responses_of(path: Path) -> dict[str, Any]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except yaml.YAMLError as error:
        raise ResponseTreeError(f"{path}: not readable as YAML: {error}") from error
    responses = (content.get("responses") or {}) if isinstance(content, dict) else None
    if not isinstance(responses, dict):
        raise ResponseTreeError(f"{path}: expected a mapping with 'responses'")
    return responses


def _placeholders(response: Response) -> set[str]:
    words = [v.get("text", "") for v in response.variations]
    words += [b.get("title", "") for v in response.variations for b in v.get("buttons") or []]
    return {name for text in words for name in _PLACEHOLDER.findall(text)}


def _payloads(response: Response) -> list[str]:
    return sorted({str(b.get("payload")) for v in response.variations for b in v.get("buttons") or []})
