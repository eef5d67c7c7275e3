"""The case desk as the gateway needs it: a case for everyone who waits for a person, also when the dialogue is away."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from actions.adapters.codec import facts_from_json
from actions.ports import Case, CaseDesk, CaseFacts, Language, PortError
from actions.usecases.case_for_person import call_back_done, case_for_person, latest_case, note_on_case

log = logging.getLogger(__name__)


class Cases:
    """Blocks. `open_desk` is called at the first use: the gateway starts, and talks, also where the desk is away."""

    def __init__(self, open_desk: Callable[[], CaseDesk]) -> None:
        self._open_desk = open_desk
        self._desk: CaseDesk | None = None
        self._lock = threading.Lock()

    @property
    def desk(self) -> CaseDesk:
        """Raises PortError while it can't be reached."""
        with self._lock:
            if self._desk is None:
                self._desk = self._open_desk()
            return self._desk

    def known(self, conversation: str) -> Case | None:
        """The conversation's case, None where there is none or nobody knows."""
        try:
            return latest_case(self.desk, conversation)
        except PortError as error:
            log.warning("the case desk did not answer: %s", type(error).__name__)
            return None

    def for_person(
        self,
        conversation: str,
        language: str,
        reason: str,
        now: datetime,
        known: Mapping[str, Any] | None = None,
    ) -> str | None:
        """The id of a case that waits for a person, with a call-back due; None where the case desk is away.

        `known` are the facts that the dialogue could not put on a case itself.
        """
        try:
            facts = (
                facts_from_json(known) if known else CaseFacts(conversation=conversation, language=Language(language))
            )
            return case_for_person(self.desk, facts, reason, now).case_id
        except PortError as error:
            log.warning("no case could be opened: %s", type(error).__name__)
            return None

    def note(self, case_id: str, what: str, data: Mapping[str, Any], now: datetime, once: str) -> bool:
        """Write a line of the case's history once; False where it must be tried again."""
        try:
            note_on_case(self.desk, case_id, what, data, now, once)
        except PortError as error:
            log.warning("the case desk took no note: %s", type(error).__name__)
            return False
        return True

    def spoken_with(self, case_id: str, agent: str, now: datetime) -> bool:
        """A person talked with the customer, so nobody need call them any more; False where it must be tried again."""
        try:
            call_back_done(self.desk, case_id, agent, "reached_in_chat", now)
        except PortError as error:
            log.warning("the case desk took no note: %s", type(error).__name__)
            return False
        return True
