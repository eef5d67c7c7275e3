"""Values found in a message, and the places they were read from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """A canonical value and where it stands: `text[start:end]`. `mended`: look-alike characters were put right."""

    entity: str
    value: str
    start: int
    end: int
    mended: bool = False


NEAR = 80
"""Characters: what says how a value is meant stands no further from it, and long messages stay cheap."""


def before(text: str, place: int, since: int = 0) -> str:
    """The words just before a place."""
    return text[max(since, place - NEAR) : place]


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
