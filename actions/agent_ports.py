"""What a handoff needs of people and their desk. One contract suite runs on every adapter of `AgentDesk`.

Errors are those of `actions.ports`. Calls block and end within 10 seconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol


@dataclass(frozen=True)
class Availability:
    """People who could take a conversation in that language now, and how many wait already."""

    present: int
    waiting: int = 0


@dataclass(frozen=True)
class DeskMessage:
    """One thing that was said. `id` is the same at every repeat; `seq` is its number in the conversation's log."""

    id: str
    seq: int
    at: datetime
    role: str  # customer | bot | agent | system
    name: str | None
    text: str


@dataclass(frozen=True)
class HandoffPackage:
    """What the agent gets: `facts` as of usecases/handoff_package.py, and everything said so far."""

    handoff: str
    conversation: str
    language: str
    reason: str
    opened_at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)
    transcript: Sequence[DeskMessage] = ()


@dataclass(frozen=True)
class DeskAgent:
    """A person at a desk. `name` is the first name."""

    id: str
    name: str


@dataclass(frozen=True)
class Claimed:
    """Somebody took it."""

    id: str
    ref: str
    agent: DeskAgent


@dataclass(frozen=True)
class Message:
    """A person wrote to the customer."""

    id: str
    ref: str
    agent: DeskAgent
    text: str


@dataclass(frozen=True)
class Typing:
    """A person types."""

    ref: str
    agent: DeskAgent


@dataclass(frozen=True)
class Transferred:
    """Another person has it now."""

    id: str
    ref: str
    agent: DeskAgent


@dataclass(frozen=True)
class Returned:
    """Back to the assistant, with a word to the customer or ""."""

    id: str
    ref: str
    agent: DeskAgent
    word: str = ""


@dataclass(frozen=True)
class Closed:
    """The person is done."""

    id: str
    ref: str
    agent: DeskAgent
    outcome: str = "closed"


@dataclass(frozen=True)
class Released:
    """Nobody has it any more; it waits again."""

    id: str
    ref: str


DeskEvent = Claimed | Message | Typing | Transferred | Returned | Closed | Released


class Notice(StrEnum):
    """What the desk is told beside messages."""

    CUSTOMER_TYPES = "customer_types"
    CUSTOMER_IDLE = "customer_idle"
    CUSTOMER_LEFT = "customer_left"


class People(Protocol):
    """Who is there. Asked before anything is promised."""

    def availability(self, language: str, skills: Sequence[str] = ()) -> Availability:
        """People who speak `language`; `skills` are wished for, and keep nobody out. Raises Unavailable."""
        ...


class AgentDesk(People, Protocol):
    """Where people answer customers."""

    def open(self, package: HandoffPackage) -> str:
        """Show a handoff at the desk, once for each `package.handoff`; gives the desk's own name for it."""
        ...

    def deliver(self, ref: str, message: DeskMessage) -> None:
        """Show what the customer said, once for each `message.id`. Raises NotFound."""
        ...

    def notify(self, ref: str, notice: Notice) -> None:
        """Tell the agent something about the customer. May be lost."""
        ...

    def end(self, ref: str, reason: str) -> None:
        """The handoff is over on our side; harmless when repeated."""
        ...

    def pull(self, ref: str, cursor: str | None) -> tuple[Sequence[DeskEvent], str | None]:
        """What happened at the desk after `cursor`, oldest first, and the cursor to go on from: repairs missed
        webhooks. Raises NotFound."""
        ...

    def parse_webhook(self, headers: Mapping[str, str], raw: bytes) -> Sequence[DeskEvent]:
        """The events of a call from the desk. Raises Rejected where its signature or its time is wrong."""
        ...
