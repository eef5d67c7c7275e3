"""Table B: the part at fault, its cause being a defect."""

from __future__ import annotations

from actions.casework.entitlement.battery import battery_finding
from actions.casework.entitlement.device import Device
from actions.casework.entitlement.externals import EXTERNALS, external_finding
from actions.casework.entitlement.facts_model import DecisionFacts
from actions.casework.entitlement.finding import Finding, Reason
from actions.casework.facts import Component, Diagnosis, Verdict

# Nothing to repair, or nothing that lasts: whoever made it.
_NEVER_COVERED: dict[Component, tuple[Reason, tuple[str, ...]]] = {
    Component.OS: (Reason.SOFTWARE, ("R80",)),
    Component.SOFTWARE: (Reason.SOFTWARE, ("R80",)),
    Component.DATA: (Reason.SOFTWARE, ("R80",)),
    Component.NETWORK: (Reason.CONNECTION, ("R81",)),
    Component.CLEANING: (Reason.CLEANING, ("R66", "R86")),
    Component.PEN: (Reason.CONSUMABLE, ("R65",)),
    Component.REMOVABLE_MEDIA: (Reason.CONSUMABLE, ("R65",)),
}
_ACCESSORIES = frozenset({Component.MOUSE_WIRED, Component.KEYBOARD_EXTERNAL, Component.AC_CORD})
_WITHOUT_BUILTIN_DISPLAY = frozenset({"desktop", "workstation", "thin_client"})


def component_finding(facts: DecisionFacts, device: Device) -> Finding:
    """Tables B and C, first match wins."""
    component = facts.component
    if component in _NEVER_COVERED:
        reason, clauses = _NEVER_COVERED[component]
        return Finding(Verdict.NOT_COVERED, reason, clauses)
    if not facts.hp_part:
        return Finding(Verdict.NOT_COVERED, Reason.NOT_HP, ("R60", "R67"))
    if facts.diagnosis is Diagnosis.CONNECTION_ONLY:
        return Finding(Verdict.NOT_COVERED, Reason.CONNECTION, ("R81",))
    if component is Component.FIRMWARE:  # Q1: firmware is in, whatever runs above it
        return Finding(Verdict.COVERED, Reason.FIRMWARE, ("R19", "R50", "R51", "R52", "R53"))
    if facts.diagnosis is Diagnosis.SOFTWARE_ONLY:
        return Finding(Verdict.NOT_COVERED, Reason.SOFTWARE, ("R80",))
    return _hardware(facts, device)


def _hardware(facts: DecisionFacts, device: Device) -> Finding:
    """An HP part with a fault of its own."""
    component = facts.component
    if component is Component.BATTERY:
        return battery_finding(facts, device)
    if component in EXTERNALS:
        return external_finding(facts, device)
    if component in _ACCESSORIES:
        return Finding(Verdict.COVERED, Reason.ACCESSORY, ("R61",))
    if component is Component.AC_ADAPTER:  # Q8
        return Finding(Verdict.COVERED, Reason.ADAPTER, ("R61",))
    if component is Component.PIXEL:
        return Finding(Verdict.NEEDS_HUMAN, Reason.PIXEL, ("R60", "R20"))
    if component is Component.OTHER:
        return Finding(Verdict.NEEDS_HUMAN, Reason.PART_UNCLEAR, ("R60", "R20"))
    if component is Component.DISPLAY_BUILTIN:
        return _builtin_display(device)
    return Finding(Verdict.COVERED, Reason.INTERNAL_PART, ("R60",))


def _builtin_display(device: Device) -> Finding:
    """R63 for all-in-ones. A PC that has no display of its own: the facts don't fit, a person asks."""
    if device.form_factor == "aio":
        return Finding(Verdict.COVERED, Reason.BUILTIN_DISPLAY, ("R63",))
    if device.form_factor in _WITHOUT_BUILTIN_DISPLAY:
        return Finding(Verdict.NEEDS_HUMAN, Reason.PART_UNCLEAR, ("R60", "R62"))
    return Finding(Verdict.COVERED, Reason.INTERNAL_PART, ("R60",))
