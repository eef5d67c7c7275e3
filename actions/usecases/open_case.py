"""One case for one confirmed fault (R17): opened once, corrected in place, brought up to date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from actions.ports import Case, CaseDesk, CaseFacts, CaseStatus, NotFound, PortError, Unknown, Workflows

TRAVELLING = frozenset({CaseStatus.BOOKED, CaseStatus.IN_TRANSIT, CaseStatus.IN_REPAIR, CaseStatus.RETURNING})
"""While something travels the case keeps its status and how it is solved, whatever else is learnt."""


class CaseWorld(Protocol):
    """What opening a case needs."""

    @property
    def desk(self) -> CaseDesk:
        """Where cases live."""
        ...

    @property
    def workflows(self) -> Workflows:
        """Who mails the case id."""
        ...


@dataclass(frozen=True)
class CaseOpened:
    """The desk holds it. `created` is False where it was there already and was brought up to date."""

    case: Case
    created: bool


@dataclass(frozen=True)
class CaseNotOpened:
    """Nothing is known to be opened; `reason` is unavailable, rejected or unknown. Trying again is safe."""

    reason: str


def case_key(facts: CaseFacts) -> str:
    """Idempotency key: conversation + serial number + symptom (domain.md 6)."""
    return "\n".join((facts.conversation, facts.serial_number, facts.symptom))


def open_case(
    world: CaseWorld, facts: CaseFacts, at: datetime, replaces: str | None = None
) -> CaseOpened | CaseNotOpened:
    """Open the case of a fault, once, and have its id mailed (R17).

    `replaces` names the case that a correction of serial number or symptom is about: as long as nothing of it
    travels it is that case that changes, and no second one is opened.
    """
    try:
        opened = _open(world.desk, facts, at, replaces)
    except Unknown:
        try:
            opened = _open(world.desk, facts, at, replaces)  # the key makes the second try safe
        except PortError as error:
            return CaseNotOpened(_reason(error))
    except PortError as error:
        return CaseNotOpened(_reason(error))
    _have_id_mailed(world, opened.case.case_id)
    return opened


def _open(desk: CaseDesk, facts: CaseFacts, at: datetime, replaces: str | None) -> CaseOpened:
    key = case_key(facts)
    corrected = _correctable(desk, facts, replaces)
    if corrected is not None:
        owner = desk.find(key)
        if owner is None:
            return CaseOpened(desk.update(corrected.case_id, facts, at, "corrected", key=key), created=False)
        if owner.case_id != corrected.case_id:  # corrected into a fault that has its case already
            by = {"by": owner.case_id}
            desk.set_status(corrected.case_id, CaseStatus.CANCELLED, at, "replaced", by, once="replaced")
    case, created = desk.open(facts, key, at)
    return CaseOpened(case if created else _bring_up_to_date(desk, case, facts, at), created)


def _correctable(desk: CaseDesk, facts: CaseFacts, replaces: str | None) -> Case | None:
    """The case that a correction is about: of this conversation, and nothing of it travels or has ended."""
    if not replaces:
        return None
    try:
        case = desk.get(replaces)
    except NotFound:
        return None
    settled = TRAVELLING | {CaseStatus.CANCELLED}
    mine = case.facts.conversation == facts.conversation
    return case if mine and case.facts.status not in settled else None


def _bring_up_to_date(desk: CaseDesk, case: Case, facts: CaseFacts, at: datetime) -> Case:
    if case.facts.status in TRAVELLING and facts.status is not CaseStatus.NEEDS_HUMAN:
        facts = replace(facts, status=case.facts.status, resolution=case.facts.resolution)
    if _told(case.facts) == _told(facts):
        return case
    reopened = case.facts.status in {CaseStatus.CANCELLED, CaseStatus.CLOSED, CaseStatus.RESOLVED_REMOTELY}
    what = "reopened" if reopened and facts.status is not case.facts.status else "updated"
    return desk.update(case.case_id, facts, at, what)


def _told(facts: CaseFacts) -> CaseFacts:
    """Facts without what differs at each asking."""
    entitlement: Mapping[str, Any] = {name: value for name, value in facts.entitlement.items() if name != "fetched_at"}
    return replace(facts, entitlement=entitlement, steps=tuple(facts.steps), callback_due=None)


def _have_id_mailed(world: CaseWorld, case_id: str) -> None:
    """The case stands whether or not the mail could be begun: the workflows catch up on it."""
    try:
        world.workflows.after_opening(case_id)
    except PortError:
        return


def _reason(error: PortError) -> str:
    return type(error).__name__.lower()
