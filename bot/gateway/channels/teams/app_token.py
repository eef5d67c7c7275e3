"""The bot's own token (client credentials, single tenant), kept until shortly before it ends (T10).

A form posted by our own client: `msal` brings threads, blocking calls and a look-up of the authority's host.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

import httpx

from actions.settings import Settings

log = logging.getLogger(__name__)
MARGIN_SECONDS = 300.0
SCOPE = "https://api.botframework.com/.default"


class NoToken(Exception):
    """It can't be had now. `refused` where the registration is wrong: only an operator can mend that."""

    def __init__(self, refused: bool) -> None:
        super().__init__("refused" if refused else "away")
        self.refused = refused


class AppToken:
    """The token, fetched by one at a time. `clock` counts seconds."""

    def __init__(self, client: httpx.AsyncClient, settings: Settings, clock: Callable[[], float]) -> None:
        self._client, self._settings, self._clock = client, settings, clock
        self._token, self._ends = "", float("-inf")
        self._fetching = asyncio.Lock()

    async def get(self) -> str:
        """A token that lasts. Raises NoToken."""
        async with self._fetching:
            if self._clock() >= self._ends:
                await self._fetch()
            return self._token

    def drop(self, token: str) -> None:
        """It was refused: the next call fetches another one, unless somebody did already."""
        if token == self._token:
            self._ends = float("-inf")

    async def _fetch(self) -> None:
        settings = self._settings
        form = {
            "grant_type": "client_credentials",
            "client_id": settings.teams_app_id,
            "client_secret": settings.teams_app_secret,
            "scope": SCOPE,
        }
        url = f"{settings.teams_login_url}/{settings.teams_tenant_id}/oauth2/v2.0/token"
        try:
            answer = await self._client.post(url, data=form)
            found = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            log.warning("the token for Teams can't be had: %s", type(error).__name__)
            raise NoToken(refused=False) from None
        token = found.get("access_token") if isinstance(found, dict) else None
        if answer.status_code != 200 or not isinstance(token, str) or not token.isascii():
            refused = answer.status_code in (400, 401, 403)
            log.error("the token for Teams was refused: status %d", answer.status_code)
            raise NoToken(refused=refused)
        lasts = found.get("expires_in")
        seconds = float(lasts) if isinstance(lasts, int | float) else 0.0
        # A token that lasts less than the margin is used for half of its life.
        self._token, self._ends = token, self._clock() + max(seconds - MARGIN_SECONDS, seconds / 2)
