"""What follows when a customer wrote something that must not be kept: it is replaced, they are told, asked again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.gateway.events import Draft, Event
from bot.gateway.store.owed import Turn
from bot.gateway.words import Words

# Questions whose answer is the customer's own story: the rest of a text with a secret in it is still worth hearing.
_STORIES = frozenset({"", "symptom", "ts_answer", "anything_else", "feedback_text"})
_WORDS_THAT_SAY_SOMETHING = 4
_DANISH = (
    "mit min er nr nummer cpr cprnr cprnummer personnummer kort kortnummer kode kodeord adgangskode jeg har det og"
)
_ENGLISH = "my is the number card cpr code password i have it and yes no ja nej"
_ABOUT_THE_SECRET = frozenset(f"{_DANISH} {_ENGLISH}".split())


def own_values(events: Iterable[Event]) -> list[str]:
    """Identifiers that we gave this customer (a tracking number looks like a CPR number): never replaced."""
    found: list[str] = []
    for event in events:
        if event.role == "customer":
            continue
        found += re.findall(r"\w[\w-]{5,}\w", str(event.body.get("text", "")))
        found += [str(value) for value in dict(event.body.get("data", {})).values() if isinstance(value, str | int)]
    return found


def notice(turn: Turn, words: Words) -> Draft:
    """Tells the customer that it was not kept."""
    return Draft("text", {"text": words.say("channel_redacted", turn.conversation.language)})


def still_says_something(turn: Turn) -> bool:
    """Whether the dialogue should hear the rest of a text in which a secret was replaced."""
    question = turn.conversation.question
    if (question.slot if question else "") not in _STORIES:
        return False
    rest = re.sub(r"\[[^\]]*\]", " ", turn.text)
    return len(_telling(re.findall(r"[^\W\d_]+", rest.casefold()))) >= _WORDS_THAT_SAY_SOMETHING


def _telling(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in _ABOUT_THE_SECRET]
