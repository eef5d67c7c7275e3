"""Taking what a customer sends, on any channel: stored before it is acknowledged, stored once, then worked on."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from bot.gateway.events import Draft
from bot.gateway.handoff.service import DESK
from bot.gateway.parts import Parts
from bot.gateway.secrets_found import own_values
from bot.gateway.store.log import Refusal, Stored

Redact = Callable[..., tuple[str, Collection[Any]]]


class Taking:
    """`redact(text, keep=…)` gives the text that may be stored and the kinds of what was replaced."""

    def __init__(self, parts: Parts, redact: Redact) -> None:
        self._parts, self._redact = parts, redact

    async def text(self, conversation: str, client_id: str, text: str) -> Stored | Refusal:
        """Something typed, ready to store but for what must not be kept."""
        said = await self._parts.database.run(self._redacted, conversation, text)
        return await self._accept(conversation, client_id, "text", **said)

    async def choice(self, conversation: str, client_id: str, choice: str) -> Stored | Refusal:
        """A choice that the open question offers."""
        return await self._accept(conversation, client_id, "choice", choice=choice)

    async def _accept(self, conversation: str, client_id: str, kind: str, **said: Any) -> Stored | Refusal:
        parts = self._parts
        stored = await parts.database.run(parts.log.accept, conversation, client_id, parts.now(), **said)
        if isinstance(stored, Stored) and not stored.repeated:
            parts.metrics.message(kind)
            parts.workers.wake(conversation)
            await parts.fanout.tell(conversation)
            if stored.owner != "bot":
                await self._without_the_bot(conversation, stored.seq, said.get("redacted"))
        return stored

    async def _without_the_bot(self, conversation: str, seq: int, redacted: Collection[str] | None) -> None:
        """People read it; that something was taken out of it is said all the same, and a choice acts at once."""
        parts = self._parts
        if redacted:
            found = await parts.database.run(parts.log.find, conversation)
            language = found.language or found.locale if found else None
            notice = Draft("text", {"text": parts.words.say("channel_redacted", language)}, "system")
            await parts.database.run(parts.log.add, conversation, notice, f"redacted:{seq}", parts.now())
            await parts.fanout.tell(conversation)
        await parts.fanout.tell(DESK)
        parts.ticker.hurry()

    def _redacted(self, conversation: str, text: str) -> dict[str, Any]:
        """What may be stored of a text. Numbers that we gave the customer ourselves stay."""
        found = self._redact(text)
        if found[1]:
            found = self._redact(text, keep=own_values(self._parts.log.snapshot(conversation, 0).events))
        return {"text": found[0], "redacted": sorted(str(kind) for kind in found[1])}
