"""One action at a time, as Rasa calls it, with a world of fakes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from rasa_sdk.executor import ActionExecutor

from actions.adapters.fakes.clock import FixedClock
from actions.adapters.fakes.courier import FakeCourier
from actions.adapters.fakes.desk import FakeCaseDesk
from actions.adapters.fakes.notifier import FakeNotifier
from actions.adapters.fakes.registry import FakeRegistry
from actions.adapters.texts import ResponseTexts
from actions.bootstrap import World, override
from actions.casework.entitlement.device import Device
from actions.workflows.inline import InlineWorkflows
from actions.workflows.steps import StepPorts

SERIAL = "5CG6120DM1"

DEVICE = Device(
    serial_number=SERIAL,
    product_number="6A1B2EA",
    product_name="HP EliteBook Test",
    form_factor="notebook",
    line="business",
    purchase_country="DK",
    purchase_date=date(2026, 3, 2),
    warranty_end=date(2029, 3, 1),
    care_pack="UDM05E",
    service_level="pickup_return",
    care_pack_start=date(2026, 3, 2),
    care_pack_end=date(2029, 3, 1),
    registered_on=date(2026, 3, 3),
    mobile_battery="builtin",
)


@dataclass(frozen=True)
class Fakes:
    """What stands behind the world."""

    registry: FakeRegistry
    desk: FakeCaseDesk
    courier: FakeCourier
    notifier: FakeNotifier
    clock: FixedClock


@pytest.fixture
def fakes() -> Iterator[Fakes]:
    """A Tuesday at ten, one device in the registry."""
    clock = FixedClock(datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Europe/Copenhagen")))
    texts = ResponseTexts()
    registry, desk, courier, notifier = FakeRegistry([DEVICE]), FakeCaseDesk(), FakeCourier(), FakeNotifier()
    workflows = InlineWorkflows(StepPorts(desk, courier, notifier, texts, clock))
    with override(World(registry, desk, courier, notifier, texts, clock, workflows)):
        yield Fakes(registry, desk, courier, notifier, clock)


@dataclass(frozen=True)
class Ran:
    """What an action did: slots it set, what it said, its events."""

    slots: dict[str, Any]
    said: str
    responses: list[dict[str, Any]]
    events: list[dict[str, Any]]


Run = Callable[..., Any]


@pytest.fixture(scope="session")
def executor() -> ActionExecutor:
    """Every action of this system."""
    found = ActionExecutor()
    found.register_package("actions.handlers")
    return found


@pytest.fixture
def run(executor: ActionExecutor, fakes: Fakes) -> Run:
    """`await run("action_open_case", slots…)` runs one action."""

    async def once(name: str, loop: str = "", message: dict[str, Any] | None = None, **slots: Any) -> Ran:
        latest = {"text": "", "intent": {"name": "inform", "confidence": 1.0}, "entities": [], **(message or {})}
        call = {
            "next_action": name,
            "sender_id": "c1",
            "tracker": {
                "sender_id": "c1",
                "slots": slots,
                "latest_message": latest,
                "events": [{"event": "action", "name": "action_listen"}, {"event": "user"}],
                "active_loop": {"name": loop} if loop else {},
                "paused": False,
                "followup_action": None,
                "latest_action_name": "action_listen",
            },
            "domain": {},
        }
        result = (await executor.run(call)).model_dump()
        set_slots = {event["name"]: event["value"] for event in result["events"] if event["event"] == "slot"}
        texts = [str(r.get("text") or (r.get("custom") or {}).get("text") or "") for r in result["responses"]]
        return Ran(set_slots, "\n".join(texts), result["responses"], result["events"])

    return once
