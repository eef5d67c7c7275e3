"""Takes out of a message what nobody should store: CPR numbers, card numbers, passwords, BitLocker recovery keys.

Danish law gives a private firm no ground to hold a CPR number (domain.md 5), so it goes before anything is stored or
logged. The marks are the same in both languages. Serial numbers, case ids, phone numbers and failure ids stay; numbers
of our own that look like a CPR number (a courier's tracking number has 10 digits too) are named in `keep`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from actions.casework.data_file import load_yaml


class Secret(StrEnum):
    """What was found."""

    CPR = "cpr"
    CARD = "card"
    PASSWORD = "password"
    BITLOCKER = "bitlocker"


MARKS = {Secret.CPR: "[CPR]", Secret.CARD: "[KORT]", Secret.PASSWORD: "[KODE]", Secret.BITLOCKER: "[BITLOCKER]"}

_GAP = r"[ \u00a0\u2009.\-\u2010-\u2013]"  # what people put between groups of digits
_ALONE_BEFORE, _ALONE_AFTER = r"(?<![0-9A-Za-z+])(?<![0-9]-)", r"(?![0-9A-Za-z]|-[0-9A-Za-z])"

_BITLOCKER = re.compile(r"(?<![0-9])[0-9]{6}(?:[\s.\-\u2010-\u2013]{0,3}[0-9]{6}){7}(?![0-9])")
_CPR = re.compile(
    _ALONE_BEFORE
    + r"(?:(?P<run>[0-9]{6})\s?[-\u2010-\u2013]?\s?|"
    + r"(?P<day>[0-9]{2})(?P<gap>[ ./-])(?P<month>[0-9]{2})(?P=gap)[0-9]{2}(?:\s?[-\u2010-\u2013]\s?|(?P=gap)))"
    + r"[0-9]{4}"
    + _ALONE_AFTER
)
_CARD_CODE = re.compile(
    r"\b(?:cvc|cvv|cvc2|cvv2|kontrolcifre\w*|security code|sikkerhedskode\w*)\b\W*(?:(?:er|is)\W+)?"
    r"(?P<code>[0-9]{3,4})\b",
    re.IGNORECASE,
)
_DIGIT_RUN = re.compile(rf"(?<![0-9A-Za-z])[0-9]+(?:{_GAP}[0-9]+)*(?![0-9A-Za-z])")
_FAILURE_ID = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9A-Za-z]{24}|[0-9A-Za-z]{4}(?:-[0-9A-Za-z]{4}){5}|[0-9A-Za-z]{6}(?:-[0-9A-Za-z]{6}){3}"
    r"|[0-9A-Za-z]{8}(?:-[0-9A-Za-z]{8}){2})(?![0-9A-Za-z])"
)
_NO_PASSWORD = re.compile(
    r"\[|[0-9]{1,2}\.[0-9]|0x[0-9a-f]+$|[0-9A-Z]+(?:_[0-9A-Z]+)+$|[0-9a-z]{24}$|HP[OB]-", re.IGNORECASE
)
_LONGEST_CARD = 19  # digits
_MOST_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True)
class _Found:
    start: int
    end: int
    kind: Secret


def redact(text: str, keep: Collection[str] = ()) -> tuple[str, frozenset[Secret]]:
    """The text with secrets replaced by marks, and which kinds there were.

    `keep` are numbers that came from our own adapters (tracking numbers, serial numbers, case ids): never touched.
    Doing it twice changes nothing.
    """
    kept = {_bare(value) for value in keep}
    found: list[_Found] = []
    for finder in (_find_bitlocker, _find_cards, _find_cpr, _find_passwords):
        for secret in finder(text):
            overlaps = any(secret.start < other.end and other.start < secret.end for other in found)
            if not overlaps and _bare(text[secret.start : secret.end]) not in kept:
                found.append(secret)
    for secret in sorted(found, key=lambda secret: secret.start, reverse=True):
        text = text[: secret.start] + MARKS[secret.kind] + text[secret.end :]
    return text, frozenset(secret.kind for secret in found)


def _find_bitlocker(text: str) -> Iterator[_Found]:
    """Eight groups of six digits."""
    for match in _BITLOCKER.finditer(text):
        yield _Found(match.start(), match.end(), Secret.BITLOCKER)


def _find_cards(text: str) -> Iterator[_Found]:
    """Payment card numbers (groups of digits of a scheme's length and first digits, and Luhn) and security codes."""
    for match in _CARD_CODE.finditer(text):
        yield _Found(match.start("code"), match.end("code"), Secret.CARD)
    protected = [match.span() for match in _FAILURE_ID.finditer(text)]
    for run in _DIGIT_RUN.finditer(text):
        groups = [(run.start() + m.start(), run.start() + m.end()) for m in re.finditer("[0-9]+", run.group())]
        first = 0
        while first < len(groups):
            longest = min(len(groups), first + _LONGEST_CARD) - 1
            last = next(
                (last for last in range(longest, first - 1, -1) if _is_card(text, groups[first : last + 1])), None
            )
            if last is None:
                first += 1
                continue
            start, end = groups[first][0], groups[last][1]
            if not any(start < stop and begin < end for begin, stop in protected):
                yield _Found(start, end, Secret.CARD)
            first = last + 1


def _is_card(text: str, groups: list[tuple[int, int]]) -> bool:
    digits = "".join(text[start:end] for start, end in groups)
    size, lead = len(digits), digits[:2]
    scheme = (
        (lead[0] == "4" and size in (13, 16, 19))
        or (lead[0] in "56" and 16 <= size <= 19)  # Mastercard, Maestro, Dankort, Discover, UnionPay
        or (lead in ("22", "23", "24", "25", "26", "27") and size == 16)
        or (lead in ("34", "37") and size == 15)
        or (lead in ("30", "36", "38") and size == 14)
        or (lead == "35" and size == 16)
    )
    return scheme and _luhn(digits)


def _luhn(digits: str) -> bool:
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


def _find_cpr(text: str) -> Iterator[_Found]:
    """DDMMYY-XXXX in its usual spellings, with a day that exists. The old check digit says nothing since 2007."""
    protected = [match.span() for match in _FAILURE_ID.finditer(text)]
    for match in _CPR.finditer(text):
        run = match["run"]
        day, month = (run[:2], run[2:4]) if run else (match["day"], match["month"])
        in_failure_id = any(begin <= match.start() < stop for begin, stop in protected)
        if 1 <= int(month) <= 12 and 1 <= int(day) <= _MOST_DAYS[int(month) - 1] and not in_failure_id:
            yield _Found(match.start(), match.end(), Secret.CPR)


def _find_passwords(text: str) -> Iterator[_Found]:
    """The word after "password:", "adgangskoden er", "koden til pc'en er" (words in redaction.yml)."""
    patterns, harmless = _password_patterns()
    for pattern, is_secret in patterns:
        for match in pattern.finditer(text):
            if match["quoted"] and (match["sign"] or match["verb"]):
                yield _Found(match.start("quoted"), match.end("quoted"), Secret.PASSWORD)
                continue
            word = (match["word"] or "").rstrip(".,;:!?)\"'»”")
            said = word.lower() in harmless and not match["sign"]
            if word and not said and is_secret(match, word):
                yield _Found(match.start("word"), match.start("word") + len(word), Secret.PASSWORD)


def _strong(match: re.Match[str], word: str) -> bool:
    """After "password" anything counts; without "er" or ":" only what mixes letters and digits."""
    if word.startswith("["):
        return False
    linked = bool(match["sign"] or match["verb"])
    is_pin = match["name"].lower().startswith("pin") and bool(re.fullmatch("[0-9]{4,8}", word))
    return linked or is_pin or bool(re.search("[0-9]", word) and re.search("[^0-9]", word))


def _weak(match: re.Match[str], word: str) -> bool:
    """After "koden" four characters and more with a digit, which are no blink code, stop code or failure id."""
    linked = bool(match["sign"] or match["verb"])
    return linked and len(word) >= 4 and bool(re.search("[0-9]", word)) and not _NO_PASSWORD.match(word)


@cache
def _password_patterns() -> tuple[
    tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], bool]], ...], frozenset[str]
]:
    words = load_yaml(Path(__file__).with_name("redaction.yml"))
    # "til min pc" may stand between, where "er" or ":" follows it
    what_for = r"(?:\s+(?:til|for|to|on|of)\s+\S+(?:\s+\S+){0,2}?(?=\s+(?:er|is|was|var)\b|\s*[:=]))?"
    link = (
        r"(?:\s*(?P<verb>\b(?:er|is|was|var)\b))?\s*(?P<sign>[:=])?\s*"
        r"(?:\"(?P<quoted>[^\"\s]+\s[^\"]{1,60})\"|[\"'»“(]?(?P<word>\S+))"
    )
    strong = re.compile(rf"\b(?P<name>{_any_of(words['strong'])})\b{what_for}{link}", re.IGNORECASE)
    not_before = rf"(?<!\w){''.join(rf'(?<!{re.escape(w)})(?<!{re.escape(w)}[ -])' for w in words['not_before_weak'])}"
    weak = re.compile(rf"{not_before}(?:{_any_of(words['weak'])})\b{what_for}{link}", re.IGNORECASE)
    return ((strong, _strong), (weak, _weak)), frozenset(words["harmless"])


def _any_of(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _bare(value: str) -> str:
    return re.sub("[^0-9A-Za-z]", "", value).upper()
