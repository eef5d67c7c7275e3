"""Which of several values of one kind the customer means: the corrected one, not the one that is taken back."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.dialogue.nlu.spans import NEAR, Found, before

_NAMED = frozenset({"component", "date"})
"""What is said to be wrong or old stays what the message is about; a number or an address that is wrong is not meant."""
_NEGATED = re.compile(
    r"\b(?:ikke|ik|not|isn't|instead of|i stedet for|istedet for|rather than)"
    r"\s+(?:the |an? |my |den |det |min |mit |no\.? |nr\.? )*$",
    re.IGNORECASE,
)
_VERB = re.compile(r"\b(?!er\b|var\b|eller\b|her\b|der\b)\w+r\s+$|\b(?:kan|kunne|vil|ville)\s+$", re.IGNORECASE)
_DROPPED = re.compile(r"\b(?:stryg|slet|glem|drop|delete|forget|scrap)\s+(?:the |det |den )?$", re.IGNORECASE)
_LEFT_BEHIND = re.compile(r"\b(?:fra|from|ikke|not|can't|cannot|can not)\s+(?:the |den |på |on |i )*$", re.IGNORECASE)
_CORRECTED = re.compile(
    r"\b(?:nej|nej,|no|nope|mener|mente|mean|meant|sorry|undskyld|rettelse|correction|rettere|actually|faktisk|vent|wait"
    r"|ups|oops|hov|skulle (?:være|ha[ve]* været)|skal være|should(?:'ve| have)? be(?:en)?|i stedet|instead|hellere|rather|men|but)\b",
    re.IGNORECASE,
)
_CALLED_WRONG = re.compile(
    r"^\W*(?:(?:er|var|is|was)\W+)?(?:helt |den |the |my |en |an |a )?"
    r"(?:forkert\w*|gammel|gamle|ugyldig|ikke (?:rigtig\w*|korrekt)|wrong|incorrect|old|outdated|invalid|not (?:right|correct))\b",
    re.IGNORECASE,
)
_FINE = re.compile(
    r"^\W*(?:\w+\W+){0,1}?(?:fejler (?:ikke|intet)|er (?:fint?|ok|okay|i orden)|(?:is|are) (?:fine|ok|okay|good)"
    r"|(?:is|er) (?:not|ikke) (?:the problem|problemet))\b",
    re.IGNORECASE,
)
_OLD_BEFORE = re.compile(
    r"\b(?:gamle?|gammel|forkerte?|tidligere|old|wrong|former|previous)\s+(?!\w*(?:vej|gade|torv|strand|road|street)\b)(?:(?!det\b|den\b|it\b)[\w-]+\s+){0,2}(?:var |er |was |is )?$",
    re.IGNORECASE,
)
_NOTHING_WRONG = re.compile(
    r"\b(?:nothing(?:'s| is)? wrong with|ikke noget galt med|intet galt med|ingen fejl på|no problem with)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:change|correct|replace|switch|swap|move|ret|ændr|skift|udskift|flyt|ryk|byt|skub)\w*\b", re.IGNORECASE
)
_NO_DAY_BEFORE = re.compile(
    r"\b(?:ikke|ik|not|no|can'?t|cannot|don'?t|won'?t|isn'?t|aren'?t)\b(?:\W+(?!men\b|but\b)[\w']+){0,4}\W+$",
    re.IGNORECASE,
)
_NO_DAY_AFTER = re.compile(
    r"^\W*(?:\w+\W+){0,2}?(?:(?:dur|går|passer|kan|virker|duer|egner sig)\s+(?:\w+\s+)?(?:ikke|ik|dårligt)"
    r"|(?:doesn'?t|does not|won'?t|will not|can'?t|isn'?t)|(?:er|is)\s+(?:\w+\s+)?(?:umulig\w*|impossible|out|no good|bad))\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:med|with|uden|without)\s+(?:en|et|a|an)\s+(?:(?:anden|andet|another|løs|ekstra|spare)\s+)?$", re.IGNORECASE
)
_PREFERRED_AFTER = re.compile(
    r"^\W*(?:\w+\W+){0,2}?(?:i stedet|istedet|instead|passer|bedre|better|suits)\b", re.IGNORECASE
)
_OR = re.compile(r"\b(?:eller|or)\b", re.IGNORECASE)
_CHANGED_TO = re.compile(r"\b(?:to|til|with|med)\s+(?:be\s+|på\s+|on\s+)?$", re.IGNORECASE)


def meant(text: str, found: Iterable[Found]) -> list[Found]:
    """One value of each entity: not the one the customer takes back ("ikke 5CD…"), and the last after a correction."""
    kept: dict[str, Found] = {}
    candidates = sorted(found, key=lambda value: value.start)
    if not all(_is_aside(text, candidate) for candidate in candidates):
        candidates = [candidate for candidate in candidates if not _is_aside(text, candidate)]
    for candidate in candidates:
        if _is_taken_back(text, candidate):
            continue
        earlier = kept.get(candidate.entity)
        if earlier is None or _replaces(text, candidate, earlier):
            kept[candidate.entity] = candidate
    return list(kept.values())


def _is_aside(text: str, value: Found) -> bool:
    """Whether a part is named only for comparison: "touchpadden er død, men med en mus går det"."""
    return value.entity == "component" and bool(_COMPARED.search(before(text, value.start)))


def _is_taken_back(text: str, value: Found) -> bool:
    left, right = before(text, value.start), text[value.end : value.end + NEAR]
    if _is_negated(left) or _NOTHING_WRONG.search(left):
        return True
    return value.entity not in _NAMED and bool(_CALLED_WRONG.search(right) or _OLD_BEFORE.search(left))


def _is_negated(left: str) -> bool:
    """Whether the words before say "not this": "ikke skærmen". In "den finder ikke skærmen" the verb is denied."""
    negated = _NEGATED.search(left)
    return bool(negated and not _VERB.search(left[: negated.start()])) or bool(_DROPPED.search(left))


def _replaces(text: str, value: Found, earlier: Found) -> bool:
    """Whether the later of two values is the one that counts."""
    between = before(text, value.start, earlier.end)
    return bool(
        _CORRECTED.search(between)
        or _LEFT_BEHIND.search(before(text, earlier.start))
        or _FINE.search(text[earlier.end : value.start])
        or (_CHANGED_TO.search(between) and _CHANGE.search(before(text, earlier.start) + between))
        or (value.entity == "date" and not _OR.search(between) and _is_another_day(text, value, earlier))
    )


def _is_another_day(text: str, value: Found, earlier: Found) -> bool:
    """Whether the earlier day is one that is not possible ("fredag dur ikke"), or the later one is better."""
    return bool(
        _NO_DAY_BEFORE.search(before(text, earlier.start))
        or _NO_DAY_AFTER.search(text[earlier.end :][:NEAR])
        or _PREFERRED_AFTER.search(text[value.end :][:NEAR])
    )
