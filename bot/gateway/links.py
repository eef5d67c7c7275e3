"""Links that need no sign-in, for channels without a token (Teams): signed, for one thing, and over after a while.

What a link leads to is one file of one booking; who has the link has the file, so it lives for hours, not for years.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime

PREFIX = "/l/"
_TOKEN = re.compile(r"([A-Za-z0-9_-]{8,400})\.([A-Za-z0-9_-]{43})")
_PART = re.compile(r"[A-Za-z0-9_-]{1,40}")


@dataclass(frozen=True)
class Link:
    """What a link leads to: the `kind` (pdf, ics) of file of a case's booking, in a language."""

    case_id: str
    booking_id: str
    kind: str
    language: str


class Links:
    """Makes links and reads them back."""

    def __init__(self, key: bytes) -> None:
        self._key = hmac.new(key, b"links", hashlib.sha256).digest()

    def path(self, link: Link, until: datetime) -> str:
        """The link's path on this host. ValueError for words that can't stand in one."""
        parts = (link.case_id, link.booking_id, link.kind, link.language)
        if not all(_PART.fullmatch(part) for part in parts):
            raise ValueError("not the words of a link")
        body = _packed("|".join((*parts, str(int(until.timestamp())))).encode())
        return f"{PREFIX}{body}.{self._signature(body)}"

    def read(self, token: str, now: datetime) -> Link | None:
        """What a link's last part leads to; None for one that is forged, broken or over."""
        found = _TOKEN.fullmatch(token)
        if not found or not hmac.compare_digest(found[2], self._signature(found[1])):
            return None
        padded = found[1] + "=" * (-len(found[1]) % 4)
        *parts, until = base64.urlsafe_b64decode(padded).decode().split("|")
        return Link(*parts) if datetime.fromtimestamp(int(until), UTC) > now else None

    def _signature(self, body: str) -> str:
        return _packed(hmac.new(self._key, body.encode(), hashlib.sha256).digest())


def _packed(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
