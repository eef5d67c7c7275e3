"""`/desk/api/today`, `/figures`, `/figures.csv`: the desk now, and how the service does. For supervisors."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy import select
from starlette.responses import JSONResponse

from actions.bootstrap import Stores
from bot.gateway.bodies import number
from bot.gateway.desk.case_calls import COPENHAGEN, CaseCalls
from bot.gateway.desk.figures import Line, as_csv, lines
from bot.gateway.desk.figures_read import MOST_CASES, read_told, week_names
from bot.gateway.desk.seats import Seats
from bot.gateway.errors import ApiError, Problem
from bot.gateway.parts import Parts
from bot.gateway.store.tables import handoffs, moves

MOST_WEEKS = 53


def routes(parts: Parts, seats: Seats) -> APIRouter:
    """The calls."""
    router = APIRouter(prefix="/desk/api")
    calls = CaseCalls(parts)

    @router.get("/today")
    async def today(request: Request) -> Response:
        await seats.supervisor(request)
        now = calls.now()
        return JSONResponse(await parts.database.run(_today, parts, now.replace(hour=0, minute=0, second=0)))

    @router.get("/figures")
    async def figures(request: Request) -> Response:
        await seats.supervisor(request)
        return JSONResponse({"lines": [asdict(each) for each in await counted(request)]})

    @router.get("/figures.csv")
    async def spreadsheet(request: Request) -> Response:
        await seats.supervisor(request)
        rows = await counted(request)
        headers = {"Content-Disposition": 'attachment; filename="offsite-figures.csv"'}
        return Response(as_csv(rows), media_type="text/csv; charset=utf-8", headers=headers)

    async def counted(request: Request) -> list[Line]:
        count = number(request.query_params.get("weeks"), 8)
        if not 1 <= count <= MOST_WEEKS:
            raise ApiError(Problem.MALFORMED)
        now = calls.now()
        monday = (now - timedelta(days=now.weekday(), weeks=count - 1)).replace(hour=0, minute=0, second=0)

        def read(stores: Stores) -> list[Line]:
            cases = [case for case in stores.desk.newest(MOST_CASES) if case.opened_at >= monday]
            return lines(read_told(parts.database, cases, monday), week_names(now, count))

        return await calls.reading(read)

    return router


def _today(parts: Parts, since: datetime) -> dict[str, Any]:
    """What happened at the desk since then. Blocks."""
    with parts.database.reading() as connection:
        opened = connection.execute(
            select(handoffs.c.id, handoffs.c.opened_at, handoffs.c.state, handoffs.c.outcome).where(
                handoffs.c.opened_at >= since
            )
        ).all()
        made = connection.execute(select(moves.c.handoff, moves.c.at, moves.c.move).where(moves.c.at >= since)).all()
    begun = {row.id: row.opened_at for row in opened}
    first: dict[tuple[str, str], datetime] = {}
    for row in sorted(made, key=lambda row: row.at):
        first.setdefault((row.handoff, row.move), row.at)
    waits = {
        move: [
            (at - begun[name]).total_seconds() for (name, each), at in first.items() if each == move and name in begun
        ]
        for move in ("claim", "answer")
    }
    ended = [row.outcome or row.state for row in opened if row.state not in ("waiting", "claimed", "active")]
    return {
        "since": since.astimezone(COPENHAGEN).isoformat(),
        "asked": len(opened),
        "claimed": len(waits["claim"]),
        "to_person_median_s": _middle(waits["claim"]),
        "to_person_longest_s": max(waits["claim"], default=None),
        "to_answer_median_s": _middle(waits["answer"]),
        "outcomes": {outcome: ended.count(outcome) for outcome in sorted(set(ended))},
    }


def _middle(values: list[float]) -> float | None:
    return round(median(values), 1) if values else None
