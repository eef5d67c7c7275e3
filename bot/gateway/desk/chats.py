"""`/desk/api/chats/…`: what an agent does with a conversation. Every call is safe to repeat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import JSONResponse

from actions.ports import Language, Texts
from actions.usecases.handoff_package import package_lines
from bot.gateway.bodies import client_id, json_object, message_text, number
from bot.gateway.desk.accounts import Accounts
from bot.gateway.desk.accounts import Agent as Account
from bot.gateway.desk.board import Line, chat_line, headline, moment
from bot.gateway.desk.seats import Seats
from bot.gateway.errors import ApiError, Problem
from bot.gateway.handoff.model import Agent, Handoff, Note, Refused
from bot.gateway.parts import Parts

LANGUAGES = ("da", "en")
OUTCOMES = ("solved", "case_opened", "booked", "advice", "referred", "no_answer", "other")
"""How a chat may end."""


def as_agent(account: Account) -> Agent:
    """Who that is to the customer: the first name."""
    return Agent(account.id, account.name.split()[0], account.languages, account.capacity)


def routes(parts: Parts, accounts: Accounts, seats: Seats, texts: Texts) -> APIRouter:
    """The calls."""
    router = APIRouter(prefix="/desk/api/chats")
    desk = parts.handoffs

    @router.get("/{chat}")
    async def whole(chat: str, request: Request) -> Response:
        await seats.of(request)
        found = await known(chat)
        after = number(request.query_params.get("after"), 0)
        events = await desk.messages(chat, after)
        notes = [note_shown(note) for note in await desk.notes(chat)]
        line = dict(shown(found)) | {"notes": len(notes)}
        told = {"chat": line, "package": dict(found.package), "lines": in_words(found), "notes": notes}
        return JSONResponse(told | {"events": [event.public() for event in events]})

    @router.post("/{chat}/claim")
    async def claim(chat: str, request: Request) -> Response:
        agent = as_agent(await seats.acting(request))
        return moved(await desk.claim(chat, agent))

    @router.post("/{chat}/release")
    async def release(chat: str, request: Request) -> Response:
        agent = as_agent(await seats.acting(request))
        return moved(await desk.release(chat, agent))

    @router.post("/{chat}/transfer")
    async def transfer(chat: str, request: Request) -> Response:
        agent = as_agent(await seats.acting(request))
        wanted = (await json_object(request)).get("to")
        to = await parts.database.run(accounts.get, wanted) if isinstance(wanted, str) else None
        present = {each.agent.id for each in await desk.people()}
        if to is None or to.disabled or to.id == agent.id or to.id not in present:
            raise ApiError(Problem.MALFORMED)
        return moved(await desk.transfer(chat, agent, as_agent(to)))

    @router.post("/{chat}/return")
    async def give_back(chat: str, request: Request) -> Response:
        agent = as_agent(await seats.acting(request))
        word = optional_text((await json_object(request)).get("word"))
        return moved(await desk.return_to_bot(chat, agent, word))

    @router.post("/{chat}/close")
    async def close(chat: str, request: Request) -> Response:
        agent = as_agent(await seats.acting(request))
        body = await json_object(request)
        outcome = body.get("outcome")
        if outcome not in OUTCOMES:
            raise ApiError(Problem.MALFORMED)
        return moved(await desk.close(chat, agent, outcome, optional_text(body.get("word"))))

    @router.post("/{chat}/messages")
    async def send(chat: str, request: Request) -> Response:
        agent = as_agent(await seats.acting(request))
        body = await json_object(request)
        sent = await desk.send(chat, agent, client_id(body), message_text(body.get("text")))
        if isinstance(sent, Refused):
            return refused(sent)
        return JSONResponse({"seq": sent.seq}, status_code=200 if sent.repeated else 201)

    @router.post("/{chat}/notes")
    async def note(chat: str, request: Request) -> Response:
        account = await seats.acting(request)
        body = await json_object(request)
        by = Agent(account.id, account.name)
        written = await desk.note(chat, by, client_id(body), message_text(body.get("text")))
        return refused(written) if isinstance(written, Refused) else JSONResponse(note_shown(written), status_code=201)

    @router.post("/{chat}/typing")
    async def typing(chat: str, request: Request) -> Response:
        agent = as_agent(await seats.acting(request))
        await desk.typing(chat, agent)
        return Response(status_code=204)

    async def known(chat: str) -> Handoff:
        found = await desk.get(chat)
        if found is None:
            raise ApiError(Problem.NOT_FOUND)
        return found

    def in_words(found: Handoff) -> dict[str, list[tuple[str, str]]]:
        """The package as people read it, in both languages; nothing where the handoff came without one."""
        waited = (found.claimed_at or parts.now()) - found.opened_at
        spoken = list(Language) if "summary" in found.package else []
        return {each.value: package_lines(found.package, each, texts, waited) for each in spoken}

    def shown(found: Handoff) -> Line:
        return chat_line(found, headline(found.package, found.reason, parts.words))

    def moved(answer: Handoff | Refused) -> Response:
        if isinstance(answer, Refused):
            return refused(answer)
        return JSONResponse({"chat": shown(answer)})

    def refused(answer: Refused) -> Response:
        """Why a move was not made, and who has it instead."""
        if answer.why == "unknown":
            raise ApiError(Problem.NOT_FOUND)
        by = answer.handoff.agent_name if answer.handoff else None
        key = "error_chat_ended" if answer.why == "ended" else "error_chat_taken" if by else "error_chat_waits"
        message = {each: parts.words.say(key, each, name=by or "") for each in LANGUAGES}
        return JSONResponse({"error": answer.why, "message": message, "by": by}, status_code=409)

    return router


def note_shown(note: Note) -> Mapping[str, Any]:
    """A private note as pages read it."""
    return {"id": note.id, "at": moment(note.at), "agent": note.agent, "name": note.agent_name, "text": note.text}


def optional_text(value: object) -> str:
    """A last word: text, or "" where there is none. Raises ApiError 400 or 413."""
    return "" if value is None or value == "" else message_text(value)
