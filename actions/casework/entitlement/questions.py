"""Which question is still worth asking: one whose answer can change verdict, add-on or method.

Nothing is listed by hand: the few telling answers to the open questions are put through `decide`, and a question that
makes no difference in any of those worlds is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum

from actions.casework.entitlement import cover
from actions.casework.entitlement.causes import ACCIDENTS
from actions.casework.entitlement.decide import decide
from actions.casework.entitlement.delivery import SENT_WITHOUT_CONSENT
from actions.casework.entitlement.entitlement_gate import entitlement_gate
from actions.casework.entitlement.externals import EXTERNALS, listed
from actions.casework.entitlement.facts_model import BatteryFault, Registry, Wants
from actions.casework.entitlement.finding import Decision
from actions.casework.entitlement.partial import PartialFacts, complete
from actions.casework.facts import Cause, Component, Diagnosis
from actions.casework.shipping.areas import in_pickup_area


class Stage(StrEnum):
    """Where the conversation is; each stage asks its own slots."""

    ENTITLEMENT = "entitlement"
    CAUSE = "cause"
    COMPONENT = "component"
    DELIVERY = "delivery"


# Most telling first: what an answer makes needless stands behind it.
_ASKED: dict[Stage, tuple[str, ...]] = {
    Stage.ENTITLEMENT: ("purchase_country", "current_country"),
    Stage.CAUSE: ("cause", "incident_date", "opened_by_others"),
    Stage.COMPONENT: ("component", "battery_fault", "battery_capacity_pct", "hp_part", "bought_with_base"),
    Stage.DELIVERY: ("csr_consent", "delivery"),
}
_PLACES = _ASKED[Stage.ENTITLEMENT]
_SLOTS = tuple(slot for slots in _ASKED.values() for slot in slots)

# Answers that stand for the rest: surge goes with drop, theft with loss, "unknown" with defect.
_CAUSES = (Cause.DEFECT, Cause.DROP, Cause.LOSS, Cause.COSMETIC)
_SAYS_ENOUGH = frozenset(Cause) - {Cause.DEFECT, Cause.UNKNOWN}
_COMPONENTS = (
    Component.MAINBOARD,
    Component.PEN,
    Component.DOCK,
    Component.BATTERY,
    Component.AC_CORD,
    Component.FIRMWARE,
    Component.OTHER,
)
# Parts that people replace or buy elsewhere; nobody is asked who made the mainboard.
_MAY_BE_ANOTHER_MAKE = EXTERNALS | {
    Component.MEMORY,
    Component.STORAGE,
    Component.OPTICAL_DRIVE,
    Component.BATTERY,
    Component.AC_CORD,
    Component.AC_ADAPTER,
    Component.MOUSE_WIRED,
    Component.KEYBOARD_EXTERNAL,
}


def next_question(partial: PartialFacts, stage: Stage | str) -> str | None:
    """The slot to ask next at this stage, or None where no answer can change the outcome any more."""
    if partial.registry is None:
        return None
    return next((slot for slot in _ASKED[Stage(stage)] if _matters(partial, slot)), None)


def early_decision(partial: PartialFacts) -> Decision | None:
    """The decision, where no answer still to come can change verdict, add-on or method; else None.

    Troubleshooting counts as an answer to come while `diagnosis` is None. Danger is decided at once (A1).
    """
    if partial.registry is None and not partial.safety:
        return None
    now = decide(complete(partial))
    outcome = _outcome(now)
    diagnoses = _diagnoses(partial)
    for world in _worlds(partial, _SLOTS):
        if any(_outcome(decide(complete(replace(world, diagnosis=found)))) != outcome for found in diagnoses):
            return None
    return now


def _matters(partial: PartialFacts, slot: str) -> bool:
    """Whether two answers to `slot` lead to different outcomes in any world that is still possible."""
    answers = _open_answers(partial, slot)
    if not answers:
        return False
    others = [other for other in _SLOTS if other != slot]
    for world in _worlds(partial, others):
        outcomes = {_outcome(decide(complete(_answered(world, slot, answer)))) for answer in answers}
        if len(outcomes) > 1:
            return True
    return False


def _worlds(partial: PartialFacts, slots: Sequence[str]) -> Iterator[PartialFacts]:
    """Every way the open ones among `slots` may be answered; which are open depends on the answers before.

    Where the places are known and the gate has decided, one world stands for all: nothing after it is looked at.
    """
    if not slots or (slots[0] not in _PLACES and entitlement_gate(complete(partial))):
        yield partial
        return
    slot, rest = slots[0], slots[1:]
    answers = _open_answers(partial, slot)
    if not answers:
        yield from _worlds(partial, rest)
    for answer in answers:
        yield from _worlds(_answered(partial, slot, answer), rest)


def _answered(partial: PartialFacts, slot: str, answer: object) -> PartialFacts:
    return replace(partial, **{slot: answer})  # type: ignore[arg-type]


def _outcome(decision: Decision) -> tuple[object, ...]:
    return decision.verdict, decision.addon, decision.method


def _diagnoses(partial: PartialFacts) -> tuple[Diagnosis, ...]:
    """What troubleshooting may still find; "connection only" changes all that "software only" does, and firmware."""
    return (partial.diagnosis,) if partial.diagnosis else (Diagnosis.HARDWARE, Diagnosis.CONNECTION_ONLY)


def _open_answers(partial: PartialFacts, slot: str) -> tuple[object, ...]:
    """The telling answers to a slot that is not answered yet and has a meaning here; else none."""
    if partial.device is None or partial.registry is not Registry.FOUND:
        return ()
    if getattr(partial, slot) is not None or slot in partial.unanswerable:
        return ()
    match slot:
        case "purchase_country":
            return () if partial.device.purchase_country else ("DK", "SE")
        case "current_country":
            return tuple(dict.fromkeys(("DK", "SE", partial.device.purchase_country or "DK")))
        case "cause":
            return _CAUSES
        case "incident_date":
            return _incident_dates(partial)
        case "opened_by_others":
            return () if partial.cause in _SAYS_ENOUGH else (False, True)
        case "component":
            return (*_COMPONENTS, *_replaceable(partial))
        case "hp_part":
            return (True, False) if _may_be_another_make(partial) else ()
        case "battery_fault":
            return tuple(BatteryFault) if partial.part is Component.BATTERY else ()
        case "battery_capacity_pct":
            return (49, 50) if partial.battery_fault is BatteryFault.WORN else ()
        case "bought_with_base":
            return (True, False) if partial.part in EXTERNALS and not _is_listed(partial) else ()
        case "csr_consent":
            return (True, False) if _needs_consent(partial) else ()
        case _:
            return (Wants.DEPOT, Wants.HAND_IN) if _is_out_of_area(partial) else ()


def _replaceable(partial: PartialFacts) -> tuple[Component, ...]:
    """Parts of this PC that the customer may replace, and so may have touched (R35, Q11)."""
    csr_parts = partial.device.csr_parts if partial.device else frozenset()
    return tuple(Component(part) for part in sorted(csr_parts - set(_COMPONENTS)))


def _incident_dates(partial: PartialFacts) -> tuple[object, ...]:
    """A day inside the add-on's period and one before it."""
    start = cover.pack_start(partial.device) if partial.device else None
    if partial.cause not in ACCIDENTS or start is None:
        return ()
    return partial.today, start - timedelta(days=1)


def _is_listed(partial: PartialFacts) -> bool:
    """Whether the registry itself says that this was bought with the base unit, and so that it is HP's."""
    return bool(partial.device and partial.part and listed(partial.device, partial.part))


def _may_be_another_make(partial: PartialFacts) -> bool:
    """A part that may have come from elsewhere: not what the registry lists, nor a sealed battery nobody got at."""
    if partial.part is Component.BATTERY and partial.opened_by_others is False:
        return bool(partial.device and partial.device.mobile_battery != "builtin")
    return partial.part in _MAY_BE_ANOTHER_MAKE and not _is_listed(partial)


def _needs_consent(partial: PartialFacts) -> bool:
    """A part that HP lets the customer replace, but only if they agree (R35)."""
    csr_parts = partial.device.csr_parts if partial.device else frozenset()
    return partial.part in csr_parts and partial.part not in SENT_WITHOUT_CONSENT


def _is_out_of_area(partial: PartialFacts) -> bool:
    """Pick-up was bought but the courier does not come there: a label is on offer (R36, Q4)."""
    if partial.device is None or partial.pickup_postcode is None:
        return False
    return partial.device.service_level == "pickup_return" and not in_pickup_area(partial.pickup_postcode)
