"""Delivers the log to Teams: one conversation's events in order, one activity at a time, again and again until taken.

A try in vain is repeated after the pause that the service asks for, at most four times; then the conversation waits a
while, with everything that is to come. What is said is never skipped, but for an activity that the service refuses
whenever it is sent: that is sent as plain text instead. The desk is told of what did not get there (yet).
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from bot.gateway.channels.teams.connector import Connector, Gone, Later, Outcome, Refused, Sent
from bot.gateway.channels.teams.render import Activity, Render, is_question, texts
from bot.gateway.events import Event
from bot.gateway.metrics import Metrics
from bot.gateway.store.engine import Database
from bot.gateway.store.log import ConversationLog
from bot.gateway.store.outbox import Outbox, Parcel
from bot.gateway.waking import Waking

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pace:
    """How tries are spread. Seconds."""

    tries: int = 4
    backoff: float = 1.0  # doubled from try to try, unless the service says otherwise
    longest_wait: float = 30.0  # a longer one is waited out without holding the conversation
    pause: float = 15.0  # after the last try, doubled from round to round
    longest_pause: float = 900.0
    rounds: int = 100  # about a day; then the place counts as gone until somebody writes there
    sweep: float = 2.0

    def wait(self, tried: int, asked: float | None) -> float:
        """The pause after so many tries."""
        return asked if asked is not None else self.backoff * 2 ** (tried - 1) * random.uniform(0.5, 1.5)

    def rest(self, rounds: int) -> float:
        """The pause after so many rounds in vain."""
        return float(min(self.longest_pause, self.pause * 2 ** min(rounds, 20)) * random.uniform(0.75, 1.25))


class Stopped(Exception):
    """No more for now: the place is gone, or the conversation waits, or another gateway has it."""


class Delivery:
    """The deliveries of this gateway."""

    def __init__(
        self,
        database: Database,
        chat_log: ConversationLog,
        outbox: Outbox,
        connector: Connector,
        render: Render,
        metrics: Metrics,
        now: Callable[[], datetime],
        pace: Pace,
        lease_seconds: float,
        tell_desk: Callable[[], Awaitable[None]],
    ) -> None:
        self._database, self._log, self._outbox, self._connector = database, chat_log, outbox, connector
        self._render, self._metrics, self._now, self._pace = render, metrics, now, pace
        self._tell_desk = tell_desk
        self._lease = timedelta(seconds=lease_seconds)
        self._waking = Waking(self._serve)
        self.wake, self.stop = self._waking.wake, self._waking.stop

    async def watch(self) -> None:
        """Take up what was left, what waited long enough, and what nobody told us of. Runs until cancelled."""
        released = False
        while True:
            with suppress(SQLAlchemyError):
                if not released:
                    await self._database.run(self._outbox.release_own)
                    released = True
                for conversation in await self._database.run(self._outbox.due, self._now()):
                    self.wake(conversation)
            await asyncio.sleep(self._pace.sweep)

    async def _serve(self, conversation: str) -> bool:
        try:
            while (parcel := await self._database.run(self._outbox.take, conversation, self._now())) is not None:
                await _Round(self, parcel).run()
        except Stopped:
            return False
        except SQLAlchemyError as error:
            log.warning("the database failed in a delivery: %s", type(error).__name__)
            return False
        except Exception:
            log.exception("a delivery broke")
            return False
        return True

    # --- for a round ------------------------------------------------------------------------------

    async def send(self, parcel: Parcel, activity: Activity, update: str = "") -> Outcome:
        """One activity with all its tries: Sent, Gone, Refused, or Later with the pause that is still to be made."""
        outcome: Outcome = Later(None)
        for tried in range(1, self._pace.tries + 1):
            outcome = await self._connector.send(parcel.reference, activity, update)
            if not isinstance(outcome, Later):
                return outcome
            self._metrics.teams("later")
            wait = self._pace.wait(tried, outcome.seconds)
            if tried == self._pace.tries or wait > self._pace.longest_wait:
                break
            until = self._now() + timedelta(seconds=wait) + self._lease
            if not await self._database.run(self._outbox.keep, parcel.conversation, until):
                raise Stopped
            await asyncio.sleep(wait)
        return outcome

    async def event(self, conversation: str, seq: int) -> Event | None:
        """One event of the log."""
        return await self._database.run(self._log.event, conversation, seq)

    async def delivered(self, parcel: Parcel, cursor: int, part: int, shown: Mapping[str, str]) -> None:
        """Note how far it went."""
        if not await self._database.run(self._outbox.delivered, parcel.conversation, cursor, part, shown, self._now()):
            raise Stopped
        if parcel.rounds:
            await self._tell_desk()

    async def refused(self, parcel: Parcel, event: Event) -> None:
        """That event is not taken, now or later."""
        self._metrics.teams("refused")
        await self._database.run(self._outbox.refuse, parcel.conversation, event.seq)
        await self._tell_desk()

    async def gone(self, parcel: Parcel) -> None:
        """Nobody can be reached there."""
        self._metrics.teams("gone")
        await self._database.run(self._outbox.lose, parcel.conversation, parcel.place, parcel.reference)
        await self._tell_desk()
        raise Stopped

    async def postpone(self, parcel: Parcel, asked: float | None) -> None:
        """All tries were in vain."""
        if parcel.rounds >= self._pace.rounds:
            await self.gone(parcel)
        pause = max(self._pace.rest(parcel.rounds), asked or 0.0)
        until = self._now() + timedelta(seconds=pause)
        await self._database.run(self._outbox.postpone, parcel.conversation, parcel.rounds + 1, until)
        await self._tell_desk()
        raise Stopped

    def count(self, outcome: str) -> None:
        """A figure for operators."""
        self._metrics.teams(outcome)

    def activities(self, parcel: Parcel, event: Event) -> Sequence[Activity]:
        """What an event says. One that can't be shown as it should be must not hold up what comes after it."""
        try:
            return self._render.activities(event, parcel.conversation, parcel.language)
        except Exception as error:
            log.error("a %s could not be shown: %s", event.type, type(error).__name__)
            return texts(str(event.body.get("text") or ""), parcel.language or "da")

    def answered(self, parcel: Parcel, event: Event, answer: str) -> Activity:
        """What takes the place of a pressed card."""
        return self._render.answered(event, parcel.conversation, parcel.language, answer)


