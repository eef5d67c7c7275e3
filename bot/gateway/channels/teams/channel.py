"""Microsoft Teams put together: its route, and what runs beside it."""

from __future__ import annotations

import socket
import time
from collections.abc import Coroutine
from datetime import timedelta
from functools import partial
from typing import Any

import httpx
from fastapi import APIRouter

from bot.gateway.channels.teams import routes
from bot.gateway.channels.teams.app_token import AppToken
from bot.gateway.channels.teams.bearer import Bearers
from bot.gateway.channels.teams.booking_links import BookingLinks
from bot.gateway.channels.teams.connector import TIMEOUT, Connector, origin
from bot.gateway.channels.teams.delivery import Delivery, Pace
from bot.gateway.channels.teams.inbound import Inbound
from bot.gateway.channels.teams.render import Render
from bot.gateway.channels.teams.signing_keys import SigningKeys
from bot.gateway.channels.teams.typing import Typing
from bot.gateway.handoff.service import DESK
from bot.gateway.parts import Parts
from bot.gateway.store.outbox import Outbox
from bot.gateway.store.places import PREFIX, Places
from bot.gateway.taking import Taking

LEASE_SECONDS = 60.0


class Teams:
    """The channel. Without an app id it lets nobody in and sends nothing. No network call is made at start."""

    def __init__(self, parts: Parts, taking: Taking, pace: Pace | None = None) -> None:
        settings, database = parts.settings, parts.database
        limits = httpx.Limits(max_connections=50, max_keepalive_connections=20)
        self._client = httpx.AsyncClient(limits=limits, timeout=TIMEOUT, trust_env=False, follow_redirects=False)
        self._settings, self._fanout = settings, parts.fanout
        keys = SigningKeys(self._client, settings.teams_openid_url, time.monotonic)
        bearers = Bearers(keys, settings.teams_issuer, settings.teams_app_id)
        places = Places(database, timedelta(hours=settings.session_idle_hours))
        self.router: APIRouter = routes.routes(settings, bearers, Inbound(parts, places, taking), parts.metrics)
        origins = {origin(each) for each in settings.teams_service_origins}
        connector = Connector(self._client, AppToken(self._client, settings, time.monotonic), origins)
        worker = f"{socket.gethostname()}:{settings.port}"
        outbox = Outbox(database, worker, timedelta(seconds=LEASE_SECONDS))
        render = Render(parts.words, BookingLinks(parts.links, parts.words, settings.public_url, parts.now))
        outside = (connector, render, parts.metrics, parts.now, pace or Pace(), LEASE_SECONDS)
        self.delivery = Delivery(database, parts.log, outbox, *outside, partial(parts.fanout.tell, DESK))
        self._typing = Typing(database, parts.log, outbox, connector)

    def jobs(self) -> list[Coroutine[Any, Any, None]]:
        """What runs as long as the gateway does."""
        if not self._settings.teams_app_id:
            return []
        self._fanout.watchers.append(self._news)
        return [self.delivery.watch()]

    async def stop(self) -> None:
        """Leave everything as a kill would."""
        await self.delivery.stop()
        await self._typing.stop()
        await self._client.aclose()

    def _news(self, conversation: str, typing: str) -> None:
        """Something is new somewhere."""
        if not conversation.startswith(PREFIX):
            return
        if typing:
            self._typing.hear(conversation, typing)
        else:
            self.delivery.wake(conversation)
