"""Which question is still worth asking, and when the answer is already settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from actions.casework.entitlement.decide import decide
from actions.casework.entitlement.device import device_from_row
from actions.casework.entitlement.facts_model import BatteryFault, Registry, Wants
from actions.casework.entitlement.partial import PartialFacts, complete
from actions.casework.entitlement.questions import Stage, early_decision, next_question
from actions.casework.facts import Cause, Component, Diagnosis, SafetyFlag, Verdict
from tests.casework.entitlement.example_facts import NO_PACK, TODAY, UNDER_WARRANTY, row


def known(device=None, **answers) -> PartialFacts:
    """A found device and what was answered so far."""
    found = device_from_row(row(**(device or {})))
    return PartialFacts(today=TODAY, registry=Registry.FOUND, device=found, **answers)


AT_HOME = {"current_country": "DK"}
PLAIN_DEFECT = {**AT_HOME, "cause": Cause.DEFECT, "opened_by_others": False, "diagnosis": Diagnosis.HARDWARE}


@pytest.mark.parametrize(
    ("device", "answers", "stage", "slot"),
    [
        # where is it, where was it bought (R91)
        ({}, {}, "entitlement", "current_country"),
        ({}, AT_HOME, "entitlement", None),
        ({"purchase_country": ""}, AT_HOME, "entitlement", "purchase_country"),
        ({"purchase_country": ""}, {**AT_HOME, "purchase_country": "DK"}, "entitlement", None),
        (NO_PACK, {}, "entitlement", None),  # nothing active: the place changes nothing
        ({"registered_on": ""}, {}, "entitlement", None),
        # what happened
        ({}, AT_HOME, "cause", "cause"),
        ({}, {**AT_HOME, "cause": Cause.DEFECT}, "cause", "opened_by_others"),
        ({}, {**AT_HOME, "cause": Cause.UNKNOWN}, "cause", "opened_by_others"),
        ({}, {**AT_HOME, "cause": Cause.DEFECT, "opened_by_others": False}, "cause", None),
        ({}, {**AT_HOME, "cause": Cause.DROP}, "cause", None),  # no add-on: the day does not matter
        ({"addons": "adp"}, {**AT_HOME, "cause": Cause.DROP}, "cause", "incident_date"),
        ({"addons": "adp"}, {**AT_HOME, "cause": Cause.SPILL}, "cause", "incident_date"),
        ({"addons": "adp"}, {**AT_HOME, "cause": Cause.DROP, "incident_date": TODAY}, "cause", None),
        ({"addons": "adp"}, {**AT_HOME, "cause": Cause.LOSS}, "cause", None),
        (NO_PACK, {}, "cause", None),
        ({"service_level": "onsite"}, {}, "cause", None),
        # which part
        ({}, PLAIN_DEFECT, "component", "component"),
        ({}, {**PLAIN_DEFECT, "component": Component.MAINBOARD}, "component", None),
        ({}, {**PLAIN_DEFECT, "component": Component.MEMORY}, "component", "hp_part"),
        ({}, {**PLAIN_DEFECT, "component": Component.OS}, "component", None),
        ({}, {**PLAIN_DEFECT, "component": Component.DOCK}, "component", None),  # no pack: not covered anyway
        ({"addons": "external"}, {**PLAIN_DEFECT, "component": Component.DOCK}, "component", "hp_part"),
        (
            {"addons": "external"},
            {**PLAIN_DEFECT, "component": Component.DOCK, "hp_part": True},
            "component",
            "bought_with_base",
        ),
        (
            {"addons": "external", "bought_with": "dock:1"},
            {**PLAIN_DEFECT, "component": Component.DOCK},
            "component",
            None,
        ),
        ({}, {**PLAIN_DEFECT, "component": Component.BATTERY}, "component", "battery_fault"),
        # nobody opened it, so a sealed battery is HP's; one that comes out may be another make
        ({}, {**PLAIN_DEFECT, "component": Component.BATTERY, "battery_fault": BatteryFault.DEFECT}, "component", None),
        (
            {"mobile_battery": "replaceable"},
            {**PLAIN_DEFECT, "component": Component.BATTERY, "battery_fault": BatteryFault.DEFECT},
            "component",
            "hp_part",
        ),
        (
            {},
            {**PLAIN_DEFECT, "component": Component.BATTERY, "battery_fault": BatteryFault.WORN},
            "component",
            None,  # wear is not covered without the add-on, whoever made it
        ),
        (
            {"addons": "battery"},
            {**PLAIN_DEFECT, "component": Component.BATTERY, "battery_fault": BatteryFault.WORN, "hp_part": True},
            "component",
            "battery_capacity_pct",
        ),
        (
            {"addons": "battery"},
            {**PLAIN_DEFECT, "component": Component.BATTERY, "battery_fault": BatteryFault.DEFECT, "hp_part": True},
            "component",
            None,
        ),
        ({"form_factor": "desktop"}, {**PLAIN_DEFECT, "component": Component.DISPLAY_BUILTIN}, "component", None),
        # how it gets there
        ({}, {**PLAIN_DEFECT, "component": Component.MEMORY}, "delivery", None),
        ({"csr_parts": "memory"}, {**PLAIN_DEFECT, "component": Component.MEMORY}, "delivery", "csr_consent"),
        (
            {"csr_parts": "memory"},
            {**PLAIN_DEFECT, "component": Component.MEMORY, "csr_consent": False},
            "delivery",
            None,
        ),
        (
            {"csr_parts": "keyboard_external"},
            {**PLAIN_DEFECT, "component": Component.KEYBOARD_EXTERNAL},
            "delivery",
            None,
        ),
        ({"csr_parts": "memory"}, {**AT_HOME, "cause": Cause.SPILL, "component": Component.MEMORY}, "delivery", None),
        ({}, {**PLAIN_DEFECT, "component": Component.FAN, "pickup_postcode": "8000"}, "delivery", None),
        ({}, {**PLAIN_DEFECT, "component": Component.FAN, "pickup_postcode": "3700"}, "delivery", "delivery"),
        (
            {},
            {**PLAIN_DEFECT, "component": Component.FAN, "pickup_postcode": "3700", "delivery": Wants.DEPOT},
            "delivery",
            None,
        ),
        (
            {"service_level": "return_to_depot"},
            {**PLAIN_DEFECT, "component": Component.FAN, "pickup_postcode": "3700"},
            "delivery",
            None,
        ),
    ],
)
def test_the_next_question(device, answers, stage, slot):
    assert next_question(known(device, **answers), stage) == slot


def test_what_the_customer_could_not_answer_is_not_asked_again():
    worn = {**PLAIN_DEFECT, "component": Component.BATTERY, "battery_fault": BatteryFault.WORN, "hp_part": True}
    partial = known({"addons": "battery"}, **worn, unanswerable=frozenset({"battery_capacity_pct"}))
    assert next_question(partial, Stage.COMPONENT) is None
    assert decide(complete(partial)).verdict is Verdict.NEEDS_HUMAN


def test_nothing_is_asked_before_the_registry_answered():
    nothing = PartialFacts(today=TODAY)
    assert [next_question(nothing, stage) for stage in Stage] == [None] * 4
    assert early_decision(nothing) is None


@pytest.mark.parametrize(
    ("partial", "verdict"),
    [
        (PartialFacts(today=TODAY, safety=frozenset({SafetyFlag.SMOKE})), "SAFETY_STOP"),
        (known(safety=frozenset({SafetyFlag.HOT})), "SAFETY_STOP"),
        (PartialFacts(today=TODAY, registry=Registry.UNAVAILABLE), "NEEDS_HUMAN"),
        (PartialFacts(today=TODAY, registry=Registry.NOT_FOUND), "NEEDS_HUMAN"),
        (known(NO_PACK), "NOT_COVERED"),
        (known({**NO_PACK, **UNDER_WARRANTY}), "NEEDS_HUMAN"),
        (known({"registered_on": ""}), "NEEDS_HUMAN"),
        (known({"service_level": "onsite"}, current_country="DK"), "NEEDS_HUMAN"),
        (known({"service_level": "onsite"}), None),  # abroad it would be a no
        (known(current_country="SE"), "NOT_COVERED"),
        (known(), None),
        (known(**AT_HOME), None),
        (known(**AT_HOME, cause=Cause.LOSS), "NOT_COVERED"),
        (known(**AT_HOME, cause=Cause.DROP), "NOT_COVERED"),
        (known({"addons": "adp"}, **AT_HOME, cause=Cause.DROP), None),
        (known(**AT_HOME, cause=Cause.COSMETIC), "NEEDS_HUMAN"),
        (known(**AT_HOME, cause=Cause.DEFECT, opened_by_others=True), "NEEDS_HUMAN"),
        (known(**AT_HOME, cause=Cause.DEFECT, opened_by_others=False, component=Component.PEN), "NOT_COVERED"),
        (known(**AT_HOME, cause=Cause.DEFECT, opened_by_others=False, component=Component.MAINBOARD), None),
        (known(**PLAIN_DEFECT, component=Component.MAINBOARD), "COVERED"),
    ],
)
def test_the_decision_comes_as_soon_as_nothing_can_change_it(partial, verdict):
    decision = early_decision(partial)
    assert (decision and decision.verdict) == verdict


def test_gaps_are_filled_without_harm():
    facts = complete(PartialFacts(today=TODAY))
    assert (facts.registry, facts.cause, facts.hp_part) == (Registry.UNAVAILABLE, Cause.UNKNOWN, True)
    assert decide(facts).verdict is Verdict.NEEDS_HUMAN
    assert decide(complete(known())).verdict is Verdict.NEEDS_HUMAN  # the part is not known
    assert decide(complete(known(component=Component.FAN))).verdict is Verdict.COVERED


def test_the_customer_answers_where_the_registry_is_silent():
    assert complete(known({"purchase_country": ""}, purchase_country="SE")).device.purchase_country == "SE"
    assert complete(known(purchase_country="SE")).device.purchase_country == "DK"


def test_on_a_desktop_the_screen_is_the_one_beside_it():
    desktop = {"form_factor": "desktop"}
    assert complete(known(desktop, component=Component.DISPLAY_BUILTIN)).component is Component.MONITOR_EXTERNAL
    assert complete(known(desktop, component=Component.KEYBOARD_BUILTIN)).component is Component.KEYBOARD_EXTERNAL
    assert complete(known(component=Component.DISPLAY_BUILTIN)).component is Component.DISPLAY_BUILTIN


def test_counts_nobody_gave_come_from_the_registry():
    device = {"addons": "external", "bought_with": "monitor:3;dock:1"}
    external = complete(known(device, component=Component.MONITOR_EXTERNAL, bought_with_base=True)).external
    assert (external.devices, external.monitors) == (4, 3)
    alone = complete(known(component=Component.DOCK, bought_with_base=True)).external
    assert (alone.devices, alone.monitors) == (1, 0)


# --- any conversation ---------------------------------------------------------------------------

ANSWERS = {
    "current_country": ["DK", "SE"],
    "purchase_country": ["DK", "SE"],
    "cause": [Cause.DEFECT, Cause.DROP, Cause.SPILL, Cause.THEFT, Cause.COSMETIC, Cause.UNKNOWN],
    "incident_date": [TODAY, date(2020, 1, 1)],
    "opened_by_others": [True, False],
    "component": list(Component),
    "hp_part": [True, False],
    "battery_fault": list(BatteryFault),
    "battery_capacity_pct": [20, 80],
    "bought_with_base": [True, False],
    "csr_consent": [True, False],
    "delivery": [Wants.DEPOT, Wants.HAND_IN],
}


@settings(max_examples=200, deadline=None)
@given(
    addons=st.sampled_from(["", "adp", "external", "battery", "adp;battery;external"]),
    level=st.sampled_from(["pickup_return", "return_to_depot", "onsite"]),
    country=st.sampled_from(["DK", ""]),
    postcode=st.sampled_from(["8000", "3700"]),
    data=st.data(),
)
def test_each_stage_ends_and_never_asks_twice(addons, level, country, postcode, data):
    """A customer who answers anything: no slot comes up again, and in the end the decision stands."""
    partial = known(
        {"addons": addons, "service_level": level, "purchase_country": country, "csr_parts": "memory"},
        pickup_postcode=postcode,
        diagnosis=Diagnosis.HARDWARE,
    )
    asked = set()
    for stage in Stage:
        while slot := next_question(partial, stage):
            assert slot not in asked
            asked.add(slot)
            partial = replace(partial, **{slot: data.draw(st.sampled_from(ANSWERS[slot]), label=slot)})
    settled = early_decision(partial)
    assert settled == decide(complete(partial))


@settings(max_examples=200, deadline=None)
@given(data=st.data(), device=st.sampled_from([{}, {"addons": "adp"}, NO_PACK, {"service_level": "onsite"}]))
def test_an_early_decision_is_never_overturned(data, device):
    partial = known(device, diagnosis=Diagnosis.HARDWARE)
    for slot in data.draw(st.lists(st.sampled_from(sorted(ANSWERS)), unique=True, max_size=4)):
        partial = replace(partial, **{slot: data.draw(st.sampled_from(ANSWERS[slot]), label=slot)})
    early = early_decision(partial)
    assume(early is not None)
    for slot in sorted(ANSWERS):
        if getattr(partial, slot) is None:
            partial = replace(partial, **{slot: data.draw(st.sampled_from(ANSWERS[slot]), label=slot)})
    late = decide(complete(partial))
    assert (late.verdict, late.addon) == (early.verdict, early.addon)
