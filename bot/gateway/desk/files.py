"""`GET /desk/api/chats/{id}/files/{file}`: what the customer sent, for the agents."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from bot.gateway.desk.seats import Seats
from bot.gateway.files.serving import serve
from bot.gateway.parts import Parts


def routes(parts: Parts, seats: Seats) -> APIRouter:
    """The call: the file of that chat's conversation, as attachment."""
    router = APIRouter(prefix="/desk/api")

    @router.get("/chats/{chat}/files/{file_id}")
    async def fetch(chat: str, file_id: str, request: Request) -> Response:
        await seats.of(request)
        found = await parts.handoffs.get(chat)
        file = await parts.database.run(parts.files.find, found.conversation, file_id) if found else None
        return await serve(parts.folder, file)

    return router
