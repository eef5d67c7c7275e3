"""Tells whoever waits for a conversation that something is new. What it is, they read from the log."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

log = logging.getLogger(__name__)


class Listener:
    """One waiting request."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()
        self._typing: set[str] = set()

    def ring(self, *, typing: str = "") -> None:
        """Wake it; `typing` names who began to type, if that is the news."""
        if typing:
            self._typing.add(typing)
        self._rung.set()

    def reset(self) -> None:
        """From here on anything new counts. To be called before the log is read."""
        self._rung.clear()

    def saw_typing(self) -> set[str]:
        """Who typed since last asked: bot, agent, customer; at the desk the handoffs whose customers do."""
        seen, self._typing = self._typing, set()
        return seen

    async def wait(self, seconds: float) -> bool:
        """True when rung, False when the time was over."""
        try:
            async with asyncio.timeout(max(seconds, 0.0)):
                await self._rung.wait()
        except TimeoutError:
            return False
        return True


class Relay(Protocol):
    """Carries the news to other gateways. `hears`: whether theirs reaches us just now."""

    hears: bool

    async def publish(self, conversation: str, typing: str) -> None:
        """Tell the others."""
        ...


class Fanout:
    """The listeners of this process, and a relay to those of others where there is one."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[Listener]] = defaultdict(set)
        self.relay: Relay | None = None
        self.watchers: list[Callable[[str, str], None]] = []  # hear of every conversation, and who types there

    @property
    def told_by_others(self) -> bool:
        """Whether news of other gateways comes by itself just now."""
        return self.relay is not None and self.relay.hears

    def count(self, conversation: str) -> int:
        """How many wait for it here."""
        return len(self._listeners.get(conversation, ()))

    @contextmanager
    def listening(self, conversation: str) -> Iterator[Listener]:
        """Be told, as long as the block runs."""
        listener = Listener()
        self._listeners[conversation].add(listener)
        try:
            yield listener
        finally:
            self._listeners[conversation].discard(listener)
            if not self._listeners[conversation]:
                del self._listeners[conversation]

    def ring(self, conversation: str, *, typing: str = "") -> None:
        """Wake the listeners of this process."""
        for listener in tuple(self._listeners.get(conversation, ())):
            listener.ring(typing=typing)
        for watcher in self.watchers:
            watcher(conversation, typing)

    def ring_all(self) -> None:
        """Wake every listener: something may have gone by unheard."""
        for conversation in tuple(self._listeners):
            self.ring(conversation)

    async def tell(self, conversation: str, *, typing: str = "") -> None:
        """Wake everybody."""
        self.ring(conversation, typing=typing)
        if self.relay is not None:
            await self.relay.publish(conversation, typing)


class RedisRelay:
    """Redis pub/sub between gateways. Away, it costs time and nothing else: the log is read again every few seconds."""

    CHANNEL = "offsite:chat"

    def __init__(self, client: Any, fanout: Fanout) -> None:
        self._client = client
        self._fanout = fanout
        self.hears = False

    async def publish(self, conversation: str, typing: str) -> None:
        """Tell the others."""
        try:
            await self._client.publish(self.CHANNEL, f"{conversation} {typing}")
        except Exception as error:  # whatever Redis's client raises, a message must not fail for it
            log.warning("could not tell the other gateways: %s", type(error).__name__)

    async def listen(self) -> None:
        """Runs until cancelled."""
        while True:
            try:
                async with self._client.pubsub() as channel:
                    await channel.subscribe(self.CHANNEL)
                    async for message in channel.listen():
                        self.hears = True
                        if message["type"] == "message":
                            conversation, _, typing = message["data"].decode().partition(" ")
                            self._fanout.ring(conversation, typing=typing)
            except Exception as error:  # see publish
                log.warning("do not hear the other gateways: %s", type(error).__name__)
            if self.hears:
                self.hears = False
                self._fanout.ring_all()
            await asyncio.sleep(1.0)
