"""The words customers read, from the response files that operators edit (one tree per language)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

import yaml

from actions.casework.facts import Language
from actions.settings import ROOT

RESPONSES = ROOT / "bot" / "dialogue" / "responses"


@dataclass(frozen=True)
class Response:
    """One key in one language: its text, its buttons as written, and where it stands."""

    text: str
    buttons: Sequence[Mapping[str, str]]
    file: Path


class ResponseTexts:
    """Reads `root`/{da,en}/**/*.yml once: every key, those beginning `utter_` too.

    Raises ValueError for a key that stands twice in one language, naming both files.
    """

    def __init__(self, root: Path = RESPONSES) -> None:
        self._responses: dict[Language, dict[str, Response]] = {}
        for language in Language:
            found: dict[str, Response] = {}
            for file in sorted((root / language.value).rglob("*.yml")):
                for key, response in _read(file).items():
                    if key in found:
                        raise ValueError(f"{key} stands in {found[key].file} and in {file}")
                    found[key] = response
            self._responses[language] = found

    def text(self, key: str, language: Language, **values: object) -> str:
        """The text of `key` with its {placeholders} filled. KeyError for an unknown key or a value not given."""
        return self._get(key, language).text.format_map(values)

    def buttons(self, key: str, language: Language) -> list[dict[str, str]]:
        """The buttons of `key` as written, `title` and `payload`; empty where it has none. KeyError if unknown."""
        return [dict(button) for button in self._get(key, language).buttons]

    def keys(self, language: Language) -> frozenset[str]:
        """Every key of that tree."""
        return frozenset(self._responses[language])

    def placeholders(self, key: str, language: Language) -> frozenset[str]:
        """The names that `text` must be given. KeyError for an unknown key."""
        return frozenset(name for _, name, _, _ in Formatter().parse(self._get(key, language).text) if name)

    def file_of(self, key: str, language: Language) -> Path:
        """The file a key stands in. KeyError for an unknown key."""
        return self._get(key, language).file

    def _get(self, key: str, language: Language) -> Response:
        try:
            return self._responses[Language(language)][key]
        except KeyError:
            raise KeyError(f"no text {key!r} in {Language(language).value}") from None


def _read(file: Path) -> dict[str, Response]:
    """The keys of one response file; the first variant of each counts."""
    tree = yaml.load(file.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)) or {}
    found: dict[str, Response] = {}
    for key, variants in (tree.get("responses") or {}).items():
        first = (variants or [{}])[0]
        found[key] = Response(str(first.get("text", "")).rstrip("\n"), tuple(first.get("buttons") or ()), file)
    return found
