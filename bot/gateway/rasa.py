"""Rasa and the action server behind it: one question, one answer, and whether they are there at all."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Any

import httpx

log = logging.getLogger(__name__)


class RasaAway(Exception):
    """No connection: nothing was heard."""


class RasaFailed(Exception):
    """It was asked, but no usable answer came in time."""


class Rasa:
    """Rasa's rest webhook, over connections that stay open."""

    def __init__(self, url: str, client: httpx.AsyncClient, turn_seconds: float) -> None:
        self._url = f"{url.rstrip('/')}/webhooks/rest/webhook"
        self._client = client
        self._timeout = httpx.Timeout(turn_seconds, connect=2.0, pool=turn_seconds)
        self._turn_seconds = turn_seconds

    async def say(self, body: Mapping[str, Any]) -> list[Any]:
        """Rasa's messages in order. Raises RasaAway or RasaFailed."""
        try:
            async with asyncio.timeout(self._turn_seconds):
                answer = await self._client.post(self._url, json=body, timeout=self._timeout)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise RasaAway from error
        except (httpx.HTTPError, TimeoutError) as error:
            raise RasaFailed(type(error).__name__) from error
        try:
            messages = answer.json()
        except ValueError:
            messages = None
        if answer.status_code != 200 or not isinstance(messages, list):
            raise RasaFailed(f"status {answer.status_code}")
        return messages


class Health:
    """Whether a message sent now would be worked on. Watched all the time, asked at once after a failure."""

    def __init__(
        self, client: httpx.AsyncClient, addresses: Mapping[str, str], back: Callable[[], None], every: float = 2.0
    ) -> None:
        self._client = client
        self._addresses = addresses
        self._back = back
        self._every = every
        self._misses: dict[str, int] = dict.fromkeys(addresses, 0)
        self._up = asyncio.Event()
        self._up.set()
        self._asking: asyncio.Task[bool] | None = None

    @property
    def up(self) -> bool:
        """What is known."""
        return self._up.is_set()

    async def check(self) -> bool:
        """Ask now; those who ask at the same time share one answer."""
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._ask())
        return await asyncio.shield(self._asking)

    async def wait(self, seconds: float) -> bool:
        """Wait until everything is up, at most so long."""
        try:
            async with asyncio.timeout(max(seconds, 0.0)):
                await self._up.wait()
        except TimeoutError:
            return self.up
        return True

    async def watch(self) -> None:
        """Runs until cancelled."""
        while True:
            await self.check()
            await asyncio.sleep(self._every if self.up else self._every / 8)

    async def _ask(self) -> bool:
        answers = await asyncio.gather(*(self._answers(name, url) for name, url in self._addresses.items()))
        was, now = self.up, all(answers)
        if was and not now:
            log.warning("away: %s", ", ".join(n for n, ok in zip(self._addresses, answers, strict=True) if not ok))
            self._up.clear()
        elif now and not was:
            log.info("everything is back")
            self._up.set()
            self._back()
        return now

    async def _answers(self, name: str, url: str) -> bool:
        """A refused connection is away at once; a busy process may miss one question."""
        try:
            answer = await self._client.get(url, timeout=httpx.Timeout(5.0, connect=2.0))
            missed = 2 if answer.status_code >= 500 else 0
        except httpx.TimeoutException:
            missed = self._misses[name] + 1
        except httpx.HTTPError:
            missed = 2
        self._misses[name] = missed
        return missed < 2
