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


_ORDINALS = (
    "første first", "anden second", "tredje third", "fjerde fourth", "femte fifth", "sjette sixth", "syvende seventh",
    "ottende eighth", "niende ninth", "tiende tenth", "ellevte eleventh", "tolvte twelfth", "trettende thirteenth",
    "fjortende fourteenth", "femtende fifteenth", "sekstende sixteenth", "syttende seventeenth", "attende eighteenth",
    "nittende nineteenth", "tyvende twentieth", "enogtyvende twenty-first", "toogtyvende twenty-second",
    "treogtyvende twenty-third", "fireogtyvende twenty-fourth", "femogtyvende twenty-fifth",
    "seksogtyvende twenty-sixth", "syvogtyvende twenty-seventh", "otteogtyvende twenty-eighth",
    "niogtyvende twenty-ninth", "tredivte thirtieth", "enogtredivte thirty-first",
)  # fmt: skip
ORDINALS: dict[str, int] = {word: number for number, words in enumerate(_ORDINALS, start=1) for word in words.split()}
ORDINAL = "|".join(sorted((word.replace("-", "[- ]") for word in ORDINALS), key=len, reverse=True))
"""A regular expression alternative for the words of a day of the month."""


def ordinal(written: str) -> int:
    """The day of the month that a match of ORDINAL stands for."""
    return ORDINALS[written.lower().replace(" ", "-")]


def small_number(written: str) -> int:
    """The number that a match of SMALL_NUMBER stands for."""
    return int(written) if re.fullmatch(r"\d+", written) else SMALL_NUMBERS[written.lower()]
