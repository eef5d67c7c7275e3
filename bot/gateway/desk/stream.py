"""`GET /desk/api/stream`: one stream a page for everything: the board's changes, news of one's chats, who types."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import StreamingResponse

from bot.gateway.desk.accounts import Agent
from bot.gateway.desk.board import Board, BoardReader, Watcher, changes
from bot.gateway.desk.seats import Seats
from bot.gateway.errors import ApiError, Problem
from bot.gateway.parts import Parts

HEARTBEAT = 10.0
CHECK_SECONDS = 30.0
"""How often an open stream asks whether its sign-in still stands."""

MOST_CHATS = 200
MOST_STREAMS = 8  # of one agent: a few tabs
_CURSOR = re.compile(r"([0-9a-f]{1,32}):([0-9]{1,9})", re.ASCII)


def routes(parts: Parts, seats: Seats, reader: BoardReader) -> APIRouter:
    """The call. `?chats=ID:SEQ,…` names what the page has of its chats already."""
    router = APIRouter(prefix="/desk/api")
    open_streams: dict[str, int] = {}

    @router.get("/stream")
    async def stream(request: Request) -> Response:
        agent = await seats.of(request)
        cursors = _cursors(request.query_params.get("chats", ""))
        if open_streams.get(agent.id, 0) >= MOST_STREAMS:
            raise ApiError(Problem.TOO_MANY_REQUESTS, 5)
        await reader.refresh()
        quiet = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(counted(agent, cursors, request), media_type="text/event-stream", headers=quiet)

    async def counted(agent: Agent, cursors: dict[str, int], request: Request) -> AsyncIterator[str]:
        open_streams[agent.id] = open_streams.get(agent.id, 0) + 1
        try:
            with reader.watching() as watcher:
                async for lines in news(agent, cursors, request, watcher):
                    yield lines
        finally:
            open_streams[agent.id] -= 1

    async def news(agent: Agent, cursors: dict[str, int], request: Request, watcher: Watcher) -> AsyncIterator[str]:
        clock = asyncio.get_running_loop().time
        sent_at = checked_at = clock()
        known = Board()
        while True:
            watcher.woken.clear()
            lines = await _news(parts, reader.board, known, agent.id, cursors)
            known = reader.board
            typing = [each for each in watcher.typed() if known.chats.get(each, {}).get("agent") == agent.id]
            lines += [_line("typing", {"id": each}) for each in typing]
            if not lines and clock() - sent_at >= HEARTBEAT:
                lines.append(": still here\n\n")
            if lines:
                sent_at = clock()
                yield "".join(lines)
            if clock() - checked_at >= CHECK_SECONDS:
                checked_at = clock()
                try:
                    await seats.of(request)
                except ApiError:
                    yield _line("signed_out", {})
                    return
            try:
                async with asyncio.timeout(max(0.0, HEARTBEAT - (clock() - sent_at))):
                    await watcher.woken.wait()
            except TimeoutError:
                continue

    return router


async def _news(parts: Parts, board: Board, known: Board, agent: str, cursors: dict[str, int]) -> list[str]:
    """The board's changes first, then what was said in this agent's chats above the page's numbers."""
    lines = []
    chats, chats_gone = changes(known.chats, board.chats)
    people, people_gone = changes(known.people, board.people)
    if board.version != known.version:
        now = parts.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
        told: dict[str, Any] = {"now": now, "whole": known.version == 0, "chats": chats, "people": people}
        lines.append(_line("board", told | {"chats_gone": chats_gone, "people_gone": people_gone}))
    for name, chat in board.chats.items():
        after = cursors.get(name, 0)
        if chat["agent"] == agent and chat["last_seq"] > after:
            events = await parts.handoffs.messages(name, after)
            if events:
                cursors[name] = events[-1].seq
                lines.append(_line("chat", {"id": name, "events": [event.public() for event in events]}))
    return lines


def _cursors(given: str) -> dict[str, int]:
    """What a page says that it has. Raises ApiError 400."""
    found: dict[str, int] = {}
    for each in filter(None, given.split(",")):
        cursor = _CURSOR.fullmatch(each)
        if cursor is None or len(found) >= MOST_CHATS:
            raise ApiError(Problem.MALFORMED)
        found[cursor[1]] = int(cursor[2])
    return found


def _line(kind: str, value: Any) -> str:
    return f"event: {kind}\ndata: {json.dumps(value, ensure_ascii=False, separators=(',', ':'))}\n\n"
