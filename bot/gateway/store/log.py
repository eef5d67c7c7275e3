"""One numbered log per conversation: what was said, by whom, and what the customer may still expect.

`seq` is given under a lock on the conversation's row, so it has no gaps, and a key makes every sender's repeat
harmless. Everything here blocks; `Database.run` takes it off the event loop.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import Connection, and_, exists, insert, select, update

from bot.gateway.events import Draft, Event, Question, titled
from bot.gateway.store.engine import Database
from bot.gateway.store.tables import conversations, events, handoffs, turns

CALL_BACK = "call_back"
"""What a customer in the queue may choose: rather a case and a call-back than to wait on."""


@dataclass(frozen=True)
class Conversation:
    """A conversation as it stands now."""

    id: str
    locale: str | None
    language: str | None
    owner: str
    epoch: int
    last_seq: int
    expires_at: datetime
    question: Question | None


@dataclass(frozen=True)
class Snapshot:
    """What a client that knows everything up to some number has to learn."""

    events: Sequence[Event]
    busy: bool
    owner: str


@dataclass(frozen=True)
class Stored:
    """A message stands in the log under `seq`; `repeated` where it already did."""

    seq: int
    repeated: bool
    owner: str = "bot"


class Refusal(Enum):
    """Why a message was not stored."""

    NOT_OFFERED = "the choice is not on offer"
    ENDED = "the conversation has ended"


class ConversationLog:
    """Sessions and their events."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, conversation: str, locale: str | None, now: datetime, expires_at: datetime) -> None:
        """A new conversation, owned by the bot, which owes a greeting (turn 0)."""
        with self._database.writing() as connection:
            begin(connection, conversation, locale, now, expires_at)

    def find(self, conversation: str) -> Conversation | None:
        """None for one that does not exist or was ended."""
        with self._database.reading() as connection:
            row = connection.execute(
                select(conversations).where(conversations.c.id == conversation, conversations.c.ended_at.is_(None))
            ).first()
        return None if row is None else conversation_of(row)

    def extend(self, conversation: str, expires_at: datetime) -> None:
        """Move the token's end on."""
        with self._database.writing() as connection:
            connection.execute(
                update(conversations).where(conversations.c.id == conversation).values(expires_at=expires_at)
            )

    def end(self, conversation: str, now: datetime, *, erase: bool = False) -> None:
        """Close it: nothing is answered any more, what is under way is dropped; with `erase` it is to go altogether."""
        asked = {"erase_asked_at": now} if erase else {}
        with self._database.writing() as connection:
            connection.execute(
                update(conversations)
                .where(conversations.c.id == conversation, conversations.c.ended_at.is_(None))
                .values(owner="closed", epoch=conversations.c.epoch + 1, ended_at=now, question=None, **asked)
            )
            connection.execute(
                update(turns)
                .where(turns.c.conversation == conversation, turns.c.state.in_(("waiting", "parked")))
                .values(state="dropped")
            )
            left = handoffs.c.conversation == conversation
            for state, ended in (("waiting", "cancelled"), ("claimed", "closed"), ("active", "closed")):
                connection.execute(
                    update(handoffs)
                    .where(left, handoffs.c.state == state)
                    .values(
                        state=ended,
                        outcome="customer_left",
                        ended_at=now,
                        lease_until=None,
                        owes=["transcript"],
                        owing=True,
                    )
                )

    def already(self, conversation: str, key: str) -> int | None:
        """The number under which an event with that key stands."""
        with self._database.reading() as connection:
            return numbered(connection, conversation, key)

    def event(self, conversation: str, seq: int) -> Event | None:
        """The event with that number."""
        with self._database.reading() as connection:
            row = connection.execute(
                select(events).where(events.c.conversation == conversation, events.c.seq == seq)
            ).first()
        return None if row is None else event_of(row)

    def accept(
        self,
        conversation: str,
        client_id: str,
        now: datetime,
        *,
        text: str = "",
        choice: str | None = None,
        redacted: Iterable[str] = (),
    ) -> Stored | Refusal:
        """Append what the customer sent and owe an answer to it; once for each `client_id`."""
        key = f"customer:{client_id}"
        with self._database.writing() as connection:
            row = locked(connection, conversation)
            if row is None or row.ended_at is not None:
                return Refusal.ENDED
            seq = numbered(connection, conversation, key)
            if seq is not None:
                return Stored(seq, repeated=True)
            body: dict[str, Any] = {"text": text, "id": client_id}
            chosen = None
            question = Question.from_stored(row.question)
            if choice is None and row.owner == "queue" and question is not None and (meant := titled(text, question)):
                choice = meant.id  # typing a title is choosing it, also while a person is awaited
            if choice is not None:
                offered = question.offered(choice) if question else None
                if question is None or offered is None:
                    return Refusal.NOT_OFFERED
                body |= {"text": offered.title, "choice": choice}
                chosen = {"id": choice, "payload": offered.payload, "question": question.identity()}
            seq = append(connection, row, [Draft("text", body, "customer")], now, key=key)
            if row.owner != "bot":  # people read it; the dialogue never does
                heard(connection, row, now, choice)
                return Stored(seq, repeated=False, owner=row.owner)
            turn = {"conversation": conversation, "seq": seq, "epoch": row.epoch, "state": "waiting", "choice": chosen}
            connection.execute(insert(turns).values(turn | {"redacted": list(redacted), "created_at": now}))
            return Stored(seq, repeated=False)

    def add(self, conversation: str, draft: Draft, key: str, now: datetime) -> Stored | None:
        """Append news from inside, once for each `key`. None for an unknown conversation."""
        with self._database.writing() as connection:
            row = locked(connection, conversation)
            if row is None:
                return None
            seq = numbered(connection, conversation, key)
            if seq is not None:
                return Stored(seq, repeated=True)
            return Stored(append(connection, row, [draft], now, key=key), repeated=False)

    def snapshot(self, conversation: str, after: int) -> Snapshot:
        """Events with a number above `after`, and the state that goes with them."""
        with self._database.reading() as connection:
            # State before events: an end of `busy` that is seen here has its events below.
            owed = exists().where(turns.c.conversation == conversation, turns.c.state == "waiting")
            state = connection.execute(
                select(conversations.c.owner, owed.label("owed")).where(conversations.c.id == conversation)
            ).first()
            rows = connection.execute(
                select(events)
                .where(and_(events.c.conversation == conversation, events.c.seq > after))
                .order_by(events.c.seq)
            ).all()
        owner = state.owner if state else "closed"
        return Snapshot([event_of(row) for row in rows], bool(state and state.owed) and owner == "bot", owner)


