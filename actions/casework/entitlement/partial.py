"""What is known of a fault so far in a conversation, and how the gaps are filled when a decision has to be made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from actions.casework.entitlement.device import Device
from actions.casework.entitlement.entitlement_gate import HOME
from actions.casework.entitlement.externals import EXTERNALS, from_registry
from actions.casework.entitlement.facts_model import (
    BatteryFacts,
    BatteryFault,
    DecisionFacts,
    ExternalFacts,
    Flag,
    Registry,
    Wants,
)
from actions.casework.facts import Cause, Component, Diagnosis, SafetyFlag

# A plain "screen" or "keyboard" is understood as built in; on these PCs it can only be the one beside it.
_BESIDE = {
    Component.DISPLAY_BUILTIN: (Component.MONITOR_EXTERNAL, frozenset({"desktop", "workstation", "thin_client"})),
    Component.KEYBOARD_BUILTIN: (
        Component.KEYBOARD_EXTERNAL,
        frozenset({"desktop", "workstation", "thin_client", "aio"}),
    ),
}
_MAY_HIDE_OPENING = frozenset({None, Cause.DEFECT, Cause.UNKNOWN})


@dataclass(frozen=True)
class PartialFacts:
    """Answers so far, by slot; None means not known yet.

    `unanswerable` names the slots that the customer could not answer: they are never asked again. `registry` None
    means that nobody has looked yet. `purchase_country` counts only where the registry does not name one (R91).
    """

    today: date
    registry: Registry | None = None
    device: Device | None = None
    safety: frozenset[SafetyFlag] = frozenset()
    purchase_country: str | None = None
    current_country: str | None = None
    cause: Cause | None = None
    incident_date: date | None = None
    opened_by_others: bool | None = None
    component: Component | None = None
    hp_part: bool | None = None
    diagnosis: Diagnosis | None = None
    battery_fault: BatteryFault | None = None
    battery_capacity_pct: float | None = None
    bought_with_base: bool | None = None
    devices: int | None = None
    monitors: int | None = None
    csr_consent: bool | None = None
    pickup_postcode: str | None = None
    delivery: Wants | None = None
    flags: frozenset[Flag] = frozenset()
    unanswerable: frozenset[str] = frozenset()

    @property
    def part(self) -> Component | None:
        """The component, seen in the light of the form factor."""
        if self.component is None or self.device is None:
            return self.component
        beside, form_factors = _BESIDE.get(self.component, (self.component, frozenset()))
        return beside if self.device.form_factor in form_factors else self.component


def complete(partial: PartialFacts) -> DecisionFacts:
    """The facts with every gap filled by the harmless default: an HP part, cause and diagnosis unknown, in Denmark.

    A registry that nobody asked counts as unavailable, so that ignorance ends with a person and never with a no.
    """
    return DecisionFacts(
        today=partial.today,
        device=_device(partial),
        registry=partial.registry or Registry.UNAVAILABLE,
        location_country=partial.current_country or HOME,
        safety=partial.safety,
        component=partial.part or Component.OTHER,
        hp_part=partial.hp_part is not False,
        cause=_cause(partial),
        incident_date=partial.incident_date,
        diagnosis=partial.diagnosis or Diagnosis.UNKNOWN,
        battery=_battery(partial),
        external=_external(partial),
        csr_consent=partial.csr_consent,
        pickup_postcode=partial.pickup_postcode,
        wants=partial.delivery,
        flags=partial.flags,
    )


def _device(partial: PartialFacts) -> Device | None:
    """The registry's device; the customer's purchase country only where the registry has none."""
    device = partial.device
    if device is not None and not device.purchase_country and partial.purchase_country:
        return replace(device, purchase_country=partial.purchase_country)
    return device


def _cause(partial: PartialFacts) -> Cause:
    """An accident stays one; a defect in a PC that others opened is R85's."""
    if partial.opened_by_others and partial.cause in _MAY_HIDE_OPENING:
        return Cause.OPENED_BY_OTHERS
    return partial.cause or Cause.UNKNOWN


def _battery(partial: PartialFacts) -> BatteryFacts | None:
    """A fault that nobody was asked about counts as a defect: it was not asked because wear would end the same."""
    if partial.part is not Component.BATTERY or "battery_fault" in partial.unanswerable:
        return None
    return BatteryFacts(partial.battery_fault or BatteryFault.DEFECT, partial.battery_capacity_pct)


def _external(partial: PartialFacts) -> ExternalFacts | None:
    """What the customer said; counts nobody gave come from the registry, else the faulty device is the only one."""
    if partial.bought_with_base is None or partial.part not in EXTERNALS:
        return None
    known = from_registry(partial.device, partial.part) if partial.device else None
    own_monitors = int(partial.part is Component.MONITOR_EXTERNAL)
    return ExternalFacts(
        bought_with_base=partial.bought_with_base,
        devices=_first(partial.devices, known.devices if known else None, 1),
        monitors=_first(partial.monitors, known.monitors if known else None, own_monitors),
    )


def _first(*counts: int | None) -> int:
    """The first count that is known."""
    return next(count for count in counts if count is not None)
