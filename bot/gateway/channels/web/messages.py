"""`POST /messages` and `/typing`: what the customer says, stored before it is acknowledged, and stored once."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from starlette.responses import JSONResponse

from bot.gateway.bodies import clean, client_id, json_object, message_text
from bot.gateway.errors import ApiError, Problem
from bot.gateway.parts import Parts
from bot.gateway.store.log import Refusal, Stored
from bot.gateway.taking import Taking

CHOICE_CHARACTERS = 200


def routes(parts: Parts, taking: Taking) -> APIRouter:
    """The two calls."""
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
            stored = await taking.choice(conversation.id, name, choice)
        else:
            stored = await taking.text(conversation.id, name, message_text(body["text"]))
        match stored:
            case Refusal.NOT_OFFERED:
                raise ApiError(Problem.CHOICE_NOT_OFFERED)
            case Refusal.ENDED:
                raise ApiError(Problem.UNAUTHORIZED)
            case Stored(seq, repeated):
                return JSONResponse({"seq": seq}, status_code=200 if repeated else 202)

    @router.post("/typing")
    async def typing(request: Request) -> Response:
        conversation = await parts.sessions.of(request)
        if conversation.owner == "agent":
            await parts.handoffs.customer_types(conversation.id)
        return Response(status_code=204)

    return router
