"""A notifier that keeps what it was given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.adapters.fakes.failing import Failing
from actions.ports import Mail


class FakeNotifier(Failing):
    """`Notifier` in memory: `mails` and `told` by key."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: dict[str, Mail] = {}
        self.told: dict[str, tuple[str, Mapping[str, Any]]] = {}

    def mail(self, mail: Mail, key: str) -> None:
        """Once for each key."""
        self._enter("mail")
        self.mails.setdefault(key, mail)
        self._leave("mail")

    def tell_chat(self, conversation: str, event: Mapping[str, Any], key: str) -> None:
        """Once for each key."""
        self._enter("tell_chat")
        self.told.setdefault(key, (conversation, dict(event)))
        self._leave("tell_chat")
