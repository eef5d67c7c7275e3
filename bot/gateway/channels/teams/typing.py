"""Shows in Teams that somebody types: the bot where a turn takes longer than a second, an agent at once (T11)."""

from __future__ import annotations

import asyncio
import logging

from sqlalchemy.exc import SQLAlchemyError

from bot.gateway.channels.teams.connector import Connector
from bot.gateway.store.engine import Database
from bot.gateway.store.log import ConversationLog
from bot.gateway.store.outbox import Outbox

log = logging.getLogger(__name__)
PATIENCE = 1.0
AGAIN = 3.0  # a client shows it for a few seconds
MOST = 20
_NOTHING_AFTER = 2**31 - 1


class Typing:
    """One task per conversation at most. Nothing here is tried twice: it is worth nothing a moment later."""

    def __init__(self, database: Database, chat_log: ConversationLog, outbox: Outbox, connector: Connector) -> None:
        self._database, self._log, self._outbox, self._connector = database, chat_log, outbox, connector
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def hear(self, conversation: str, who: str) -> None:
        """Somebody (bot, agent) began to type there."""
        if who in ("bot", "agent") and conversation not in self._tasks:
            task = asyncio.create_task(self._quietly(conversation, who))
            self._tasks[conversation] = task
            task.add_done_callback(lambda _done: self._tasks.pop(conversation, None))

    async def stop(self) -> None:
        """End all tasks."""
        for task in (tasks := list(self._tasks.values())):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _quietly(self, conversation: str, who: str) -> None:
        try:
            await (self._bot(conversation) if who == "bot" else self._agent(conversation))
        except SQLAlchemyError as error:
            log.warning("the database failed: %s", type(error).__name__)

    async def _bot(self, conversation: str) -> None:
        await asyncio.sleep(PATIENCE)
        for _ in range(MOST):
            if not (await self._database.run(self._log.snapshot, conversation, _NOTHING_AFTER)).busy:
                return
            await self._show(conversation)
            await asyncio.sleep(AGAIN)

    async def _agent(self, conversation: str) -> None:
        await self._show(conversation)
        await asyncio.sleep(AGAIN)

    async def _show(self, conversation: str) -> None:
        reference = await self._database.run(self._outbox.where, conversation)
        if reference is not None:
            await self._connector.send(reference, {"type": "typing"})
