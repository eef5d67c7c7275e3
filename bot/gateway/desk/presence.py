"""`POST /desk/api/presence`: the page is open, and whether its agent takes conversations."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request, Response

from bot.gateway.bodies import json_object
from bot.gateway.desk.accounts import MOST_CHATS, PRESENCES, Accounts
from bot.gateway.desk.chats import as_agent
from bot.gateway.desk.seats import Seats
from bot.gateway.errors import ApiError, Problem
from bot.gateway.parts import Parts


def routes(parts: Parts, accounts: Accounts, seats: Seats) -> APIRouter:
    """The call, to be repeated every 20 seconds: it keeps the agent's conversations theirs."""
    router = APIRouter(prefix="/desk/api")

    @router.post("/presence")
    async def presence(request: Request) -> Response:
        agent = await seats.acting(request)
        body = await json_object(request)
        state, capacity = body.get("state", agent.presence), body.get("capacity", agent.capacity)
        whole = isinstance(capacity, int) and not isinstance(capacity, bool)
        if state not in PRESENCES or not whole or not 1 <= capacity <= MOST_CHATS:
            raise ApiError(Problem.MALFORMED)
        if (state, capacity) != (agent.presence, agent.capacity):
            await parts.database.run(accounts.sit, agent.id, state, capacity)
        await parts.handoffs.beat(as_agent(replace(agent, capacity=capacity)), available=state == "available")
        return Response(status_code=204)

    return router