# --- within a transaction -------------------------------------------------------------------------


def begin(connection: Connection, conversation: str, locale: str | None, now: datetime, expires_at: datetime) -> None:
    """A new conversation, owned by the bot, which owes a greeting (turn 0)."""
    row = {"id": conversation, "locale": locale, "language": locale, "owner": "bot", "epoch": 1, "last_seq": 0}
    fresh = {"created_at": now, "expires_at": expires_at, "rasa_turns": 0, "rasa_ended": False}
    turn = {"conversation": conversation, "seq": 0, "epoch": 1, "state": "waiting", "redacted": []}
    connection.execute(insert(conversations).values(row | fresh))
    connection.execute(insert(turns).values(turn | {"created_at": now}))


def locked(connection: Connection, conversation: str) -> Any:
    """The conversation's row, held until the transaction ends; None if there is none."""
    return connection.execute(select(conversations).where(conversations.c.id == conversation).with_for_update()).first()


def heard(connection: Connection, row: Any, now: datetime, choice: str | None = None) -> None:
    """The customer is still there, and may have chosen: to wait on, or rather to be called (handoff/timing.py)."""
    mine = (handoffs.c.conversation == row.id) & handoffs.c.ended_at.is_(None)
    asked = {"owes": [choice]} if choice == CALL_BACK and row.owner == "queue" else {}
    connection.execute(update(handoffs).where(mine).values({"customer_at": now} | asked))
    if choice is not None:
        connection.execute(update(conversations).where(conversations.c.id == row.id).values(question=None))


def numbered(connection: Connection, conversation: str, key: str) -> int | None:
    """The number of the event with that key."""
    return connection.execute(
        select(events.c.seq).where(events.c.conversation == conversation, events.c.key == key)
    ).scalar()


def append(connection: Connection, row: Any, drafts: Sequence[Draft], now: datetime, key: str | None = None) -> int:
    """Number and write events of a locked conversation. `key` belongs to the only event. Returns the last number."""
    last = connection.execute(
        update(conversations)
        .where(conversations.c.id == row.id)
        .values(last_seq=conversations.c.last_seq + len(drafts))
        .returning(conversations.c.last_seq)
    ).scalar_one()
    for seq, draft in enumerate(drafts, start=last - len(drafts) + 1):
        who = {"conversation": row.id, "seq": seq, "at": now, "role": draft.role, "name": draft.name}
        what = {"type": draft.type, "body": dict(draft.body), "epoch": row.epoch, "key": key}
        connection.execute(insert(events).values(who | what))
    return last


def conversation_of(row: Any) -> Conversation:
    """A table row as the rest of the gateway reads it."""
    question = Question.from_stored(row.question)
    return Conversation(row.id, row.locale, row.language, row.owner, row.epoch, row.last_seq, row.expires_at, question)


def event_of(row: Any) -> Event:
    """A table row as the rest of the gateway reads it."""
    return Event(row.seq, row.at, row.role, row.name, row.type, row.body)
