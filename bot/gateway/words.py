"""The gateway's own few sentences (bot/dialogue/responses/{da,en}/channel.yml), in the customer's language."""

from __future__ import annotations

import re

from actions.ports import Language, Texts

# Small words that every sentence of a language is full of: enough to see which one the dialogue's own texts are in.
_DANISH = "jeg du er og det ikke til din dit på hvad kan skal har vil med"
_ENGLISH = "i you is and the not to your what can do have will with it"
_MARKS = {Language.DA: frozenset(_DANISH.split()), Language.EN: frozenset(_ENGLISH.split())}


class Words:
    """Texts for events and errors."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def both(self, key: str) -> dict[str, str]:
        """One text in both languages. KeyError for an unknown key."""
        return {language.value: self._texts.text(key, language) for language in Language}

    def say(self, key: str, language: str | None, **values: object) -> str:
        """The text in the conversation's language; in both while nobody knows it."""
        spoken = list(Language) if language is None else [Language(language)]
        return "\n".join(self._texts.text(key, each, **values) for each in spoken)


def spoken_language(texts: list[str]) -> str | None:
    """The language of the dialogue's own words, so that the gateway's stay in it; None where they are too few.

    The dialogue decides which language it speaks; here we only listen.
    """
    found = re.findall(r"\w+", " ".join(texts).casefold())
    counts = {language: sum(word in marks for word in found) for language, marks in _MARKS.items()}
    best, other = sorted(counts, key=lambda language: counts[language], reverse=True)
    return best.value if counts[best] >= 2 * counts[other] + 2 else None
