"""Strict readers: a value is either exactly what the contract allows, or its field is named in a refusal."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import TypeVar

W = TypeVar("W", bound=StrEnum)

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

# ISO 3166-1 alpha-2, so that a mistyped country is refused instead of counting as "moved abroad" (R91).
_COUNTRIES = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO
JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR
MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO
RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV
TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
"""
COUNTRIES = frozenset(_COUNTRIES.split())


class BadFact(ValueError):
    """A fact that can't be taken. `field` is the leaf field's name (contract section 4)."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"{field}: {why}")
        self.field = field
        self.why = why


def read_text(value: object, field: str) -> str:
    """A string, as it stands."""
    if not isinstance(value, str):
        raise BadFact(field, "must be text")
    return value


def read_date(value: object, field: str) -> date:
    """An ISO date, YYYY-MM-DD, that exists."""
    text = read_text(value, field)
    if not _ISO_DATE.fullmatch(text):
        raise BadFact(field, "must be a date like 2026-03-31")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadFact(field, "no such date") from error


def read_bool(value: object, field: str) -> bool:
    """true or false; 0 and 1 are numbers."""
    if not isinstance(value, bool):
        raise BadFact(field, "must be true or false")
    return value


def read_count(value: object, field: str, most: int) -> int:
    """A whole number from 0 to `most`; true and false are no numbers."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadFact(field, "must be a whole number")
    if not 0 <= value <= most:
        raise BadFact(field, f"must be from 0 to {most}")
    return value


def read_percent(value: object, field: str) -> float:
    """A number from 0 to 100; true, false and NaN are no numbers."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadFact(field, "must be a number")
    if not 0 <= value <= 100:
        raise BadFact(field, "must be from 0 to 100")
    return value


def read_word(value: object, field: str, words: type[W]) -> W:
    """One of the words of an enum."""
    if not isinstance(value, str) or value not in {str(word) for word in words}:
        raise BadFact(field, "must be one of " + ", ".join(words))
    return words(value)


def read_words(value: object, field: str, words: type[W]) -> frozenset[W]:
    """A list of words of an enum; the order and repeats mean nothing."""
    if not isinstance(value, list):
        raise BadFact(field, "must be a list")
    return frozenset(read_word(item, field, words) for item in value)


def one_of(value: str, field: str, words: Iterable[str]) -> str:
    """`value`, where it is one of `words`."""
    allowed = sorted(words)
    if value not in allowed:
        raise BadFact(field, "must be one of " + ", ".join(word or "(empty)" for word in allowed))
    return value


def read_country(value: object, field: str) -> str:
    """An ISO 3166-1 alpha-2 country, upper case."""
    text = read_text(value, field)
    if text not in COUNTRIES:
        raise BadFact(field, "must be a country like DK")
    return text
