"""Danish addresses as people type them: "Vestergade 12, 3. tv, 8000 Aarhus C". The limits are DHL's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from actions.casework.shipping.areas import known_postcode, read_postcode

LONGEST_STREET = 45  # characters; what couriers print on one line
LONGEST_CITY = 45

_LEAD = re.compile(
    r"^\s*(?:(?:det\s+er|it\s+is|it['’]s|min|mit|vores|my|our|the|adressen?|address|vejnavn|street|by|byen|city|town|"
    r"jeg\s+bor|i\s+live|vi\s+bor|i|in)(?![\w'])(?:\s+(?:er|is|hedder|på|at|on))?[\s:,]*)+",
    re.IGNORECASE,
)
_HOUSE_NUMBER = re.compile(r"(?<!\d)[0-9]{1,3}\s?[A-Za-z]?(?![\w])")
_COUNTRY_AT_END = re.compile(r"[\s,]*\b(?:danmark|denmark|dk)\s*[.!]*$", re.IGNORECASE)
_FLOOR = re.compile(
    r"(?:(?P<floor>[0-9]{1,2})\s*\.?\s*(?:sal)?|(?P<ground>st|kl|kld|stuen|kælder(?:en)?))\.?"
    r"(?:[\s,.]*(?P<door>tv|th|mf|til venstre|til højre|midtfor|dør\s*[0-9]+|[0-9]{1,3}))?\.?",
    re.IGNORECASE,
)
_SHORT = {
    "stuen": "st",
    "kælder": "kl",
    "kælderen": "kl",
    "kld": "kl",
    "til venstre": "tv",
    "til højre": "th",
    "midtfor": "mf",
}


class AddressFault(StrEnum):
    """What is wrong with a street or a city."""

    EMPTY = "empty"
    NO_STREET_NAME = "no_street_name"
    NO_HOUSE_NUMBER = "no_house_number"
    TOO_LONG = "too_long"
    NO_CITY = "no_city"


@dataclass(frozen=True)
class ParsedAddress:
    """What was found in one line; a part that is not there is the empty string."""

    street: str = ""  # with house number, floor and door: "Vestergade 12, 3. tv"
    postcode: str = ""
    city: str = ""


def read_address(text: str) -> ParsedAddress:
    """Street, postcode and city of an address in one or more lines. City may be missing: the postcode knows it."""
    line = _COUNTRY_AT_END.sub("", _without_lead(text))
    postcode = read_postcode(line) or ""
    if not postcode or not _stands_apart(line, postcode):
        return ParsedAddress(street=clean_street(line) if _HOUSE_NUMBER.search(line) else "")
    before, after = _around(line, postcode)
    street = clean_street(before) if _HOUSE_NUMBER.search(before) else ""
    city = clean_city(after) or known_postcode(postcode) or ""
    return ParsedAddress(street, postcode, city)


def read_street(text: str) -> str | AddressFault:
    """A street with its house number, floor and door in one spelling, a capital first, or what is wrong with it."""
    street = clean_street(_without_lead(text))
    if not street:
        return AddressFault.EMPTY
    if not re.search(r"[^\W\d_]{2}", street):
        return AddressFault.NO_STREET_NAME
    if not _HOUSE_NUMBER.search(street):
        return AddressFault.NO_HOUSE_NUMBER
    return street[0].upper() + street[1:] if len(street) <= LONGEST_STREET else AddressFault.TOO_LONG


def read_city(text: str) -> str | AddressFault:
    """A town ("Aarhus C"), also where its postcode was typed with it, or what is wrong."""
    bare = _COUNTRY_AT_END.sub("", _without_lead(text))
    postcode = read_postcode(bare)
    city = clean_city(_around(bare, postcode)[1] if postcode else bare)
    if not city:
        return (postcode and known_postcode(postcode)) or AddressFault.EMPTY
    if len(city) > LONGEST_CITY:
        return AddressFault.TOO_LONG
    return city if re.fullmatch(r"[^\W\d_][^\d_@?!:;<>]*", city) else AddressFault.NO_CITY


def clean_street(text: str) -> str:
    """One spelling: "vestergade  12 3 tv" → "vestergade 12, 3. tv"; a comma before the floor, none at the end."""
    parts = [part.strip(" .") for part in re.split(r"[,\n]+", " ".join(text.replace("\n", ", ").split(" ")))]
    parts = [" ".join(part.split()) for part in parts if part]
    if not parts:
        return ""
    name, floor = _split_floor(parts[0])
    rest = [floor] if floor else []
    for part in parts[1:]:
        match = _FLOOR.fullmatch(part)
        rest.append(_floor(match) if match else part)
    # "12, 3., tv": floor and door typed as two parts belong together.
    joined = re.sub(r"(\d\.|st\.|kl\.), (tv|th|mf)\b", r"\1 \2", ", ".join([name, *rest]))
    return joined


def clean_city(text: str) -> str:
    """A town without commas and spaces around it; a capital where none was typed."""
    city = " ".join(re.sub(r"[,\n]+", " ", text).split()).strip(" .,-")
    return city.title() if city.islower() else city


def _split_floor(part: str) -> tuple[str, str]:
    """ "Vestergade 12 3. tv" → ("Vestergade 12", "3. tv"): what follows the first house number, where it is a floor."""
    for number in _HOUSE_NUMBER.finditer(part):
        rest = part[number.end() :].strip()
        match = _FLOOR.fullmatch(rest) if rest else None
        if match and part[: number.start()].strip():
            return part[: number.end()].strip(), _floor(match)
    return part, ""


def _floor(match: re.Match[str]) -> str:
    ground = (match["ground"] or "").lower()
    floor = f"{int(match['floor'])}." if match["floor"] else f"{_SHORT.get(ground, ground)}."
    door = " ".join((match["door"] or "").lower().split())
    return f"{floor} {_SHORT.get(door, door)}".strip()


def _stands_apart(line: str, postcode: str) -> bool:
    """Whether the number is a postcode in the line, and not the only number of a street ("Nygade 100")."""
    return len(postcode) == 4 or bool(re.search(r"\d\D+\b" + postcode, line)) or line.strip().startswith(postcode)


def _around(line: str, postcode: str) -> tuple[str, str]:
    at = line.rindex(postcode)
    before = re.sub(r"(?:DK|FO|GL)[\s-]?$", "", line[:at], flags=re.IGNORECASE)
    return before, line[at + len(postcode) :]


def _without_lead(text: str) -> str:
    return _LEAD.sub("", text, count=1).strip()
