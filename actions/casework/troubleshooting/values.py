"""Values that customers read off their machine, in the form they are kept in; None where it is no such value."""

from __future__ import annotations

import re

from actions.casework.troubleshooting.model import Expects

FAILURE_ID_LENGTH = 24
LONGEST_TEXT = 500

_SEPARATORS = re.compile(r"[\s.\-_/:]+")


def read_value(kind: Expects, text: str) -> str | None:
    """`text` as a value of `kind`."""
    match kind:
        case Expects.FAILURE_ID:
            return read_failure_id(text)
        case Expects.BLINK_CODE:
            return read_blink_code(text)
        case Expects.BATTERY_CAPACITY_PCT:
            return read_percentage(text)
        case Expects.TEXT:
            return " ".join(text.split())[:LONGEST_TEXT] or None
        case Expects.FILE:
            return None  # a file is sent, not written


def read_failure_id(text: str) -> str | None:
    """A failure id of the UEFI diagnostics: 24 characters, however they are grouped (domain.md 3.4)."""
    joined = _SEPARATORS.sub("", text).upper()
    return joined if _looks_like_failure_id(joined) else None


def find_failure_id(text: str) -> str | None:
    """A failure id that stands anywhere in `text`, as one word or in groups of equal length.

    Stricter than `read_failure_id`, because here nobody asked for one: a sentence must not pass for it.
    """
    for found in re.finditer(r"(?<![0-9A-Za-z])(?:[0-9A-Za-z]{24}|(?:[0-9A-Za-z]{6}[ -]){3}[0-9A-Za-z]{6}|"
                             r"(?:[0-9A-Za-z]{4}[ -]){5}[0-9A-Za-z]{4})(?![0-9A-Za-z])", text):  # fmt: skip
        joined = _SEPARATORS.sub("", found.group()).upper()
        if _looks_like_failure_id(joined) and sum(character.isdigit() for character in joined) >= 3:
            return joined
    return None


def read_blink_code(text: str) -> str | None:
    """ "3.2" (long and short blinks) or a plain count; "3 lange og 2 korte" reads as "3.2"; 90B and 301 are none."""
    numbers = re.findall(r"\d+", text)
    if not 1 <= len(numbers) <= 2:
        return None
    counts = [int(number) for number in numbers]
    return ".".join(str(count) for count in counts) if all(1 <= count <= 12 for count in counts) else None


def read_percentage(text: str) -> str | None:
    """A whole percentage of 0–100; "72,4 %" reads as "72": rounding up could lift it over a limit."""
    found = re.findall(r"(?<![\d.,-])\d{1,3}(?:[.,]\d+)?(?![\d.,])", text)
    if len(found) != 1:
        return None
    number = int(re.split(r"[.,]", found[0])[0])
    exceeds = number > 100 or (number == 100 and float(found[0].replace(",", ".")) > 100)
    return None if exceeds else str(number)


def _looks_like_failure_id(joined: str) -> bool:
    return (
        re.fullmatch(rf"[0-9A-Z]{{{FAILURE_ID_LENGTH}}}", joined) is not None
        and any(character.isdigit() for character in joined)
    )  # fmt: skip
