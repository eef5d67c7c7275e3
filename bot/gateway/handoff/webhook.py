"""`POST /api/desk/webhook`: an outer desk tells what its people did. Signed, or it is not heard."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from starlette.responses import JSONResponse

from actions.ports import Rejected
from bot.gateway.errors import ApiError, Problem
from bot.gateway.parts import Parts

LARGEST = 512 * 1024
"""Bytes. A message with its conversation is far smaller."""


def routes(parts: Parts) -> APIRouter:
    """The call. Without an outer desk it does not exist."""
    router = APIRouter(prefix="/api/desk")

    @router.post("/webhook")
    async def hear(request: Request) -> Response:
        outer = parts.outer
        if outer is None:
            raise ApiError(Problem.NOT_FOUND)
        raw = bytearray()
        async for chunk in request.stream():
            raw += chunk
            if len(raw) > LARGEST:
                raise ApiError(Problem.TOO_LARGE)
        try:
            events = outer.desk.parse_webhook(dict(request.headers), bytes(raw))
        except Rejected as error:
            raise ApiError(Problem.UNAUTHORIZED) from error
        await outer.heard(list(events))
        return JSONResponse({"heard": len(events)})

    return router
