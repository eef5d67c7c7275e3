"""The desk put together: its page, its API, and the board that all open pages share."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

from fastapi import APIRouter

from actions.adapters.texts import ResponseTexts
from bot.gateway.desk import (
    bookings,
    callbacks,
    canned,
    cases,
    chats,
    files,
    oidc,
    page,
    presence,
    signin,
    stream,
    supervisor,
)
from bot.gateway.desk.accounts import Accounts
from bot.gateway.desk.board import BoardReader
from bot.gateway.desk.seats import Seats
from bot.gateway.parts import Parts


class Desk:
    """Everything under `/desk`. `watch` runs beside it, until cancelled."""

    def __init__(self, parts: Parts) -> None:
        accounts = Accounts(parts.database)
        seats = Seats(accounts, parts.database, parts.now)
        reader = BoardReader(parts.database, parts.fanout, parts.words, parts.now, lambda: parts.reread_seconds)
        self._reader = reader
        self.oidc = oidc.application(parts, accounts, seats)
        self.routers: list[APIRouter] = [
            page.routes(),
            signin.routes(parts, accounts, seats),
            presence.routes(parts, accounts, seats),
            stream.routes(parts, seats, reader),
            chats.routes(parts, accounts, seats, ResponseTexts()),
            cases.routes(parts, seats),
            bookings.routes(parts, seats),
            files.routes(parts, seats),
            callbacks.routes(parts, seats),
            supervisor.routes(parts, seats),
            canned.routes(parts, seats),
        ]

    def watch(self) -> Coroutine[Any, Any, None]:
        """Keeps the board up to date while pages are open."""
        return self._reader.watch()
