"""Session tokens: the server's own id and a signature over it. Its end is kept with the conversation (W1)."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import os
import re
import secrets
from pathlib import Path

_TOKEN = re.compile(r"([A-Za-z0-9_-]{32})\.([A-Za-z0-9_-]{43})")


def new_conversation_id() -> str:
    """192 random bits in 32 characters."""
    return secrets.token_urlsafe(24)


class Tokens:
    """Signs conversation ids and reads them back."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def issue(self, conversation: str) -> str:
        """The token of that conversation."""
        return f"{conversation}.{self._signature(conversation)}"

    def read(self, token: str) -> str | None:
        """The conversation that a token was issued for; None for anything else."""
        found = _TOKEN.fullmatch(token)
        if not found or not hmac.compare_digest(found[2], self._signature(found[1])):
            return None
        return found[1]

    def _signature(self, conversation: str) -> str:
        digest = hmac.new(self._key, b"session:" + conversation.encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def signing_key(setting: str, folder: Path) -> bytes:
    """The key from the settings, or the one in `folder`, made on first use and readable by us alone."""
    if setting:
        return setting.encode()
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "chat.key"
    draft = folder / f"chat.key.{os.getpid()}"
    if not file.exists():
        # Written whole, then linked: of two processes that start at once, the first one's key stands.
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(secrets.token_hex(32))
        with contextlib.suppress(FileExistsError):
            os.link(draft, file)
        draft.unlink()
    return file.read_text().strip().encode()
