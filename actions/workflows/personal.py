"""What durable work remembers of a customer: the inputs and results of a case's workflows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from actions.adapters.sql.engine import open_engine, tidy
from actions.ports import Subject, Unavailable

if TYPE_CHECKING:
    from dbos import DBOSClient

_OF_A_CASE: tuple[Callable[[str], str], ...] = (
    lambda case: f"ship:{case}:",
    lambda case: f"opened:{case}:",
    lambda case: f"changed:{case}:",
)
"""How the ids of a case's workflows begin (`durable.py`)."""
_TABLE = "workflow_status"


class WorkflowPersonalData:
    """The engine's store, if it was ever used here."""

    name = "work"

    def __init__(self, url: str) -> None:
        self._url = url
        self._engine = open_engine(url)

    def export(self, subject: Subject) -> Any:
        """Each workflow with what it was given and what came of it."""
        with self._client() as client:
            return [
                {"id": each.workflow_id, "status": each.status, "input": each.input, "output": each.output}
                for each in self._of(client, subject)
            ]

    def erase(self, subject: Subject, at: datetime) -> None:
        """The workflows with all their steps; one that still runs ends here."""
        with self._client() as client:
            names = [each.workflow_id for each in self._of(client, subject)]
            if client is not None and names:
                client.cancel_workflows(names)
                client.delete_workflows(names)

    def tidy(self, *, thorough: bool) -> None:
        """Rewrite the file."""
        if self._exists():
            tidy(self._engine, thorough=thorough)

    def erase_finished(self, before: datetime) -> int:
        """Erase what ended before that moment; returns how many."""
        with self._client() as client:
            if client is None:
                return 0
            ended = ["SUCCESS", "ERROR", "CANCELLED"]
            found = client.list_workflows(status=ended, completed_before=before.isoformat(), load_input=False)
            names = [each.workflow_id for each in found]
            if names:
                client.delete_workflows(names)
            return len(names)

    @staticmethod
    def _of(client: DBOSClient | None, subject: Subject) -> Sequence[Any]:
        if client is None:
            return []
        begins = [begin(case) for case in subject.case_ids for begin in _OF_A_CASE]
        return [each for start in begins for each in client.list_workflows(workflow_id_prefix=start)]

    @contextmanager
    def _client(self) -> Iterator[DBOSClient | None]:
        """The engine from outside; None where it has no tables yet. Raises Unavailable."""
        if not self._exists():
            yield None
            return
        from dbos import DBOSClient  # heavy; most commands do without

        client = DBOSClient(system_database_url=self._url, retry_connection_errors=False)
        try:
            yield client
        except sa.exc.SQLAlchemyError as error:
            raise Unavailable(f"workflow store: {type(error).__name__}") from error
        finally:
            client.destroy()

    def _exists(self) -> bool:
        try:
            found = sa.inspect(self._engine)
            return found.has_table(_TABLE) or found.has_table(_TABLE, schema="dbos")
        except sa.exc.SQLAlchemyError as error:
            raise Unavailable(f"workflow store: {type(error).__name__}") from error
