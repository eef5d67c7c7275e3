"""Durable work on `dbos`: what was begun is finished after any kill, and happens once (design.md section 9)."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as WaitedTooLong
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowID

from actions.adapters.codec import booking_from_json, request_to_json
from actions.ports import (
    PortError,
    ShipmentBooked,
    ShipmentOutcome,
    ShipmentRefused,
    ShipmentRequest,
    ShipmentUnderWay,
    Unavailable,
    Unknown,
)
from actions.workflows import steps
from actions.workflows.steps import DONE, GAVE_UP, LATER, Answer, StepPorts

log = logging.getLogger(__name__)

APPLICATION_VERSION = "1"
"""Fixed, so that a new release goes on with what the old one began. Raised only when the steps' order changes."""

DELAYS = (0.5, 1, 2, 4, 8, 15, 30, *(60,) * 60, *(600,) * 138)
"""Seconds between tries: eager for a minute, then each minute for an hour, then each ten minutes for a day."""

START_SECONDS = 4.0
"""How long a start may take to be written down; after that nobody knows, which is said so."""

CATCH_UP_SECONDS = 60.0


class DurableWorkflows:
    """`Workflows` for one process; `launch` before use, `close` at the end. There is one in a process."""

    def __init__(
        self,
        ports: StepPorts,
        database_url: str,
        executor: str,
        *,
        turn_seconds: float,
        delays: Sequence[float] = DELAYS,
    ) -> None:
        """`executor` names this process the same at every start; `turn_seconds` is how long a turn may report."""
        self.ports = ports
        self.delays = delays
        self.turn_seconds = turn_seconds
        self._config = DBOSConfig(
            name="hp-offsite",
            system_database_url=database_url,
            application_version=APPLICATION_VERSION,
            executor_id=executor,
            log_level="WARNING",
            notification_listener_polling_interval_sec=0.1,
        )
        self._starters = ThreadPoolExecutor(max_workers=16, thread_name_prefix="workflow-start")
        self._closing = threading.Event()

    def launch(self) -> None:
        """Migrate the engine's store, go on with what a killed process left, and catch up on mails never begun."""
        global _running
        _running = self
        DBOS(config=self._config)
        DBOS.launch()
        threading.Thread(target=self._keep_catching_up, name="catch-up", daemon=True).start()

    def close(self) -> None:
        """Stop; what is unfinished goes on at the next launch."""
        global _running
        self._closing.set()
        self._starters.shutdown(wait=False, cancel_futures=True)
        DBOS.destroy()
        _running = None

    def after_opening(self, case_id: str) -> None:
        """See Workflows."""
        mark = steps.address_mark(self.ports.desk.get(case_id))
        if mark:
            self._start(f"opened:{case_id}:{mark}", after_opening, case_id)

    def after_change(self, case_id: str, what: str, number: int) -> None:
        """See Workflows."""
        self._start(f"changed:{case_id}:{what}:{number}", after_change, case_id, what, number)

    def ship(self, request: ShipmentRequest, attempt: int, wait: float) -> ShipmentOutcome:
        """See Workflows. A cancelled booking opens the way for a new one; nothing else does."""
        events = self.ports.desk.get(request.case_id).events
        cancelled = sum(event.what == "booking_cancelled" for event in events)
        workflow = f"ship:{request.case_id}:{attempt}"
        begun = time.monotonic()
        self._start(
            workflow,
            ship,
            request_to_json(request),
            attempt,
            f"{request.case_id}:{cancelled}",
            self.ports.clock.now().isoformat(),
        )
        left = max(0.0, wait - (time.monotonic() - begun))
        try:
            answer = self._starters.submit(DBOS.get_event, workflow, "outcome", left).result(left + 0.5)
        except WaitedTooLong:
            answer = None  # the engine's store is slow: the work itself was written down
        return _outcome(answer)

    def catch_up(self) -> int:
        """Begin the mails of cases whose process was killed between opening and beginning; returns how many."""
        begun = 0
        for case in self.ports.desk.newest(200):
            if steps.address_mark(case) and not steps.case_id_mailed(case):
                self.after_opening(case.case_id)
                begun += 1
        return begun

    def _start(self, workflow: str, function: Callable[..., Any], *args: Any) -> None:
        """Write the work down. Starting the same workflow twice is harmless: the first stands."""

        def begin() -> None:
            if DBOS.get_workflow_status(workflow) is None:
                with SetWorkflowID(workflow):
                    DBOS.start_workflow(function, *args)

        try:
            self._starters.submit(begin).result(START_SECONDS)
        except WaitedTooLong:
            raise Unknown("the workflow store does not answer") from None
        except RuntimeError as error:
            raise Unavailable("workflows are closed") from error

    def _keep_catching_up(self) -> None:
        while True:
            try:
                self.catch_up()
            except PortError as error:
                log.warning("catching up: %s", type(error).__name__)
            if self._closing.wait(CATCH_UP_SECONDS):
                return


