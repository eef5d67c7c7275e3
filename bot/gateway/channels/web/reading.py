"""`GET /events`: the log from any number on, at once, when there is news, or as a stream; `GET /transcript`."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import JSONResponse, StreamingResponse

from bot.gateway.bodies import number, seconds
from bot.gateway.channels.web.transcript import as_html, as_text
from bot.gateway.errors import ApiError, Problem
from bot.gateway.parts import Parts
from bot.gateway.store.log import Conversation, Snapshot

LONGEST_WAIT = 25.0
HEARTBEAT = 15.0
MOST_WAITING = 20  # requests of one conversation


def routes(parts: Parts) -> APIRouter:
    """The two calls."""
    router = APIRouter(prefix="/api/chat")

    @router.get("/events")
    async def events(request: Request) -> Response:
        conversation = await parts.sessions.of(request)
        query, headers = request.query_params, request.headers
        after = number(query.get("after"), 0)
        wait = seconds(query.get("wait"), LONGEST_WAIT)
        if parts.fanout.count(conversation.id) >= MOST_WAITING:
            raise ApiError(Problem.TOO_MANY_REQUESTS, 1)
        if "text/event-stream" in headers.get("accept", ""):
            after = number(headers.get("last-event-id") or None, after)
            quiet = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
            return StreamingResponse(_stream(parts, conversation, after), media_type="text/event-stream", headers=quiet)
        found = await _news(parts, conversation.id, after, wait)
        shown = {"events": [event.public() for event in found.events], "busy": found.busy, "owner": found.owner}
        return JSONResponse(shown)

    @router.get("/transcript")
    async def transcript(request: Request) -> Response:
        conversation = await parts.sessions.of(request)
        form = request.query_params.get("format", "txt")
        if form not in ("txt", "html"):
            raise ApiError(Problem.MALFORMED)
        told = (await parts.database.run(parts.log.snapshot, conversation.id, 0)).events
        write = as_text if form == "txt" else as_html
        page = write(told, parts.words, conversation.language or "da", parts.now())
        kind = "text/plain" if form == "txt" else "text/html"
        attachment = {"Content-Disposition": f'attachment; filename="hp-offsite-chat.{form}"'}
        return Response(page, media_type=f"{kind}; charset=utf-8", headers=attachment)

    return router


async def _news(parts: Parts, conversation: str, after: int, wait: float) -> Snapshot:
    """What is new; held back until there is something, or `busy` or the owner changes, or the time is over."""
    clock = asyncio.get_running_loop().time
    deadline = clock() + wait
    before: tuple[bool, str] | None = None
    with parts.fanout.listening(conversation) as listener:
        while True:
            listener.reset()
            found = await parts.database.run(parts.log.snapshot, conversation, after)
            state = (found.busy, found.owner)
            left = deadline - clock()
            if found.events or left <= 0 or state != (before or state) or found.owner == "closed":
                return found
            before = state
            await listener.wait(min(left, parts.reread_seconds))


async def _stream(parts: Parts, conversation: Conversation, after: int) -> AsyncIterator[str]:
    """Server-sent events: what was missed, then what comes. State and typing carry no id, so they move no cursor."""
    clock = asyncio.get_running_loop().time
    sent_at = clock()
    state: tuple[bool, str] | None = None
    with parts.fanout.listening(conversation.id) as listener:
        while True:
            listener.reset()
            found = await parts.database.run(parts.log.snapshot, conversation.id, after)
            lines = [f"id: {event.seq}\ndata: {_json(event.public())}\n\n" for event in found.events]
            if found.events:
                after = found.events[-1].seq
            if (found.busy, found.owner) != state:
                state = (found.busy, found.owner)
                lines.append(f"event: state\ndata: {_json({'busy': found.busy, 'owner': found.owner})}\n\n")
            for role in _typing(listener.saw_typing(), found):
                lines.append(f"data: {_json({'from': {'role': role, 'name': None}, 'type': 'typing'})}\n\n")
            if not lines and clock() - sent_at >= HEARTBEAT:
                lines.append(": still here\n\n")
                await parts.sessions.used(conversation)
            if lines:
                sent_at = clock()
                yield "".join(lines)
            if found.owner == "closed":
                return
            await listener.wait(min(HEARTBEAT, parts.reread_seconds))


def _typing(who: set[str], found: Snapshot) -> list[str]:
    """Whose typing a customer sees: of whoever has the conversation now."""
    return [role for role in ("bot", "agent") if role in who and (found.busy if role == "bot" else found.owner == role)]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
