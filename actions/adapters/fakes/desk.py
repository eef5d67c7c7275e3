"""A case desk in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from actions.adapters.fakes.failing import Failing
from actions.ports import Case, CaseEvent, CaseFacts, CaseStatus, NotFound, Rejected


class FakeCaseDesk(Failing):
    """`CaseDesk` in memory. Case ids count up from HPO-000001, so that tests read well."""

    def __init__(self) -> None:
        super().__init__()
        self.cases: dict[str, Case] = {}
        self._keys: dict[str, str] = {}
        self._once: set[tuple[str, str]] = set()

    def open(
        self, facts: CaseFacts, key: str, at: datetime, *, data: Mapping[str, Any] | None = None
    ) -> tuple[Case, bool]:
        """One case for each key."""
        self._enter("open")
        created = key not in self._keys
        if created:
            case_id = f"HPO-{len(self.cases) + 1:06d}"
            opened = CaseEvent(at, "opened", {"status": facts.status.value, **(data or {})})
            self.cases[case_id] = Case(case_id, facts, at, (opened,))
            self._keys[key] = case_id
        self._leave("open")
        return self.cases[self._keys[key]], created

    def find(self, key: str) -> Case | None:
        """The case of that key."""
        self._enter("find")
        self._leave("find")
        return self.cases[self._keys[key]] if key in self._keys else None

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
        """Replace the facts, and the key where one is given."""
        self._enter("update")
        case = self._case(case_id)
        if key is not None:
            if self._keys.get(key, case_id) != case_id:
                raise Rejected(f"another case answers to that key, not {case_id}")
            self._keys = {old: owner for old, owner in self._keys.items() if owner != case_id} | {key: case_id}
        self.cases[case_id] = replace(case, facts=facts)
        self._write(case_id, at, what, data or {}, "")
        self._leave("update")
        return self.cases[case_id]

    def set_status(
        self, case_id: str, status: CaseStatus, at: datetime, what: str, data: Mapping[str, Any], *, once: str = ""
    ) -> Case:
        """Move the case."""
        self._enter("set_status")
        self._case(case_id)
        if self._write(case_id, at, what, data, once):
            case = self.cases[case_id]
            self.cases[case_id] = replace(case, facts=replace(case.facts, status=status))
        self._leave("set_status")
        return self.cases[case_id]

    def note(self, case_id: str, at: datetime, what: str, data: Mapping[str, Any], *, once: str = "") -> bool:
        """Write one event."""
        self._enter("note")
        self._case(case_id)
        written = self._write(case_id, at, what, data, once)
        self._leave("note")
        return written

    def get(self, case_id: str) -> Case:
        """One case."""
        self._enter("get")
        self._leave("get")
        return self._case(case_id)

    def newest(self, limit: int = 1000) -> Sequence[Case]:
        """Newest first."""
        self._enter("newest")
        self._leave("newest")
        return tuple(sorted(reversed(self.cases.values()), key=lambda case: case.opened_at, reverse=True))[:limit]

    def of_conversation(self, conversation: str) -> Sequence[Case]:
        """Oldest first."""
        self._enter("of_conversation")
        self._leave("of_conversation")
        return tuple(case for case in self.cases.values() if case.facts.conversation == conversation)

    def _case(self, case_id: str) -> Case:
        if case_id not in self.cases:
            raise NotFound(case_id)
        return self.cases[case_id]

    def _write(self, case_id: str, at: datetime, what: str, data: Mapping[str, Any], once: str) -> bool:
        if once and (case_id, once) in self._once:
            return False
        self._once |= {(case_id, once)} if once else set()
        case = self.cases[case_id]
        self.cases[case_id] = replace(case, events=(*case.events, CaseEvent(at, what, dict(data))))
        return True
