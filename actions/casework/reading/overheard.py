"""What a customer told a person, taken over where it can't be anything else: numbers and addresses, no guesses."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from actions.casework.identity.contact import read_email, read_phone
from actions.casework.identity.serial import Serial, read_serial

_WORD = re.compile(r"\S+@\S+")
_DIGITS = re.compile(r"(?:\+45\s?)?\d[\d ]{6,}\d")


def overheard(said: Sequence[str], known: Mapping[str, object]) -> dict[str, object]:
    """Slots for what the customer said and we did not know; the last word counts."""
    found: dict[str, object] = {}
    for text in said:
        serial = read_serial(text)
        if isinstance(serial, Serial) and not serial.mended:
            found["serial_number"] = serial.value
        for word in _WORD.findall(text):
            email = read_email(word.strip(".,;:()<>"))
            if email:
                found["email"] = email
        for digits in _DIGITS.findall(text):
            phone = read_phone(digits)
            if phone:
                found["phone"] = phone
    return {slot: value for slot, value in found.items() if not known.get(slot)}
