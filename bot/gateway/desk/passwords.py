"""Passwords of the desk: argon2id, one-time ones, and what is too weak."""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 200
_ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that is read wrong over a telephone
_hasher = PasswordHasher()
_NOBODY = _hasher.hash(secrets.token_urlsafe(16))


def one_time_password() -> str:
    """Sixteen characters in four groups: good for one sign-in."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))


def hashed(password: str) -> str:
    """As the table keeps it."""
    return _hasher.hash(password)


def matches(stored: str | None, given: str) -> bool:
    """Whether it is the password. Takes as long for somebody who does not exist (`stored` None)."""
    try:
        return _hasher.verify(stored or _NOBODY, given) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def is_weak(password: str, *known: str) -> bool:
    """Too short, too long, hardly any variety, or made of what everybody knows of the agent (`known`)."""
    folded = password.casefold()
    if not SHORTEST <= len(password) <= LONGEST or len(set(folded)) < 5:
        return True
    return any(len(each) > 3 and each.casefold() in folded for each in known)
