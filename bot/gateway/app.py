"""The gateway put together: `create_app(settings)` gives the ASGI application."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from fastapi import FastAPI, Request, Response
from redis.asyncio import Redis
from starlette.exceptions import HTTPException

from actions.adapters.texts import ResponseTexts
from actions.bootstrap import open_agent_desk
from actions.settings import Settings
from actions.usecases.reach_a_person import is_open
from actions.usecases.redact import redact
from bot.gateway import inside, operating, pages, widget
from bot.gateway.bookings import BookingFiles
from bot.gateway.casework import Casework
from bot.gateway.channels.teams.channel import Teams
from bot.gateway.channels.web import bookings, files, messages, reading, sessions
from bot.gateway.desk.oidc import PATH as OIDC_PATH
from bot.gateway.desk.routes import Desk
from bot.gateway.errors import ApiError, Problem, error_response
from bot.gateway.fanout import Fanout, RedisRelay
from bot.gateway.files.attaching import Attaching
from bot.gateway.files.folder import FileFolder
from bot.gateway.guard import Guard
from bot.gateway.handoff import webhook
from bot.gateway.handoff.cases import Cases
from bot.gateway.handoff.embedded import EmbeddedDesk
from bot.gateway.handoff.opening import FirstWhoAnswers, Openings
from bot.gateway.handoff.outbox import Outbox
from bot.gateway.handoff.outer import OuterDesk
from bot.gateway.handoff.service import HandoffService
from bot.gateway.handoff.store import HandoffStore
from bot.gateway.handoff.ticker import Ticker
from bot.gateway.handoff.timing import limits
from bot.gateway.handoff.waiting import Waiting
from bot.gateway.links import Links
from bot.gateway.metrics import Metrics
from bot.gateway.parts import Parts
from bot.gateway.rasa import Health, Rasa
from bot.gateway.rates import Rate
from bot.gateway.retention import Retention, Terms
from bot.gateway.sessions import Sessions
from bot.gateway.store.engine import Database, migrate, open_engine
from bot.gateway.store.files import ConversationFiles
from bot.gateway.store.log import ConversationLog
from bot.gateway.store.owed import OwedTurns
from bot.gateway.taking import Taking
from bot.gateway.tokens import Tokens, signing_key
from bot.gateway.words import Words
from bot.gateway.workers import Workers
from bot.gateway.working import Patience, Working

LEASE = timedelta(seconds=15)


def create_app(
    settings: Settings,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    open_at: Callable[[datetime], bool] = is_open,
) -> FastAPI:
    """The application. Its tables are migrated and its workers started when it starts.

    `open_at` says whether people answer at a moment.
    """
    words = Words(ResponseTexts())
    metrics = Metrics()
    database = Database(open_engine(settings.database("chat")))
    client = httpx.AsyncClient(
        limits=httpx.Limits(max_connections=100, max_keepalive_connections=100, keepalive_expiry=3.0), trust_env=False
    )
    parts = _parts(settings, words, metrics, database, client, now, open_at)
    desk = Desk(parts)
    taking = Taking(parts, redact)
    teams = Teams(parts, taking)

    @contextlib.asynccontextmanager
    async def running(_app: FastAPI) -> AsyncIterator[None]:
        await asyncio.to_thread(migrate, database.engine)
        jobs: list[Coroutine[Any, Any, None]] = [parts.health.watch(), parts.workers.watch(), parts.attaching.run()]
        jobs += [parts.ticker.run(), parts.retention.run(), desk.watch(), *teams.jobs()]
        if parts.outer is not None:
            jobs.append(parts.outer.run())
        redis = Redis.from_url(settings.redis_url, socket_timeout=None) if settings.redis_url else None
        if redis is not None:
            relay = RedisRelay(redis, parts.fanout)
            parts.fanout.relay = relay
            jobs.append(relay.listen())
        tasks = [asyncio.create_task(job) for job in jobs]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await parts.workers.stop()
            await teams.stop()
            await client.aclose()
            if redis is not None:
                await redis.aclose()
            database.close()

    app = FastAPI(lifespan=running, docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    for router in (
        sessions.routes(parts),
        messages.routes(parts, taking),
        files.routes(parts, redact),
        bookings.routes(parts),
        reading.routes(parts),
        inside.routes(parts),
        webhook.routes(parts),
        operating.routes(parts),
        pages.routes(),
        widget.routes(),
        *desk.routers,
        teams.router,
    ):
        app.include_router(router)
    if desk.oidc is not None:
        app.mount(OIDC_PATH, desk.oidc)

    async def refused(_request: Request, error: Exception) -> Response:
        """What the router itself refuses."""
        status = error.status_code if isinstance(error, HTTPException) else 404
        problem = next((each for each in Problem if each.status == status), Problem.MALFORMED)
        allow = error.headers if isinstance(error, HTTPException) else None
        return error_response(ApiError(problem), words, allow)

    app.add_exception_handler(HTTPException, refused)
    app.add_middleware(Guard, words=words, metrics=metrics, origins=settings.origins)
    return app


def _parts(
    settings: Settings,
    words: Words,
    metrics: Metrics,
    database: Database,
    client: httpx.AsyncClient,
    now: Callable[[], datetime],
    open_at: Callable[[datetime], bool],
) -> Parts:
    log = ConversationLog(database)
    owed = OwedTurns(database, f"{socket.gethostname()}:{settings.port}", LEASE)
    fanout = Fanout()
    rasa = Rasa(settings.rasa_url, client, settings.turn_seconds)
    addresses = {"rasa": f"{settings.rasa_url}/"}
    if settings.actions_url != "none":
        addresses["action server"] = f"{settings.actions_url}/health"
    back: set[asyncio.Task[None]] = set()

    def everything_is_back() -> None:
        task = asyncio.create_task(workers.take_up_parked())
        back.add(task)
        task.add_done_callback(back.discard)

    health = Health(client, addresses, everything_is_back)
    patience = Patience(
        trouble_after=settings.trouble_after_seconds,
        slow_after=settings.slow_after_seconds,
        outage_limit=settings.outage_limit_seconds,
        rasa_session_turns=settings.rasa_session_turns,
    )
    casework, chat_files, folder = Casework(settings), ConversationFiles(database), FileFolder(settings.var)
    terms = Terms(timedelta(hours=settings.abandoned_hours), timedelta(days=settings.transcript_days))
    cases = Cases(lambda: casework.open().desk)
    store = HandoffStore(database, words.say)
    own_desk = EmbeddedDesk(database, store, now)
    outer_desk = open_agent_desk(settings, now)
    people = FirstWhoAnswers(outer_desk, own_desk) if outer_desk is not None else own_desk
    openings = Openings(people, cases, ResponseTexts(), now, open_at, settings.desk)
    working = Working(database, owed, rasa, health, fanout, words, patience, now, metrics, openings)
    workers = Workers(database, owed, working, health, now, LEASE.total_seconds())
    handoffs = HandoffService(database, store, fanout, workers.wake, now)
    waiting = Waiting(database, words.say)
    ticker = Ticker(
        database, store, waiting, openings, cases, ResponseTexts(), fanout, workers.wake, now, limits(settings)
    )
    outer = None
    if outer_desk is not None:
        outbox = Outbox(database, words.say)
        outer = OuterDesk(settings.desk, outer_desk, database, store, outbox, own_desk, fanout, workers.wake, now)
    key = signing_key(settings.token_key, settings.var)
    idle = timedelta(hours=settings.session_idle_hours)
    return Parts(
        settings=settings,
        database=database,
        log=log,
        sessions=Sessions(database, log, Tokens(key), idle, now),
        workers=workers,
        handoffs=handoffs,
        reach=openings,
        cases=cases,
        ticker=ticker,
        outer=outer,
        fanout=fanout,
        rasa=rasa,
        health=health,
        words=words,
        metrics=metrics,
        messages=Rate(max(settings.message_burst, settings.messages_per_second), settings.messages_per_second),
        openings=Rate(settings.sessions_per_minute, settings.sessions_per_minute / 60),
        uploads=Rate(settings.uploads_per_minute, settings.uploads_per_minute / 60),
        casework=casework,
        files=chat_files,
        folder=folder,
        attaching=Attaching(database, chat_files, casework),
        retention=Retention(database, folder, casework, terms, now),
        booking_files=BookingFiles(casework, ResponseTexts(), settings.var),
        links=Links(key),
        now=now,
    )
