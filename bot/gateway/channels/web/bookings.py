"""Label and calendar entry of a booking: `GET /bookings/{id}.pdf` and `.ics` with the token, `GET /l/…` by link."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request, Response

from actions.ports import Language
from bot.gateway.bookings import CALENDAR, LABEL, BookingFile, bookings_told
from bot.gateway.errors import ApiError, Problem
from bot.gateway.files.serving import as_attachment
from bot.gateway.links import PREFIX
from bot.gateway.parts import Parts


def routes(parts: Parts) -> APIRouter:
    """The two calls."""
    router = APIRouter()

    @router.get("/api/chat/bookings/{name}")
    async def own(name: str, request: Request) -> Response:
        conversation = await parts.sessions.of(request)
        booking_id, _, kind = name.rpartition(".")
        told = bookings_told((await parts.database.run(parts.log.snapshot, conversation.id, 0)).events)
        if kind not in (LABEL, CALENDAR) or booking_id not in told:
            raise ApiError(Problem.NOT_FOUND)
        return await _file(told[booking_id], booking_id, kind, conversation.language)

    @router.get(PREFIX + "{token}")
    async def by_link(token: str) -> Response:
        link = parts.links.read(token, parts.now())
        if link is None:
            raise ApiError(Problem.LINK_OVER)
        answer = await _file(link.case_id, link.booking_id, link.kind, link.language)
        answer.headers["X-Robots-Tag"] = "noindex"
        return answer

    async def _file(case_id: str, booking_id: str, kind: str, language: str | None) -> Response:
        spoken = Language(language or Language.DA)
        file: BookingFile | None = await asyncio.to_thread(parts.booking_files.get, case_id, booking_id, kind, spoken)
        if file is None:
            raise ApiError(Problem.NOT_FOUND)
        return Response(file.content, media_type=file.media_type, headers=as_attachment(file.name))

    return router
