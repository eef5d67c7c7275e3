"""10,000 hostile activities with genuine tokens: no 5xx, nothing of them in any log, memory flat (T4, T14)."""

from __future__ import annotations

import asyncio
import json
import logging
import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import httpx
import psutil
import pytest
from front_door import GatewayUnderTest
from stub_rasa import StubRasa

from tests.support.teams import BOT, Microsoft, Person

COUNT = 10_240
AT_ONCE = 16
SECRETS = ("HEMMELIGTEKST", "Grete Personnavn", "secret-object-id", "29:hemmelig-person", "a:hemmelig-samtale")
STRANGE: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1e308, 2**70, "", " ", "\x00", "\ud800", "\u202e", "😀" * 50, "x" * 3000),
    *([], {}, [[]], [None], {"id": None}, {"": {}}, "/restart", "<at>", "../..", "%00", "javascript:alert(1)"),
)
TYPES = (
    "message",
    "invoke",
    "conversationUpdate",
    "installationUpdate",
    "messageUpdate",
    "typing",
    "event",
    "nonsense",
)


class Fuzz:
    """A seeded maker of bodies: half true to the form with strange values in it, some broken, some raw bytes."""

    def __init__(self, person: Person, seed: int) -> None:
        self._person, self._random = person, random.Random(seed)

    def body(self) -> bytes:
        kind = self._random.random()
        if kind < 0.08:
            return self._random.randbytes(self._random.randrange(600))
        whole = json.dumps(self._activity(), ensure_ascii=True).encode()
        if kind < 0.2:
            cut = self._random.randrange(len(whole))
            return whole[:cut] + self._random.randbytes(self._random.randrange(4)) + whole[cut + 1 :]
        return whole

    def _activity(self) -> dict[str, Any]:
        chance = self._random
        pressed = {"offsite": {"of": self._any("0" * 16), "event": self._any(3), "choice": self._any("affirm")}}
        action = {"action": {"type": "Action.Execute", "verb": self._any("answer"), "data": pressed}}
        activity = self._person.activity(
            chance.choice(TYPES),
            text=self._any(f"HEMMELIGTEKST {chance.random()}"),
            value=chance.choice([None, pressed, action, self._any({})]),
            name=self._any("adaptiveCard/action"),
            action=self._any("add"),
            entities=self._any([{"type": "mention", "mentioned": {"id": BOT}, "text": self._any("<at>HP</at>")}]),
            attachments=self._any(None),
            membersAdded=self._any([{"id": BOT}]),
        )
        for _ in range(chance.randrange(3)):
            self._spoil(activity, 3)
        return activity

    def _any(self, usual: Any) -> Any:
        return usual if self._random.random() < 0.75 else self._random.choice(STRANGE)

    def _spoil(self, value: dict[str, Any], depth: int) -> None:
        """One field, somewhere, becomes something else, or is left out, or is added."""
        name = self._random.choice(list(value))
        if isinstance(value[name], dict) and value[name] and depth and self._random.random() < 0.6:
            self._spoil(value[name], depth - 1)
        elif self._random.random() < 0.3:
            del value[name]
        else:
            value[self._random.choice([name, "extra"])] = self._random.choice(STRANGE)
        if not value:
            value["left"] = None


@pytest.mark.slow
def test_hostile_activities(
    serve: Callable[..., GatewayUnderTest], microsoft: Microsoft, rasa: StubRasa, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    for name in ("httpx", "httpcore", "asyncio"):  # the test's own client
        logging.getLogger(name).setLevel(logging.WARNING)
    gateway = serve(message_burst=1_000_000)
    person = Person(microsoft, gateway.base)
    person.conversation, person.id = "a:hemmelig-samtale", "29:hemmelig-person"
    fuzz, process = Fuzz(person, seed=20261125), psutil.Process()
    statuses: Counter[int] = Counter()
    sizes: list[float] = []

    async def send(client: httpx.AsyncClient, count: int) -> None:
        headers = {"Authorization": f"Bearer {microsoft.token()}", "Content-Type": "application/json"}
        for _ in range(count):
            answer = await client.post(f"{gateway.base}/api/messages", content=fuzz.body(), headers=headers)
            statuses[answer.status_code] += 1

    async def all_of_it() -> None:
        async with httpx.AsyncClient(timeout=60, trust_env=False) as client:
            for _ in range(4):
                await asyncio.gather(*(send(client, COUNT // 4 // AT_ONCE) for _ in range(AT_ONCE)))
                sizes.append(process.memory_info().rss / 1e6)

    asyncio.run(all_of_it())
    assert sum(statuses.values()) == COUNT
    assert set(statuses) <= {200, 400, 401, 403, 501}, statuses
    assert statuses[200] > COUNT / 10 and statuses[400] > COUNT / 10, "it tries both what is taken and what is not"
    assert sizes[-1] - sizes[0] < 50, sizes
    logged = "\n".join(record.getMessage() + str(record.exc_info or "") for record in caplog.records)
    assert not [secret for secret in SECRETS if secret in logged]
    assert person.post(person.activity(text="hej")).status_code == 200
