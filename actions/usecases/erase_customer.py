"""What is held about a customer, told or erased everywhere (GDPR articles 15 and 17, domain.md 5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from actions.ports import (
    BookingStatus,
    Case,
    CaseDesk,
    CaseStatus,
    Courier,
    CustomerSearch,
    NotFound,
    PersonalData,
    Rejected,
    Subject,
)

OVER = frozenset({CaseStatus.CLOSED, CaseStatus.CANCELLED, CaseStatus.RESOLVED_REMOTELY})
"""Cases that nothing more happens to: nobody needs to know any more whose they were."""


class PrivacyWorld(Protocol):
    """What telling and erasing need."""

    @property
    def desk(self) -> CaseDesk:
        """Where cases are."""
        ...

    @property
    def courier(self) -> Courier:
        """Who may have to be called off."""
        ...

    @property
    def search(self) -> CustomerSearch:
        """Finds what belongs to one customer."""
        ...

    @property
    def stores(self) -> Sequence[PersonalData]:
        """Every store but the registry, which knows devices; the one with the cases last, for it is the proof."""
        ...


@dataclass(frozen=True)
class Told:
    """Everything held, by store."""

    subject: Subject
    held: Mapping[str, Any]


@dataclass(frozen=True)
class Erased:
    """Nothing but a record that names nobody is left. `not_called_off` are bookings that the courier keeps."""

    subject: Subject
    not_called_off: Sequence[str] = ()


@dataclass(frozen=True)
class NobodyFound:
    """No such case, or not that customer's: the two are not told apart."""


def find_customer(world: PrivacyWorld, case_id: str, email: str) -> Subject | NobodyFound:
    """The customer of a case, proved by its e-mail address; with every other case of theirs. Raises PortError."""
    address = email.strip().lower()
    try:
        case = world.desk.get(case_id.strip().upper())
    except NotFound:
        return NobodyFound()
    if not address or case.facts.contact.email.lower() != address:
        return NobodyFound()
    cases = {each.case_id: each for each in (case, *world.search.cases_of(address))}
    conversations = {each.facts.conversation for each in cases.values() if each.facts.conversation}
    known = Subject(tuple(cases), tuple(sorted(conversations)), address)
    named = world.search.conversations_about(known)
    return replace(known, conversations=tuple(sorted({*known.conversations, *named})))


def export_customer(world: PrivacyWorld, case_id: str, email: str) -> Told | NobodyFound:
    """Everything that the stores hold. Raises PortError."""
    subject = find_customer(world, case_id, email)
    if isinstance(subject, NobodyFound):
        return subject
    held = {store.name: store.export(subject) for store in world.stores}
    return Told(subject, {name: value for name, value in held.items() if value})


def erase_customer(world: PrivacyWorld, case_id: str, email: str, at: datetime) -> Erased | NobodyFound:
    """Call off what stands, then erase it everywhere. After a PortError the same call goes on where it stopped."""
    subject = find_customer(world, case_id, email)
    if isinstance(subject, NobodyFound):
        return subject
    kept = [each for case in subject.case_ids for each in _call_off(world.courier, case, at)]
    for store in world.stores:
        store.erase(subject, at)
    for store in world.stores:
        store.tidy(thorough=True)
    return Erased(subject, tuple(kept))


def _call_off(courier: Courier, case_id: str, at: datetime) -> list[str]:
    """A courier can't come to nobody; what is collected today already can't be stopped."""
    kept = []
    for booking in courier.of_case(case_id):
        if booking.status is BookingStatus.BOOKED:
            try:
                courier.cancel(booking.booking_id, at)
            except Rejected:
                kept.append(booking.booking_id)
    return kept


def erase_conversation(world: PrivacyWorld, conversation: str, at: datetime) -> Sequence[str]:
    """What a customer asks for in the chat: all that was said, and the cases that are over; returns the cases kept.

    A case that is still worked on keeps who to reach and where the equipment is: without it nobody could finish what
    the customer asked for. It goes when the case is over and its time is up. Raises PortError; again is safe.
    """
    cases = world.desk.of_conversation(conversation)
    done = tuple(case.case_id for case in cases if is_over(world.courier, case, at))
    subject = Subject(done, (conversation,))
    for store in world.stores:
        store.erase(subject, at)
    return [case.case_id for case in cases if case.case_id not in done]


def is_over(courier: Courier, case: Case, at: datetime) -> bool:
    """Whether nothing more happens to a case: it has ended, and no courier is still to come. Raises PortError."""
    if case.facts.status not in OVER:
        return False
    held = [booking for booking in courier.of_case(case.case_id) if booking.status is BookingStatus.BOOKED]
    return all(booking.pickup_date is None or booking.pickup_date < at.date() for booking in held)
