"""What everybody at the desk sees: who waits, who has what, who is there. Read once for all open pages of a gateway."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.exc import SQLAlchemyError

from bot.gateway.desk.tables import agents
from bot.gateway.fanout import Fanout
from bot.gateway.handoff.rows import LEASE
from bot.gateway.handoff.service import DESK
from bot.gateway.handoff.states import HELD, OPEN
from bot.gateway.store.engine import Database
from bot.gateway.store.tables import conversations, handoffs, notes, presence
from bot.gateway.store.teams_tables import outbox, places
from bot.gateway.words import Words

log = logging.getLogger(__name__)
PAUSE = 0.05
"""Seconds between two readings, so that many messages at once cost one."""

_DELIVERY = (
    outbox.c.cursor,
    outbox.c.rounds,
    outbox.c.refused,
    (outbox.c.conversation.is_not(None) & places.c.reference.is_(None)).label("gone"),
)

Line = Mapping[str, Any]
"""A handoff, or a colleague, as pages show it in a list."""


@dataclass(frozen=True)
class Board:
    """The desk at one moment: handoffs by id, colleagues by id."""

    version: int = 0
    chats: Mapping[str, Line] = field(default_factory=dict)
    people: Mapping[str, Line] = field(default_factory=dict)


class Watcher:
    """One open page: woken by a new board or by a customer who types."""

    def __init__(self) -> None:
        self.woken = asyncio.Event()
        self.typing: set[str] = set()

    def typed(self) -> set[str]:
        """Handoffs whose customers typed since last asked."""
        seen, self.typing = self.typing, set()
        return seen


class BoardReader:
    """Keeps the board up to date while pages are open."""

    def __init__(
        self,
        database: Database,
        fanout: Fanout,
        words: Words,
        now: Callable[[], datetime],
        reread_seconds: Callable[[], float],
    ) -> None:
        self._database, self._fanout, self._words, self._now = database, fanout, words, now
        self._reread = reread_seconds
        self._headlines: dict[str, Mapping[str, Any]] = {}  # by handoff: its package is large and does not change
        self._watchers: set[Watcher] = set()
        self._somebody = asyncio.Event()
        self.board = Board()

    @contextmanager
    def watching(self) -> Iterator[Watcher]:
        """Be woken, as long as the block runs."""
        watcher = Watcher()
        self._watchers.add(watcher)
        self._somebody.set()
        try:
            yield watcher
        finally:
            self._watchers.discard(watcher)
            if not self._watchers:
                self._somebody.clear()

    async def watch(self) -> None:
        """Runs until cancelled."""
        with self._fanout.listening(DESK) as listener:
            while True:
                await self._somebody.wait()
                listener.reset()
                typing = listener.saw_typing()
                with suppress(SQLAlchemyError):  # the database comes back; the pages keep what they have
                    await self.refresh()
                if typing:
                    for watcher in self._watchers:
                        watcher.typing |= typing
                        watcher.woken.set()
                await asyncio.sleep(PAUSE)
                await listener.wait(self._reread())

    async def refresh(self) -> Board:
        """Read now."""
        chats, people = await self._database.run(self._read)
        if (chats, people) != (self.board.chats, self.board.people) or self.board.version == 0:
            self.board = Board(self.board.version + 1, chats, people)
            for watcher in self._watchers:
                watcher.woken.set()
        return self.board

    # --- on a thread ----------------------------------------------------------------------------------

    def _read(self) -> tuple[dict[str, Line], dict[str, Line]]:
        with self._database.reading() as connection:
            noted = select(func.count()).where(notes.c.handoff == handoffs.c.id).scalar_subquery()
            wanted = [column for column in handoffs.c if column.name not in ("package", "owes", "told")]
            rows = connection.execute(
                select(*wanted, conversations.c.last_seq, noted.label("notes"), *_DELIVERY)
                .join(conversations, conversations.c.id == handoffs.c.conversation)
                .outerjoin(outbox, outbox.c.conversation == handoffs.c.conversation)
                .outerjoin(places, places.c.id == outbox.c.place)
                .where(handoffs.c.state.in_(OPEN))
                .order_by(handoffs.c.rank, handoffs.c.opened_at, handoffs.c.id)
            ).all()
            fresh = [row.id for row in rows if row.id not in self._headlines]
            packages = select(handoffs.c.id, handoffs.c.reason, handoffs.c.package).where(handoffs.c.id.in_(fresh))
            for name, reason, package in connection.execute(packages).tuples() if fresh else ():
                self._headlines[name] = headline(package, reason, self._words)
            self._headlines = {row.id: self._headlines[row.id] for row in rows}
            here = presence.c.seen_at > self._now() - LEASE
            colleagues = connection.execute(
                select(agents, presence.c.seen_at)
                .outerjoin(presence, and_(presence.c.agent == agents.c.id, here))
                .where(or_(presence.c.seen_at.is_not(None), agents.c.disabled_at.is_(None)))
            ).all()
        talking: dict[str, int] = {}
        for row in rows:
            if row.state in HELD and row.agent:
                talking[row.agent] = talking.get(row.agent, 0) + 1
        chats = {row.id: chat_line(row, self._headlines[row.id]) for row in rows}
        return chats, {row.id: _person(row, talking.get(row.id, 0)) for row in colleagues}


def chat_line(row: Any, head: Mapping[str, Any]) -> Line:
    """A handoff in the queue or among somebody's chats. `row` is one of the board's, or a Handoff."""
    return {
        "id": row.id,
        "state": str(row.state),
        "reason": row.reason,
        "language": row.language,
        "priority": row.priority,
        "skill": row.skill,
        "case_id": row.case_id,
        "opened_at": moment(row.opened_at),
        "claimed_at": moment(row.claimed_at),
        "answered_at": moment(row.answered_at),
        "customer_at": moment(row.customer_at),
        "agent_at": moment(row.agent_at),
        "rank": row.rank,
        "agent": row.agent,
        "agent_name": row.agent_name,
        "last_seq": row.last_seq,
        "notes": getattr(row, "notes", 0),
        "delivery": _delivery(row),
        **head,
    }


def _delivery(row: Any) -> Line | None:
    """What of a chat in Teams did not get there (yet): `state` of everything after `upto`, and single refused events.
    None where nothing is wrong."""
    gone, rounds, refused = (getattr(row, name, None) for name in ("gone", "rounds", "refused"))
    if not (gone or rounds or refused):
        return None
    return {"state": "failed" if gone else "pending" if rounds else None, "upto": row.cursor, "refused": refused or []}


def headline(package: Mapping[str, Any], reason: str, words: Words) -> Mapping[str, Any]:
    """What a list shows of a package, with its stable words in both languages."""
    symptom = str(package.get("symptom") or "")
    return {
        "customer": str(_part(package, "identity").get("name") or ""),
        "symptom": symptom,
        "symptom_words": _worded(words, "symptom", symptom),
        "reason_words": _worded(words, "reason", reason),
        "device": str(_part(package, "device").get("product_name") or ""),
    }


def moment(value: datetime | None) -> str | None:
    """A time as JSON has it."""
    return None if value is None else value.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def changes(before: Mapping[str, Line], now: Mapping[str, Line]) -> tuple[Sequence[Line], Sequence[str]]:
    """What a page that knows `before` must learn: lines that are new or different, and ids that are gone."""
    new = [line for name, line in now.items() if before.get(name) != line]
    return new, [name for name in before if name not in now]


def _worded(words: Words, kind: str, value: str) -> Mapping[str, str]:
    """A stable word as people say it; itself where nobody gave it words."""
    try:
        return words.both(f"package_{kind}_{value}") if value else {"da": "", "en": ""}
    except KeyError:
        return dict.fromkeys(("da", "en"), value.replace("_", " ").capitalize())


def _part(package: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = package.get(name)
    return value if isinstance(value, Mapping) else {}


def _person(row: Any, talking: int) -> Line:
    here = row.seen_at is not None
    return {
        "id": row.id,
        "name": row.name,
        "languages": list(row.languages),
        "role": row.role,
        "state": row.presence if here else "gone",
        "capacity": row.capacity,
        "talking": talking,
    }
