"""Small numbers written as words, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

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


_DIGITS = ("nul zero", "en et én ét one", "to two", "tre three", "fire four", "fem five", "seks six", "syv seven",
           "otte eight", "ni nine")  # fmt: skip
_TEENS = ("ti ten", "elleve eleven", "tolv twelve", "tretten thirteen", "fjorten fourteen", "femten fifteen",
          "seksten sixteen", "sytten seventeen", "atten eighteen", "nitten nineteen")  # fmt: skip
_TENS = ("tyve twenty", "tredive thirty", "fyrre forty", "halvtreds fifty", "tres sixty", "halvfjerds seventy",
         "firs eighty", "halvfems ninety")  # fmt: skip


def _said() -> dict[str, str]:
    """Each number word below a hundred -> the digits that somebody means who reads a number out."""
    told = {word: str(number) for number, words in enumerate(_DIGITS) for word in words.split()}
    told |= {word: str(number) for number, words in enumerate(_TEENS, start=10) for word in words.split()}
    for ten, words in enumerate(_TENS, start=2):
        danish, english = words.split()
        told |= {danish: f"{ten}0", english: f"{ten}0"}
        for one in range(1, 10):
            *danish_ones, english_one = _DIGITS[one].split()
            told |= {f"{word}og{danish}": f"{ten}{one}" for word in danish_ones}
            told |= {f"{english}{gap}{english_one}": f"{ten}{one}" for gap in " -"}
    return told


_SAID = _said()
_SAID |= {f"{twice} {word}": digits * 2 for word, digits in _SAID.items() for twice in ("double", "dobbelt")}
_SAID_WORD = "|".join(sorted(_SAID, key=len, reverse=True))
_SAID_RUN = re.compile(rf"\b(?:{_SAID_WORD})(?:[\s,.-]+(?:{_SAID_WORD})){{2,7}}\b", re.IGNORECASE)
_ONE_SAID = re.compile(rf"\b(?:{_SAID_WORD})\b", re.IGNORECASE)


def numbers_read_out(text: str) -> Iterator[tuple[int, int, str]]:
    """Numbers said word by word ("fyrre tolv treogtres nul otte"): start, end and digits ("40126308")."""
    for run in _SAID_RUN.finditer(text):
        digits = "".join(_SAID[word.group().lower()] for word in _ONE_SAID.finditer(run.group()))
        yield run.start(), run.end(), digits


_YEARS = (
    "atten eighteen", "nitten nineteen", "tyve twenty", "enogtyve twenty-one", "toogtyve twenty-two",
    "treogtyve twenty-three", "fireogtyve twenty-four", "femogtyve twenty-five", "seksogtyve twenty-six",
    "syvogtyve twenty-seven", "otteogtyve twenty-eight",
)  # fmt: skip
_OF_THIS_CENTURY = {word: number for number, words in enumerate(_YEARS, start=18) for word in words.split()}
SPOKEN_YEAR = (
    r"(?:to\s?tusinde?\s?(?:og\s?)?|tyve\s?|two thousand (?:and )?|twenty[ -])(?:"
    + "|".join(sorted((word.replace("-", "[- ]") for word in _OF_THIS_CENTURY), key=len, reverse=True))
    + r")\b"
)
"""A regular expression alternative for a year said in words, 2018 to 2028."""


def spoken_year(written: str) -> int:
    """The year that a match of SPOKEN_YEAR stands for."""
    plain = written.lower().replace(" ", "-")
    return 2000 + max((number for word, number in _OF_THIS_CENTURY.items() if plain.endswith(word)), default=0)


def ordinal(written: str) -> int:
    """The day of the month that a match of ORDINAL stands for."""
    return ORDINALS[written.lower().replace(" ", "-")]


def small_number(written: str) -> int:
    """The number that a match of SMALL_NUMBER stands for."""
    return int(written) if re.fullmatch(r"\d+", written) else SMALL_NUMBERS[written.lower()]
