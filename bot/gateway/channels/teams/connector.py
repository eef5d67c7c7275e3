"""The Bot Connector of a conversation's service: one call, one outcome. Tries and waiting are `delivery.py`'s."""

from __future__ import annotations

import email.utils
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

from bot.gateway.channels.teams.app_token import AppToken, NoToken

TIMEOUT = httpx.Timeout(15.0, connect=5.0)
LATER = frozenset({408, 412, 425, 429})


@dataclass(frozen=True)
class Sent:
    """It arrived; `activity` is its id there, or ""."""

    activity: str


@dataclass(frozen=True)
class Later:
    """Not now. `seconds` is what the service asked for."""

    seconds: float | None


@dataclass(frozen=True)
class Gone:
    """Nobody can be reached there any more."""


@dataclass(frozen=True)
class Refused:
    """This very activity is not taken, whenever it is sent."""

    status: int


Outcome = Sent | Later | Gone | Refused


def origin(url: str) -> str:
    """Scheme, host and port of an address; "" for anything else."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host or parts.username is not None or parts.password is not None:
        return ""
    return f"{parts.scheme}://{host}" + (f":{port}" if port else "")


class Connector:
    """Sends activities. Only listed origins ever see the token, and no redirect is followed."""

    def __init__(self, client: httpx.AsyncClient, token: AppToken, origins: Collection[str]) -> None:
        self._client, self._token, self._origins = client, token, origins

    async def send(self, reference: Mapping[str, Any], activity: Mapping[str, Any], update: str = "") -> Outcome:
        """Send one, or with `update` put it in the place of the one with that id."""
        service = str(reference["service_url"])
        if origin(service) not in self._origins:
            return Gone()
        conversation = str(reference["conversation"])
        url = f"{service.rstrip('/')}/v3/conversations/{quote(conversation, safe='')}/activities"
        url += f"/{quote(update, safe='')}" if update else ""
        known = {"from": {"id": reference["bot"]}, "conversation": {"id": conversation}}
        body = json.dumps({**activity, **known}, ensure_ascii=False, separators=(",", ":")).encode()
        try:
            answer = await self._call("PUT" if update else "POST", url, body)
            if answer.status_code == 401:
                answer = await self._call("PUT" if update else "POST", url, body)
        except (NoToken, httpx.HTTPError):
            return Later(None)
        return _outcome(answer)

    async def _call(self, method: str, url: str, body: bytes) -> httpx.Response:
        token = await self._token.get()
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json; charset=utf-8"}
        answer = await self._client.request(method, url, content=body, headers=headers, timeout=TIMEOUT)
        if answer.status_code == 401:
            self._token.drop(token)
        return answer


def _outcome(answer: httpx.Response) -> Outcome:
    status = answer.status_code
    if status in (200, 201, 202):
        try:
            found = answer.json()
        except ValueError:
            found = None
        name = found.get("id") if isinstance(found, dict) else None
        return Sent(name if isinstance(name, str) else "")
    if status in (403, 404):
        return Gone()
    if status == 401 or status in LATER or status >= 500:
        return Later(retry_after(answer.headers.get("retry-after")))
    return Refused(status)


def retry_after(value: str | None) -> float | None:
    """The seconds that a Retry-After header asks for, as a number or a date; None where it says nothing usable."""
    if not value:
        return None
    if value.strip().isdigit():
        return float(value.strip()[:6])
    try:
        at = email.utils.parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - datetime.now(UTC)).total_seconds())
