"""One worker per conversation: its turns in order, one at a time, also those that were left when we started."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import ParamSpec, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from bot.gateway.rasa import Health
from bot.gateway.store.engine import Database
from bot.gateway.store.owed import OwedTurns, Turn
from bot.gateway.waking import Waking
from bot.gateway.working import Outcome, Working

log = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")


class Workers:
    """Runs the workers of this gateway."""

    def __init__(
        self,
        database: Database,
        owed: OwedTurns,
        working: Working,
        health: Health,
        now: Callable[[], datetime],
        lease_seconds: float,
        most: int = 64,
    ) -> None:
        self._database, self._owed, self._working, self._health, self._now = database, owed, working, health, now
        self._lease_seconds = lease_seconds
        self._room = asyncio.Semaphore(most)
        self._waking = Waking(self._serve)
        self.wake, self.stop = self._waking.wake, self._waking.stop

    async def watch(self) -> None:
        """Take up what was left, now and whenever another gateway dies. Runs until cancelled."""
        await self._keep_trying(self._owed.release_own)
        parked = True
        while True:
            with suppress(SQLAlchemyError):
                for conversation in await self._database.run(self._owed.conversations_owed, self._now(), parked=parked):
                    self.wake(conversation)
                parked = False
                if busy := self._waking.busy:
                    await self._database.run(self._owed.renew, busy, self._now())
            await asyncio.sleep(self._lease_seconds / 3)

    async def take_up_parked(self) -> None:
        """The assistant is back: answer those who were told to wait."""
        with suppress(SQLAlchemyError):
            for conversation in await self._database.run(self._owed.conversations_owed, self._now(), parked=True):
                self.wake(conversation)

    async def _serve(self, conversation: str) -> bool:
        while (turn := await self._next(conversation)) is not None:
            async with self._room:
                outcome = await self._attempt(turn)
            if outcome in (Outcome.PARKED, Outcome.DROPPED):
                break
        return True

    async def _next(self, conversation: str) -> Turn | None:
        turn = await self._keep_trying(self._owed.take, conversation, self._now())
        if turn is not None and self._health.up and turn.waiting == 0:
            await self._keep_trying(self._owed.unpark, turn)
            turn = await self._keep_trying(self._owed.take, conversation, self._now())
        return turn

    async def _attempt(self, turn: Turn) -> Outcome | None:
        """The turn's outcome; None where the database went away and it must be tried again."""
        try:
            return await self._working.answer(turn)
        except SQLAlchemyError as error:
            log.warning("the database failed in a turn: %s", type(error).__name__)
            await asyncio.sleep(0.5)
            return None
        except Exception:
            log.exception("a turn broke")
            return await self._working.give_up(turn)

    async def _keep_trying(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """A database that is away comes back; what is owed stays owed."""
        while True:
            try:
                return await self._database.run(function, *args, **kwargs)
            except SQLAlchemyError as error:
                log.warning("the database failed: %s", type(error).__name__)
                await asyncio.sleep(0.5)
