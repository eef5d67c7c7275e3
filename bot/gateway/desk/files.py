"""`GET /desk/api/chats/{id}/files/{file}`: what the customer sent, for the agents."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request, Response

from bot.gateway.channels.web.files import as_attachment
from bot.gateway.desk.seats import Seats
from bot.gateway.errors import ApiError, Problem
from bot.gateway.parts import Parts


def routes(parts: Parts, seats: Seats) -> APIRouter:
    """The call: the file of that chat's conversation, as attachment."""
    router = APIRouter(prefix="/desk/api")

    @router.get("/chats/{chat}/files/{file_id}")
    async def fetch(chat: str, file_id: str, request: Request) -> Response:
        await seats.of(request)
        found = await parts.handoffs.get(chat)
        file = await parts.database.run(parts.files.find, found.conversation, file_id) if found else None
        path = parts.folder.path(file.id) if file else None
        if file is None or path is None:
            raise ApiError(Problem.NOT_FOUND)
        content = await asyncio.to_thread(path.read_bytes)
        return Response(content, media_type=file.media_type, headers=as_attachment(file.name))

    return router
