"""Moves of a handoff, messages and notes, each in one transaction. Everything here blocks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, case, insert, select, update

from bot.gateway.events import Draft, Event
from bot.gateway.handoff import rows
from bot.gateway.handoff.model import Agent, Handoff, Note, Presence, Queued, Refused, Request, Sent
from bot.gateway.handoff.states import HELD, Move, State, owner_of
from bot.gateway.store.engine import Database
from bot.gateway.store.log import append, event_of, locked, numbered
from bot.gateway.store.tables import events, handoffs, notes, presence

Say = Callable[..., str]
"""`say(key, language, **values)`: one of our own sentences."""


class HandoffStore:
    """The handoffs of every conversation."""

    def __init__(self, database: Database, say: Say) -> None:
        self._database, self._say = database, say

    # --- reading ----------------------------------------------------------------------------------

    def get(self, handoff: str) -> Handoff | None:
        """One handoff."""
        with self._database.reading() as connection:
            return rows.find(connection, handoff)

    def of_conversation(self, conversation: str) -> Handoff | None:
        """The conversation's open handoff."""
        with self._database.reading() as connection:
            return rows.open_of(connection, conversation)

    def queue(self) -> list[Queued]:
        """Those that wait, next one first."""
        with self._database.reading() as connection:
            waiting = [each for each in rows.all_open(connection) if each.state is State.WAITING]
        return [Queued(each, place) for place, each in enumerate(waiting, start=1)]

    def held(self, agent: str | None = None) -> list[Handoff]:
        """Those that a person has: one agent's, or everybody's."""
        with self._database.reading() as connection:
            held = [each for each in rows.all_open(connection) if each.state in HELD]
        return [each for each in held if agent in (None, each.agent)]

    def messages(self, handoff: str, after: int) -> list[Event]:
        """The conversation's events numbered above `after`, also those from before the handoff."""
        with self._database.reading() as connection:
            found = rows.find(connection, handoff)
            if found is None:
                return []
            new = (events.c.conversation == found.conversation) & (events.c.seq > after)
            return [event_of(row) for row in connection.execute(select(events).where(new).order_by(events.c.seq))]

    def notes(self, handoff: str) -> list[Note]:
        """The handoff's private notes, oldest first."""
        query = select(notes).where(notes.c.handoff == handoff).order_by(notes.c.at, notes.c.id)
        with self._database.reading() as connection:
            return [Note(row.id, row.at, row.agent, row.agent_name, row.text) for row in connection.execute(query)]

    def people(self, now: datetime) -> list[Presence]:
        """Who is at the desk."""
        with self._database.reading() as connection:
            return rows.people(connection, now)

    # --- being there ------------------------------------------------------------------------------

    def beat(self, agent: Agent, available: bool, now: datetime) -> None:
        """The agent's page is alive; what they have stays theirs."""
        seen = {
            "name": agent.name,
            "languages": list(agent.languages),
            "capacity": agent.capacity,
            "available": available,
            "seen_at": now,
        }
        with self._database.writing() as connection:
            known = update(presence).where(presence.c.agent == agent.id).values(seen)
            if connection.execute(known).rowcount == 0:
                connection.execute(insert(presence).values(seen | {"agent": agent.id}))
            mine = (handoffs.c.agent == agent.id) & handoffs.c.state.in_(HELD) & (handoffs.c.desk == "embedded")
            connection.execute(update(handoffs).where(mine).values(lease_until=now + rows.LEASE))

    def leave(self, agent: str) -> None:
        """Signed out: nobody counts on them. What they still have is released when its lease ends."""
        with self._database.writing() as connection:
            connection.execute(presence.delete().where(presence.c.agent == agent))

    # --- moves ------------------------------------------------------------------------------------

    def open(self, conversation: str, request: Request, now: datetime, desk: str = "embedded") -> Handoff | None:
        """Put a conversation into the queue; None where it has ended."""
        with self._database.writing() as connection:
            row = locked(connection, conversation)
            if row is None or row.ended_at is not None:
                return None
            return rows.open_handoff(connection, row, request, now, self.waiting_text(request.language), desk)

    def waiting_text(self, language: str) -> str:
        """What a customer reads who comes into the queue."""
        return self._say("handoff_waiting", language)

    def claim(self, handoff: str, agent: Agent, now: datetime, *, leased: bool = True) -> Handoff | Refused:
        """Take one that waits. An agent who has it already is told so again."""
        until = now + rows.LEASE if leased else None
        mine = {
            "agent": agent.id,
            "agent_name": agent.name,
            "claimed_at": now,
            "lease_until": until,
            "answered_at": None,
        }
        with self._database.writing() as connection:
            found = rows.find(connection, handoff)
            if found is not None and found.state in HELD and found.agent == agent.id:
                return found
            made = rows.make(connection, handoff, Move.CLAIM, now, agent, mine)
            return self._taken_over(connection, made, "handoff_claimed", now)

    def transfer(
        self, handoff: str, agent: Agent, to: Agent, now: datetime, *, leased: bool = True
    ) -> Handoff | Refused:
        """Give it to another person."""
        until = now + rows.LEASE if leased else None
        theirs = {"agent": to.id, "agent_name": to.name, "claimed_at": now, "lease_until": until, "answered_at": None}
        with self._database.writing() as connection:
            made = rows.make(connection, handoff, Move.TRANSFER, now, agent, theirs, {"to": to.id, "to_name": to.name})
            return self._taken_over(connection, made, "handoff_transferred", now)

    def release(self, handoff: str, agent: Agent | None, now: datetime, why: str = "agent") -> Handoff | Refused:
        """Back to the head of the queue, its waiting time kept."""
        nobody = {"agent": None, "agent_name": None, "claimed_at": None, "lease_until": None, "answered_at": None}
        rank = case((handoffs.c.rank < rows.RELEASED, handoffs.c.rank), else_=rows.RELEASED)
        again = {"rank": rank, "queued_at": now, "told": []}
        with self._database.writing() as connection:
            made = rows.make(connection, handoff, Move.RELEASE, now, agent, nobody | again, {"why": why})
            if isinstance(made, Refused):
                return made
            row, _, moved = made
            text = self._say("handoff_released", moved.language)
            rows.change_owner(connection, row, owner_of(moved.state), text, now, place=rows.place_of(connection, moved))
            return moved

    def send(self, handoff: str, agent: Agent, message_id: str, text: str, now: datetime) -> Sent | Refused:
        """A message to the customer, once for each `message_id`."""
        key = f"agent:{handoff}:{message_id}"
        with self._database.writing() as connection:
            found = rows.find(connection, handoff)
            if found is None:
                return Refused("unknown")
            row = locked(connection, found.conversation)
            seq = numbered(connection, found.conversation, key)
            if row is None:
                return Refused("unknown")
            if seq is not None:
                return Sent(seq, repeated=True)
            said = {"agent_at": now, "answered_at": found.answered_at or now}
            made = rows.make(connection, handoff, Move.ANSWER, now, agent, said)
            if isinstance(made, Refused):
                return made
            draft = Draft("text", {"text": text, "id": message_id}, "agent", agent.name)
            return Sent(append(connection, row, [draft], now, key=key), repeated=False)

    def note(self, handoff: str, agent: Agent, note_id: str, text: str, now: datetime) -> Note | Refused:
        """A private note, once for each `note_id`; also on a handoff that somebody else has, or that has ended."""
        with self._database.writing() as connection:
            if rows.find(connection, handoff) is None:
                return Refused("unknown")
            row = connection.execute(select(notes).where(notes.c.id == note_id)).first()
            if row is None:
                made = Note(note_id, now, agent.id, agent.name, text)
                connection.execute(insert(notes).values(vars(made) | {"handoff": handoff}))
                return made
            return Note(row.id, row.at, row.agent, row.agent_name, row.text)

    def return_to_bot(self, handoff: str, agent: Agent, word: str, now: datetime) -> Handoff | Refused:
        """Back to the assistant. `word` is the agent's to the customer, or ""; the dialogue hears what was said."""
        return self._end(handoff, Move.RETURN, agent, "returned", word, "handoff_returned", now)

    def close(self, handoff: str, agent: Agent, outcome: str, now: datetime, word: str = "") -> Handoff | Refused:
        """The person is done; `outcome` is a stable word. The assistant is there again."""
        return self._end(handoff, Move.CLOSE, agent, outcome, word, "handoff_closed_by_person", now)

    # --- within a transaction ---------------------------------------------------------------------

    def _taken_over(
        self, connection: Connection, made: tuple[Any, Handoff, Handoff] | Refused, key: str, now: datetime
    ) -> Handoff | Refused:
        if isinstance(made, Refused):
            return made
        row, _, moved = made
        text = self._say(key, moved.language, name=moved.agent_name)
        rows.change_owner(connection, row, owner_of(moved.state), text, now, name=moved.agent_name)
        return moved

    def _end(
        self, handoff: str, move: Move, agent: Agent, outcome: str, word: str, key: str, now: datetime
    ) -> Handoff | Refused:
        ended = {"ended_at": now, "outcome": outcome, "lease_until": None} | rows.owing("transcript")
        with self._database.writing() as connection:
            made = rows.make(connection, handoff, move, now, agent, ended, {"outcome": outcome})
            if isinstance(made, Refused):
                return made
            row, before, moved = made
            if word.strip():
                draft = Draft("text", {"text": word.strip()}, "agent", before.agent_name)
                append(connection, row, [draft], now, key=f"word:{handoff}")
            text = self._say(key, moved.language, name=before.agent_name or "")
            seq = rows.change_owner(connection, row, owner_of(moved.state), text, now)
            rows.news_for_dialogue(connection, row, seq, moved, now)
            return moved
