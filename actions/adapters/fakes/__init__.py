"""Ports in memory, that can fail in every way a port may, and remember what was asked of them."""

from actions.adapters.fakes.clock import FixedClock
from actions.adapters.fakes.courier import FakeCourier
from actions.adapters.fakes.desk import FakeCaseDesk
from actions.adapters.fakes.failing import Failing
from actions.adapters.fakes.notices import FakeNotices
from actions.adapters.fakes.notifier import FakeNotifier
from actions.adapters.fakes.people import FakePeople
from actions.adapters.fakes.registry import FakeRegistry

__all__ = [
    "Failing",
    "FakeCaseDesk",
    "FakeCourier",
    "FakeNotices",
    "FakeNotifier",
    "FakePeople",
    "FakeRegistry",
    "FixedClock",
]
