"""How fast words travel between a customer and a person, how a race for a customer ends, and what a live chat costs.

`python -m bench.handoff` runs this part alone, in about two minutes. Messages go the whole way: HTTP in, the log on
disk, a stream out. No dialogue runs: it has no part in a live chat.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import psutil

from actions.adapters.texts import ResponseTexts
from actions.settings import ROOT, Settings
from bot.gateway.desk.accounts import Accounts, Role
from bot.gateway.handoff.model import Agent, Handoff, Request
from bot.gateway.handoff.store import HandoffStore
from bot.gateway.store.engine import Database, open_engine
from bot.gateway.words import Words
from bot.supervisor.ports import free_ports

SECONDS = 12.0
LIVE = 50
CHATS_EACH = 10
"""Live chats of one agent's page."""
PAUSES = {1: 0.2, LIVE: 3.0}
"""Seconds between two messages of a side of a chat."""
RACES = 100
PASSWORD = "bench bench bench 47"


class Office:
    """The gateway under measurement, and what an operator does beside it."""

    def __init__(self, folder: Path) -> None:
        port = free_ports(1)[0]
        self.base = f"http://127.0.0.1:{port}"
        environment = {
            **os.environ,
            "OFFSITE_PORT": str(port),
            "OFFSITE_VAR": str(folder),
            "OFFSITE_RASA_URL": "http://127.0.0.1:9",
            "OFFSITE_ACTIONS_URL": "none",
            "OFFSITE_GREETING_WAIT_SECONDS": "0",
            "OFFSITE_SESSIONS_PER_MINUTE": "100000",
            "OFFSITE_SIGN_INS_PER_MINUTE": "1000",
            "OFFSITE_MESSAGES_PER_SECOND": "100",
            "DATABASE_URL": "",
        }
        command = [sys.executable, "-m", "bench.desk_server"]
        self.process = psutil.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        until = time.monotonic() + 60
        while not self._answers():
            assert time.monotonic() < until, "the gateway did not start"
            time.sleep(0.2)
        self.database = Database(open_engine(Settings(var=folder, database_url="").database("chat")))
        self.accounts, self.store = Accounts(self.database), HandoffStore(self.database, Words(ResponseTexts()).say)

    def hire(self, name: str) -> Agent:
        """Somebody with a password of their own."""
        agent, once = self.accounts.add(name, f"{name}@example.com", ("da", "en"), Role.AGENT, datetime.now(UTC))
        self.accounts.change_password(agent, once, PASSWORD)
        return Agent(agent.id, name)

    def waits(self, conversation: str) -> Handoff:
        """A customer in the queue."""
        opened = self.store.open(conversation, Request("asked_for", "da"), datetime.now(UTC))
        assert opened is not None
        return opened

    @property
    def memory(self) -> float:
        """Megabytes of the gateway."""
        return float(self.process.memory_info().rss) / 1e6

    def stop(self) -> None:
        self.process.kill()
        self.process.wait(10)
        self.database.close()

    def _answers(self) -> bool:
        with contextlib.suppress(httpx.HTTPError):
            return httpx.get(f"{self.base}/healthz", trust_env=False, timeout=2).status_code == 200
        return False


class Times:
    """When each message was sent, and how long after it was read. Milliseconds."""

    def __init__(self) -> None:
        self.sent: dict[str, float] = {}
        self.took: list[float] = []

    def send(self) -> str:
        """A text of its own."""
        text = f"besked {uuid.uuid4()}"
        self.sent[text] = time.perf_counter()
        return text

    def read(self, text: str) -> None:
        """It is shown."""
        if text in self.sent:
            self.took.append((time.perf_counter() - self.sent.pop(text)) * 1000)


def percentile(values: list[float], share: float) -> float:
    """The value below which that share lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


async def lines(client: httpx.AsyncClient, url: str, headers: dict[str, str]) -> AsyncIterator[dict]:  # type: ignore[type-arg]
    """The JSON of a stream's messages."""
    async with client.stream("GET", url, headers=headers, timeout=None) as answer:
        async for line in answer.aiter_lines():
            if line.startswith("data: "):
                yield json.loads(line.removeprefix("data: "))


async def sign_in(base: str, name: str) -> tuple[httpx.AsyncClient, dict[str, str]]:
    """An agent's browser."""
    client = httpx.AsyncClient(base_url=f"{base}/desk/api", trust_env=False, timeout=30, limits=httpx.Limits())
    answer = await client.post("/session", json={"email": f"{name}@example.com", "password": PASSWORD})
    answer.raise_for_status()
    return client, {"X-Desk-Token": answer.json()["token"]}


