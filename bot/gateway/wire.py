"""What the dialogue gets to hear: never an intent that a customer typed, only payloads it offered itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from bot.gateway.events import Choice, Question, titled
from bot.gateway.store.owed import Turn

SESSION_OPEN = "/session_open"
SESSION_START = "/session_start"
PERSON_LEFT = "/person_left"

_SLASHES = "/\u2044\u2215\u29f8\uff0f"  # also the look-alikes that a normaliser may turn into "/"
_COMMAND = re.compile(r"\w+\s*([{@(\[].*)?", re.DOTALL)
_NOTHING_SAID = "?"


def message_for(turn: Turn, locale: str | None) -> Mapping[str, Any]:
    """The body for Rasa's rest webhook."""
    question = turn.conversation.question
    chosen = chosen_by(turn, question)
    if turn.seq == 0:
        message = SESSION_OPEN
    elif turn.news is not None:
        message = PERSON_LEFT
    elif chosen is not None:
        message = chosen.payload
    else:
        message = harmless(turn.text)
    choices = [choice.public() for choice in question.shown] if question else []
    metadata: dict[str, Any] = {
        "locale": locale,
        "choices": choices,
        "choice": chosen.id if chosen else None,
        "turn": turn.seq,
    }
    if turn.news is not None:
        metadata["handoff"] = turn.news
    return {"sender": turn.conversation.id, "message": message, "metadata": metadata}


def chosen_by(turn: Turn, question: Question | None) -> Choice | None:
    """The choice a turn means: clicked, or its title typed, or the file that was asked for."""
    if question is None or turn.news is not None:
        return None
    if turn.is_file:
        return question.file_choice
    if turn.choice is not None:
        return question.offered(str(turn.choice["id"]))
    return titled(turn.text, question)


def is_stale(turn: Turn) -> bool:
    """Whether a clicked choice answers a question that is no longer the open one (a double click, a slow line)."""
    if turn.choice is None:
        return False
    question = turn.conversation.question
    offered = question.offered(str(turn.choice["id"])) if question else None
    if question is None or offered is None:
        return True
    return offered.payload != turn.choice["payload"] or question.identity() != list(turn.choice["question"])


def harmless(text: str) -> str:
    """Customer text that Rasa can't take for an intent.

    Rasa strips a message and reads a leading "/" as a command. A text with words behind the slash keeps its words; one
    that is a command and nothing else (`/restart`, `/affirm{…}`) says nothing to the dialogue, which asks again.
    """
    seen = "".join(character for character in text if unicodedata.category(character) != "Cf").strip()
    bare = seen.lstrip(_SLASHES + " \t\r\n\u00a0")
    if bare == seen.lstrip(" \t\r\n\u00a0"):
        return seen or _NOTHING_SAID
    if not bare or _COMMAND.fullmatch(bare):
        return _NOTHING_SAID
    return bare
