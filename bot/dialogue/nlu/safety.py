"""Signs of danger that a customer asserts (domain.md 3.0): smoke, swelling, burnt smell, heat, sparks, leaking, liquid.

The signs are in gazetteer/safety.yml. One that is denied ("ingen røg", "it does not smell burnt") is none. In doubt it
counts: a warning too many costs a minute, one too few a hand.
"""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from bot.dialogue.nlu.spans import Found, before
from bot.dialogue.nlu.text import fold, fold_letters

_FILE = Path(__file__).parent / "gazetteer/safety.yml"


def _read_folded(pattern: str) -> re.Pattern[str]:
    return re.compile(fold_letters(pattern), re.IGNORECASE)


_NOT = (
    r"(?:ingen|intet|ikke|ik|aldrig|uden|hverken|no|not|never|without|neither|nor|nothing|cannot"
    r"|(?:do|does|did|is|was|were|are|has|have|had|ca|could|wo|would)n'?t)"
)
#: What may stand between a denial and what it denies: "no sign of any smoke", "hverken røg, gnister eller varme".
_BETWEEN = (
    "nogen noget helst som tegn på længere rigtig at det den der er kommer set se ser kan jeg har hørt spor af andre eller "
    "og heller særlig specielt op røg gnister varme varm lugt brændt bulet opsvulmet svulmet lækage væske "
    "any sign signs of all it is was see seen there a the being or nor and smoke sparks heat hot burnt burning swollen "
    "swelling bulging leak leaks leaking"
)
_STEMS = r"lugt\w*|mærk\w*|synlig\w*|smell\w*|feel\w*|notic\w*"
_DENIED_BEFORE = _read_folded(rf"\b{_NOT}\b\W+(?:(?:{'|'.join(_BETWEEN.split())}|{_STEMS})\W+)*$")
_DENIED_INSIDE = _read_folded(rf"\b{_NOT}\b")
_DENIED_AFTER = _read_folded(r"^\W*(?:\w+\W+){0,3}?\?\s*(?:nej|næ|no|nope)\b|^\s*(?::|=)\s*(?:nej|no)\b")
_NOT_ONLY = _read_folded(r"\b(?:ikke|not)\s+(?:kun|bare|only|just)\b")
_ONLY_ASKED = _read_folded(
    r"^\W*(?:hvordan ser .{0,40} ud\W*$|(?:how|what) does .{0,40} look\b|(?:hvad er en?|what is an?)\b)"
)


def find_safety_signs(text: str) -> list[Found]:
    """Each asserted sign once, as `safety_flag` over the whole message. To ask what a sign looks like asserts none."""
    folded = _NOT_ONLY.sub("", fold(text))
    if _ONLY_ASKED.search(folded):
        return []
    return [Found("safety_flag", flag, 0, len(text)) for flag, patterns in _SIGNS.items() if _is_told(folded, patterns)]


def _is_told(folded: str, patterns: list[re.Pattern[str]]) -> bool:
    return any(not _is_denied(folded, sign) for pattern in patterns for sign in pattern.finditer(folded))


def _is_denied(folded: str, sign: re.Match[str]) -> bool:
    return bool(
        _DENIED_BEFORE.search(before(folded, sign.start()))
        or _DENIED_INSIDE.search(sign.group())
        or _DENIED_AFTER.search(folded[sign.end() : sign.end() + 40])
    )


def _load_signs() -> dict[str, list[re.Pattern[str]]]:
    """The patterns of each sign, `{word}` filled in, letters folded as the messages are."""
    told = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    signs: dict[str, list[re.Pattern[str]]] = {}
    for flag, patterns in told["signs"].items():
        for pattern in patterns:
            for name, word in told["words"].items():
                pattern = pattern.replace("{" + name + "}", word)
            signs.setdefault(flag, []).append(re.compile(fold_letters(pattern), re.IGNORECASE))
    return signs


_SIGNS = _load_signs()
