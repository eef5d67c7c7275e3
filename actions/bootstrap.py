"""Wires ports to adapters, from the settings: the one place that knows which adapter is in use."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from actions.adapters.chat import ChatNotifier, CustomerNotifier
from actions.adapters.chatwoot import ChatwootAccount, ChatwootDesk
from actions.adapters.clock import SystemClock
from actions.adapters.knowledge import Articles
from actions.adapters.labels import LabelFolder
from actions.adapters.mail import MailSpool, Smtp
from actions.adapters.mail_personal import MailPersonalData
from actions.adapters.notices import NoNotices
from actions.adapters.people import GatewayPeople, Nobody
from actions.adapters.remote_workflows import RemoteWorkflows
from actions.adapters.slots import driven_slots
from actions.adapters.sql.courier import SqlCourier
from actions.adapters.sql.desk import SqlCaseDesk
from actions.adapters.sql.engine import open_engine, tidy
from actions.adapters.sql.migrations import migrate
from actions.adapters.sql.notices import SqlNotices
from actions.adapters.sql.personal import BookingPersonalData, CasePersonalData
from actions.adapters.sql.registry import SqlRegistry
from actions.adapters.sql.trackers import TrackerPersonalData
from actions.adapters.texts import ResponseTexts
from actions.agent_ports import AgentDesk, People
from actions.ports import (
    CaseDesk,
    Clock,
    Courier,
    DeviceNotices,
    EntitlementRegistry,
    Knowledge,
    Notifier,
    PersonalData,
    Texts,
    Workflows,
)
from actions.settings import Settings, settings
from actions.usecases.signed_desk import SignedDesk
from actions.workflows.personal import WorkflowPersonalData
from actions.workflows.steps import StepPorts

__all__ = ["PersonalStores", "Stores", "World", "build", "open_stores", "override", "tidy", "world"]

TURN_MARGIN_SECONDS = 3.0
"""After its wait for a booking, a turn has so long to reach the customer before the workflow speaks."""


@dataclass(frozen=True)
class World:
    """Everything outside, as the handlers and use cases see it."""

    registry: EntitlementRegistry
    desk: CaseDesk
    courier: Courier
    notifier: Notifier
    texts: Texts
    clock: Clock
    workflows: Workflows
    booking_wait: float = 5.0  # seconds that a turn waits for a booking
    knowledge: Knowledge = field(default_factory=Articles)
    people: People = field(default_factory=Nobody)  # who is at the desk
    notices: DeviceNotices = field(default_factory=NoNotices)


@dataclass(frozen=True)
class Stores:
    """The embedded adapters on their database: what the command line needs, without workflows."""

    registry: SqlRegistry
    notices: SqlNotices
    desk: SqlCaseDesk
    courier: SqlCourier
    personal: PersonalStores


@dataclass(frozen=True)
class PersonalStores:
    """Everything below the gateway that holds something about customers, in the order in which it is erased."""

    trackers: TrackerPersonalData
    workflows: WorkflowPersonalData
    mails: MailPersonalData
    bookings: BookingPersonalData
    cases: CasePersonalData

    @property
    def all(self) -> Sequence[PersonalData]:
        """The cases last: their e-mail address is the proof that is asked for."""
        return (self.trackers, self.workflows, self.mails, self.bookings, self.cases)


def open_stores(with_settings: Settings, texts: Texts | None = None) -> Stores:
    """Open the casework database and bring it up to date. Raises Unavailable."""
    engine = open_engine(with_settings.database("casework"))
    migrate(engine)
    labels = LabelFolder(with_settings.var, texts or ResponseTexts())
    return Stores(
        registry=SqlRegistry(engine),
        notices=SqlNotices(engine),
        desk=SqlCaseDesk(engine),
        courier=SqlCourier(engine, driven_slots, labels, with_settings.courier_capacity),
        personal=PersonalStores(
            trackers=TrackerPersonalData(with_settings.database("rasa")),
            workflows=WorkflowPersonalData(with_settings.database("dbos")),
            mails=MailPersonalData(with_settings.mail_folder),
            bookings=BookingPersonalData(engine, with_settings.var),
            cases=CasePersonalData(engine),
        ),
    )


@dataclass(frozen=True)
class AgentWorld:
    """What an agent's actions on cases need, in a process without durable work of its own."""

    registry: EntitlementRegistry
    desk: CaseDesk
    courier: Courier
    workflows: Workflows
    booking_wait: float


def agent_world(with_settings: Settings, stores: Stores, agent: str) -> AgentWorld:
    """The stores as one agent uses them: what is written to a case carries the agent's full name."""
    workflows = RemoteWorkflows(with_settings.actions_url, with_settings.secret)
    desk = SignedDesk(stores.desk, agent)
    return AgentWorld(stores.registry, desk, stores.courier, workflows, with_settings.booking_wait_seconds)


def open_agent_desk(with_settings: Settings, now: Callable[[], datetime]) -> AgentDesk | None:
    """The outer desk that the settings name; None where people answer at our own."""
    if with_settings.desk == "embedded":
        return None
    account = ChatwootAccount(
        url=with_settings.chatwoot_url,
        account=with_settings.chatwoot_account,
        inbox=with_settings.chatwoot_inbox,
        token=with_settings.chatwoot_token,
        secret=with_settings.chatwoot_secret,
        team=with_settings.chatwoot_team,
    )
    return ChatwootDesk(account, ResponseTexts(), now)


def build(with_settings: Settings) -> World:
    """The world as the settings say. Durable work begins when `world.workflows.launch()` is called."""
    from actions.workflows.durable import DurableWorkflows  # heavy; the command line does without

    texts, clock = ResponseTexts(), SystemClock()
    stores = open_stores(with_settings, texts)
    notifier = CustomerNotifier(
        MailSpool(with_settings.mail_folder, with_settings.var, with_settings.mail_from, _smtp(with_settings)),
        ChatNotifier(with_settings.gateway, with_settings.secret),
    )
    wait = with_settings.booking_wait_seconds
    workflows = DurableWorkflows(
        StepPorts(stores.desk, stores.courier, notifier, texts, clock),
        with_settings.database("dbos"),
        with_settings.worker_name,
        turn_seconds=wait + TURN_MARGIN_SECONDS,
    )
    people = GatewayPeople(with_settings.gateway, with_settings.secret)
    ports = (stores.registry, stores.desk, stores.courier, notifier, texts, clock, workflows)
    return World(*ports, booking_wait=wait, notices=stores.notices, people=people)


_current: World | None = None
_lock = threading.Lock()


def world() -> World:
    """The world of this process: built from the environment at first use. Raises SettingsError, Unavailable."""
    global _current
    with _lock:
        if _current is None:
            _current = build(settings())
        return _current


@contextmanager
def override(other: World) -> Iterator[World]:
    """Let `world()` be `other` for a while: for tests."""
    global _current
    with _lock:
        before, _current = _current, other
    try:
        yield other
    finally:
        with _lock:
            _current = before


def _smtp(with_settings: Settings) -> Smtp | None:
    if not with_settings.smtp_host:
        return None
    return Smtp(
        host=with_settings.smtp_host,
        port=with_settings.smtp_port,
        security=with_settings.smtp_security,
        user=with_settings.smtp_user,
        password=with_settings.smtp_password,
    )