async def talk(office: Office, live: int) -> tuple[Times, Times, float]:
    """So many live chats for some seconds: the agents' words at customers, the customers' at the desk, memory."""
    to_customer, to_desk, before = Times(), Times(), office.memory
    async with httpx.AsyncClient(base_url=f"{office.base}/api/chat", trust_env=False, timeout=30) as public:
        tasks: list[asyncio.Task[None]] = []
        for number in range(-(-live // CHATS_EACH)):
            name = f"a{live}x{number}"
            agent = office.hire(name)
            page, token = await sign_in(office.base, name)
            (await page.post("/presence", json={"state": "available"}, headers=token)).raise_for_status()
            tasks.append(asyncio.create_task(read_desk(page, to_desk)))
            for _ in range(min(CHATS_EACH, live - number * CHATS_EACH)):
                session = (await public.post("/sessions", json={"language": "da"})).json()
                key = {"Authorization": f"Bearer {session['token']}"}
                handoff = office.waits(session["token"].split(".")[0])
                assert isinstance(office.store.claim(handoff.id, agent, datetime.now(UTC)), Handoff)
                tasks.append(asyncio.create_task(read_customer(public, key, to_customer)))
                send_agent = speak(page, f"/chats/{handoff.id}/messages", token, to_customer, PAUSES[live])
                send_customer = speak(public, "/messages", key, to_desk, PAUSES[live])
                tasks += [asyncio.create_task(send_agent), asyncio.create_task(send_customer)]
        await asyncio.sleep(SECONDS)
        cost = (office.memory - before) / live
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return to_customer, to_desk, cost


async def read_customer(client: httpx.AsyncClient, key: dict[str, str], times: Times) -> None:
    """A customer's stream."""
    async for event in lines(client, "/events", key | {"Accept": "text/event-stream"}):
        times.read(str(event.get("text", "")))


async def read_desk(page: httpx.AsyncClient, times: Times) -> None:
    """An agent's stream: one for all their chats."""
    async for news in lines(page, "/stream", {}):
        for event in news.get("events") or ():
            times.read(str(event.get("text", "")))


async def speak(client: httpx.AsyncClient, path: str, headers: dict[str, str], times: Times, pause: float) -> None:
    """One side of a chat, at a steady pace from a moment of its own."""
    await asyncio.sleep(1.0 + uuid.uuid4().int % 1000 / 1000 * pause)
    while True:
        body = {"id": str(uuid.uuid4()), "text": times.send()}
        (await client.post(path, json=body, headers=headers)).raise_for_status()
        await asyncio.sleep(pause)


async def race(office: Office) -> tuple[list[float], int]:
    """Two agents claim the same customers at once: milliseconds of each claim, and races with one winner."""
    seats = []
    for name in ("race-a", "race-b"):
        office.hire(name)
        seats.append(await sign_in(office.base, name))
    took: list[float] = []
    one_winner = 0

    async def claim(seat: tuple[httpx.AsyncClient, dict[str, str]], handoff: str) -> int:
        began = time.perf_counter()
        answer = await seat[0].post(f"/chats/{handoff}/claim", json={}, headers=seat[1])
        took.append((time.perf_counter() - began) * 1000)
        return answer.status_code

    async with httpx.AsyncClient(base_url=f"{office.base}/api/chat", trust_env=False, timeout=30) as public:
        for _ in range(RACES):
            session = (await public.post("/sessions", json={"language": "da"})).json()
            handoff = office.waits(session["token"].split(".")[0])
            answers = await asyncio.gather(*(claim(seat, handoff.id) for seat in seats))
            one_winner += sorted(answers) == [200, 409]
    return took, one_winner


def figures() -> dict[str, float]:
    """All of this part's figures by name."""
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder))
        try:
            for live in (1, LIVE):
                to_customer, to_desk, cost = asyncio.run(talk(office, live))
                for what, times in (
                    ("person's word at the customer", to_customer),
                    ("customer's at the desk", to_desk),
                ):
                    for share in (0.5, 0.95):
                        found[f"{what}, {live} live, p{share * 100:.0f} ms"] = percentile(times.took, share)
            found[f"memory a live chat, of {LIVE}, MB"] = cost
            took, one_winner = asyncio.run(race(office))
            found["claim in a race of two, p50 ms"] = percentile(took, 0.5)
            found["claim in a race of two, p95 ms"] = percentile(took, 0.95)
            found[f"races with one winner, of {RACES}"] = float(one_winner)
        finally:
            office.stop()
    return found


if __name__ == "__main__":
    for label, value in figures().items():
        print(f"{label:48}{value:>10.2f}")
