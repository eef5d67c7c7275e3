"""What the desk works with: handoffs, agents, notes, and the answers to a move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.gateway.handoff.states import State


@dataclass(frozen=True)
class Agent:
    """A person at the desk. `name` is the first name, as customers read it; `languages` are of da, en."""

    id: str
    name: str
    languages: Sequence[str] = ("da", "en")
    capacity: int = 4  # conversations at a time


@dataclass(frozen=True)
class Request:
    """A person is asked for. `package` is what the agent gets to know (usecases/handoff_package.py)."""

    reason: str
    language: str
    case_id: str | None = None
    skill: str = "standard"
    priority: str = "normal"
    package: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Handoff:
    """A handoff as it stands. `agent` is an id, `agent_name` the first name; both None while nobody has it."""

    id: str
    conversation: str
    state: State
    reason: str
    language: str
    skill: str
    priority: str
    case_id: str | None
    package: Mapping[str, Any]
    opened_at: datetime
    opened_seq: int
    queued_at: datetime
    rank: int
    agent: str | None
    agent_name: str | None
    claimed_at: datetime | None
    answered_at: datetime | None
    lease_until: datetime | None
    customer_at: datetime
    agent_at: datetime | None
    ended_at: datetime | None
    outcome: str | None
    told: Sequence[str]
    owes: Sequence[str]
    owing: bool
    desk: str
    desk_ref: str | None
    desk_seq: int
    desk_cursor: str | None
    desk_failing_since: datetime | None
    desk_next_try: datetime | None
    last_seq: int  # of the conversation's log


@dataclass(frozen=True)
class Queued:
    """One that waits, and its place: 1 is next."""

    handoff: Handoff
    place: int


@dataclass(frozen=True)
class Refused:
    """A move that was not made: `why` is unknown (no such handoff), taken (another person has it, or it stands where
    the move can't be made), or ended. `handoff` says who has it."""

    why: str
    handoff: Handoff | None = None


@dataclass(frozen=True)
class Sent:
    """An agent's message stands in the log under `seq`; `repeated` where it already did."""

    seq: int
    repeated: bool


@dataclass(frozen=True)
class Note:
    """Between agents. Never leaves the desk."""

    id: str
    at: datetime
    agent: str
    agent_name: str
    text: str


@dataclass(frozen=True)
class Presence:
    """Who is at the desk. `talking` is how many conversations they have."""

    agent: Agent
    available: bool
    seen_at: datetime
    talking: int
