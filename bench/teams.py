"""Teams beside the web chat, on one running stack: how soon a message is acknowledged and answered."""

from __future__ import annotations

import asyncio
import statistics
import threading
import time
import uuid
from collections.abc import Sequence
from typing import Any

import httpx
import uvicorn

from actions.settings import variable_names
from bot.gateway.channels.teams.bearer import Bearers
from bot.gateway.channels.teams.signing_keys import SigningKeys
from bot.supervisor.ports import free_ports
from tests.support.teams import APP_ID, BOT, ISSUER, TENANT, Microsoft

CONVERSATIONS = 50
ROUNDS = 2
TOKENS = 2_000
PATIENCE = 60.0


class Server:
    """An application on a port, in a thread."""

    def __init__(self, app: Any, port: int) -> None:
        self._server = uvicorn.Server(
            uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None, access_log=False)
        )
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.02)

    def stop(self) -> None:
        """Until it ended."""
        self._server.should_exit = True
        self._thread.join(10)


class World:
    """A Microsoft of our own, and the environment of a stack that believes in it."""

    def __init__(self) -> None:
        self.microsoft = Microsoft(Server, free_ports(1)[0])
        self.microsoft.start()
        names = {field: variable for variable, field in variable_names().items()}
        self.environment = {names[field]: value for field, value in self.microsoft.settings().items()}
        self.environment |= {"OFFSITE_SESSIONS_PER_MINUTE": "100000", "OFFSITE_MESSAGES_PER_SECOND": "100"}

    def measure(self, gateway: str, messages: Sequence[str]) -> dict[str, tuple[float, float | None]]:
        """Figures as (Teams, web), in milliseconds."""
        acknowledged, teams, web = [], [], []
        for _ in range(ROUNDS):
            acks, answers = asyncio.run(self._teams(gateway, messages))
            acknowledged += acks
            teams += answers
            web += asyncio.run(_web(gateway, messages))
        return {
            f"acknowledged p99 ms, {CONVERSATIONS} conversations": (_at(acknowledged, 0.99), None),
            f"answered p50 ms, {CONVERSATIONS} conversations": (statistics.median(teams), statistics.median(web)),
            f"answered p95 ms, {CONVERSATIONS} conversations": (_at(teams, 0.95), _at(web, 0.95)),
            "token check, CPU ms": (asyncio.run(self._token()), None),
        }

    async def _teams(self, gateway: str, messages: Sequence[str]) -> tuple[list[float], list[float]]:
        limits = httpx.Limits(max_connections=CONVERSATIONS)
        async with httpx.AsyncClient(timeout=120, trust_env=False, limits=limits) as client:
            talks = [self._talk(client, f"{gateway}/api/messages", messages) for _ in range(CONVERSATIONS)]
            found = await asyncio.gather(*talks)
        return [ack for acks, _ in found for ack in acks], [answer for _, answers in found for answer in answers]

    async def _talk(
        self, client: httpx.AsyncClient, url: str, messages: Sequence[str]
    ) -> tuple[list[float], list[float]]:
        """One person: acknowledgements, and from sending to the first words of the answer at the connector."""
        conversation, acks, answers = f"a:{uuid.uuid4().hex}", [], []
        headers = {"Authorization": f"Bearer {self.microsoft.token()}"}
        for text in ("", *messages):
            activity = self._activity(conversation, text)
            before, began = self._count(conversation), time.perf_counter()
            (await client.post(url, json=activity, headers=headers)).raise_for_status()
            acks.append(1000 * (time.perf_counter() - began))
            while self._count(conversation) == before:
                if time.perf_counter() - began > PATIENCE:
                    raise SystemExit("Teams was not answered")
                await asyncio.sleep(0.02)
            if text:
                answers.append(1000 * (time.perf_counter() - began))
            await self._quiet(conversation)
        return acks, answers

    async def _quiet(self, conversation: str) -> None:
        """Until nothing more has come for a while."""
        seen = -1
        while seen != self._count(conversation):
            seen = self._count(conversation)
            await asyncio.sleep(0.3)

    def _count(self, conversation: str) -> int:
        return self.microsoft.counts.get(conversation, 0)

    def _activity(self, conversation: str, text: str) -> dict[str, Any]:
        who = {"from": {"id": f"29:{conversation}"}, "recipient": {"id": BOT}}
        place = {"id": conversation, "conversationType": "personal", "tenantId": TENANT}
        what = {"type": "message", "text": text} if text else {"type": "installationUpdate", "action": "add"}
        where = {"serviceUrl": self.microsoft.service_url, "channelId": "msteams", "conversation": place}
        return {"id": uuid.uuid4().hex, "locale": "da-DK", **what, **who, **where}

    async def _token(self) -> float:
        """CPU milliseconds of one check with a known key."""
        token = f"Bearer {self.microsoft.token()}"
        async with httpx.AsyncClient(trust_env=False) as client:
            keys = SigningKeys(client, f"{self.microsoft.base}/openid", time.monotonic)
            bearers = Bearers(keys, ISSUER, APP_ID)
            await bearers.read([token])
            began = time.thread_time()
            for _ in range(TOKENS):
                await bearers.read([token])
            return 1000 * (time.thread_time() - began) / TOKENS


async def _web(gateway: str, messages: Sequence[str]) -> list[float]:
    """The same people on the web: from sending to the first words of the answer."""
    limits = httpx.Limits(max_connections=2 * CONVERSATIONS)
    async with httpx.AsyncClient(timeout=120, trust_env=False, limits=limits, base_url=f"{gateway}/api/chat") as client:
        found = await asyncio.gather(*(_web_talk(client, messages) for _ in range(CONVERSATIONS)))
    return [answer for answers in found for answer in answers]


async def _web_talk(client: httpx.AsyncClient, messages: Sequence[str]) -> list[float]:
    session = (await client.post("/sessions", json={"language": "da"})).raise_for_status().json()
    headers, answers = {"Authorization": f"Bearer {session['token']}"}, []
    for text in messages:
        began = time.perf_counter()
        body = {"id": str(uuid.uuid4()), "text": text}
        seq = (await client.post("/messages", json=body, headers=headers)).raise_for_status().json()["seq"]
        busy, told = True, False
        while busy or not told:
            query = {"after": seq, "wait": 20}
            state = (await client.get("/events", params=query, headers=headers)).raise_for_status().json()
            if state["events"] and not told:
                told = True
                answers.append(1000 * (time.perf_counter() - began))
            busy = state["busy"]
        await asyncio.sleep(0.3)
    return answers


def _at(values: Sequence[float], share: float) -> float:
    return sorted(values)[int(len(values) * share)]
