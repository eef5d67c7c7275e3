"""What the use cases need of the world. Adapters implement these; one contract suite runs on all of them.

    PortError
    ├── Unavailable   nobody there, or no answer before anything was sent: may be tried again
    ├── Rejected      the system said no, and why
    ├── NotFound      the thing asked for does not exist there
    └── Unknown       sent, no answer: repeat only with the same idempotency key

Calls block; whoever runs an event loop calls them in a thread. Every call ends within 10 seconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from actions.casework.entitlement.device import Device
from actions.casework.facts import Language
from actions.casework.knowledge.articles import Article
from actions.casework.notices.notice import Notice


class PortError(Exception):
    """Something outside did not do what was asked."""


class Unavailable(PortError):
    """No answer, and nothing was sent."""


class Rejected(PortError):
    """The system refused; `str(error)` says why, for logs, never for customers."""


class NotFound(PortError):
    """No such serial number, case or booking."""


class Unknown(PortError):
    """Sent, but no answer came: it may or may not have happened."""


# --- cases -------------------------------------------------------------------------------------


class CaseStatus(StrEnum):
    """Where a case stands (contract section 1)."""

    OPEN = "open"
    NEEDS_HUMAN = "needs_human"
    WAITING_CUSTOMER = "waiting_customer"
    BOOKED = "booked"
    IN_TRANSIT = "in_transit"
    IN_REPAIR = "in_repair"
    RETURNING = "returning"
    RESOLVED_REMOTELY = "resolved_remotely"
    CLOSED = "closed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Contact:
    """Who to reach. Unknown is the empty string; `phone` is E.164, `email` lower case."""

    name: str = ""
    company: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class StepTaken:
    """One answered troubleshooting step."""

    script: str
    step: str
    answer: str


@dataclass(frozen=True)
class CaseFacts:
    """Everything known about a fault when its case is opened or brought up to date."""

    conversation: str
    language: Language
    serial_number: str = ""
    symptom: str = ""
    contact: Contact = field(default_factory=Contact)
    status: CaseStatus = CaseStatus.OPEN
    component: str = ""
    cause: str = ""
    resolution: str = ""  # how it ended so far: a Method, "solved_in_chat", "refused", a handoff reason, or ""
    decision: Mapping[str, Any] | None = None  # answer of `offsite decide`; None where nothing was decided
    entitlement: Mapping[str, Any] = field(default_factory=dict)  # registry columns, source, fetched_at, how verified
    steps: Sequence[StepTaken] = ()
    failure_id: str = ""
    blink_code: str = ""
    reason: str = ""  # why a person is needed, a stable word, or ""
    escalation_reason: str = ""  # what a customer who complained is unhappy with, in their own words (R41)
    callback_due: datetime | None = None
    skill: str = "standard"
    priority: str = "normal"


@dataclass(frozen=True)
class CaseEvent:
    """One line of a case's history. `what` is a stable word (opened, updated, booked, mailed, …)."""

    at: datetime
    what: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """A case as the desk holds it."""

    case_id: str  # "HPO-" and 6 characters (contract section 5)
    facts: CaseFacts
    opened_at: datetime
    events: Sequence[CaseEvent] = ()


