"""Who is speaking: a session's beginning, its token, its end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from starlette.requests import Request

from bot.gateway.errors import ApiError, Problem
from bot.gateway.store.engine import Database
from bot.gateway.store.log import Conversation, ConversationLog
from bot.gateway.tokens import Tokens, new_conversation_id


class Sessions:
    """Sessions end when nobody uses them for `idle`, or when the customer ends them."""

    def __init__(
        self, database: Database, log: ConversationLog, tokens: Tokens, idle: timedelta, now: Callable[[], datetime]
    ) -> None:
        self._database, self._log, self._tokens, self._idle, self._now = database, log, tokens, idle, now

    async def begin(self, locale: str | None) -> tuple[str, str, datetime]:
        """A new conversation: its id, its token and when that ends."""
        conversation, now = new_conversation_id(), self._now()
        expires_at = now + self._idle
        await self._database.run(self._log.open, conversation, locale, now, expires_at)
        return conversation, self._tokens.issue(conversation), expires_at

    async def of(self, request: Request) -> Conversation:
        """The conversation of the request's bearer token. Raises ApiError 401."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        name = self._tokens.read(token.strip()) if scheme.lower() == "bearer" else None
        found = await self._database.run(self._log.find, name) if name else None
        if found is None or found.expires_at <= self._now():
            raise ApiError(Problem.UNAUTHORIZED)
        await self.used(found)
        return found

    async def used(self, conversation: Conversation) -> None:
        """Move the end on, though not at every call."""
        expires_at = self._now() + self._idle
        if expires_at - conversation.expires_at > self._idle / 50:
            await self._database.run(self._log.extend, conversation.id, expires_at)

    async def end(self, conversation: Conversation, *, erase: bool = False) -> None:
        """Nothing is heard or said in it any more; with `erase` it is to be erased."""
        await self._database.run(self._log.end, conversation.id, self._now(), erase=erase)
