"""A world of fakes, with the durable work done on the spot."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from actions.adapters.fakes import FakeCaseDesk, FakeCourier, FakeNotifier, FakeRegistry, FixedClock
from actions.adapters.texts import ResponseTexts
from actions.workflows.inline import InlineWorkflows
from actions.workflows.steps import StepPorts
from tests.support.examples import a_device

TEXTS = ResponseTexts()


@dataclass
class FakeWorld:
    """What `bootstrap.World` holds, with the fakes' own types."""

    registry: FakeRegistry
    desk: FakeCaseDesk
    courier: FakeCourier
    notifier: FakeNotifier
    texts: ResponseTexts
    clock: FixedClock
    workflows: InlineWorkflows
    booking_wait: float = 0.0


@pytest.fixture
def world() -> FakeWorld:
    desk, courier, notifier, clock = FakeCaseDesk(), FakeCourier(), FakeNotifier(), FixedClock()
    ports = StepPorts(desk, courier, notifier, TEXTS, clock)
    registry = FakeRegistry([a_device()])
    return FakeWorld(registry, desk, courier, notifier, TEXTS, clock, InlineWorkflows(ports))
