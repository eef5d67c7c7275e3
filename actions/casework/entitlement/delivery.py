"""Table F: how a covered fault is put right. HP disposes (R34); this is the bot's proposal."""

from __future__ import annotations

from actions.casework.entitlement.device import Device
from actions.casework.entitlement.facts_model import DecisionFacts, Flag, Wants
from actions.casework.entitlement.finding import Finding
from actions.casework.facts import Cause, Component, Method, Verdict
from actions.casework.shipping.areas import in_pickup_area

# HP sends these without asking for consent (R35, Q10).
SENT_WITHOUT_CONSENT = frozenset(
    {
        Component.KEYBOARD_EXTERNAL,
        Component.KEYBOARD_WIRELESS,
        Component.MOUSE_WIRED,
        Component.MOUSE_WIRELESS,
        Component.AC_CORD,
    }
)


def method_for(facts: DecisionFacts, finding: Finding) -> Method | None:
    """Table F, first match wins. None where there is nothing to put right."""
    if finding.verdict in (Verdict.SAFETY_STOP, Verdict.NEEDS_HUMAN):
        return Method.NEEDS_HUMAN
    if facts.cause is Cause.SPILL:
        return Method.NEEDS_HUMAN  # nothing travels before a person knows that it is dry and the battery whole
    if not finding.is_positive or facts.device is None:
        return None
    if Flag.SOLVED in facts.flags or facts.component is Component.FIRMWARE:
        return Method.REMOTE
    if Flag.EXCHANGE_CHOSEN in facts.flags:
        return Method.NEEDS_HUMAN  # a whole unit needs a person and the customer's consent (R32, Q10)
    if _is_sent_as_part(facts, facts.device):
        return Method.CSR_PART
    return _shipping(facts, facts.device)


def _is_sent_as_part(facts: DecisionFacts, device: Device) -> bool:
    """Whether HP sends the part and the customer replaces it (R35); silence is no consent."""
    if facts.component in SENT_WITHOUT_CONSENT:
        return True
    return facts.component in device.csr_parts and facts.csr_consent is True


def _shipping(facts: DecisionFacts, device: Device) -> Method:
    """Collected or sent, by service level; an address not known yet counts as inside the area."""
    if facts.wants is Wants.HAND_IN:
        return Method.NEEDS_HUMAN  # the datasheet names no place
    if device.service_level == "return_to_depot" or facts.wants is Wants.DEPOT:
        return Method.DEPOT_SHIP
    if facts.pickup_postcode is None or in_pickup_area(facts.pickup_postcode):
        return Method.PICKUP
    return Method.NEEDS_HUMAN  # R06, R36: not collected there; a label is on offer
