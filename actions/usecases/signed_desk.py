"""A case desk that signs: whatever a use case writes through it says in the case's history which agent did it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from actions.ports import Case, CaseDesk, CaseFacts, CaseStatus


class SignedDesk:
    """`CaseDesk` for one agent: each event it writes carries `agent`, the full name."""

    def __init__(self, desk: CaseDesk, agent: str) -> None:
        self._desk, self._by = desk, {"agent": agent}

    def open(
        self, facts: CaseFacts, key: str, at: datetime, *, data: Mapping[str, Any] | None = None
    ) -> tuple[Case, bool]:
        """See CaseDesk."""
        return self._desk.open(facts, key, at, data={**(data or {}), **self._by})

    def find(self, key: str) -> Case | None:
        """See CaseDesk."""
        return self._desk.find(key)

    def update(
        self,
        case_id: str,
        facts: CaseFacts,
        at: datetime,
        what: str,
        *,
        key: str | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> Case:
        """See CaseDesk."""
        return self._desk.update(case_id, facts, at, what, key=key, data={**(data or {}), **self._by})

    def set_status(
        self, case_id: str, status: CaseStatus, at: datetime, what: str, data: Mapping[str, Any], *, once: str = ""
    ) -> Case:
        """See CaseDesk."""
        return self._desk.set_status(case_id, status, at, what, {**data, **self._by}, once=once)

    def note(self, case_id: str, at: datetime, what: str, data: Mapping[str, Any], *, once: str = "") -> bool:
        """See CaseDesk."""
        return self._desk.note(case_id, at, what, {**data, **self._by}, once=once)

    def get(self, case_id: str) -> Case:
        """See CaseDesk."""
        return self._desk.get(case_id)

    def newest(self, limit: int = 1000) -> Sequence[Case]:
        """See CaseDesk."""
        return self._desk.newest(limit)

    def of_conversation(self, conversation: str) -> Sequence[Case]:
        """See CaseDesk."""
        return self._desk.of_conversation(conversation)
