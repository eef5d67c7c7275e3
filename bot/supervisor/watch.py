"""Keeps services running: starts all at once, says when they work, and starts again what dies."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import httpx

from bot.supervisor.child import Child, Service, last_lines

START_SECONDS = 180.0
FIRST_DELAY_SECONDS = 0.2
LONGEST_DELAY_SECONDS = 10.0
STEADY_SECONDS = 60.0
TRIES_BEFORE_READY = 3


class StartFailed(Exception):
    """A service did not come up; the message names it, its log, and the log's end."""


class Watch:
    """Runs services until `stop()`. `say` is told each step, in words for the operator."""

    def __init__(self, services: Sequence[Service], say: Callable[[str], None]) -> None:
        self._services = services
        self._say = say
        self._children: dict[str, Child] = {}
        self._keepers: list[asyncio.Task[None]] = []
        self._ready = False

    async def start(self) -> None:
        """Start everything; returns when all answer. Raises StartFailed."""
        self._keepers = [asyncio.create_task(self._keep(service)) for service in self._services]
        checks = [asyncio.create_task(self._until_healthy(service)) for service in self._services]
        try:
            await self._all_or_first_failure(checks)
        finally:
            for check in checks:
                check.cancel()
        self._ready = True

    async def failed(self) -> None:
        """Waits as long as everything is kept running; raises what ended the keeping."""
        await asyncio.gather(*self._keepers)

    async def stop(self) -> None:
        """End every process that was started."""
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)
        await asyncio.gather(*(child.stop() for child in self._children.values()))

    async def _all_or_first_failure(self, checks: list[asyncio.Task[None]]) -> None:
        waiting = {*checks, *self._keepers}
        while not all(check.done() for check in checks):
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()

    async def _keep(self, service: Service) -> None:
        delay, failures = FIRST_DELAY_SECONDS, 0
        while True:
            began = time.monotonic()
            child = self._children[service.name] = await Child.start(service)
            code = await child.ended()
            lived = time.monotonic() - began
            failures += 1
            if not self._ready and failures >= TRIES_BEFORE_READY:
                raise StartFailed(_why(service, f"ended with {code}, {failures} times"))
            delay = FIRST_DELAY_SECONDS if lived > STEADY_SECONDS else min(delay * 2, LONGEST_DELAY_SECONDS)
            self._say(f"{service.name} ended with {code}; starting it again (log: {_short(service.log)})")
            await child.stop()
            await asyncio.sleep(delay)

    async def _until_healthy(self, service: Service) -> None:
        began = time.monotonic()
        async with httpx.AsyncClient(timeout=5.0, trust_env=False) as client:
            while not await _answers(client, service.health):
                if time.monotonic() - began > START_SECONDS:
                    raise StartFailed(_why(service, f"did not answer within {START_SECONDS:.0f} s"))
                await asyncio.sleep(0.1)
        self._say(f"{service.name} is up after {time.monotonic() - began:.0f} s")


async def _answers(client: httpx.AsyncClient, url: str) -> bool:
    try:
        return (await client.get(url)).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def _why(service: Service, what: str) -> str:
    return f"{service.name} {what}. Its log {_short(service.log)} ends:\n{last_lines(service.log)}"


def _short(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