class _Round:
    """One parcel on its way. Raises Stopped where it ends early."""

    def __init__(self, delivery: Delivery, parcel: Parcel) -> None:
        self._delivery, self._parcel = delivery, parcel
        self._shown = dict(parcel.shown)

    async def run(self) -> None:
        """Every event, in order."""
        noted = True
        part = self._parcel.part
        for event in self._parcel.events:
            if event.role == "customer" and self._shown:
                await self._retire(event)
            activities = self._delivery.activities(self._parcel, event)
            for index, activity in enumerate(activities):
                if index >= part:
                    await self._post(event, activity)
                    last = index + 1 == len(activities)
                    where = (event.seq, 0) if last else (event.seq - 1, index + 1)
                    await self._delivery.delivered(self._parcel, *where, self._shown)
            noted, part = bool(activities), 0
        if not noted:
            await self._delivery.delivered(self._parcel, self._parcel.events[-1].seq, 0, self._shown)

    async def _post(self, event: Event, activity: Activity) -> None:
        outcome = await self._delivery.send(self._parcel, activity)
        if isinstance(outcome, Refused) and "attachments" in activity:
            log.warning("Teams refused a card: status %d", outcome.status)
            outcome = await self._in_words(event)
        match outcome:
            case Sent(name):
                self._delivery.count("sent")
                if name and is_question(event) and "attachments" in activity:
                    self._shown[str(event.seq)] = name
            case Refused(status):
                log.error("Teams refused a message: status %d", status)
                await self._delivery.refused(self._parcel, event)
            case Later(seconds):
                await self._delivery.postpone(self._parcel, seconds)
            case Gone():
                await self._delivery.gone(self._parcel)

    async def _in_words(self, event: Event) -> Outcome:
        """A card that is not taken: its words, and what may be answered."""
        titles = [str(choice["title"]) for choice in event.body.get("choices") or ()]
        outcome: Outcome = Sent("")
        words = "\n".join([str(event.body["text"]), *(f"- {title}" for title in titles)])
        for piece in texts(words, self._parcel.language or "da"):
            outcome = await self._delivery.send(self._parcel, piece)
            if not isinstance(outcome, Sent):
                break
        return outcome

    async def _retire(self, answer: Event) -> None:
        """Cards that were answered stop looking as if they could be pressed. Where that fails nothing is lost."""
        for seq, name in self._shown.items():
            event = await self._delivery.event(self._parcel.conversation, int(seq))
            if event is not None:
                activity = self._delivery.answered(self._parcel, event, _chosen(event, answer))
                await self._delivery.send(self._parcel, activity, update=name)
        self._shown = {}
        await self._delivery.delivered(self._parcel, answer.seq, 0, self._shown)


def _chosen(event: Event, answer: Event) -> str:
    """What was chosen on that card, in words; "" where something was typed instead."""
    said: Any = answer.body.get("text", "")
    titles = [choice.get("title") for choice in event.body.get("choices") or ()]
    return str(said) if "choice" in answer.body or said in titles or not titles else ""
