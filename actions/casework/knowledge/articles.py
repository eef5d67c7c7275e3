"""What the assistant may tell: articles in both languages, each resting on rules of the datasheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from actions.casework.data_file import DataFileError, load_yaml
from actions.casework.facts import Component, Language

ARTICLES = Path(__file__).parent / "articles"


@dataclass(frozen=True)
class Article:
    """One answer. `rules` are numbers of the rule list (R97) or articles of a law (GDPR art. 17)."""

    id: str
    topic: str  # the file it stands in
    title: str
    questions: Sequence[str]
    text: str
    rules: Sequence[str]
    words: Sequence[str] = ()  # words that point at it, besides those of its questions
    components: Sequence[Component] = ()  # parts that it answers "is it covered" for
    person: bool = False  # explained here, dealt with by a person (R56, R57)


@cache
def load_articles(language: Language, root: Path = ARTICLES) -> tuple[Article, ...]:
    """All articles in one language. Raises DataFileError naming the file."""
    found: dict[str, Article] = {}
    for file in sorted((root / language.value).glob("*.yml")):
        for key, entry in load_yaml(file).items():
            if key in found:
                raise DataFileError(f"{file}: {key} stands twice")
            try:
                found[key] = _article(key, file.stem, entry)
            except (KeyError, ValueError) as error:
                raise DataFileError(f"{file}: {key}: {error}") from error
    return tuple(found.values())


def _article(key: str, topic: str, entry: dict[str, object]) -> Article:
    texts = {name: str(entry[name]) for name in ("title", "text")}
    lists = {name: tuple(str(item) for item in entry.get(name) or ()) for name in ("questions", "rules", "components")}  # type: ignore[attr-defined]
    return Article(
        id=key,
        topic=topic,
        title=texts["title"],
        questions=lists["questions"],
        text=texts["text"],
        rules=lists["rules"],
        words=tuple(str(entry.get("words", "")).split()),
        components=tuple(Component(part) for part in lists["components"]),
        person=bool(entry.get("person", False)),
    )
