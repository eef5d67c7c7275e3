"""Words a script may use, and ids it may not."""

from __future__ import annotations

import re
from difflib import get_close_matches

from actions.casework.troubleshooting.model import GENERIC_ANSWERS, UNKNOWN_FORM
from actions.casework.troubleshooting.source import Node

WORD = re.compile(r"[a-z][a-z0-9_]*")

FORM_FACTORS = frozenset(
    {"notebook", "desktop", "aio", "workstation", "mobile_workstation", "tablet", "thin_client", UNKNOWN_FORM}
)  # fmt: skip

#: Words that mean something in every conversation (choices, intents) or end a text key (`…_why`).
RESERVED = frozenset(
    {
        "affirm", "deny", "cannot", "none", "same", "choose", "request_human", "reschedule", "cancel", "back", "why",
        "explain", "repeat", "stop", "restart", "correct", "greet", "goodbye", "thank", "inform", "safety", "invalid",
        "progress", "shared", "any", "end", "go", "session_open", "session_start", "true", "false", "null",
    }
)  # fmt: skip


def check_word(node: Node, key: str, word: str, known: frozenset[str]) -> bool:
    """Whether `word` is one of `known`; notes a problem, with the nearest word, where it is not."""
    if word in known:
        return True
    if word:
        near = get_close_matches(word, sorted(str(each) for each in known), 1)
        hint = f"; did you mean `{near[0]}`?" if near else f"; known: {', '.join(sorted(known))}"
        node.problem(key, f"unknown {key or 'word'} `{word}`{hint}")
    return False


def check_id(node: Node, key: str, word: str, answer: bool = False) -> None:
    """Notes a problem where `word` can't be the id of a script, step or answer."""
    if not WORD.fullmatch(word):
        node.problem(key, f"id `{word}` should be small letters, digits and _, beginning with a letter")
    elif word in RESERVED or word.endswith("_why") or (not answer and word in GENERIC_ANSWERS):
        node.problem(key, f"id `{word}` is reserved: the conversation gives it another meaning")
