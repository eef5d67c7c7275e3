"""Handoffs within a transaction: reading them, opening one, and the one way in which a move is made.

Who makes a move locks the conversation's row first, then sets the handoff by compare-and-set; so a move, the change of
owner that goes with it and what the customer reads of it happen together or not at all.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, func, insert, or_, select, update

from bot.gateway.events import Draft, Owner
from bot.gateway.handoff.model import Agent, Handoff, Presence, Refused, Request
from bot.gateway.handoff.states import HELD, OPEN, Move, State, after
from bot.gateway.store.log import append, locked
from bot.gateway.store.tables import conversations, events, handoffs, moves, presence, turns

URGENT, RELEASED, USUAL = -2, -1, 0
"""Ranks in the queue: danger first, then those whose person went away, then by the time of asking."""

LEASE = timedelta(seconds=75)
"""After so long without a heartbeat an agent counts as gone."""

_FIELDS = [column for column in handoffs.c]


def find(connection: Connection, handoff: str) -> Handoff | None:
    """One handoff as it stands."""
    row = connection.execute(selecting().where(handoffs.c.id == handoff)).first()
    return None if row is None else handoff_of(row)


def open_of(connection: Connection, conversation: str) -> Handoff | None:
    """The conversation's open handoff."""
    condition = and_(handoffs.c.conversation == conversation, handoffs.c.state.in_(OPEN))
    row = connection.execute(selecting().where(condition)).first()
    return None if row is None else handoff_of(row)


def all_open(connection: Connection) -> list[Handoff]:
    """Every open handoff, in the queue's order."""
    query = selecting().where(handoffs.c.state.in_(OPEN)).order_by(handoffs.c.rank, handoffs.c.opened_at, handoffs.c.id)
    return [handoff_of(row) for row in connection.execute(query)]


def place_of(connection: Connection, handoff: Handoff) -> int:
    """The place of a waiting handoff: 1 is next."""
    same_rank, same_time = handoffs.c.rank == handoff.rank, handoffs.c.opened_at == handoff.opened_at
    ahead = or_(
        handoffs.c.rank < handoff.rank,
        same_rank & (handoffs.c.opened_at < handoff.opened_at),
        same_rank & same_time & (handoffs.c.id <= handoff.id),
    )
    query = select(func.count()).select_from(handoffs)
    counted = connection.execute(query.where(handoffs.c.state == State.WAITING, ahead)).scalar_one()
    return max(1, int(counted))


def people(connection: Connection, now: datetime) -> list[Presence]:
    """Agents whose heartbeat is fresh, with the conversations they have."""
    mine = (handoffs.c.agent == presence.c.agent) & handoffs.c.state.in_(HELD)
    talking = select(func.count()).select_from(handoffs).where(mine).scalar_subquery()
    query = select(presence, talking.label("talking")).where(presence.c.seen_at > now - LEASE)
    return [
        Presence(
            Agent(row.agent, row.name, tuple(row.languages), row.capacity), row.available, row.seen_at, row.talking
        )
        for row in connection.execute(query.order_by(presence.c.name, presence.c.agent))
    ]


def open_handoff(
    connection: Connection, row: Any, request: Request, now: datetime, text: str, desk: str = "embedded"
) -> Handoff:
    """Put a locked conversation into the queue; the one that is open already stays."""
    already = open_of(connection, row.id)
    if already is not None:
        return already
    name = insert_handoff(connection, row, request, now, State.WAITING, {"desk": desk})
    opened = find(connection, name)
    assert opened is not None
    change_owner(connection, row, "queue", text, now, place=place_of(connection, opened))
    return opened


def remember(connection: Connection, row: Any, request: Request, now: datetime) -> None:
    """A handoff that never waited, because nobody was there: what it owes the customer is kept all the same."""
    insert_handoff(connection, row, request, now, State.EXPIRED, {"ended_at": now, "outcome": "nobody"} | owing("case"))


def insert_handoff(
    connection: Connection, row: Any, request: Request, now: datetime, state: State, more: Mapping[str, Any]
) -> str:
    """A new row; returns its id."""
    name = secrets.token_hex(12)
    asked: dict[str, Any] = {
        "id": name,
        "conversation": row.id,
        "state": state,
        "reason": request.reason,
        "language": request.language,
        "skill": request.skill,
        "priority": request.priority,
        "case_id": request.case_id,
        "package": dict(request.package),
    }
    fresh: dict[str, Any] = {"opened_at": now, "queued_at": now, "customer_at": now, "told": [], "owes": []}
    fresh["rank"] = URGENT if request.priority == "urgent" else USUAL
    seen = {"opened_seq": row.last_seq, "desk": "embedded", "desk_seq": 0, "owing": False}
    connection.execute(insert(handoffs).values(asked | fresh | seen | dict(more)))
    write_move(connection, name, "open", state, now, None, {"reason": request.reason})
    return name