class CaseDesk(Protocol):
    """Where cases live."""

    def open(
        self, facts: CaseFacts, key: str, at: datetime, *, data: Mapping[str, Any] | None = None
    ) -> tuple[Case, bool]:
        """Open a case, once for each idempotency `key`; True where this call made it (R17). `data` joins its event."""
        ...

    def find(self, key: str) -> Case | None:
        """The case that answers to that idempotency key, if any."""
        ...

    def update(
        self,
        case_id: str,
        facts: CaseFacts,
        at: datetime,
        what: str,
        *,
        key: str | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> Case:
        """Replace a case's facts and write one event, with `data`. Raises NotFound.

        With `key` it answers to that idempotency key from now on, and to no other; Rejected where another case does.
        """
        ...

    def set_status(
        self, case_id: str, status: CaseStatus, at: datetime, what: str, data: Mapping[str, Any], *, once: str = ""
    ) -> Case:
        """Move a case and write one event, a single time for each `once` where it is given. Raises NotFound."""
        ...

    def note(self, case_id: str, at: datetime, what: str, data: Mapping[str, Any], *, once: str = "") -> bool:
        """Write one event and nothing else; False where `once` had already been written. Raises NotFound."""
        ...

    def get(self, case_id: str) -> Case:
        """Raises NotFound."""
        ...

    def newest(self, limit: int = 1000) -> Sequence[Case]:
        """Cases, newest first."""
        ...

    def of_conversation(self, conversation: str) -> Sequence[Case]:
        """The conversation's cases, oldest first."""
        ...


# --- courier -----------------------------------------------------------------------------------


class BookingKind(StrEnum):
    """What travels."""

    PICKUP = "pickup"
    LABEL = "label"
    CSR_PART = "csr_part"
    RETURN = "return"


class BookingStatus(StrEnum):
    """Whether it stands."""

    BOOKED = "booked"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True)
class Address:
    """A Danish address. `postcode` is 4 digits (3 on the Faroe Islands)."""

    name: str
    street: str
    postcode: str
    city: str
    company: str = ""
    country: str = "DK"


@dataclass(frozen=True)
class PickupSlot:
    """One date and window that the courier still takes. `window` is "08:00-12:00"."""

    date: date
    window: str


@dataclass(frozen=True)
class ShipmentRequest:
    """What a courier needs to know."""

    case_id: str
    kind: BookingKind
    sender: Address
    phone: str
    email: str
    language: Language
    serial_number: str
    product_name: str
    form_factor: str
    has_battery: bool
    part: str = ""  # the CSR part, a Component
    pickup_date: date | None = None
    pickup_window: str = ""
    failure_id: str = ""


@dataclass(frozen=True)
class Booking:
    """A pick-up, label or part as the courier holds it. `label_file` is a path below var/, or ""."""

    booking_id: str  # "HPB-…"
    case_id: str
    kind: BookingKind
    status: BookingStatus
    courier: str
    tracking_number: str
    pickup_date: date | None = None
    pickup_window: str = ""
    label_file: str = ""


class Courier(Protocol):
    """Who collects and carries."""

    def offer_slots(self, postcode: str, now: datetime) -> Sequence[PickupSlot]:
        """Free dates and windows from `now` (Europe/Copenhagen), soonest first."""
        ...

    def book(self, request: ShipmentRequest, key: str, at: datetime) -> Booking:
        """Book a pick-up, make a label or send a part; once for each `key`. Raises Rejected where the slot is gone."""
        ...

    def offer_changes(self, booking_id: str, now: datetime) -> Sequence[PickupSlot]:
        """Free dates and windows that a pick-up can be moved to, at the address it has. Raises NotFound."""
        ...

    def change(self, booking_id: str, slot: PickupSlot, at: datetime) -> Booking:
        """Move a pick-up."""
        ...

    def cancel(self, booking_id: str, at: datetime) -> Booking:
        """Cancel before collection."""
        ...

    def of_case(self, case_id: str) -> Sequence[Booking]:
        """A case's bookings, oldest first."""
        ...

    def newest(self, limit: int = 1000) -> Sequence[Booking]:
        """All bookings, newest first."""
        ...


# --- the rest ----------------------------------------------------------------------------------


class EntitlementRegistry(Protocol):
    """What HP sold with a device."""

    def lookup(self, serial_number: str) -> Device:
        """Raises NotFound, or Unavailable where the registry can't be asked."""
        ...


@dataclass(frozen=True)
class Mail:
    """One e-mail. `attachments` are (file name, media type, path below var/)."""

    to: str
    subject: str
    body: str
    attachments: Sequence[tuple[str, str, str]] = ()


class Notifier(Protocol):
    """Reaches the customer outside a turn."""

    def mail(self, mail: Mail, key: str) -> None:
        """Send one mail, once for each `key`."""
        ...

    def tell_chat(self, conversation: str, event: Mapping[str, Any], key: str) -> None:
        """Append one bot event (contract section 3, without seq, at, from) to the conversation, once for each `key`."""
        ...


