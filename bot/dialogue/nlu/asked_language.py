"""The language that a customer asks for ("kan vi tage den på engelsk", "I don't speak Danish")."""

from __future__ import annotations

import re

from bot.dialogue.nlu.spans import Found

_NAMED = re.compile(
    r"\b(?P<da>dansk|danish|danks|dk)\b|\b(?P<en>engelsk|english|englisch|engelks|inglish|englsh|engelsh|eng)\b",
    re.IGNORECASE,
)
_POLITELY = re.compile(
    r"\b(?:kan|kunne|vil|ville|må)\s+(?:du|i|vi|jeg|man)\s+ikk?e?\b|\bhvorfor\s+\w+\s+(?:du|i)\s+ikk?e?\b"
    r"|\b(?:can|could|won|would|will)(?:'?t| not)\s+(?:you|we|i|u)\b|\bwhy (?:don'?t|do not|aren'?t) (?:you|u)\b",
    re.IGNORECASE,
)
"""A question with a not in it asks for what it names: "kan du ikke skrive dansk"."""
_NOT_THAT = re.compile(
    r"\b(?:ikke|ik|ingen|intet|dårlig\w*|hvorfor|not|(?:do|does|did|ca|can|could|is|was)n?'?t|cannot|no|poor|why|instead of|i stedet for)\b[^.,;?!]*$"
    r"|\b(?:fra|from|my|mit|min)\s+$",
    re.IGNORECASE,
)
_SPOKEN_BADLY = re.compile(
    r"^\W+(?:is|er)\W+(?:\w+\W+){0,2}?(?:bad|poor|terrible|not good|dårlig\w*|ikke god\w*)\b", re.I
)
_OTHER = {"da": "en", "en": "da"}


def find_asked_language(text: str) -> Found | None:
    """`da` or `en`: the last one asked for; where one is only refused, the other."""
    refused: Found | None = None
    wanted: Found | None = None
    for match in _NAMED.finditer(text):
        name = str(match.lastgroup)
        refuses = _NOT_THAT.search(_POLITELY.sub("", text[: match.start()]))
        if refuses or _SPOKEN_BADLY.search(text[match.end() :]):
            refused = Found("language", _OTHER[name], match.start(), match.end())
        else:
            wanted = Found("language", name, match.start(), match.end())
    return wanted or refused
