"""What the gateway holds about customers: conversations with all that belongs to them, and the files they sent."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import String, cast, delete, or_, select
from sqlalchemy.exc import SQLAlchemyError

from actions.bootstrap import Stores, tidy
from actions.ports import Case, PersonalData, Subject, Unavailable
from bot.gateway.files.folder import FileFolder
from bot.gateway.store.engine import Database
from bot.gateway.store.files import ConversationFiles
from bot.gateway.store.log import event_of
from bot.gateway.store.tables import conversations, events, files
from bot.gateway.store.teams_tables import places


class ChatPersonalData:
    """Conversations: events, turns, handoffs and files. Whatever else hangs on a conversation's row goes with it."""

    name = "conversations"

    def __init__(self, database: Database, folder: FileFolder) -> None:
        self._database, self._folder = database, folder
        self._files = ConversationFiles(database)

    def about(self, subject: Subject) -> Sequence[str]:
        """Conversations in which the address or one of the cases was named."""
        words = [word for word in (subject.email, *subject.case_ids) if word]
        if not words:
            return []
        body = cast(events.c.body, String)
        named = or_(*(body.contains(json.dumps(word)[1:-1], autoescape=True) for word in words))
        try:
            with self._database.reading() as connection:
                found = connection.execute(select(events.c.conversation).where(named).distinct())
                return list(found.scalars())
        except SQLAlchemyError as error:
            raise Unavailable(f"chat log: {type(error).__name__}") from error

    def export(self, subject: Subject) -> Any:
        """What was said and sent, oldest first."""
        told = {}
        try:
            for conversation in subject.conversations:
                with self._database.reading() as connection:
                    query = select(events).where(events.c.conversation == conversation).order_by(events.c.seq)
                    said = [event_of(row).public() for row in connection.execute(query)]
                    met = connection.execute(select(places.c.reference).where(places.c.conversation == conversation))
                    teams = [reference for reference in met.scalars() if reference]
                if said:
                    sent = [{**file.public(), "at": file.at.isoformat()} for file in self._files.of(conversation)]
                    told[conversation] = {"events": said, "files": sent, "teams": teams}
        except SQLAlchemyError as error:
            raise Unavailable(f"chat log: {type(error).__name__}") from error
        return told

    def erase(self, subject: Subject, at: datetime) -> None:
        """The files first: a row that is gone could not tell where they lie."""
        try:
            for conversation in subject.conversations:
                for file in self._files.of(conversation):
                    self._folder.remove(file.id)
                with self._database.writing() as connection:
                    connection.execute(delete(files).where(files.c.conversation == conversation))
                    connection.execute(delete(places).where(places.c.conversation == conversation))
                    connection.execute(delete(conversations).where(conversations.c.id == conversation))
        except SQLAlchemyError as error:
            raise Unavailable(f"chat log: {type(error).__name__}") from error

    def tidy(self, *, thorough: bool) -> None:
        """Rewrite the file."""
        tidy(self._database.engine, thorough=thorough)


class Privacy:
    """The world of `actions.usecases.erase_customer`: every store of this installation."""

    def __init__(self, stores: Stores, chat: ChatPersonalData) -> None:
        self.desk, self.courier = stores.desk, stores.courier
        self.personal = stores.personal
        self._chat = chat

    @property
    def search(self) -> Privacy:
        """Itself."""
        return self

    @property
    def stores(self) -> Sequence[PersonalData]:
        """The cases last."""
        return (self._chat, *self.personal.all)

    def cases_of(self, email: str) -> Sequence[Case]:
        """See CustomerSearch."""
        return [self.desk.get(case_id) for case_id in self.personal.cases.cases_with(email)]

    def conversations_about(self, subject: Subject) -> Sequence[str]:
        """See CustomerSearch."""
        return self._chat.about(subject)
