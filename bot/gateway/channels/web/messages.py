"""`POST /messages` and `/typing`: what the customer says, stored before it is acknowledged, and stored once."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import JSONResponse

from bot.gateway.bodies import clean, client_id, json_object, message_text
from bot.gateway.errors import ApiError, Problem
from bot.gateway.handoff.service import DESK
from bot.gateway.parts import Parts
from bot.gateway.secrets_found import own_values
from bot.gateway.store.log import Refusal, Stored

Redact = Callable[..., tuple[str, Collection[Any]]]
CHOICE_CHARACTERS = 200


def routes(parts: Parts, redact: Redact) -> APIRouter:
    """The call. `redact(text, keep=…)` gives the text that may be stored and the kinds of what was replaced."""
    router = APIRouter(prefix="/api/chat")

    @router.post("/messages")
    async def send(request: Request) -> Response:
        conversation = await parts.sessions.of(request)
        wait = parts.messages.take(conversation.id)
        if wait is not None:
            raise ApiError(Problem.TOO_MANY_REQUESTS, wait)
        body = await json_object(request)
        name = client_id(body)
        if ("text" in body) == ("choice" in body):
            raise ApiError(Problem.MALFORMED)
        if "choice" in body:
            choice = clean(body["choice"])
            if not choice or len(choice) > CHOICE_CHARACTERS:
                raise ApiError(Problem.MALFORMED)
            said: dict[str, Any] = {"choice": choice}
        else:
            text = message_text(body["text"])
            said = await parts.database.run(_redacted, conversation.id, text)
        stored = await parts.database.run(parts.log.accept, conversation.id, name, parts.now(), **said)
        match stored:
            case Refusal.NOT_OFFERED:
                raise ApiError(Problem.CHOICE_NOT_OFFERED)
            case Refusal.ENDED:
                raise ApiError(Problem.UNAUTHORIZED)
            case Stored(seq, repeated=True):
                return JSONResponse({"seq": seq}, status_code=200)
            case Stored(seq):
                parts.metrics.message("choice" if "choice" in said else "text")
                parts.workers.wake(conversation.id)
                await parts.fanout.tell(conversation.id)
                if stored.owner != "bot":
                    await parts.fanout.tell(DESK)
                return JSONResponse({"seq": seq}, status_code=202)

    @router.post("/typing")
    async def typing(request: Request) -> Response:
        conversation = await parts.sessions.of(request)
        if conversation.owner == "agent":
            await parts.handoffs.customer_types(conversation.id)
        return Response(status_code=204)

    def _redacted(conversation: str, text: str) -> dict[str, Any]:
        """What may be stored of a text. Numbers that we gave the customer ourselves stay."""
        found = redact(text)
        if found[1]:
            found = redact(text, keep=own_values(parts.log.snapshot(conversation, 0).events))
        return {"text": found[0], "redacted": sorted(str(kind) for kind in found[1])}

    return router
