"""Postcodes: which exist, and where the courier collects (R36, Q4). The tables are postcodes.yml and areas.yml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from actions.casework.data_file import DataFileError, load_yaml
from actions.casework.identity.folding import fold

HERE = Path(__file__).parent

_CODE = re.compile(r"(?<![\w-])(?:(?:DK|FO|GL|FR|FØ)[\s-]?)?([0-9]{4}|[0-9]{3})(?![\w-])", re.IGNORECASE)


def known_postcode(postcode: str) -> str | None:
    """The town of a postcode ("8000" → "Aarhus C"), or None where there is no such postcode in the table."""
    return _towns().get(postcode)


@cache
def town_names() -> frozenset[str]:
    """Every town of the table, folded."""
    return frozenset(fold(town) for town in _towns().values())


def in_pickup_area(postcode: str, place: str = "") -> bool:
    """Whether the courier collects there (R36; the list is our own, Q4).

    A postcode that nobody knows is not collected from: a person looks at it. `place` is the town or street as the
    customer wrote it; it tells apart the few islands that share a postcode with the mainland.
    """
    return known_postcode(postcode) is not None and why_no_pickup(postcode, place) is None


def why_no_pickup(postcode: str, place: str = "") -> str | None:
    """Why nothing is collected: faroe_islands, greenland, bornholm, island; None where the table has no objection."""
    reason = _no_pickup().get(postcode)
    if reason is None and place:
        words = set(fold(place).split())
        if any(fold(island) in words for island in _shared_islands().get(postcode, ())):
            return "island"
    return reason


def read_postcode(text: str) -> str | None:
    """The postcode in a typed answer ("8000", "DK-8000 Aarhus C", "postnummer 8000"), known or not; None without one.

    Four digits in Denmark and Greenland, three on the Faroe Islands ("FO-100"). Where several numbers stand there, a
    known postcode wins, the later one first: a house number comes before its postcode.
    """
    found = [match.group(1) for match in _CODE.finditer(text)]
    four_first = sorted(reversed(found), key=len, reverse=True)
    return next((code for code in four_first if known_postcode(code)), four_first[0] if four_first else None)


@cache
def _towns() -> Mapping[str, str]:
    rows = load_yaml(HERE / "postcodes.yml")
    return {code: town for codes, town in rows.items() for code in _expand(str(codes), "postcodes.yml")}


@cache
def _no_pickup() -> Mapping[str, str]:
    rows = load_yaml(HERE / "areas.yml")["no_pickup"]
    return {code: row["why"] for row in rows for code in _expand(str(row["codes"]), "areas.yml")}


@cache
def _shared_islands() -> Mapping[str, tuple[str, ...]]:
    rows = load_yaml(HERE / "areas.yml")["shared_islands"]
    return {str(code): tuple(names) for code, names in rows.items()}


def _expand(codes: str, file: str) -> Iterator[str]:
    """The postcodes of "8305" or "1000-1499", with their zeros in front."""
    first, _, last = codes.partition("-")
    last = last or first
    if not (first.isdecimal() and last.isdecimal() and len(first) == len(last) and first <= last):
        raise DataFileError(f"{HERE / file}: '{codes}' is no postcode and no range of postcodes")
    return (str(number).zfill(len(first)) for number in range(int(first), int(last) + 1))
