"""The desk without a network: the log, the handoffs and time, with fakes around them and a clock to set."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from actions.adapters.fakes import FakeCaseDesk, FakePeople
from actions.adapters.texts import ResponseTexts
from actions.usecases.reach_a_person import is_open
from bot.gateway.fanout import Fanout
from bot.gateway.handoff.cases import Cases
from bot.gateway.handoff.model import Agent, Handoff, Request
from bot.gateway.handoff.opening import Openings
from bot.gateway.handoff.store import HandoffStore
from bot.gateway.handoff.ticker import Ticker
from bot.gateway.handoff.timing import Limits
from bot.gateway.handoff.waiting import Waiting
from bot.gateway.store.engine import Database, migrate, open_engine
from bot.gateway.store.log import CALL_BACK, ConversationLog, Refusal
from bot.gateway.words import Words

METTE, BO = Agent("mette", "Mette"), Agent("bo", "Bo")
TEXTS = ResponseTexts()


class DeskWorld:
    """Begins on a Tuesday at ten, with one person there."""

    def __init__(self, folder: Path) -> None:
        self.now = datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Europe/Copenhagen"))
        self.database = Database(open_engine(f"sqlite:///{folder / 'chat.db'}"))
        migrate(self.database.engine)
        self.log = ConversationLog(self.database)
        self.people, self.cases_at_desk = FakePeople(present=1), FakeCaseDesk()
        say = Words(TEXTS).say
        self.desk = HandoffStore(self.database, say)
        cases = Cases(lambda: self.cases_at_desk)
        self.openings = Openings(self.people, cases, TEXTS, self.clock, is_open)
        self.woken: list[str] = []
        self.ticker = Ticker(
            self.database,
            self.desk,
            Waiting(self.database, say),
            self.openings,
            cases,
            TEXTS,
            Fanout(),
            self.woken.append,
            self.clock,
            Limits(),
        )

    def clock(self) -> datetime:
        return self.now

    async def later(self, **much: float) -> None:
        """Time passes, and what is due is done."""
        self.now += timedelta(**much)
        await self.ticker.tick()

    def customer(self) -> str:
        """A conversation of somebody's."""
        name = uuid.uuid4().hex
        self.log.open(name, "da", self.now, self.now + timedelta(days=1))
        return name

    def waits(self, **request: Any) -> Handoff:
        """A customer in the queue."""
        opened = self.desk.open(
            self.customer(), Request(**({"reason": "asked_for", "language": "da"} | request)), self.now
        )
        assert opened is not None
        return opened

    def says(self, handoff: Handoff, text: str) -> None:
        """The customer writes."""
        stored = self.log.accept(handoff.conversation, str(uuid.uuid4()), self.now, text=text)
        assert not isinstance(stored, Refusal), stored

    def chooses(self, handoff: Handoff, choice: str = CALL_BACK) -> None:
        """The customer clicks."""
        stored = self.log.accept(handoff.conversation, str(uuid.uuid4()), self.now, choice=choice)
        assert not isinstance(stored, Refusal), stored

    def state(self, handoff: Handoff) -> str:
        found = self.desk.get(handoff.id)
        assert found is not None
        return str(found.state)

    def read(self, handoff: Handoff) -> list[str]:
        """What the customer has read since they came into the queue, oldest first."""
        return [str(event.body.get("text", "")) for event in self.desk.messages(handoff.id, handoff.opened_seq)]

    def owner(self, handoff: Handoff) -> str:
        return self.log.snapshot(handoff.conversation, 0).owner

    def close(self) -> None:
        self.database.close()
