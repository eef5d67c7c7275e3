"""Who is at the desk: the cookie of a sign-in, and the proof that a change comes from our own page."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from bot.gateway.desk.accounts import LONGEST_SHIFT, Accounts, Agent, Role, csrf_token
from bot.gateway.errors import ApiError, Problem
from bot.gateway.store.engine import Database

COOKIE = "offsite_desk"
PATH = "/desk"
CSRF_HEADER = "x-desk-token"


class Seats:
    """Reads sign-ins from requests, and puts them into answers."""

    def __init__(self, accounts: Accounts, database: Database, now: Callable[[], datetime]) -> None:
        self._accounts, self._database, self._now = accounts, database, now

    async def of(self, request: Request, *, with_one_time_password: bool = False) -> Agent:
        """Who asks. Raises ApiError: signed_out, or password_must_change while the one-time password stands."""
        token = request.cookies.get(COOKIE, "")
        agent = await self._database.run(self._accounts.signed_in, token, self._now()) if token else None
        if agent is None:
            raise ApiError(Problem.SIGNED_OUT)
        if agent.must_change and not with_one_time_password:
            raise ApiError(Problem.PASSWORD_MUST_CHANGE)
        return agent

    async def acting(self, request: Request, *, with_one_time_password: bool = False) -> Agent:
        """Who changes something, where our own page asks for it: SameSite, the origin and a token all have to agree."""
        own_page(request)
        agent = await self.of(request, with_one_time_password=with_one_time_password)
        given = request.headers.get(CSRF_HEADER, "")
        if not hmac.compare_digest(given.encode(), csrf_token(request.cookies[COOKIE]).encode()):
            raise ApiError(Problem.ORIGIN_NOT_ALLOWED)
        return agent

    async def supervisor(self, request: Request) -> Agent:
        """Who asks, where they may see everybody's figures. Raises ApiError: not_allowed."""
        agent = await self.of(request)
        if agent.role is not Role.SUPERVISOR:
            raise ApiError(Problem.NOT_ALLOWED)
        return agent

    async def sit_down(self, agent: Agent, request: Request, response: Response) -> str:
        """Sign in: the cookie goes into the response. Returns the CSRF token."""
        token = await self._database.run(self._accounts.begin, agent.id, self._now())
        age = int(LONGEST_SHIFT.total_seconds())
        secure = request.url.scheme == "https"
        response.set_cookie(COOKIE, token, max_age=age, path=PATH, secure=secure, httponly=True, samesite="strict")
        return csrf_token(token)

    async def get_up(self, request: Request, response: Response) -> None:
        """Sign out."""
        await self._database.run(self._accounts.end, request.cookies.get(COOKIE, ""))
        response.delete_cookie(COOKIE, path=PATH, httponly=True, samesite="strict")


def own_page(request: Request) -> None:
    """Refuse what a page elsewhere sent, also one that may use the chat. Raises ApiError: origin_not_allowed."""
    origin = request.headers.get("origin")
    same_host = origin is None or urlsplit(origin).netloc.lower() == request.headers.get("host", "").lower()
    if not same_host or request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise ApiError(Problem.ORIGIN_NOT_ALLOWED)
