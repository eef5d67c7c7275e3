"""`POST /sessions`, `DELETE /session`, `POST /erase`: a conversation's beginning, its end, and nothing left of it."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse

from actions.ports import PortError
from bot.gateway.bodies import json_object
from bot.gateway.errors import ApiError, Problem
from bot.gateway.events import Event
from bot.gateway.parts import Parts
from bot.gateway.rates import address_name

log = logging.getLogger(__name__)

LANGUAGES = ("da", "en")


def routes(parts: Parts) -> APIRouter:
    """The three calls."""
    router = APIRouter(prefix="/api/chat")

    @router.post("/sessions")
    async def begin(request: Request) -> Response:
        body = await json_object(request, may_be_empty=True)
        locale = body.get("language")
        if locale is not None and locale not in LANGUAGES:
            raise ApiError(Problem.MALFORMED)
        wait = parts.openings.take(address_name(request.client.host if request.client else ""))
        if wait is not None:
            raise ApiError(Problem.TOO_MANY_REQUESTS, wait)
        conversation, token, expires_at = await parts.sessions.begin(locale)
        parts.metrics.session()
        events = await _greeting(parts, conversation)
        answer: dict[str, Any] = {
            "token": token,
            "expires_at": expires_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
            "language": locale or LANGUAGES[0],
            "events": [event.public() for event in events],
        }
        return JSONResponse(answer, status_code=201)

    @router.delete("/session")
    async def end(request: Request) -> Response:
        conversation = await parts.sessions.of(request)
        await parts.sessions.end(conversation)
        await parts.fanout.tell(conversation.id)
        return Response(status_code=204)

    @router.post("/erase")
    async def erase(request: Request) -> Response:
        """Asked for is as good as done: what can't be erased this moment is tried again until it is."""
        conversation = await parts.sessions.of(request)
        await parts.sessions.end(conversation, erase=True)
        try:
            await asyncio.to_thread(parts.retention.erase_asked)
        except (SQLAlchemyError, PortError) as error:
            log.warning("erasing waits: %s", type(error).__name__)
        await parts.fanout.tell(conversation.id)
        return Response(status_code=204)

    return router


async def _greeting(parts: Parts, conversation: str) -> list[Event]:
    """The bot's first words, or none where they take too long: then they come as later events."""
    deadline = asyncio.get_running_loop().time() + parts.settings.greeting_wait_seconds
    with parts.fanout.listening(conversation) as listener:
        parts.workers.wake(conversation)
        while True:
            listener.reset()
            found = await parts.database.run(parts.log.snapshot, conversation, 0)
            left = deadline - asyncio.get_running_loop().time()
            if found.events or left <= 0:
                return list(found.events)
            await listener.wait(min(left, parts.reread_seconds))
