"""Table A: may this device have the service at all? None means yes, go on (A7)."""

from __future__ import annotations

from actions.casework.entitlement import cover
from actions.casework.entitlement.device import Device
from actions.casework.entitlement.facts_model import DecisionFacts, Registry
from actions.casework.entitlement.finding import Finding, Reason
from actions.casework.facts import Verdict

HOME = "DK"
# Part of the Danish realm, but no part of the Danish pick-up area (Q4): never refused as "moved abroad" by a machine.
REALM = frozenset({"DK", "FO", "GL"})
OFFSITE_LEVELS = frozenset({"pickup_return", "return_to_depot"})


def safety_stop(facts: DecisionFacts) -> Finding | None:
    """A1: any sign of danger, whatever else is known. Our own precaution; only R20 is cited."""
    if facts.safety:
        return Finding(Verdict.SAFETY_STOP, Reason.DANGER, ("R20",))
    return None


def entitlement_gate(facts: DecisionFacts) -> Finding | None:
    """A2–A7, first match wins."""
    device, today = facts.device, facts.today
    if facts.registry is Registry.UNAVAILABLE:
        return _human(Reason.REGISTRY_DOWN, "R15")
    if facts.registry is Registry.NOT_FOUND or device is None:
        return _human(Reason.NOT_FOUND, "R15")
    active = cover.pack_is_active(device, today)
    warranty = cover.warranty_is_active(device, today)
    if not active and not warranty:
        if cover.pack_has_no_end(device):
            return _human(Reason.PACK_UNCLEAR, "R15")
        return Finding(Verdict.NOT_COVERED, Reason.NO_COVER, ("R04", "R19"))
    if active and device.registered_on is None:
        return _human(Reason.UNREGISTERED, "R90")
    return _place(device, facts.location_country, warranty) or _service(device, active)


def _place(device: Device, located: str, warranty: bool) -> Finding | None:
    """A5: where it was bought and where it is. A purchase country the registry does not name is taken as home."""
    bought = device.purchase_country or HOME
    if bought == located == HOME:
        return None
    if bought == located or {bought, located} <= REALM or not device.purchase_country:
        return _human(Reason.ABROAD, "R91")
    if warranty:
        return _human(Reason.MOVED_UNDER_WARRANTY, "R91", "R68")
    return Finding(Verdict.NOT_COVERED, Reason.MOVED, ("R91",))


def _service(device: Device, active: bool) -> Finding | None:
    """A6 and A7: an active Care Pack of this service, of another, or the warranty alone; registered late."""
    if not active:
        return _human(Reason.WARRANTY_ONLY, "R04", "R68")
    if device.service_level not in OFFSITE_LEVELS:
        return _human(Reason.OTHER_SERVICE, "R02")
    if not cover.registered_in_time(device):
        return _human(Reason.REGISTERED_LATE, "R90")  # Q6: what lateness means is for a person to say
    return None


def _human(reason: Reason, *clauses: str) -> Finding:
    return Finding(Verdict.NEEDS_HUMAN, reason, clauses)
