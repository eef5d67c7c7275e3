"""Puts files on their case. A file can't be lost: it waits in the log until there is a case and the desk answers."""

from __future__ import annotations

import asyncio
import logging

from sqlalchemy.exc import SQLAlchemyError

from actions.ports import PortError
from actions.usecases.attach_file import SentFile, attach_file
from bot.gateway.casework import Casework
from bot.gateway.store.engine import Database
from bot.gateway.store.files import ConversationFiles

log = logging.getLogger(__name__)

EVERY_SECONDS = 5.0


class Attaching:
    """One round after each upload, and one every few seconds for cases that are opened later."""

    def __init__(
        self, database: Database, files: ConversationFiles, casework: Casework, every: float = EVERY_SECONDS
    ) -> None:
        self._database, self._files, self._casework, self._every = database, files, casework, every
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """A file came."""
        self._woken.set()

    async def run(self) -> None:
        """Runs until cancelled."""
        while True:
            self._woken.clear()
            try:
                await self._database.run(self.round)
            except (SQLAlchemyError, PortError) as error:
                log.warning("files wait for their case: %s", type(error).__name__)
            try:
                async with asyncio.timeout(self._every):
                    await self._woken.wait()
            except TimeoutError:
                continue

    def round(self) -> int:
        """Try every file that stands on no case; how many found one. Blocks."""
        waiting = self._files.without_case()
        if not waiting:
            return 0
        desk = self._casework.open().desk
        found = 0
        for file in waiting:
            sent = SentFile(file.id, file.name, file.media_type, file.size, file.at)
            case_id = attach_file(desk, file.conversation, sent)
            if case_id is not None:
                self._files.put_on_case(file.id, case_id)
                found += 1
        return found
