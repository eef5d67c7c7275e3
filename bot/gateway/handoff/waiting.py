"""The steps of time, each in one transaction that looks again whether the step is still due. Everything here blocks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, or_, select, update

from bot.gateway.events import Choice, Draft, Event, Question
from bot.gateway.handoff import rows
from bot.gateway.handoff.model import Handoff
from bot.gateway.handoff.states import OPEN, Move, State, owner_of
from bot.gateway.handoff.store import Say
from bot.gateway.handoff.timing import Step, idle_mark
from bot.gateway.store.engine import Database
from bot.gateway.store.log import CALL_BACK, append, event_of, locked, numbered
from bot.gateway.store.tables import conversations, events, handoffs

WAIT_ON = "wait_on"


class Waiting:
    """Those who wait, those who are silent, and what is owed to those whose handoff is over."""

    def __init__(self, database: Database, say: Say) -> None:
        self._database, self._say = database, say

    def wanting(self) -> list[Handoff]:
        """Handoffs that time may have something to do with."""
        asked = rows.selecting().where(or_(handoffs.c.state.in_(OPEN), handoffs.c.owing))
        with self._database.reading() as connection:
            return [rows.handoff_of(row) for row in connection.execute(asked.order_by(handoffs.c.opened_at))]

    def tell_place(self, handoff: Handoff, step: Step, now: datetime) -> bool:
        """The place in the queue, once for each `step`."""
        with self._database.writing() as connection:
            row, found = self._still(connection, handoff, (State.WAITING,))
            if row is None or step in found.told:
                return False
            place = rows.place_of(connection, found)
            text = self._say("handoff_place_first" if place == 1 else "handoff_place", found.language, place=place)
            append(connection, row, [rows.owner_event("queue", text, place=place)], now)
            self._tell(connection, found, step)
            return True

    def offer_case(self, handoff: Handoff, now: datetime) -> bool:
        """Nobody came yet: the customer may choose to be called instead of waiting."""
        with self._database.writing() as connection:
            row, found = self._still(connection, handoff, (State.WAITING,))
            if row is None or Step.OFFER_CASE in found.told:
                return False
            choices = (
                Choice(CALL_BACK, self._say("handoff_choice_call_back", found.language), CALL_BACK),
                Choice(WAIT_ON, self._say("handoff_choice_wait_on", found.language), WAIT_ON),
            )
            expects = {"slot": "wants_human", "kind": "choice"}
            question = Question(self._say("handoff_offer_case", found.language), expects, choices)
            append(connection, row, [question.draft()], now)
            asked = update(conversations).where(conversations.c.id == row.id)
            connection.execute(asked.values(question=question.stored()))
            self._tell(connection, found, Step.OFFER_CASE)
            return True

    def stop_waiting(self, handoff: Handoff, move: Move, case_id: str | None, text: str, now: datetime) -> bool:
        """Nobody came, or the customer did not want to wait: the assistant has it again, and the case is said."""
        debts = ("transcript",) if case_id else ("case", "transcript")
        ended = {"ended_at": now, "outcome": str(move), "case_id": case_id} | rows.owing(*debts)
        with self._database.writing() as connection:
            made = rows.make(connection, handoff.id, move, now, None, ended)
            if not isinstance(made, tuple):
                return False
            row, _, moved = made
            seq = rows.change_owner(connection, row, owner_of(moved.state), text, now)
            rows.news_for_dialogue(connection, row, seq, moved, now)
            return True

    def close_idle(self, handoff: Handoff, text: str, now: datetime) -> bool:
        """The customer left: closed without a question, for nobody is there to answer it."""
        ended = {"ended_at": now, "outcome": "idle", "lease_until": None} | rows.owing("transcript")
        with self._database.writing() as connection:
            _, found = self._still(connection, handoff, (State.ACTIVE,))
            if found.customer_at != handoff.customer_at:
                return False
            made = rows.make(connection, handoff.id, Move.CLOSE, now, None, ended, {"outcome": "idle"})
            if not isinstance(made, tuple):
                return False
            rows.change_owner(connection, made[0], "bot", text, now)
            return True

    def mark_idle(self, handoff: Handoff, now: datetime) -> bool:
        """The agent hears that the customer is silent, once for each silence."""
        with self._database.writing() as connection:
            row, found = self._still(connection, handoff, (State.ACTIVE,))
            if row is None or idle_mark(found) in found.told or found.customer_at != handoff.customer_at:
                return False
            rows.write_move(connection, found.id, "idle", found.state, now, found.agent, {})
            self._tell(connection, found, idle_mark(found))
            return True

    def settle(self, handoff: Handoff, debt: str, now: datetime, *, case_id: str | None = None, text: str = "") -> None:
        """A debt is paid; `text` tells the customer of the case that was opened late."""
        with self._database.writing() as connection:
            row = locked(connection, handoff.conversation)
            found = rows.find(connection, handoff.id)
            if row is None or found is None:
                return
            if text and row.ended_at is None and numbered(connection, row.id, f"case:{found.id}") is None:
                append(connection, row, [Draft("text", {"text": text})], now, key=f"case:{found.id}")
            left = rows.owing(*(each for each in found.owes if each != debt))
            values = left | {"case_id": case_id or found.case_id}
            connection.execute(update(handoffs).where(handoffs.c.id == found.id).values(values))

    def said_in(self, handoff: Handoff) -> Sequence[Event]:
        """What was said since a person was asked for, until the end."""
        during = (events.c.conversation == handoff.conversation) & (events.c.seq > handoff.opened_seq)
        until = events.c.at <= handoff.ended_at if handoff.ended_at else events.c.at.is_not(None)
        with self._database.reading() as connection:
            found = connection.execute(select(events).where(during, until).order_by(events.c.seq))
            return [event_of(row) for row in found]

    # --- within a transaction ---------------------------------------------------------------------

    @staticmethod
    def _still(connection: Connection, handoff: Handoff, states: Sequence[State]) -> tuple[Any, Handoff]:
        """The locked conversation and the handoff as it is now; no conversation where it moved on meanwhile."""
        row = locked(connection, handoff.conversation)
        found = rows.find(connection, handoff.id)
        if row is None or found is None or found.state not in states or found.queued_at != handoff.queued_at:
            return None, handoff
        return row, found

    @staticmethod
    def _tell(connection: Connection, handoff: Handoff, what: str) -> None:
        told = [*handoff.told, str(what)]
        connection.execute(update(handoffs).where(handoffs.c.id == handoff.id).values(told=told))
