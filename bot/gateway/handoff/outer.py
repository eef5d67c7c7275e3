"""An outer desk and our own book, kept together: what customers say goes out in order, what people do comes in.

Every second each open handoff of that desk is looked at: shown there if it is not, its messages delivered one at a
time, and from time to time asked about, because webhooks get lost. To the desk the last hop is at least once; inside,
once.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from actions.agent_ports import (
    AgentDesk,
    Claimed,
    Closed,
    DeskAgent,
    DeskEvent,
    DeskMessage,
    HandoffPackage,
    Message,
    Notice,
    People,
    Released,
    Returned,
    Transferred,
    Typing,
)
from actions.ports import NotFound, PortError
from bot.gateway.events import Event
from bot.gateway.fanout import Fanout
from bot.gateway.handoff.model import Agent, Handoff
from bot.gateway.handoff.outbox import Outbox
from bot.gateway.handoff.service import DESK
from bot.gateway.handoff.states import HELD, OPEN, State
from bot.gateway.handoff.store import HandoffStore
from bot.gateway.store.engine import Database

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Patience:
    """How an outer desk is tried."""

    give_up: timedelta = timedelta(seconds=60)  # unreachable for so long: our own desk, or a case
    repair: timedelta = timedelta(seconds=15)  # asked what happened at least so often
    undelivered_tries: int = 5


class OuterDesk:
    """Runs one outer desk. `embedded` are the people of our own desk, who take over when it is away."""

    def __init__(
        self,
        name: str,
        desk: AgentDesk,
        database: Database,
        store: HandoffStore,
        outbox: Outbox,
        embedded: People,
        fanout: Fanout,
        wake: Callable[[str], None],
        now: Callable[[], datetime],
        patience: Patience = Patience(),
        every: float = 1.0,
    ) -> None:
        self.name, self.desk = name, desk
        self._database, self._store, self._outbox, self._embedded = database, store, outbox, embedded
        self._fanout, self._wake, self._now, self._patience, self._every = fanout, wake, now, patience, every
        self._asked: dict[str, datetime] = {}

    async def run(self) -> None:
        """Runs until cancelled."""
        while True:
            try:
                await self.tick()
            except SQLAlchemyError as error:
                log.warning("the database failed: %s", type(error).__name__)
            except Exception:
                log.exception("the outer desk's relay failed")
            await asyncio.sleep(self._every)

    async def tick(self) -> None:
        """Do for each handoff what is to be done; one that hangs holds up nobody else."""
        wanting = await self._database.run(self._outbox.wanting, self.name, self._now())
        await asyncio.gather(*(self._database.run(self._work, handoff) for handoff in wanting))
        for handoff in wanting:
            await self._fanout.tell(handoff.conversation)
            self._wake(handoff.conversation)
        if wanting:
            await self._fanout.tell(DESK)

    async def heard(self, events: list[DeskEvent]) -> None:
        """What a webhook brought, applied; repeats change nothing."""
        for event in events:
            handoff = await self._database.run(self._outbox.of_ref, self.name, event.ref)
            if handoff is None:
                continue
            if isinstance(event, Typing):
                await self._fanout.tell(handoff.conversation, typing="agent")
                continue
            await self._database.run(self._apply, handoff, event)
            await self._fanout.tell(handoff.conversation)
            await self._fanout.tell(DESK)
            self._wake(handoff.conversation)

    # --- one handoff; blocks ----------------------------------------------------------------------

    def _work(self, handoff: Handoff) -> None:
        try:
            if handoff.state not in OPEN:
                self._say_it_ended(handoff)
                return
            if handoff.desk_ref is None:
                ref = self.desk.open(self._package(handoff))
                self._outbox.opened(handoff, ref)
                handoff = self._store.get(handoff.id) or handoff
            self._deliver(handoff)
            self._repair(handoff)
            self._outbox.reached(handoff)
        except PortError as error:
            log.warning("%s did not take a handoff: %s", self.name, type(error).__name__)
            self._failed(handoff)

    def _package(self, handoff: Handoff) -> HandoffPackage:
        said = [as_message(event) for event in self._store.messages(handoff.id, 0) if event.body.get("text")]
        told = tuple(each for each in said if each.seq <= handoff.opened_seq)
        names = (handoff.id, handoff.conversation, handoff.language, handoff.reason)
        return HandoffPackage(*names, handoff.opened_at, handoff.package, told)

    def _deliver(self, handoff: Handoff) -> None:
        """The customer's messages in order, each marked when the desk has it."""
        ref = handoff.desk_ref or ""
        for event in self._store.messages(handoff.id, max(handoff.desk_seq, handoff.opened_seq)):
            if event.role == "customer" and event.body.get("text"):
                self.desk.deliver(ref, as_message(event))
            self._outbox.delivered(handoff, event.seq)

    def _repair(self, handoff: Handoff) -> None:
        now = self._now()
        asked = self._asked.get(handoff.id)
        if asked is not None and now - asked < self._patience.repair:
            return
        self._asked[handoff.id] = now
        found = self._store.get(handoff.id) or handoff
        events, cursor = self.desk.pull(found.desk_ref or "", found.desk_cursor)
        for event in events:
            self._apply(self._store.get(handoff.id) or found, event)
        self._outbox.read(handoff, cursor)

    def _say_it_ended(self, handoff: Handoff) -> None:
        try:
            if handoff.outcome == "customer_left":
                self.desk.notify(handoff.desk_ref or "", Notice.CUSTOMER_LEFT)
            self.desk.end(handoff.desk_ref or "", handoff.outcome or "")
        except NotFound:
            log.warning("%s does not know an ended handoff", self.name)
        self._asked.pop(handoff.id, None)
        self._outbox.closed(handoff)

    def _failed(self, handoff: Handoff) -> None:
        """Tried again, later each time; after a minute without the desk somebody else takes those who wait."""
        now = self._now()
        since = self._outbox.failed(handoff, now, self._patience.undelivered_tries)
        if now - since < self._patience.give_up or handoff.state is not State.WAITING:
            return
        present = self._embedded.availability(handoff.language).present > 0
        self._outbox.give_to_embedded(handoff, now, hurry=not present)

    def _apply(self, handoff: Handoff, event: DeskEvent) -> None:
        """One event of the desk as a move or a message of ours. What can't be made any more is left out."""
        now = self._now()
        match event:
            case Claimed(agent=agent) | Transferred(agent=agent):
                self._give_to(handoff, agent, now)
            case Message(id=name, agent=agent, text=text):
                who = self._give_to(handoff, agent, now)
                self._store.send(handoff.id, who, f"{self.name}-{name}", text, now)
            case Returned(word=word):
                self._store.return_to_bot(handoff.id, _holder(handoff, event.agent), word, now)
            case Closed(outcome=outcome):
                self._close(handoff, event.agent, outcome, now)
            case Released():
                if handoff.state in HELD:
                    self._store.release(handoff.id, None, now, "desk")

    def _give_to(self, handoff: Handoff, agent: DeskAgent, now: datetime) -> Agent:
        """The handoff is that person's, whoever had it."""
        who = Agent(agent.id, agent.name)
        if handoff.state is State.WAITING:
            self._store.claim(handoff.id, who, now, leased=False)
        elif handoff.state in HELD and handoff.agent != agent.id:
            self._store.transfer(handoff.id, _holder(handoff, agent), who, now, leased=False)
        return who

    def _close(self, handoff: Handoff, agent: DeskAgent, outcome: str, now: datetime) -> None:
        if handoff.state is State.WAITING:  # resolved there without a word: it is theirs, and over
            self._store.claim(handoff.id, Agent(agent.id, agent.name), now, leased=False)
            handoff = self._store.get(handoff.id) or handoff
        self._store.close(handoff.id, _holder(handoff, agent), outcome, now)


def as_message(event: Event) -> DeskMessage:
    """An event of the log as desks take it; its id is the log's own number, the same at every repeat."""
    name = str(event.body.get("id") or event.seq)
    return DeskMessage(name, event.seq, event.at, event.role, event.name, str(event.body.get("text") or ""))


def _holder(handoff: Handoff, agent: DeskAgent) -> Agent:
    return Agent(handoff.agent or agent.id, handoff.agent_name or agent.name)
