"""Devices beside the PC that only the Care Pack for external devices covers (R62, R64, R76, F6)."""

from __future__ import annotations

from actions.casework.entitlement import cover
from actions.casework.entitlement.device import Device
from actions.casework.entitlement.facts_model import DecisionFacts, ExternalFacts
from actions.casework.entitlement.finding import Addon, Finding, Reason
from actions.casework.facts import Component, Verdict

EXTERNALS = frozenset(
    {
        Component.MONITOR_EXTERNAL,
        Component.DOCK,
        Component.HEADSET,
        Component.MOUSE_WIRELESS,
        Component.KEYBOARD_WIRELESS,
    }
)
# Named neither by R61 nor by R76: covered only where the registry lists that very device (Q8).
WIRELESS = frozenset({Component.MOUSE_WIRELESS, Component.KEYBOARD_WIRELESS})
MOST_DEVICES = 6
MOST_MONITORS = 2
# F6, with all-in-ones among the desktops; which notebooks are "selected" the registry knows (Q23).
FORM_FACTORS = frozenset({"desktop", "aio", "workstation", "mobile_workstation", "notebook"})

# The registry's short words for what was bought with the base unit.
_SHORT = {Component.MONITOR_EXTERNAL: "monitor"}


def external_finding(facts: DecisionFacts, device: Device) -> Finding:
    """Table B, the rows of external devices."""
    clauses = _clauses(facts.component, device)
    if not cover.addon_is_active(device, Addon.EXTERNAL, facts.today):
        return Finding(Verdict.NOT_COVERED, Reason.EXTERNAL_NO_ADDON, clauses)
    external = facts.external or from_registry(device, facts.component)
    if not _may_have_pack(device) or external is None:
        return Finding(Verdict.NEEDS_HUMAN, Reason.EXTERNAL_UNCLEAR, clauses)
    if facts.component in WIRELESS and not listed(device, facts.component):
        return Finding(Verdict.NEEDS_HUMAN, Reason.EXTERNAL_UNCLEAR, clauses)
    if not external.bought_with_base:
        return Finding(Verdict.NOT_COVERED, Reason.EXTERNAL_NOT_TOGETHER, clauses)
    too_many_monitors = facts.component is Component.MONITOR_EXTERNAL and external.monitors > MOST_MONITORS
    if too_many_monitors or external.devices > MOST_DEVICES:
        return Finding(Verdict.NOT_COVERED, Reason.EXTERNAL_TOO_MANY, clauses)
    return Finding(Verdict.COVERED_BY_ADDON, Reason.EXTERNAL_COVERED, clauses, Addon.EXTERNAL)


def listed(device: Device, component: Component) -> int:
    """How many of these the registry says were bought with the base unit; 0 where it does not say."""
    return device.bought_with.get(component.value, 0) or device.bought_with.get(_SHORT.get(component, ""), 0)


def from_registry(device: Device, component: Component) -> ExternalFacts | None:
    """What the registry knows of the devices, where it lists the faulty one; else None."""
    if not listed(device, component):
        return None
    return ExternalFacts(True, sum(device.bought_with.values()), listed(device, Component.MONITOR_EXTERNAL))


def _may_have_pack(device: Device) -> bool:
    """F6: commercial families only. A pack sold for another is for a person to sort out, not to refuse."""
    return device.line == "business" and device.form_factor in FORM_FACTORS


def _clauses(component: Component, device: Device) -> tuple[str, ...]:
    if component is Component.MONITOR_EXTERNAL:
        return ("R62", "R64", "R76") if device.form_factor == "aio" else ("R62", "R76")
    if component is Component.DOCK:
        return ("R76",)
    return ("R61", "R76")
