"""`/desk/api/session`, `/me`, `/password`: coming, being there, going."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import JSONResponse

from bot.gateway.bodies import clean, json_object
from bot.gateway.desk import oidc
from bot.gateway.desk.accounts import Accounts, Agent, WeakPassword, WrongPassword, csrf_token
from bot.gateway.desk.seats import COOKIE, Seats, own_page
from bot.gateway.errors import ApiError, Problem
from bot.gateway.parts import Parts
from bot.gateway.rates import Rate, address_name

LONGEST_FIELD = 254


def routes(parts: Parts, accounts: Accounts, seats: Seats) -> APIRouter:
    """The calls. Guesses are slowed down for each address and for each account."""
    router = APIRouter(prefix="/desk/api")
    by_address = Rate(parts.settings.sign_ins_per_minute, parts.settings.sign_ins_per_minute / 60)
    by_account = Rate(parts.settings.sign_ins_per_minute, parts.settings.sign_ins_per_minute / 60)

    @router.get("/session")
    async def present(request: Request) -> Response:
        """Who is signed in, if anybody, and the ways to do it: what the page asks first."""
        try:
            agent = await seats.of(request, with_one_time_password=True)
        except ApiError:
            return JSONResponse({"agent": None, "ways": oidc.ways(parts.settings)})
        return JSONResponse({"agent": _known(agent, request), "ways": []})

    @router.post("/session")
    async def sign_in(request: Request) -> Response:
        own_page(request)
        body = await json_object(request)
        email, password = _field(body.get("email")), _field(body.get("password"))
        for rate, name in ((by_address, _address(request)), (by_account, email.strip().lower())):
            wait = rate.take(name)
            if wait is not None:
                raise ApiError(Problem.TOO_MANY_REQUESTS, wait)
        agent = await parts.database.run(accounts.check, email, password)
        if agent is None:
            raise ApiError(Problem.SIGN_IN_FAILED)
        return await _seated(agent, request)

    @router.delete("/session")
    async def sign_out(request: Request) -> Response:
        agent = await seats.acting(request, with_one_time_password=True)
        gone = Response(status_code=204)
        await seats.get_up(request, gone)
        await parts.handoffs.leave(agent.id)
        return gone

    @router.get("/me")
    async def me(request: Request) -> Response:
        agent = await seats.of(request, with_one_time_password=True)
        return JSONResponse(_known(agent, request))

    @router.post("/password")
    async def password(request: Request) -> Response:
        agent = await seats.acting(request, with_one_time_password=True)
        wait = by_account.take(agent.email)
        if wait is not None:
            raise ApiError(Problem.TOO_MANY_REQUESTS, wait)
        body = await json_object(request)
        try:
            await parts.database.run(
                accounts.change_password, agent, _field(body.get("present")), _field(body.get("new"))
            )
        except WrongPassword:
            raise ApiError(Problem.SIGN_IN_FAILED) from None
        except WeakPassword:
            raise ApiError(Problem.PASSWORD_WEAK) from None
        changed = await parts.database.run(accounts.get, agent.id)
        return await _seated(changed or agent, request)

    async def _seated(agent: Agent, request: Request) -> Response:
        token = await seats.sit_down(agent, request, cookie := Response())
        answer = JSONResponse(_shown(agent) | {"token": token})
        answer.raw_headers += [header for header in cookie.raw_headers if header[0] == b"set-cookie"]
        return answer

    return router


def _known(agent: Agent, request: Request) -> dict[str, Any]:
    """An agent with the proof that the page needs for changes."""
    return _shown(agent) | {"token": csrf_token(request.cookies[COOKIE])}


def _shown(agent: Agent) -> dict[str, Any]:
    """An agent as the page knows itself."""
    who = {"id": agent.id, "name": agent.name, "email": agent.email, "languages": list(agent.languages)}
    seat = {"presence": agent.presence, "capacity": agent.capacity}
    return who | seat | {"role": agent.role.value, "must_change": agent.must_change}


def _field(value: object) -> str:
    text = clean(value)
    if not text.strip() or len(text) > LONGEST_FIELD:
        raise ApiError(Problem.MALFORMED)
    return text


def _address(request: Request) -> str:
    return address_name(request.client.host if request.client else "")
