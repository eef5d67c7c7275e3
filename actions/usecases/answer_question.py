"""A question in between: the article that answers it with its rules, or that we don't know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actions.casework.facts import Language
from actions.ports import Knowledge

#: What an intent is mostly about: a hint, never the answer.
_TOPICS = {
    "ask_coverage": ("coverage",),
    "ask_service": ("service",),
    "ask_hours": ("service",),
    "ask_data": ("shipping",),
    "ask_addon": ("coverage",),
    "ask_privacy": ("shipping",),
}


@dataclass(frozen=True)
class Answered:
    """`article` is its id, `rules` what the text rests on (R97), `person` that only a person can deal with it."""

    article: str
    text: str
    rules: Sequence[str]
    person: bool = False


@dataclass(frozen=True)
class DontKnow:
    """No article answers it: a person may."""


def answer_question(
    knowledge: Knowledge, question: str, language: Language, intent: str = "", component: str = ""
) -> Answered | DontKnow:
    """Answer in the customer's language. `component` is the part named, which counts where cover is asked for."""
    part = component if intent == "ask_coverage" else ""
    article = knowledge.find(question, language, _TOPICS.get(intent, ()), part)
    return Answered(article.id, article.text, article.rules, article.person) if article else DontKnow()