_running: DurableWorkflows | None = None


def _here() -> DurableWorkflows:
    if _running is None:
        raise RuntimeError("workflows are not launched")
    return _running


def _until_settled(step: Callable[..., Answer], *args: Any) -> Answer:
    """Repeat a step, durably, until it is DONE or GAVE_UP; LATER only after a day of tries."""
    here = _here()
    answer: Answer = {"state": LATER}
    for delay in (*here.delays, None):
        answer = DBOS.run_step({"name": step.__name__}, steps.guarded, step, here.ports, *args)
        if answer["state"] != LATER or delay is None:
            break
        DBOS.sleep(delay)
    return answer


@DBOS.workflow(name="after_opening")
def after_opening(case_id: str) -> None:
    """Mail the case id (R17); where that never works, say so on the case and in the chat."""
    if _until_settled(steps.mail_case_id, case_id)["state"] != DONE:
        _until_settled(steps.note_mail_failed, case_id, "opened")
        _until_settled(steps.tell_mail_failed, case_id, "opened")


@DBOS.workflow(name="after_change")
def after_change(case_id: str, what: str, number: int) -> None:
    """Mail what the customer had changed; where that never works, write it down."""
    if _until_settled(steps.mail_change, case_id, what, number)["state"] != DONE:
        _until_settled(steps.note_mail_failed, case_id, f"{what}:{number}")


@DBOS.workflow(name="ship")
def ship(request: dict[str, Any], attempt: int, key: str, begun: str) -> Answer:
    """Book, write it down, mail it, and tell the chat what the turn did not live to tell."""
    case_id = str(request["case_id"])
    booked = _until_settled(steps.book, request, key)
    recorded = _until_settled(steps.record_booking, booked["booking"]) if booked["state"] == DONE else booked
    if booked["state"] == LATER:
        outcome = {"state": LATER, "reason": "failed"}
        _until_settled(steps.record_failure, case_id, attempt)
    elif recorded["state"] == GAVE_UP:
        outcome = recorded
        _until_settled(steps.record_refusal, case_id, attempt, recorded["reason"])
    else:
        outcome = booked
    DBOS.set_event("outcome", outcome)
    if outcome["state"] == DONE and _until_settled(steps.mail_booking, outcome["booking"])["state"] != DONE:
        _until_settled(steps.note_mail_failed, case_id, "booking")
    _tell_unless_told(outcome, case_id, attempt, begun)
    return outcome


def _tell_unless_told(outcome: Answer, case_id: str, attempt: int, begun: str) -> None:
    """One of the two tells the customer: the turn while it waits, else the workflow. The case's history says which."""
    left = _until_settled(steps.seconds_until, begun, _here().turn_seconds)
    if left.get("seconds"):
        DBOS.sleep(left["seconds"])
    if _until_settled(steps.told_by_turn, case_id, attempt).get("told"):
        return
    if outcome["state"] == DONE:
        _until_settled(steps.tell_booked, outcome["booking"])
    else:
        _until_settled(steps.tell_not_booked, case_id, attempt, outcome["reason"])


def _outcome(answer: Answer | None) -> ShipmentOutcome:
    if answer is None:
        return ShipmentUnderWay()
    if answer["state"] == DONE:
        return ShipmentBooked(booking_from_json(answer["booking"]))
    return ShipmentRefused(answer["reason"])
