"""HP serial numbers: 10 characters CC S YWW ZZZZ (domain.md 2.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

LENGTH = 10
COMPAQ_LENGTH = 12

_SEPARATORS = re.compile(r"[\s.\-\u2010-\u2013_/]+")
_LABEL = re.compile(
    r"^\W*(?:(?:mit|min|my|the|det|it|pc'ens|er|is|s/n|s\.n\.|sn|serial|serie)(?:[\s-]*(?:number|nummeret|nummer|no|nr))?"
    r"\.?(?:\s+(?:er|is))?(?![0-9a-zæøå])[\s:#=]*)+",
    re.IGNORECASE,
)
_SHAPE = re.compile(r"[0-9A-Z]{3}[0-9A][0-5][0-9][0-9B-DF-HJ-NP-TV-Z]{4}")
_WEEK_MENDING = str.maketrans("OIL", "011")  # positions 4-6 hold digits
_TAIL_MENDING = str.maketrans("OI", "01")  # base 31 in positions 7-10; L is legal there


class SerialFault(StrEnum):
    """Why a text is no serial number."""

    EMPTY = "empty"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    COMPAQ_12 = "compaq_12"  # an old Compaq number, for a person
    BAD_CHARACTERS = "bad_characters"
    BAD_WEEK = "bad_week"  # weeks are 01-53


@dataclass(frozen=True)
class Serial:
    """A serial number in canonical form. `mended`: look-alikes were corrected, so the customer confirms it."""

    value: str
    mended: bool = False


@dataclass(frozen=True)
class BadSerial:
    """Not a serial number, and why."""

    reason: SerialFault


def read_serial(text: str) -> Serial | BadSerial:
    """The serial number in a typed answer: any case and separators, "s/n:" in front, look-alikes mended.

    In positions 4-6 O is read as 0, I and L as 1; in 7-10 O as 0 and I as 1. The first three stay as they are. Where
    more is said around it ("jeg tror det er 5CG1234XYZ"), the one word that is a serial number counts.
    """
    whole = _read_bare(text)
    if isinstance(whole, BadSerial) and whole.reason in (SerialFault.TOO_LONG, SerialFault.BAD_CHARACTERS):
        words = [word for word in re.split(r"[^0-9A-Za-z]+", text) if len(re.findall("[0-9]", word)) >= 2]
        found = {serial for word in words if isinstance(serial := _read_bare(word), Serial)}
        if len(found) == 1:
            return found.pop()
    return whole


def _read_bare(text: str) -> Serial | BadSerial:
    bare = _SEPARATORS.sub("", _LABEL.sub("", text.strip())).strip("'\"»«“”:;,!?()#").upper()
    if not bare:
        return BadSerial(SerialFault.EMPTY)
    if not re.fullmatch("[0-9A-Z]+", bare):
        return BadSerial(SerialFault.BAD_CHARACTERS)
    if len(bare) == COMPAQ_LENGTH:
        return BadSerial(SerialFault.COMPAQ_12)
    if len(bare) != LENGTH:
        return BadSerial(SerialFault.TOO_SHORT if len(bare) < LENGTH else SerialFault.TOO_LONG)
    value = bare[:3] + bare[3:6].translate(_WEEK_MENDING) + bare[6:].translate(_TAIL_MENDING)
    if not re.fullmatch("[0-9A][0-9]{2}", value[3:6]):
        return BadSerial(SerialFault.BAD_CHARACTERS)
    if not 1 <= int(value[4:6]) <= 53:
        return BadSerial(SerialFault.BAD_WEEK)
    if not _SHAPE.fullmatch(value):
        return BadSerial(SerialFault.BAD_CHARACTERS)
    return Serial(value, mended=value != bare)
