"""What our own processes ask of the gateway: to add news to a conversation, and who is at the desk."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import JSONResponse

from actions.ports import PortError
from bot.gateway.bodies import clean, json_object
from bot.gateway.bookings import with_addresses
from bot.gateway.errors import ApiError, Problem
from bot.gateway.events import CARDS, Draft
from bot.gateway.parts import Parts

KEY_CHARACTERS = 200


def routes(parts: Parts) -> APIRouter:
    """The calls. Without the shared secret the routes do not exist."""
    router = APIRouter(prefix="/internal")

    def only_ours(request: Request) -> None:
        given = request.headers.get("x-offsite-secret", "")
        secret = parts.settings.secret
        if not secret or not hmac.compare_digest(given.encode(), secret.encode()):
            raise ApiError(Problem.NOT_FOUND)

    @router.get("/people")
    async def people(request: Request) -> Response:
        only_ours(request)
        language = request.query_params.get("language", "")
        if language not in ("da", "en"):
            raise ApiError(Problem.MALFORMED)
        try:
            found = await parts.database.run(parts.reach.people.availability, language)
        except PortError as error:
            raise ApiError(Problem.UNAVAILABLE) from error
        return JSONResponse({"present": found.present, "waiting": found.waiting})

    @router.post("/conversations/{conversation}/events")
    async def add(conversation: str, request: Request) -> Response:
        only_ours(request)
        body = await json_object(request)
        key = clean(body.get("key"))
        if not key or len(key) > KEY_CHARACTERS:
            raise ApiError(Problem.MALFORMED)
        draft = _draft(body.get("event"))
        stored = await parts.database.run(parts.log.add, conversation, draft, f"inside:{key}", parts.now())
        if stored is None:
            raise ApiError(Problem.NOT_FOUND)
        await parts.fanout.tell(conversation)
        return JSONResponse({"seq": stored.seq}, status_code=200 if stored.repeated else 201)

    return router


def _draft(event: object) -> Draft:
    """The event, where it is one that a bot may send. Raises ApiError 400."""
    if not isinstance(event, Mapping) or not clean(event.get("text")).strip():
        raise ApiError(Problem.MALFORMED)
    body: dict[str, Any] = {"text": event["text"]}
    if event.get("type") == "text":
        return Draft("text", body)
    if event.get("type") == "card" and event.get("card") in CARDS and isinstance(event.get("data"), Mapping):
        return Draft("card", {"card": event["card"], "data": with_addresses(event["card"], event["data"])} | body)
    raise ApiError(Problem.MALFORMED)
