"""`/desk/api/cases/…`: cases beside the chat, through the same use cases as the dialogue's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import JSONResponse

from actions.bootstrap import AgentWorld, Stores
from actions.ports import Language
from actions.usecases.add_information import InformationAdded, add_information
from actions.usecases.agent_case import BadField, Done, NotDone, correct_contact, move_case, open_by_hand
from actions.usecases.reopen_case import CaseReopened, NotReopened, StillOpen, reopen_case
from bot.gateway.bodies import json_object, message_text
from bot.gateway.desk.accounts import Agent
from bot.gateway.desk.case_calls import CaseCalls, fields
from bot.gateway.desk.case_shapes import not_done, shown_case
from bot.gateway.desk.seats import Seats
from bot.gateway.errors import ApiError, Problem
from bot.gateway.parts import Parts

ByHand = Callable[[AgentWorld, datetime], Done | BadField | NotDone]


def routes(parts: Parts, seats: Seats) -> APIRouter:
    """The calls."""
    router = APIRouter(prefix="/desk/api")
    calls = CaseCalls(parts)

    # --- reading

    @router.get("/chats/{chat}/cases")
    async def of_chat(chat: str, request: Request) -> Response:
        await seats.of(request)
        found = await parts.handoffs.get(chat)
        if found is None:
            raise ApiError(Problem.NOT_FOUND)
        conversation, named = found.conversation, found.case_id

        def read(stores: Stores) -> list[dict[str, Any]]:
            cases = {case.case_id: case for case in stores.desk.of_conversation(conversation)}
            if named and named not in cases:
                cases[named] = stores.desk.get(named)
            return [shown_case(stores, case) for case in reversed(cases.values())]

        return JSONResponse({"cases": await calls.reading(read)})

    @router.get("/cases/{case_id}")
    async def one(case_id: str, request: Request) -> Response:
        await seats.of(request)
        return JSONResponse({"case": await calls.reading(lambda stores: shown_case(stores, stores.desk.get(case_id)))})

    # --- doing

    @router.post("/chats/{chat}/cases")
    async def open_one(chat: str, request: Request) -> Response:
        agent = await seats.acting(request)
        given = fields(await json_object(request), "serial_number", "symptom", "name", "company", "email", "phone")
        found = await parts.handoffs.get(chat)
        if found is None:
            raise ApiError(Problem.NOT_FOUND)
        conversation, language = found.conversation, Language(found.language)
        return await by_hand(
            agent, lambda world, at: open_by_hand(world, world.registry, conversation, language, given, at)
        )

    @router.post("/cases/{case_id}/contact")
    async def contact(case_id: str, request: Request) -> Response:
        agent = await seats.acting(request)
        given = fields(await json_object(request), "name", "company", "email", "phone")
        return await by_hand(agent, lambda world, at: correct_contact(world.desk, case_id, given, at))

    @router.post("/cases/{case_id}/status")
    async def status(case_id: str, request: Request) -> Response:
        agent = await seats.acting(request)
        wanted = fields(await json_object(request), "status")["status"]
        return await by_hand(agent, lambda world, at: move_case(world.desk, case_id, wanted, at))

    @router.post("/cases/{case_id}/note")
    async def note(case_id: str, request: Request) -> Response:
        agent = await seats.acting(request)
        text = message_text((await json_object(request)).get("text"))
        outcome = await calls.acting(agent, lambda world, at: add_information(world.desk, case_id, at, note=text))
        return await calls.whole(case_id) if isinstance(outcome, InformationAdded) else calls.refused(outcome.reason)

    @router.post("/cases/{case_id}/reopen")
    async def reopen(case_id: str, request: Request) -> Response:
        agent = await seats.acting(request)
        outcome = await calls.acting(agent, lambda world, at: reopen_case(world.desk, case_id, at))
        match outcome:
            case CaseReopened():
                return await calls.whole(case_id)
            case NotReopened(reason):
                return calls.refused("not_from_here" if reason == "refused" else reason)
            case StillOpen():
                return calls.refused("not_from_here")

    async def by_hand(agent: Agent, act: ByHand) -> Response:
        match await calls.acting(agent, act):
            case Done(case):
                return await calls.whole(case.case_id)
            case BadField(name):
                return not_done(parts.words, "bad_field", 400, field=name)
            case NotDone(reason):
                return calls.refused(reason)

    return router
