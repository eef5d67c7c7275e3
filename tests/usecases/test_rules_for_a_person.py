"""Every rule that a machine can't settle reaches a person, with a case that says why (docs/rules.yml, `person`)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml

from actions.casework.entitlement.decide import decide
from actions.casework.entitlement.facts_model import BatteryFacts, BatteryFault, DecisionFacts, Flag, Registry, Wants
from actions.casework.entitlement.finding import Decision
from actions.casework.entitlement.testing import CANNOT_TEST, after_testing
from actions.casework.facts import Cause, Component, Diagnosis, Language, Verdict
from actions.ports import CaseStatus
from actions.settings import ROOT
from actions.usecases.explain_decision import explain
from actions.usecases.hand_over import HandedOver, hand_over
from tests.support.examples import TUESDAY, a_device, some_facts

_DEVICE: dict[str, dict[str, Any]] = {
    "abroad": {"purchase_country": "SE"},
    "battery_consumer": {"line": "consumer"},
    "external_unclear": {"addons": frozenset({"external"}), "bought_with": {}},
    "other_service": {"service_level": "onsite"},
    "registered_late": {"registered_on": date(2025, 3, 3)},
    "unregistered": {"registered_on": None},
}
_FACTS: dict[str, dict[str, Any]] = {
    "abroad": {"location_country": "SE"},
    "accident_unclear": {"cause": Cause.DROP},
    "advice_ignored": {"flags": frozenset({Flag.ADVICE_IGNORED})},
    "battery_consumer": {"component": Component.BATTERY, "battery": BatteryFacts(BatteryFault.DEFECT)},
    "cosmetic": {"cause": Cause.COSMETIC},
    "exchange_chosen": {"flags": frozenset({Flag.EXCHANGE_CHOSEN})},
    "external_unclear": {"component": Component.DOCK},
    "hand_in": {"wants": Wants.HAND_IN},
    "max_life": {"cause": Cause.MAX_LIFE},
    "not_found": {"registry": Registry.NOT_FOUND, "device": None},
    "opened_by_others": {"cause": Cause.OPENED_BY_OTHERS},
    "other_service": {},
    "out_of_production": {"flags": frozenset({Flag.OUT_OF_PRODUCTION})},
    "outside_area": {"pickup_postcode": "3700"},
    "pixel": {"component": Component.PIXEL},
    "registered_late": {},
    "two_refusals": {},
    "unregistered": {},
    "update_refused": {"flags": frozenset({Flag.UPDATE_REFUSED})},
}
#: No verdict asks for a person here: what the customer says or refuses does.
_SAID = ("audit", "contract", "escalation", "gate_refused")


def _decision(name: str) -> Decision:
    facts = DecisionFacts(
        **{
            "today": TUESDAY.date(),
            "device": a_device(**_DEVICE.get(name, {})),
            "registry": Registry.FOUND,
            "location_country": "DK",
            "safety": frozenset(),
            "component": Component.FAN,
            "hp_part": True,
            "cause": Cause.DEFECT,
            "incident_date": None,
            "diagnosis": Diagnosis.HARDWARE,
            "battery": None,
            "external": None,
            "csr_consent": None,
            "pickup_postcode": "8000",
            "wants": None,
            "flags": frozenset(),
        }
        | _FACTS[name]
    )
    decided = decide(facts)
    return after_testing(decided, CANNOT_TEST) if name == "two_refusals" else decided


@pytest.mark.parametrize("name", [*_FACTS, *_SAID])
def test_the_rule_reaches_a_person_with_a_case(world, name):
    decision = None
    if name in _FACTS:
        decision = _decision(name)
        assert decision.verdict is Verdict.NEEDS_HUMAN or decision.method == "NEEDS_HUMAN"
        for language in Language:
            assert explain(decision, language, world.texts)
    handed = hand_over(
        world,
        some_facts(reason=name, resolution="verdict", decision=decision.as_json() if decision else None),
        TUESDAY,
    )
    assert isinstance(handed, HandedOver)
    held = world.desk.get(handed.case.case_id).facts
    assert (held.status, held.reason) == (CaseStatus.NEEDS_HUMAN, name)
    assert held.skill and held.priority
    (mail,) = world.notifier.mails.values()
    assert handed.case.case_id in mail.body


def test_every_rule_that_needs_a_person_is_walked_here():
    register = yaml.safe_load((ROOT / "docs/rules.yml").read_text(encoding="utf-8"))
    needed = {rule["person"] for rule in register.values() if "person" in rule}
    assert needed == {*_FACTS, *_SAID}
