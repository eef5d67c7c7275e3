"""The same steps without an engine, run where they stand: for tests and for the command line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from actions.adapters.codec import booking_from_json, booking_to_json, request_to_json
from actions.ports import ShipmentBooked, ShipmentOutcome, ShipmentRefused, ShipmentRequest, ShipmentUnderWay
from actions.workflows import steps
from actions.workflows.steps import DONE, LATER, StepPorts


class InlineWorkflows:
    """`Workflows` that does everything at once; what the world leaves open waits for `go_on`."""

    def __init__(self, ports: StepPorts) -> None:
        self.ports = ports
        self.waiting: list[Callable[[], Any]] = []
        self._settled: dict[str, ShipmentOutcome] = {}

    def after_opening(self, case_id: str) -> None:
        """Mail the case id now, or when told to go on."""
        if steps.guarded(steps.mail_case_id, self.ports, case_id)["state"] == LATER:
            self.waiting.append(lambda: self.after_opening(case_id))

    def after_change(self, case_id: str, what: str, number: int) -> None:
        """Mail the change now, or when told to go on."""
        if steps.guarded(steps.mail_change, self.ports, case_id, what, number)["state"] == LATER:
            self.waiting.append(lambda: self.after_change(case_id, what, number))

    def ship(self, request: ShipmentRequest, attempt: int, wait: float) -> ShipmentOutcome:
        """Book and record now; ShipmentUnderWay where the world leaves it open."""
        name = f"ship:{request.case_id}:{attempt}"
        if name in self._settled:
            return self._settled[name]
        events = self.ports.desk.get(request.case_id).events
        key = f"{request.case_id}:{sum(event.what == 'booking_cancelled' for event in events)}"
        outcome = self._book(request, attempt, key)
        if isinstance(outcome, ShipmentUnderWay):
            self.waiting.append(lambda: self._later(request, attempt))
        else:
            self._settled[name] = outcome
        return outcome

    def go_on(self) -> None:
        """Try again what was left open, as the engine does by itself."""
        waiting, self.waiting = self.waiting, []
        for work in waiting:
            work()

    def _book(self, request: ShipmentRequest, attempt: int, key: str) -> ShipmentOutcome:
        booked = steps.guarded(steps.book, self.ports, request_to_json(request), key)
        if booked["state"] == DONE:
            recorded = steps.guarded(steps.record_booking, self.ports, booked["booking"])
            if recorded["state"] == DONE:
                steps.guarded(steps.mail_booking, self.ports, booked["booking"])
                return ShipmentBooked(booking_from_json(booked["booking"]))
            booked = recorded
        if booked["state"] == LATER:
            return ShipmentUnderWay()
        steps.guarded(steps.record_refusal, self.ports, request.case_id, attempt, booked["reason"])
        return ShipmentRefused(booked["reason"])

    def _later(self, request: ShipmentRequest, attempt: int) -> None:
        outcome = self.ship(request, attempt, 0)
        if isinstance(outcome, ShipmentUnderWay):
            return
        if steps.guarded(steps.told_by_turn, self.ports, request.case_id, attempt).get("told"):
            return
        if isinstance(outcome, ShipmentBooked):
            steps.guarded(steps.tell_booked, self.ports, booking_to_json(outcome.booking))
        else:
            steps.guarded(steps.tell_not_booked, self.ports, request.case_id, attempt, outcome.reason)
