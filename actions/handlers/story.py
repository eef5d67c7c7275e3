"""What the slots of a conversation say, as the types that use cases take.

The device is never taken from a slot: whoever needs it looks it up (operations.md, Holes).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from actions.casework.case.routing import Route, route
from actions.casework.entitlement.decide import decide
from actions.casework.entitlement.device import device_to_row
from actions.casework.entitlement.facts_model import BatteryFault, Flag, Registry, Wants
from actions.casework.entitlement.partial import PartialFacts, complete
from actions.casework.entitlement.testing import after_testing
from actions.casework.facts import Cause, Component, Diagnosis, Language, SafetyFlag, Verdict
from actions.casework.reading.readers import UNKNOWN
from actions.casework.troubleshooting.model import Outcome
from actions.casework.troubleshooting.position import Ended, Position
from actions.handlers.turn import Turn
from actions.ports import Address, CaseFacts, CaseStatus, Contact, StepTaken
from actions.usecases.explain_decision import explain, explain_both
from actions.usecases.look_up_device import Found, NotRegistered, RegistryDown, look_up_device

#: Words that readers leave where the customer could not say.
_UNSAID = (None, "", UNKNOWN)

#: The worst first: its advice is the one given.
_BY_DANGER = (
    SafetyFlag.SMOKE,
    SafetyFlag.SPARKS,
    SafetyFlag.LEAKING,
    SafetyFlag.SWOLLEN,
    SafetyFlag.LIQUID_LIVE,
    SafetyFlag.BURNT_SMELL,
    SafetyFlag.HOT,
)

_MAY_BE_UNKNOWN = ("incident_date", "battery_capacity_pct", "cause")

_REGISTRY = {Found: Registry.FOUND, NotRegistered: Registry.NOT_FOUND, RegistryDown: Registry.UNAVAILABLE}


def said(turn: Turn, slot: str) -> Any:
    """A slot's value, None where the customer could not say."""
    value = turn.slot(slot)
    return None if isinstance(value, str) and value in _UNSAID else value


def look_up(turn: Turn) -> Found | NotRegistered | RegistryDown:
    """Ask the registry about the conversation's device."""
    serial = said(turn, "serial_number")
    return look_up_device(turn.world.registry, serial) if serial else NotRegistered()


def result(turn: Turn) -> Ended | None:
    """How troubleshooting ended, or None."""
    found = turn.slot("ts_result")
    return Ended.from_dict(found) if found else None


def known(turn: Turn) -> PartialFacts:
    """What is known for the decision so far; None is what may still be asked."""
    found = look_up(turn)
    ended = result(turn)
    facts = dict(ended.facts) if ended else {}
    cause = said(turn, "cause") or (ended.cause if ended else "")
    component = said(turn, "component") or (ended.component if ended else "")
    incident = said(turn, "incident_date")
    battery_fault = _first(said(turn, "battery_fault"), facts.get("battery_fault"))
    return PartialFacts(
        today=turn.world.clock.now().date(),
        registry=_REGISTRY[type(found)],
        device=found.device if isinstance(found, Found) else None,
        safety=frozenset(SafetyFlag(flag) for flag in turn.slot("safety_flags") or ()),
        purchase_country=said(turn, "purchase_country"),
        current_country=said(turn, "current_country"),
        cause=Cause(cause) if cause else None,
        incident_date=date.fromisoformat(incident) if incident else None,
        opened_by_others=turn.slot("opened_by_others"),
        component=Component(component) if component else None,
        hp_part=_first(turn.slot("hp_part"), facts.get("hp_part")),
        diagnosis=Diagnosis(ended.diagnosis) if ended and ended.diagnosis else None,
        battery_fault=BatteryFault(battery_fault) if battery_fault else None,
        battery_capacity_pct=_first(said(turn, "battery_capacity_pct"), facts.get("battery_capacity_pct")),
        bought_with_base=turn.slot("bought_with_base"),
        csr_consent=_first(turn.slot("csr_consent"), facts.get("csr_willing")),
        delivery=Wants(said(turn, "delivery")) if said(turn, "delivery") else None,
        flags=frozenset(Flag(flag) for flag in turn.slot("told_flags") or ())
        | (frozenset({Flag.SOLVED}) if ended and ended.outcome is Outcome.RESOLVED else frozenset()),
        unanswerable=frozenset(slot for slot in _MAY_BE_UNKNOWN if turn.slot(slot) == UNKNOWN),
    )


