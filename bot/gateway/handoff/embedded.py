"""The embedded desk as an adapter of the port: its page reads our own book, so nothing has to be carried over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from actions.agent_ports import (
    Availability,
    Claimed,
    Closed,
    DeskAgent,
    DeskEvent,
    DeskMessage,
    HandoffPackage,
    Message,
    Notice,
    Released,
    Returned,
    Transferred,
)
from actions.ports import NotFound, Rejected
from bot.gateway.handoff import rows
from bot.gateway.handoff.states import State
from bot.gateway.handoff.store import HandoffStore
from bot.gateway.store.engine import Database
from bot.gateway.store.tables import events, handoffs, moves


class EmbeddedDesk:
    """`AgentDesk` at /desk. `ref` is the handoff's id."""

    def __init__(self, database: Database, store: HandoffStore, now: Callable[[], datetime]) -> None:
        self._database, self._store, self._now = database, store, now

    def availability(self, language: str, skills: Sequence[str] = ()) -> Availability:
        """Agents whose page is alive, who take conversations and speak the language."""
        with self._database.reading() as connection:
            there = [each for each in rows.people(connection, self._now()) if each.available]
            waiting = [each for each in rows.all_open(connection) if each.state is State.WAITING]
        return Availability(sum(language in each.agent.languages for each in there), len(waiting))

    def open(self, package: HandoffPackage) -> str:
        """It stands in our book already, or it does not exist."""
        self._known(package.handoff)
        return package.handoff

    def deliver(self, ref: str, message: DeskMessage) -> None:
        """The page reads it from the log, where it stands once."""
        self._known(ref)

    def notify(self, ref: str, notice: Notice) -> None:
        """The page sees it from the book, and hears of typing by the fan-out."""
        self._known(ref)

    def end(self, ref: str, reason: str) -> None:
        """The page sees it from the book."""
        self._known(ref)

    def pull(self, ref: str, cursor: str | None) -> tuple[Sequence[DeskEvent], str | None]:
        """Moves and messages after the cursor, which is "last move.last number of the log"."""
        self._known(ref)
        last_move, _, last_seq = (cursor or "0.0").partition(".")
        found: list[tuple[datetime, int, DeskEvent]] = []
        move, seq = int(last_move), int(last_seq)
        with self._database.reading() as connection:
            made = select(moves).where(moves.c.handoff == ref, moves.c.id > move).order_by(moves.c.id)
            for row in connection.execute(made).all():
                move = max(move, row.id)
                event = _moved(ref, row)
                if event is not None:
                    found.append((row.at, 0, event))
            said = select(events).join(handoffs, handoffs.c.conversation == events.c.conversation)
            mine = (handoffs.c.id == ref) & (events.c.seq > seq) & (events.c.key.startswith(f"agent:{ref}:"))
            for row in connection.execute(said.where(mine).order_by(events.c.seq)).all():
                seq = max(seq, row.seq)
                agent = DeskAgent("", row.name or "")
                found.append((row.at, 1, Message(str(row.body.get("id")), ref, agent, str(row.body.get("text")))))
        ordered = [event for _, _, event in sorted(found, key=lambda each: each[:2])]
        return ordered, f"{move}.{seq}"

    def parse_webhook(self, headers: Mapping[str, str], raw: bytes) -> Sequence[DeskEvent]:
        """Our own page sends none. Raises Rejected."""
        raise Rejected("the embedded desk has no webhooks")

    def _known(self, ref: str) -> None:
        if self._store.get(ref) is None:
            raise NotFound(f"handoff {ref}")


def _moved(ref: str, row: Any) -> DeskEvent | None:
    """One line of the history as an event; None for what is not a move of an agent."""
    data = row.data
    name, agent = str(row.id), DeskAgent(str(row.agent or ""), str(data.get("name", "")))
    match row.move:
        case "claim":
            return Claimed(name, ref, agent)
        case "transfer":
            to = DeskAgent(str(data.get("to", "")), str(data.get("to_name", "")))
            return Transferred(name, ref, to)
        case "release":
            return Released(name, ref)
        case "return":
            return Returned(name, ref, agent)
        case "close":
            return Closed(name, ref, agent, str(data.get("outcome", "")))
    return None
