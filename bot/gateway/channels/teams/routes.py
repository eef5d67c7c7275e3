"""`POST /api/messages`: only what the Bot Connector sends about our tenants' conversations gets in."""

from __future__ import annotations

import logging

from fastapi import APIRouter, Request, Response
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse

from actions.settings import Settings
from bot.gateway.bodies import json_object
from bot.gateway.channels.teams.activity import (
    CHANNEL,
    Arrived,
    Envelope,
    Invoked,
    Left,
    Malformed,
    Said,
    read_done,
    read_envelope,
)
from bot.gateway.channels.teams.bearer import Bearers, Caller, Forged
from bot.gateway.channels.teams.connector import origin
from bot.gateway.channels.teams.inbound import Inbound
from bot.gateway.channels.teams.signing_keys import NoKeys
from bot.gateway.errors import ApiError, Problem
from bot.gateway.metrics import Metrics

log = logging.getLogger(__name__)
BODY_BYTES = 256 * 1024


def routes(settings: Settings, bearers: Bearers, inbound: Inbound, metrics: Metrics) -> APIRouter:
    """The one call."""
    router = APIRouter()
    tenants, services = settings.teams_allowed_tenants, settings.teams_service_origins

    @router.post("/api/messages")
    async def receive(request: Request) -> Response:
        try:
            caller = await bearers.read(request.headers.getlist("authorization"))
        except Forged:
            return _refused(metrics, 401)
        except NoKeys:
            raise ApiError(Problem.UNAVAILABLE, retry_after=5) from None
        body = await json_object(request, at_most=BODY_BYTES)
        try:
            envelope = read_envelope(body)
            status = _trust(caller, envelope)
            if status:
                return _refused(metrics, status)
            done = read_done(body, envelope)
        except Malformed:
            raise ApiError(Problem.MALFORMED) from None
        try:
            match done:
                case Said():
                    await inbound.said(envelope, done)
                case Arrived():
                    await inbound.arrived(envelope, done)
                case Left():
                    await inbound.left(envelope, done)
                case Invoked():
                    answer = await inbound.invoked(envelope, done)
                    return Response(status_code=501) if answer is None else JSONResponse(answer)
        except SQLAlchemyError as error:
            log.warning("the database failed: %s", type(error).__name__)
            raise ApiError(Problem.UNAVAILABLE, retry_after=5) from None
        return Response(status_code=200)

    def _trust(caller: Caller, envelope: Envelope) -> int | None:
        """None where the caller may bring this activity; otherwise 401 or 403."""
        if caller.service_url != envelope.place.service_url:
            return 401
        if envelope.channel != CHANNEL or CHANNEL not in caller.endorsements:
            return 403
        if not envelope.tenants or not envelope.tenants <= tenants:
            return 403
        return None if origin(envelope.place.service_url) in services else 403

    return router


def _refused(metrics: Metrics, status: int) -> Response:
    """Without a word: whoever forges learns nothing."""
    metrics.refused("unauthorized" if status == 401 else "forbidden")
    return Response(status_code=status)