def owing(*what: str) -> dict[str, Any]:
    """What is owed when it has ended: `case` to be opened and told, `transcript` to be written on the case."""
    return {"owes": list(what), "owing": bool(what)}


def make(
    connection: Connection,
    handoff: str,
    move: Move,
    now: datetime,
    by: Agent | None,
    values: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
) -> tuple[Any, Handoff, Handoff] | Refused:
    """One move: compare-and-set. `by` must have the handoff, unless it waits; None is the system.

    Gives the locked conversation, the handoff before and after.
    """
    found = find(connection, handoff)
    if found is None:
        return Refused("unknown")
    row = locked(connection, found.conversation)
    before = find(connection, handoff)
    if row is None or before is None:
        return Refused("unknown")
    to = after(before.state, move)
    theirs = by is not None and before.state in HELD and before.agent != by.id
    if to is None or theirs:
        return Refused("taken" if before.state in OPEN else "ended", before)
    same = [handoffs.c.id == handoff, handoffs.c.state == before.state]
    if before.agent is not None:
        same.append(handoffs.c.agent == before.agent)
    changed = connection.execute(update(handoffs).where(*same).values({"state": to} | dict(values or {})))
    if changed.rowcount != 1:
        return Refused("taken", find(connection, handoff))
    if move is not Move.ANSWER or before.state is State.CLAIMED:
        name = {"name": by.name} if by is not None else {}
        write_move(connection, handoff, move, to, now, by.id if by else before.agent, {**name, **(data or {})})
    made = find(connection, handoff)
    assert made is not None
    return row, before, made


def change_owner(
    connection: Connection,
    row: Any,
    owner: Owner,
    text: str,
    now: datetime,
    *,
    name: str | None = None,
    place: int | None = None,
) -> int:
    """A new owner of a locked conversation, said in the log; returns the event's number.

    The epoch rises, so what the assistant still works on is dropped; its open question can't be answered any more.
    """
    raised = {"owner": owner, "epoch": conversations.c.epoch + 1, "question": None, "outage_at": None}
    connection.execute(update(conversations).where(conversations.c.id == row.id).values(raised))
    waiting = (turns.c.conversation == row.id) & turns.c.state.in_(("waiting", "parked"))
    connection.execute(update(turns).where(waiting).values(state="dropped"))
    return append(connection, row, [owner_event(owner, text, name=name, place=place)], now)


def owner_event(owner: str, text: str, *, name: str | None = None, place: int | None = None) -> Draft:
    """`owner` as clients read it: whose the conversation is, and the same in words."""
    return Draft("owner", {"owner": owner, "name": name, "place": place, "text": text}, "system")


def news_for_dialogue(connection: Connection, row: Any, seq: int, ended: Handoff, now: datetime) -> None:
    """Owe the dialogue a turn about a handoff that is over: what was said in it, so that it can go on from there.

    `seq` is the number of the event by which the customer reads it.
    """
    during = (events.c.conversation == ended.conversation) & (events.c.seq > ended.opened_seq)
    spoken = select(events.c.role, events.c.body).where(during, events.c.role.in_(("customer", "agent")))
    lines = connection.execute(spoken.order_by(events.c.seq.desc()).limit(40)).all()[::-1]
    said = [{"role": line.role, "text": str(line.body.get("text", ""))} for line in lines]
    news = {"handoff": ended.id, "state": str(ended.state), "outcome": ended.outcome, "said": said}
    epoch = connection.execute(select(conversations.c.epoch).where(conversations.c.id == row.id)).scalar_one()
    turn = {"conversation": row.id, "seq": seq, "epoch": epoch, "state": "waiting", "redacted": []}
    connection.execute(insert(turns).values(turn | {"news": news, "created_at": now}))


def write_move(
    connection: Connection,
    handoff: str,
    move: str,
    state: State,
    now: datetime,
    agent: str | None,
    data: Mapping[str, Any],
) -> None:
    """One line of the handoff's history: figures are drawn from it."""
    line = {"handoff": handoff, "at": now, "move": str(move), "state": state, "agent": agent, "data": dict(data)}
    connection.execute(insert(moves).values(line))


def handoff_of(row: Any) -> Handoff:
    """A row of `selecting` as the rest reads it."""
    values = {column.name: getattr(row, column.name) for column in _FIELDS}
    return Handoff(**values | {"state": State(row.state), "last_seq": row.last_seq})


def selecting() -> Any:
    """Handoffs as `handoff_of` reads them."""
    joined = handoffs.join(conversations, conversations.c.id == handoffs.c.conversation)
    return select(handoffs, conversations.c.last_seq).select_from(joined)
