"""What is kept no longer than needed (domain.md 5): erased on a customer's word, and by itself when its time is up."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from actions.ports import PersonalData, PortError, Subject
from actions.usecases.erase_customer import erase_conversation, is_over
from bot.gateway.casework import Casework
from bot.gateway.files.folder import FileFolder
from bot.gateway.personal import ChatPersonalData, Privacy
from bot.gateway.store.engine import Database
from bot.gateway.store.files import ConversationFiles
from bot.gateway.store.tables import conversations, events

log = logging.getLogger(__name__)

ASKED_EVERY_SECONDS = 10.0
SWEEP_EVERY = timedelta(hours=1)
FIRST_SWEEP_AFTER = timedelta(minutes=1)  # a start has other things to do


@dataclass(frozen=True)
class Terms:
    """How long what is kept: a conversation that came to no case, and one whose cases are all over."""

    abandoned: timedelta = timedelta(hours=24)
    transcript: timedelta = timedelta(days=30)


class Retention:
    """One round every few seconds for what customers asked for, one an hour for what is old. Both may be repeated."""

    def __init__(
        self,
        database: Database,
        folder: FileFolder,
        casework: Casework,
        terms: Terms,
        now: Callable[[], datetime],
        every: float = ASKED_EVERY_SECONDS,
    ) -> None:
        self._database, self._folder, self._casework = database, folder, casework
        self._terms, self._now, self._every = terms, now, every
        self._chat = ChatPersonalData(database, folder)

    async def run(self) -> None:
        """Runs until cancelled."""
        swept = self._now() - SWEEP_EVERY + FIRST_SWEEP_AFTER
        while True:
            try:
                await asyncio.to_thread(self.erase_asked)
                if self._now() - swept >= SWEEP_EVERY:
                    await asyncio.to_thread(self.sweep)
                    swept = self._now()
            except (SQLAlchemyError, PortError, OSError) as error:
                log.warning("erasing waits: %s", type(error).__name__)
            await asyncio.sleep(self._every)

    def erase_asked(self) -> int:
        """Erase the conversations whose customers asked for it; how many. One that is being answered waits a moment.

        Blocks. Raises PortError: then they are still asked for, and the next round goes on.
        """
        row, now = conversations.c, self._now()
        idle = row.worker.is_(None) | (row.worker_until < now)
        with self._database.reading() as connection:
            query = select(row.id).where(row.erase_asked_at.is_not(None), idle)
            asked = list(connection.execute(query).scalars())
        if asked:
            privacy = Privacy(self._casework.open(), self._chat)
            for conversation in asked:
                erase_conversation(privacy, conversation, now)
            for store in privacy.stores:
                store.tidy(thorough=False)
        return len(asked)

    def sweep(self) -> int:
        """Erase conversations whose time is up, and strays; how many conversations. Blocks. Raises PortError."""
        now = self._now()
        resting = self._resting_since(now - self._terms.abandoned)
        privacy = Privacy(self._casework.open(), self._chat)
        old = tuple(name for name, last in resting if self._is_up(privacy, name, last, now))
        subject = Subject(conversations=old)
        holding: tuple[PersonalData, ...] = (self._chat, privacy.personal.trackers, privacy.personal.cases)
        for store in holding:  # of the cases only what was said
            store.erase(subject, now)
        privacy.personal.trackers.erase_strays(self._known(), now - self._terms.abandoned)
        privacy.personal.workflows.erase_finished(now - self._terms.transcript)
        self._folder.remove_strays(ConversationFiles(self._database).ids())
        if old:
            log.info("%d conversations were erased because their time was up", len(old))
            for store in privacy.stores:
                store.tidy(thorough=False)
        return len(old)

    def _resting_since(self, before: datetime) -> Sequence[tuple[str, datetime]]:
        """Conversations in which nothing was said since, nor is with a person: (id, when the last was said)."""
        row = conversations.c
        last = func.coalesce(func.max(events.c.at), row.created_at)
        query = (
            select(row.id, last.label("last"))
            .outerjoin(events, events.c.conversation == row.id)
            .where(row.owner.in_(("bot", "closed")))
            .group_by(row.id, row.created_at)
            .having(last < before)
        )
        with self._database.reading() as connection:
            return [(each.id, each.last) for each in connection.execute(query)]

    def _is_up(self, privacy: Privacy, conversation: str, last: datetime, now: datetime) -> bool:
        """Without a case it is abandoned; with cases it goes so long after they are all over."""
        cases = privacy.desk.of_conversation(conversation)
        if not cases:
            return True
        moved = max([last, *(event.at for case in cases for event in case.events)])
        return moved < now - self._terms.transcript and all(is_over(privacy.courier, case, now) for case in cases)

    def _known(self) -> set[str]:
        with self._database.reading() as connection:
            return set(connection.execute(select(conversations.c.id)).scalars())
