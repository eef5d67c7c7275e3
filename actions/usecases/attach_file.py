"""A file that the customer sent in the chat stands on the case it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from actions.ports import Case, CaseDesk, CaseStatus

_OVER = frozenset({CaseStatus.CLOSED, CaseStatus.CANCELLED, CaseStatus.RESOLVED_REMOTELY})


@dataclass(frozen=True)
class SentFile:
    """What the case is to know of a file: not its content, which stays where the chat keeps it."""

    id: str
    name: str
    media_type: str
    size: int  # bytes
    at: datetime  # when it was sent


def attach_file(desk: CaseDesk, conversation: str, file: SentFile) -> str | None:
    """Write the file into its case's history, once; the case's id, or None while there is no case. Raises PortError."""
    case = case_of_file(desk.of_conversation(conversation), file.at)
    if case is None:
        return None
    data = {"file": file.id, "name": file.name, "media_type": file.media_type, "size": file.size}
    desk.note(case.case_id, file.at, "file_added", data, once=f"file:{file.id}")
    return case.case_id


def case_of_file(cases: Sequence[Case], sent: datetime) -> Case | None:
    """The newest case that was open when the file was sent, else the first one opened after it."""
    before = [case for case in cases if case.opened_at <= sent and case.facts.status not in _OVER]
    if before:
        return before[-1]
    return next((case for case in cases if case.opened_at > sent), None)
