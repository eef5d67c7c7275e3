"""Calling the use cases on cases for an agent, off the event loop, and answering with the case as it then stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from starlette.responses import JSONResponse, Response

from actions.bootstrap import AgentWorld, Stores, agent_world
from actions.ports import NotFound, PortError
from bot.gateway.bodies import clean
from bot.gateway.desk.accounts import Agent
from bot.gateway.desk.case_shapes import not_done, shown_case
from bot.gateway.errors import ApiError, Problem
from bot.gateway.parts import Parts

T = TypeVar("T")
LONGEST_FIELD = 200
COPENHAGEN = ZoneInfo("Europe/Copenhagen")


class CaseCalls:
    """What the routes of cases and bookings share."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def now(self) -> datetime:
        """As the rules count days."""
        return self._parts.now().astimezone(COPENHAGEN)

    async def reading(self, read: Callable[[Stores], T]) -> T:
        """What the case system says. Raises ApiError: not_found, or unavailable with a time to try again."""
        try:
            stores = await self._parts.casework.stores()
            return await self._parts.database.run(read, stores)
        except NotFound:
            raise ApiError(Problem.NOT_FOUND) from None
        except PortError:
            raise ApiError(Problem.UNAVAILABLE, retry_after=5) from None

    async def acting(self, agent: Agent, act: Callable[[AgentWorld, datetime], T]) -> T:
        """Run a use case as that agent."""
        settings = self._parts.settings
        return await self.reading(lambda stores: act(agent_world(settings, stores, agent.name), self.now()))

    async def whole(self, case_id: str, **more: Any) -> Response:
        """The case as it now stands."""
        case = await self.reading(lambda stores: shown_case(stores, stores.desk.get(case_id)))
        return JSONResponse({"case": case, **more})

    def refused(self, reason: str, **more: Any) -> Response:
        """Why nothing was done, in words. Raises ApiError for a case that does not exist."""
        if reason == "no_case":
            raise ApiError(Problem.NOT_FOUND)
        if reason == "unavailable":
            return not_done(self._parts.words, "casework_away", 503)
        return not_done(self._parts.words, reason, **more)


def fields(body: Any, *names: str) -> dict[str, str]:
    """Short texts of those names; one that is not there is "". Raises ApiError 400."""
    return {name: short(body.get(name, "")) for name in names}


def short(value: object) -> str:
    """A text of one field. Raises ApiError 400."""
    text = clean(value).strip()
    if len(text) > LONGEST_FIELD:
        raise ApiError(Problem.MALFORMED)
    return text


def day(value: str) -> date:
    """An ISO date. Raises ApiError 400."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ApiError(Problem.MALFORMED) from None
