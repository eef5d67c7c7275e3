"""Sends conversations to a rest webhook and measures: CPU of the process that answers, and how long answers take."""

from __future__ import annotations

import asyncio
import statistics
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import httpx
import psutil


@dataclass(frozen=True)
class Figures:
    """CPU milliseconds a message, and answer times in milliseconds."""

    cpu: float
    p50: float
    p95: float


class Target:
    """One Rasa: its webhook and its process with all children. A new Rasa session every `session_turns`; 0: never."""

    def __init__(self, name: str, url: str, process: psutil.Process, session_turns: int = 0) -> None:
        self.name = name
        self.session_turns = session_turns
        self._url = f"{url}/webhooks/rest/webhook"
        self._process = process

    def cpu_seconds(self) -> float:
        """Used so far, by the process and its children."""
        times = [p.cpu_times() for p in [self._process, *self._process.children(recursive=True)]]
        return sum(t.user + t.system for t in times)

    async def converse(self, messages: Sequence[str], conversations: int) -> Figures:
        """So many conversations at the same time, each sending all messages one after the other."""
        before = self.cpu_seconds()
        limits = httpx.Limits(max_connections=conversations)
        async with httpx.AsyncClient(timeout=120, trust_env=False, limits=limits) as client:
            times = await asyncio.gather(*(self._one(client, messages) for _ in range(conversations)))
        spent = self.cpu_seconds() - before
        flat = sorted(t for one in times for t in one)
        return Figures(1000 * spent / len(flat), statistics.median(flat), flat[int(len(flat) * 0.95)])

    async def long_conversation(self, messages: Sequence[str], turns: int, window: int = 10) -> tuple[float, float]:
        """CPU milliseconds a message around turn 10 and at the end of a conversation of so many turns."""
        sender, spent = str(uuid.uuid4()), []
        async with httpx.AsyncClient(timeout=120, trust_env=False) as client:
            for turn in range(turns):
                before = self.cpu_seconds()
                if self.session_turns and turn and turn % self.session_turns == 0:
                    await self._send(client, sender, "/session_start")
                await self._send(client, sender, messages[turn % len(messages)])
                spent.append(1000 * (self.cpu_seconds() - before))
        return statistics.mean(spent[10 - window // 2 : 10 + window // 2]), statistics.mean(spent[-window:])

    async def _one(self, client: httpx.AsyncClient, messages: Sequence[str]) -> list[float]:
        sender = str(uuid.uuid4())
        return [await self._send(client, sender, message) for message in messages]

    async def _send(self, client: httpx.AsyncClient, sender: str, message: str) -> float:
        began = time.perf_counter()
        body = {"sender": sender, "message": message, "metadata": {"locale": "da"}}
        (await client.post(self._url, json=body)).raise_for_status()
        return 1000 * (time.perf_counter() - began)
