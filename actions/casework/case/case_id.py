"""Case and booking ids: short enough to read out, and not to be guessed from the one before (contract section 5)."""

from __future__ import annotations

import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # 32 characters: no I, L, O, U
LENGTH = 6
RANDOM_BYTES = 4  # what a new id needs: 30 bits

_PREFIXED = re.compile(
    r"(?<![0-9A-Za-z])HPO[\s\-\u2010-\u2013_.:#]*"
    r"((?:[0-9A-Za-z][\s\-\u2010-\u2013.]?){5}[0-9A-Za-z])(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_AFTER_WORD = re.compile(
    r"(?<!\w)(?:sag|sagen|sags(?:nummer|nummeret|nr|id)|sags-id|case|case-?id|ref(?:erence)?)"
    r"(?:[\s-]*(?:nummer|nr|number|no|id))?\.?(?:\s+(?:er|is))?[\s:#]*"
    r"([0-9A-Za-z]{3}[\s\-\u2010-\u2013.]?[0-9A-Za-z]{3})(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_ALONE = re.compile(r"\W*([0-9A-Za-z]{3}[\s\-\u2010-\u2013.]?[0-9A-Za-z]{3})\W*")
_LOOK_ALIKES = str.maketrans("OIL", "011")  # the alphabet has none of them, so no id is lost by mending


def new_case_id(random_bytes: bytes) -> str:
    """A case id ("HPO-7K39QX") from 4 random bytes; which bytes is the caller's affair."""
    return f"HPO-{_encode(random_bytes)}"


def read_case_id(text: str, asked: bool = False) -> str | None:
    """The case id in a text: "HPO-7K39QX", "hpo 7k39qx", "sag 7K3-9QX"; None where there is none.

    `asked`: the text answers the question for a case id, so the six characters may stand alone.
    """
    match = _PREFIXED.search(text)
    if not match:
        match = next((m for m in _AFTER_WORD.finditer(text) if _looks_drawn(m.group(1))), None)
    if not match and asked:
        match = _ALONE.fullmatch(text)
    if not match:
        return None
    characters = re.sub("[^0-9A-Za-z]", "", match.group(1)).upper().translate(_LOOK_ALIKES)
    return f"HPO-{characters}" if all(character in ALPHABET for character in characters) else None


def _looks_drawn(characters: str) -> bool:
    """Whether it may be six drawn characters, and not the next word of the sentence ("sagen handler om …")."""
    return bool(re.search("[0-9]", characters)) or characters == characters.upper()


def _encode(random_bytes: bytes) -> str:
    if len(random_bytes) < RANDOM_BYTES:
        raise ValueError(f"an id needs {RANDOM_BYTES} random bytes")
    number = int.from_bytes(random_bytes[:RANDOM_BYTES], "big")
    return "".join(ALPHABET[(number >> (5 * place)) & 31] for place in range(LENGTH))