def show_decision(turn: Turn, danger: bool = False) -> dict[str, object]:
    """Decide on what is known, show the verdict as a card, and give the whole answer (contract 4) for the case.

    `danger`: the customer's words sounded of it, also where they name no sign that we know; it stops all the same (A1).
    """
    facts = known(turn)
    if danger and not facts.safety:
        facts = replace(facts, safety=frozenset({SafetyFlag.HOT}))  # any sign: the answer does not say which
    decision = decide(complete(facts))
    ended = result(turn)
    if ended and ended.outcome is Outcome.HUMAN:
        decision = after_testing(decision, ended.reason)
    if decision.verdict is Verdict.SAFETY_STOP:
        say_safety_advice(turn)
    words = explain(decision, turn.language, turn.world.texts, private=turn.slot("customer_type") == "private")
    answer = decision.as_json()
    turn.card("verdict", answer, words)
    turn.offer_person()
    return {**answer, "text": explain_both(decision, turn.world.texts)}


def say_safety_advice(turn: Turn) -> None:
    """What to do now, for the worst of the signs that were told (domain.md 3.0)."""
    told = {SafetyFlag(flag) for flag in turn.slot("safety_flags") or ()}
    worst = next((flag for flag in _BY_DANGER if flag in told), None)
    turn.say(f"safety_advice_{worst}" if worst else "safety_advice")


def contact(turn: Turn) -> Contact:
    """Who to reach."""
    return Contact(
        name=said(turn, "contact_name") or "",
        company=said(turn, "company") or "",
        email=said(turn, "email") or "",
        phone=said(turn, "phone") or "",
    )


def address(turn: Turn) -> Address:
    """Where the parcel is collected or delivered."""
    return Address(
        name=said(turn, "contact_name") or "",
        company=said(turn, "company") or "",
        street=turn.slot("pickup_street") or "",
        postcode=turn.slot("pickup_postcode") or "",
        city=turn.slot("pickup_city") or "",
    )


def steps(turn: Turn) -> list[StepTaken]:
    """The troubleshooting steps answered so far."""
    ended, position = turn.slot("ts_result"), turn.slot("ts_position")
    taken = Ended.from_dict(ended).steps if ended else Position.from_dict(position).steps_taken if position else ()
    return [StepTaken(step.script, step.step, step.answer) for step in taken]


def case_facts(
    turn: Turn, status: CaseStatus, resolution: str, reason: str = "", found: Found | None = None, **more: Any
) -> CaseFacts:
    """Everything told so far, for the case. `found` is what the registry said, where it was asked and knew."""
    ended = result(turn)
    facts = dict(ended.facts) if ended else {}
    component = said(turn, "component") or (ended.component if ended else "")
    route_to = routed(turn, component, reason)
    return CaseFacts(
        conversation=turn.conversation,
        language=Language(turn.language),
        serial_number=said(turn, "serial_number") or "",
        symptom=said(turn, "symptom") or "",
        contact=contact(turn),
        status=status,
        component=component,
        cause=said(turn, "cause") or (ended.cause if ended else ""),
        resolution=resolution,
        decision=turn.slot("decision"),
        entitlement=_entitlement(turn, found),
        steps=steps(turn),
        failure_id=str(said(turn, "failure_id") or facts.get("failure_id", "")),
        blink_code=str(said(turn, "blink_code") or facts.get("blink_code", "")),
        reason=reason,
        escalation_reason=str(turn.slot("escalation_reason") or turn.slot("complaint") or ""),
        skill=route_to.skill,
        priority=route_to.priority,
        **more,
    )


def routed(turn: Turn, component: str = "", reason: str = "") -> Route:
    """Who should take the case, and whether the operator wants a person for it."""
    return route(
        safety=turn.slot("safety_flags") or (),
        symptom=said(turn, "symptom") or "",
        component=component,
        customer_type=said(turn, "customer_type") or "",
        reason=reason,
    )


def _entitlement(turn: Turn, found: Found | None) -> Mapping[str, Any]:
    fetched = turn.world.clock.now().isoformat(timespec="seconds")
    if found is None:
        return {"verified": False, "registry": turn.slot("registry") or "not_asked", "fetched_at": fetched}
    return {**device_to_row(found.device), "verified": True, "registry": "found", "fetched_at": fetched}


def _first(*values: Any) -> Any:
    """The first value that is not None."""
    return next((value for value in values if value is not None), None)