@dataclass(frozen=True)
class ShipmentBooked:
    """The courier holds it."""

    booking: Booking


@dataclass(frozen=True)
class ShipmentRefused:
    """Nothing was booked, and this attempt is over; `reason` is a stable word: slot_gone, stopped, rejected."""

    reason: str


@dataclass(frozen=True)
class ShipmentUnderWay:
    """Recorded for good, not settled yet: the workflow goes on and reports by mail and in the chat."""


ShipmentOutcome = ShipmentBooked | ShipmentRefused | ShipmentUnderWay


CHANGES_MAILED = frozenset({"pickup_moved", "booking_cancelled", "cancelled"})
"""Events of a case that the customer brought about and gets a mail about."""


class Workflows(Protocol):
    """Work that must happen, and happen once, whatever is killed meanwhile (design.md section 9)."""

    def after_opening(self, case_id: str) -> None:
        """Have the case id mailed to the customer (R17), once for each case. Raises Unavailable or Unknown."""
        ...

    def after_change(self, case_id: str, what: str, number: int) -> None:
        """Have a change mailed to the customer, once for each case, `what` (CHANGES_MAILED) and `number` (how many
        such events the case has). Raises Unavailable or Unknown."""
        ...

    def ship(self, request: ShipmentRequest, attempt: int, wait: float) -> ShipmentOutcome:
        """Have a shipment booked, recorded, mailed and told, once for each case and `attempt`; waits `wait` seconds
        for the outcome. Raises Unavailable (nothing begun) or Unknown."""
        ...


class DeviceNotices(Protocol):
    """Recalls, firmware and other notices about devices (R21)."""

    def about(self, product_number: str, serial_number: str, today: date) -> Sequence[Notice]:
        """Notices that concern that device today, the most serious first. Raises Unavailable."""
        ...


class Knowledge(Protocol):
    """What can be told about the service, and where to find it."""

    def find(self, question: str, language: Language, topics: Sequence[str] = (), part: str = "") -> Article | None:
        """The article that answers a question, or None. `topics` are what it seems to be about, `part` the Component
        whose cover is asked for."""
        ...


@dataclass(frozen=True)
class Subject:
    """A customer, as the stores know them. `email` is lower case, or "" where only these cases are meant."""

    case_ids: Sequence[str] = ()
    conversations: Sequence[str] = ()
    email: str = ""


class PersonalData(Protocol):
    """One store that holds something about customers (GDPR articles 15 and 17)."""

    @property
    def name(self) -> str:
        """What it is called in an export."""
        ...

    def export(self, subject: Subject) -> Any:
        """Everything held about the customer, as JSON values; empty where there is nothing. Raises PortError."""
        ...

    def erase(self, subject: Subject, at: datetime) -> None:
        """Erase it, but for a minimal record that names nobody. A second time changes nothing. Raises PortError."""
        ...

    def tidy(self, *, thorough: bool) -> None:
        """Leave nothing of what was erased in the store's log, and with `thorough` in its free space, which takes
        as long as the store is large. Raises PortError."""
        ...


class CustomerSearch(Protocol):
    """Finds what belongs to one customer."""

    def cases_of(self, email: str) -> Sequence[Case]:
        """Every case with that e-mail address, oldest first. Raises PortError."""
        ...

    def conversations_about(self, subject: Subject) -> Sequence[str]:
        """Conversations in which the customer's address or one of the cases was named. Raises PortError."""
        ...


class Texts(Protocol):
    """The words customers read, from bot/dialogue/responses/{da,en}."""

    def text(self, key: str, language: Language, **values: object) -> str:
        """The text of `key` with its {placeholders} filled. KeyError for an unknown key."""
        ...


class Clock(Protocol):
    """Time, so that tests can choose it."""

    def now(self) -> datetime:
        """Aware, in Europe/Copenhagen."""
        ...
