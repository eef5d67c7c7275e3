"""Every text that a customer can read, wherever it is kept: responses, articles, pages, the widget's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from actions.adapters.texts import ResponseTexts
from actions.casework.facts import Language
from actions.casework.knowledge.articles import load_articles
from actions.settings import ROOT

_WIDGET = ROOT / "bot/widget/src/strings.ts"
_PAGES = ROOT / "bot/gateway/pages"
_PAIR = re.compile(r'^  (\w+): \[\s*"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)",?\s*\]', re.M)


@dataclass(frozen=True)
class CustomerText:
    """`place` is the file it stands in, `key` its name there; `buttons` are the titles of the answers on offer."""

    place: str
    key: str
    text: str
    buttons: tuple[str, ...] = ()


def customer_texts(language: Language) -> Iterator[CustomerText]:
    """All of them in one language, in the order of their files; the keys are the same in both."""
    yield from _responses(language)
    for article in load_articles(language):
        yield CustomerText(f"articles/{article.topic}.yml", article.id, f"{article.title}: {article.text}")
    for page in sorted(_PAGES.glob(f"*.{language}.md")):
        yield CustomerText("pages", page.name.split(".")[0], page.read_text(encoding="utf-8"))
    for key, danish, english in _PAIR.findall(_WIDGET.read_text(encoding="utf-8")):
        yield CustomerText("widget/strings.ts", key, danish if language is Language.DA else english)


def _responses(language: Language) -> Iterator[CustomerText]:
    texts = ResponseTexts()
    tree = ROOT / "bot/dialogue/responses" / language.value
    keys = sorted(texts.keys(language), key=lambda key: (str(texts.file_of(key, language)), key))
    for key in keys:
        shown = texts.text(key, language, **{name: f"{{{name}}}" for name in texts.placeholders(key, language)})
        titles = tuple(str(button["title"]) for button in texts.buttons(key, language))
        yield CustomerText(str(texts.file_of(key, language).relative_to(tree)), key, shown, titles)
