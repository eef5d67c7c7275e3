"""`/desk/api/callbacks`: customers who were promised to be contacted, the most urgent first."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import JSONResponse

from actions.bootstrap import Stores
from actions.usecases.case_for_person import CallBack, call_back_done, callbacks
from bot.gateway.bodies import json_object
from bot.gateway.desk.board import moment
from bot.gateway.desk.case_calls import CaseCalls
from bot.gateway.desk.case_shapes import shown_case
from bot.gateway.desk.seats import Seats
from bot.gateway.errors import ApiError, Problem
from bot.gateway.parts import Parts

OUTCOMES = ("reached", "not_reached")
MOST = 200


def routes(parts: Parts, seats: Seats) -> APIRouter:
    """The two calls."""
    router = APIRouter(prefix="/desk/api/callbacks")
    calls = CaseCalls(parts)

    @router.get("")
    async def waiting(request: Request) -> Response:
        await seats.of(request)
        in_chat = {each.handoff.conversation for each in await parts.handoffs.queue()}
        in_chat |= {each.conversation for each in await parts.handoffs.held()}

        def read(stores: Stores) -> list[dict[str, Any]]:
            due = [each for each in callbacks(stores.desk, calls.now()) if each.case.facts.conversation not in in_chat]
            return [_shown(stores, each) for each in due[:MOST]]

        return JSONResponse({"callbacks": await calls.reading(read)})

    @router.post("/{case_id}/done")
    async def done(case_id: str, request: Request) -> Response:
        agent = await seats.acting(request)
        outcome = (await json_object(request)).get("outcome")
        if outcome not in OUTCOMES:
            raise ApiError(Problem.MALFORMED)
        await calls.acting(agent, lambda world, at: call_back_done(world.desk, case_id, agent.name, outcome, at))
        return await calls.whole(case_id)

    return router


def _shown(stores: Stores, each: CallBack) -> dict[str, Any]:
    return {"due": moment(each.due), "late": each.late, "tried": each.tried, "case": shown_case(stores, each.case)}
