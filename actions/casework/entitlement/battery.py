"""Table C: batteries. A swollen, hot or leaking one never gets here (A1)."""

from __future__ import annotations

from actions.casework.entitlement import cover
from actions.casework.entitlement.device import Device
from actions.casework.entitlement.facts_model import BatteryFault, DecisionFacts
from actions.casework.entitlement.finding import Addon, Finding, Reason
from actions.casework.facts import Verdict

MOBILE = frozenset({"notebook", "mobile_workstation", "tablet"})
YEARS_WITH_PACK = 3  # R68
LEAST_CAPACITY_PCT = 50  # R72: covered *under* this


def battery_finding(facts: DecisionFacts, device: Device) -> Finding:
    """Whether the battery fault is covered by the service (R68), by the battery add-on (R72), or not."""
    battery = facts.battery
    has_addon = cover.addon_is_active(device, Addon.BATTERY, facts.today)
    is_mobile_business = device.line == "business" and device.form_factor in MOBILE
    if not is_mobile_business and not has_addon:
        return _human(Reason.BATTERY_UNCLEAR, "R68")
    if battery is None:
        return _human(Reason.BATTERY_UNTESTED, "R92")
    if battery.fault is BatteryFault.WORN:
        return _worn(battery.capacity_pct, has_addon)
    if is_mobile_business and _within_r68(device, facts):
        return Finding(Verdict.COVERED, Reason.BATTERY_DEFECT, ("R68",))
    if has_addon:
        return _by_addon()
    if device.purchase_date is None:
        return _human(Reason.BATTERY_UNCLEAR, "R68")
    return Finding(Verdict.NOT_COVERED, Reason.BATTERY_TOO_OLD, ("R68",))


def _within_r68(device: Device, facts: DecisionFacts) -> bool:
    """In the hardware warranty, or up to three years from purchase with a registered Care Pack (the gate's, Q2)."""
    if cover.warranty_is_active(device, facts.today):
        return True
    bought = device.purchase_date
    return bought is not None and facts.today <= cover.years_after(bought, YEARS_WITH_PACK)


def _worn(capacity_pct: float | None, has_addon: bool) -> Finding:
    """Less capacity than when new: only the add-on pays, and only under half."""
    if not has_addon:
        return Finding(Verdict.NOT_COVERED, Reason.BATTERY_WORN, ("R68", "R65"))
    if capacity_pct is None:
        return _human(Reason.BATTERY_UNTESTED, "R92")
    if capacity_pct >= LEAST_CAPACITY_PCT:
        return Finding(Verdict.NOT_COVERED, Reason.BATTERY_ABOVE_HALF, ("R72",))
    return _by_addon()


def _by_addon() -> Finding:
    return Finding(Verdict.COVERED_BY_ADDON, Reason.BATTERY_ADDON, ("R72",), Addon.BATTERY)


def _human(reason: Reason, *clauses: str) -> Finding:
    return Finding(Verdict.NEEDS_HUMAN, reason, clauses)
