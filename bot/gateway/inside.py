"""`POST /internal/conversations/{id}/events`: news from our own processes (a booking done, a mail that failed)."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import JSONResponse

from bot.gateway.bodies import clean, json_object
from bot.gateway.errors import ApiError, Problem
from bot.gateway.events import CARDS, Draft
from bot.gateway.parts import Parts

KEY_CHARACTERS = 200


def routes(parts: Parts) -> APIRouter:
    """The call. Without the shared secret the route does not exist."""
    router = APIRouter(prefix="/internal")

    @router.post("/conversations/{conversation}/events")
    async def add(conversation: str, request: Request) -> Response:
        given = request.headers.get("x-offsite-secret", "")
        secret = parts.settings.secret
        if not secret or not hmac.compare_digest(given.encode(), secret.encode()):
            raise ApiError(Problem.NOT_FOUND)
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
        return Draft("card", {"card": event["card"], "data": dict(event["data"])} | body)
    raise ApiError(Problem.MALFORMED)
