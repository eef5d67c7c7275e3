"""The way to the action server: one kept-alive session, a shared secret, a deadline, answers checked cheaply.

Stock Rasa opens a connection for every action, sends the whole domain with each (all texts in both languages), and lets
`jsonschema.validate` re-check its own schema on every answer (16 ms of CPU; compiled once still 3). Here the connection
stays, the domain goes as the part that forms need, encoded once, and the form of an answer is checked in plain Python.
"""

from __future__ import annotations

import asyncio
import json as encoding
from typing import Any

import aiohttp
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

DEADLINE_SECONDS = 8.0
SECRET_HEADER = "X-Offsite-Secret"
_REJECTED = 400


class ActionServerFailed(Exception):
    """The action server is away, too slow, or broke: nothing is known about what the action did.

    Deliberately no RasaException: Rasa would log those and go on as if the action had said nothing.
    """


class ActionEndpoint(EndpointConfig):
    """Calls actions within `deadline` seconds. A rejection is Rasa's own affair; every other failure is loud."""

    def __init__(self, url: str, secret: str = "", deadline: float = DEADLINE_SECONDS) -> None:
        headers = {SECRET_HEADER: secret, "Content-Type": "application/json"}
        super().__init__(url=url, headers=headers, enable_selective_domain=True)
        self._timeout = aiohttp.ClientTimeout(total=deadline)
        self._kept: aiohttp.ClientSession | None = None
        self._domain = "{}"

    def knows(self, domain: Domain) -> None:
        """Remember the domain that actions are told: its slots and forms."""
        whole = domain.as_dict()
        self._domain = encoding.dumps({part: whole.get(part, {}) for part in ("slots", "forms")})

    async def request(  # type: ignore[override]
        self, method: str = "post", subpath: str | None = None, json: Any = None, **_: Any
    ) -> dict[str, Any]:
        """Run one action. Raises ClientResponseError for a rejection, ActionServerFailed for everything else."""
        json.pop("domain", None)
        body = f'{encoding.dumps(json)[:-1]}, "domain": {self._domain}}}'
        try:
            async with self._session().post(self.url, data=body.encode()) as response:
                status, answer = response.status, await response.read()
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            raise ActionServerFailed(f"no answer to {json['next_action']}: {error!r}") from error
        if status == _REJECTED:
            raise ClientResponseError(status, "rejected", answer.decode(errors="replace"))
        if status > _REJECTED:
            raise ActionServerFailed(f"{json['next_action']} was answered {status}")
        return _checked(answer)

    async def close(self) -> None:
        """Let the connections go."""
        if self._kept is not None:
            await self._kept.close()

    def _session(self) -> aiohttp.ClientSession:
        if self._kept is None or self._kept.closed:
            connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=60)
            self._kept = aiohttp.ClientSession(connector=connector, headers=self.headers, timeout=self._timeout)
        return self._kept


def _checked(body: bytes) -> dict[str, Any]:
    try:
        answer = encoding.loads(body)
    except ValueError as error:
        raise ActionServerFailed("the action server's answer is no JSON") from error
    if (
        not isinstance(answer, dict)
        or not _events(answer.get("events", []))
        or not _objects(answer.get("responses", []))
    ):
        raise ActionServerFailed("the action server's answer is malformed")
    return answer


def _events(value: Any) -> bool:
    return _objects(value) and all(isinstance(event.get("event"), str) for event in value)


def _objects(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)
