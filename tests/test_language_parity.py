"""Danish and English say the same: same files, keys, placeholders and buttons, and Danish is written in Danish."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.dialogue.response_trees import LANGUAGES, Response, mirror_problems, read_tree

RESPONSES = Path(__file__).resolve().parents[1] / "bot/dialogue/responses"
TREES = {language: read_tree(RESPONSES / language) for language in LANGUAGES}


def texts(tree: dict[str, Response]) -> list[tuple[str, str]]:
    found = []
    for response in tree.values():
        for variation in response.variations:
            found.append((response.key, variation.get("text", "")))
            found.extend((response.key, button["title"]) for button in variation.get("buttons") or [])
    return found


def test_the_trees_mirror_each_other() -> None:
    assert mirror_problems(TREES["da"], TREES["en"]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty(language: str) -> None:
    assert [key for key, text in texts(TREES[language]) if not text.strip()] == []


def test_each_language_has_texts_of_its_own() -> None:
    danish = {
        key: text for key, text in texts(TREES["da"]) if len(text.split()) > 8
    }  # shorter: names, what a screen shows
    same = [key for key, text in texts(TREES["en"]) if danish.get(key) == text]

    assert same == []
