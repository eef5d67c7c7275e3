"""What customers read keeps its promises and its tone (both languages, every response file)."""

from __future__ import annotations

import re

import pytest

from actions.adapters.texts import ResponseTexts
from actions.casework.facts import Language

TEXTS = ResponseTexts()

#: Words that sound like an office, or promise what the datasheet does not (time, price, stock).
FORBIDDEN = {
    Language.DA: r"\b(venligst|bedes|Deres|gratis|omgående|hurtigst muligt|såfremt|vedrørende|garanterer|pick-?up)\b",
    Language.EN: r"\b(kindly|hereby|free of charge|immediately|as soon as possible|we guarantee)\b",
}
LONGEST = {"mail_": 700, "label_": 700}
LONGEST_IN_CHAT = 480


@pytest.mark.parametrize("language", list(Language))
def test_no_office_words_and_no_promises(language: Language) -> None:
    """Plain and honest."""
    pattern = re.compile(FORBIDDEN[language])
    assert not {key: found.group() for key in _keys(language) if (found := pattern.search(_text(key, language)))}


@pytest.mark.parametrize("language", list(Language))
def test_nobody_is_shouted_at(language: Language) -> None:
    """No exclamation marks at people in trouble."""
    assert not [key for key in _keys(language) if "!" in _text(key, language)]


@pytest.mark.parametrize("language", list(Language))
def test_one_question_a_message(language: Language) -> None:
    """A question that is asked carries one question mark, or the customer answers the wrong one."""
    asked = [key for key in _keys(language) if key.startswith(("utter_ask_", "ask_", "confirm_"))]
    assert asked
    assert not [key for key in asked if _text(key, language).count("?") > 1]


@pytest.mark.parametrize("language", list(Language))
def test_nothing_is_too_long_to_read(language: Language) -> None:
    """A chat is read on a phone; mails and labels may say more."""
    assert not {key: len(_text(key, language)) for key in _keys(language) if len(_text(key, language)) > _longest(key)}


def test_danish_letters_are_danish() -> None:
    """No ae, oe, aa in place of æ, ø, å in the words that need them most."""
    spelled = re.compile(r"\b(skaerm|stroem|faerdig|naeste|proev|koeb|goer|maa|faar|saa|paa)\b", re.IGNORECASE)
    assert not [key for key in _keys(Language.DA) if spelled.search(_text(key, Language.DA))]


def _keys(language: Language) -> list[str]:
    return sorted(TEXTS.keys(language))


def _text(key: str, language: Language) -> str:
    names = TEXTS.placeholders(key, language)
    return TEXTS.text(key, language, **{name: name for name in names})


def _longest(key: str) -> int:
    return next((limit for start, limit in LONGEST.items() if key.startswith(start)), LONGEST_IN_CHAT)
