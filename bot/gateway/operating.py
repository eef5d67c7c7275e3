"""`/healthz`, `/readyz`, `/metrics`: for those who run it."""

from __future__ import annotations

import secrets

from fastapi import APIRouter, Request, Response
from starlette.responses import JSONResponse

from bot.gateway import wire
from bot.gateway.parts import Parts
from bot.gateway.rasa import RasaAway, RasaFailed
from bot.gateway.store.log import ConversationLog


class Readiness:
    """Ready is when a message would be answered now: Rasa without a model, or without actions, says `[]` to it."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._proved = False

    async def __call__(self) -> dict[str, bool]:
        """Each part, and whether it is ready."""
        healthy = await self._parts.health.check()
        self._proved = healthy and (self._proved or await self._greets())
        return {"database": await self._reads(), "dialogue": self._proved}

    async def _greets(self) -> bool:
        """One greeting in a conversation of its own, after every time the dialogue was away."""
        probe = {"sender": f"readyz-{secrets.token_hex(8)}", "message": wire.SESSION_OPEN, "metadata": {"locale": None}}
        try:
            return bool(await self._parts.rasa.say(probe))
        except (RasaAway, RasaFailed):
            return False

    async def _reads(self) -> bool:
        log: ConversationLog = self._parts.log
        await self._parts.database.run(log.find, "readyz")
        return True


def routes(parts: Parts) -> APIRouter:
    """The three calls."""
    router = APIRouter()
    ready = Readiness(parts)

    @router.get("/healthz")
    async def alive(_request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    @router.get("/readyz")
    async def readyz(_request: Request) -> Response:
        found = await ready()
        return JSONResponse(found, status_code=200 if all(found.values()) else 503)

    @router.get("/metrics")
    async def metrics(_request: Request) -> Response:
        page = parts.metrics.page(parts.health.up)
        return Response(page, media_type="text/plain; version=0.0.4; charset=utf-8")

    return router
