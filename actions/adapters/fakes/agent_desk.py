"""A desk in memory, with people whom a test moves."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from actions.adapters.fakes.people import FakePeople
from actions.agent_ports import (
    Claimed,
    Closed,
    DeskAgent,
    DeskEvent,
    DeskMessage,
    HandoffPackage,
    Message,
    Notice,
)
from actions.ports import NotFound, Rejected


class FakeAgentDesk(FakePeople):
    """`AgentDesk`. `shown` holds what agents see of each handoff; the `agent_…` calls are what they do."""

    SECRET = "fake"

    def __init__(self, present: int = 1) -> None:
        super().__init__(present)
        self.shown: dict[str, list[DeskMessage]] = {}
        self.packages: dict[str, HandoffPackage] = {}
        self.notices: list[tuple[str, Notice]] = []
        self.ended: dict[str, str] = {}
        self._events: dict[str, list[DeskEvent]] = {}

    def open(self, package: HandoffPackage) -> str:
        """Once for each handoff."""
        self._enter("open")
        ref = f"fake-{package.handoff}"
        self.packages.setdefault(ref, package)
        self.shown.setdefault(ref, [])
        self._events.setdefault(ref, [])
        self._leave("open")
        return ref

    def deliver(self, ref: str, message: DeskMessage) -> None:
        """Once for each message."""
        self._enter("deliver")
        shown = self._known(ref)
        if message.id not in [each.id for each in shown]:
            shown.append(message)
        self._leave("deliver")

    def notify(self, ref: str, notice: Notice) -> None:
        """Kept."""
        self._enter("notify")
        self._known(ref)
        self.notices.append((ref, notice))

    def end(self, ref: str, reason: str) -> None:
        """The first reason stands."""
        self._enter("end")
        self._known(ref)
        self.ended.setdefault(ref, reason)

    def pull(self, ref: str, cursor: str | None) -> tuple[Sequence[DeskEvent], str | None]:
        """The cursor counts events."""
        self._enter("pull")
        self._known(ref)
        found = self._events[ref]
        return found[int(cursor or 0) :], str(len(found))

    def parse_webhook(self, headers: Mapping[str, str], raw: bytes) -> Sequence[DeskEvent]:
        """The newest event of the ref that the body names; signed with a plain secret."""
        if headers.get("x-fake-secret") != self.SECRET:
            raise Rejected("wrong secret")
        return self._events[str(json.loads(raw)["ref"])][-1:]

    def agent_claims(self, ref: str, agent: DeskAgent) -> None:
        """Somebody takes it."""
        self._happens(ref, Claimed(self._next(ref), ref, agent))

    def agent_writes(self, ref: str, agent: DeskAgent, text: str) -> None:
        """Somebody writes to the customer."""
        self._happens(ref, Message(self._next(ref), ref, agent, text))

    def agent_closes(self, ref: str, agent: DeskAgent) -> None:
        """Somebody is done."""
        self._happens(ref, Closed(self._next(ref), ref, agent))

    def _happens(self, ref: str, event: DeskEvent) -> None:
        self._events[ref].append(event)

    def _next(self, ref: str) -> str:
        return f"{ref}-{len(self._events[ref]) + 1}"

    def _known(self, ref: str) -> list[DeskMessage]:
        if ref not in self.shown:
            raise NotFound(ref)
        return self.shown[ref]
