"""Files in the log: each is an event of the customer's, and a row that says where it lies and on which case it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from bot.gateway.events import Draft
from bot.gateway.store.engine import Database
from bot.gateway.store.log import append, heard, locked, numbered
from bot.gateway.store.tables import events, files, turns

MESSAGE_FILES = 5
CHAT_BYTES = 30 * 1024 * 1024


@dataclass(frozen=True)
class StoredFile:
    """A file of a conversation. `seq` is its event's number."""

    id: str
    conversation: str
    seq: int
    name: str
    media_type: str
    size: int
    at: datetime

    def public(self) -> dict[str, Any]:
        """As clients read it (contract section 3)."""
        shown = {"name": self.name, "media_type": self.media_type, "size": self.size}
        return {"id": self.id, **shown, "url": f"/api/chat/files/{self.id}"}


class FileRefusal(Enum):
    """Why a file was not taken."""

    ENDED = "the conversation has ended"
    TOO_MANY = "five files since the customer last said something"
    FULL = "the conversation's files are too many bytes"


@dataclass(frozen=True)
class FileTaken:
    """It stands in the log; `repeated` where it already did, under the id of the first time."""

    file: StoredFile
    repeated: bool


class ConversationFiles:
    """The files of all conversations. Calls block."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def room(self, conversation: str, size: int = 0) -> FileRefusal | None:
        """Whether a file of `size` bytes would be taken now."""
        with self._database.reading() as connection:
            return _room(connection, conversation, size)

    def take(self, file: StoredFile, key: str | None, now: datetime, *, more: bool) -> FileTaken | FileRefusal:
        """Append the file's event, once for each `key`; the bot owes an answer unless `more` files follow."""
        with self._database.writing() as connection:
            row = locked(connection, file.conversation)
            if row is None or row.ended_at is not None:
                return FileRefusal.ENDED
            seq = numbered(connection, row.id, key) if key else None
            if seq is not None:
                held = connection.execute(select(files).where(files.c.conversation == row.id, files.c.seq == seq)).one()
                return FileTaken(_file_of(held), repeated=True)
            refused = _room(connection, row.id, file.size)
            if refused is not None:
                return refused
            seq = append(connection, row, [_draft(file, key)], now, key=key)
            heard(connection, row, now)
            taken = StoredFile(file.id, row.id, seq, file.name, file.media_type, file.size, now)
            connection.execute(insert(files).values({**taken.__dict__, "case_id": None}))
            if row.owner == "bot" and not more:
                turn = {"conversation": row.id, "seq": seq, "epoch": row.epoch, "state": "waiting", "choice": None}
                connection.execute(insert(turns).values(turn | {"redacted": [], "created_at": now}))
            return FileTaken(taken, repeated=False)

    def find(self, conversation: str, file_id: str) -> StoredFile | None:
        """A file of that conversation."""
        with self._database.reading() as connection:
            row = connection.execute(
                select(files).where(files.c.conversation == conversation, files.c.id == file_id)
            ).first()
        return None if row is None else _file_of(row)

    def without_case(self, limit: int = 500) -> Sequence[StoredFile]:
        """Files that stand on no case yet, oldest first."""
        with self._database.reading() as connection:
            query = select(files).where(files.c.case_id.is_(None)).order_by(files.c.at).limit(limit)
            return [_file_of(row) for row in connection.execute(query)]

    def put_on_case(self, file_id: str, case_id: str) -> None:
        """Remember that the case knows of it."""
        with self._database.writing() as connection:
            connection.execute(update(files).where(files.c.id == file_id).values(case_id=case_id))

    def of(self, conversation: str) -> Sequence[StoredFile]:
        """A conversation's files, oldest first."""
        with self._database.reading() as connection:
            query = select(files).where(files.c.conversation == conversation).order_by(files.c.seq)
            return [_file_of(row) for row in connection.execute(query)]

    def ids(self) -> set[str]:
        """Every file that is known."""
        with self._database.reading() as connection:
            return set(connection.execute(select(files.c.id)).scalars())


def _room(connection: Connection, conversation: str, size: int) -> FileRefusal | None:
    held = connection.execute(select(func.sum(files.c.size)).where(files.c.conversation == conversation)).scalar() or 0
    if held + size > CHAT_BYTES:
        return FileRefusal.FULL
    mine = (events.c.conversation == conversation) & (events.c.role == "customer")
    said = connection.execute(select(func.max(events.c.seq)).where(mine, events.c.type != "file")).scalar() or 0
    since = connection.execute(
        select(func.count()).select_from(events).where(mine, events.c.type == "file", events.c.seq > said)
    ).scalar_one()
    return FileRefusal.TOO_MANY if since >= MESSAGE_FILES else None


def _draft(file: StoredFile, key: str | None) -> Draft:
    """The customer's event, with the id it was sent with."""
    body = {name: value for name, value in file.public().items() if name != "id"}
    if key:
        body["id"] = key.partition(":")[2]
    return Draft("file", body, "customer")


def _file_of(row: Any) -> StoredFile:
    return StoredFile(row.id, row.conversation, row.seq, row.name, row.media_type, row.size, row.at)
