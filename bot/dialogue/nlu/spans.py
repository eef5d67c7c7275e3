"""Values found in a message, and which of several of one kind the customer means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """A canonical value and where it stands: `text[start:end]`. `mended`: look-alike characters were put right."""

    entity: str
    value: str
    start: int
    end: int
    mended: bool = False


_NEAR = 80
_NEGATED = re.compile(
    r"(?<!virker )(?<!fungerer )(?<!lader )(?<!reagerer )\b(?:ikke|ik|not|isn't|instead of|i stedet for|istedet for|rather than)"
    r"\s+(?:the |an? |my |den |det |min |mit |no\.? |nr\.? )*$",
    re.IGNORECASE,
)
_LEFT_BEHIND = re.compile(r"\b(?:fra|from|ikke|not|can't|cannot|can not)\s+(?:the |den |på |on |i )*$", re.IGNORECASE)
_CORRECTED = re.compile(
    r"\b(?:nej|nej,|no|nope|mener|mente|mean|meant|sorry|undskyld|rettelse|correction|rettere|actually|faktisk|vent|wait"
    r"|ups|oops|hov|skulle være|skal være|should be|should have been|i stedet|instead|hellere|rather|men|but)\b",
    re.IGNORECASE,
)


def before(text: str, place: int, since: int = 0) -> str:
    """The words just before a place: what says how a value is meant stands near it, and long messages stay cheap."""
    return text[max(since, place - _NEAR) : place]


def meant(text: str, found: Iterable[Found]) -> list[Found]:
    """One value of each entity: not the one the customer takes back ("ikke 5CD…"), and the last after a correction."""
    kept: dict[str, Found] = {}
    for candidate in sorted(found, key=lambda value: value.start):
        if _NEGATED.search(before(text, candidate.start)):
            continue
        earlier = kept.get(candidate.entity)
        if (
            earlier is None
            or _CORRECTED.search(before(text, candidate.start, earlier.end))
            or _LEFT_BEHIND.search(before(text, earlier.start))
        ):
            kept[candidate.entity] = candidate
    return list(kept.values())


class Claims:
    """The parts of a message that a value has been read from, so that nothing is read twice."""

    def __init__(self, text: str) -> None:
        self._text = text

    @property
    def rest(self) -> str:
        """The message with claimed parts blanked out; every character keeps its place."""
        return self._text

    def claim(self, start: int, end: int) -> None:
        """Take a part out; letters and digits become a sign that joins nothing."""
        self._text = self._text[:start] + "\x00" * (end - start) + self._text[end:]
