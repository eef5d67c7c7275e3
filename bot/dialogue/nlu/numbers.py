"""Small numbers written as words, in both languages."""

from __future__ import annotations

import re

_WORDS = {
    1: "en et én ét one once",
    2: "to two twice",
    3: "tre three thrice",
    4: "fire four",
    5: "fem five",
    6: "seks six",
    7: "syv seven",
    8: "otte eight",
    9: "ni nine",
    10: "ti ten",
    14: "fjorten fourteen",
}
SMALL_NUMBERS: dict[str, int] = {word: number for number, words in _WORDS.items() for word in words.split()}
SMALL_NUMBER = r"\d{1,2}|" + "|".join(sorted(SMALL_NUMBERS, key=len, reverse=True))
"""A regular expression alternative for a number of one or two digits, or its word."""


def small_number(written: str) -> int:
    """The number that a match of SMALL_NUMBER stands for."""
    return int(written) if re.fullmatch(r"\d+", written) else SMALL_NUMBERS[written.lower()]
