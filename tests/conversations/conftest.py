"""One dialogue for all conversations: a trained model, our actions, a world of fakes made new for each."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from actions.adapters.fakes.clock import FixedClock
from actions.adapters.fakes.courier import FakeCourier
from actions.adapters.fakes.desk import FakeCaseDesk
from actions.adapters.fakes.notices import FakeNotices
from actions.adapters.fakes.notifier import FakeNotifier
from actions.adapters.fakes.people import FakePeople
from actions.adapters.fakes.registry import FakeRegistry
from actions.adapters.registry_file import read_registry_file
from actions.adapters.texts import ResponseTexts
from actions.bootstrap import World, override
from actions.workflows.inline import InlineWorkflows
from actions.workflows.steps import StepPorts
from tests.support.dialogue import ROOT, serving_actions, serving_rasa

DEMO = ROOT / "actions" / "adapters" / "demo" / "registry.csv"
NOTICES = DEMO.with_name("notices.csv")


@dataclass(frozen=True)
class Fakes:
    """The fakes behind the world, to break them and to look into them."""

    registry: FakeRegistry
    desk: FakeCaseDesk
    courier: FakeCourier
    notifier: FakeNotifier
    clock: FixedClock
    workflows: InlineWorkflows
    people: FakePeople
    notices: FakeNotices


@pytest.fixture(scope="session")
def webhook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Rasa's address; the model is trained where its inputs changed."""
    subprocess.run([str(ROOT / "scripts" / "train")], cwd=ROOT, check=True)
    folder: Path = tmp_path_factory.mktemp("dialogue")
    with serving_actions() as actions, serving_rasa(actions, folder) as address:
        yield address


@pytest.fixture
def fakes() -> Iterator[Fakes]:
    """A new world, at ten on a Tuesday unless the conversation says otherwise."""
    clock = FixedClock(datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Europe/Copenhagen")))
    texts = ResponseTexts()
    registry, desk, courier, notifier = FakeRegistry(), FakeCaseDesk(), FakeCourier(), FakeNotifier()
    registry.put(read_registry_file(DEMO, clock.now().date()).devices)
    workflows = InlineWorkflows(StepPorts(desk, courier, notifier, texts, clock))
    people, notices = FakePeople(), FakeNotices()
    with override(World(registry, desk, courier, notifier, texts, clock, workflows, people=people, notices=notices)):
        yield Fakes(registry, desk, courier, notifier, clock, workflows, people, notices)
