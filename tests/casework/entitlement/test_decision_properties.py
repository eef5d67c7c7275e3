"""What holds for every set of facts, not just the rows of the tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from actions.casework.entitlement.clauses import known_clauses
from actions.casework.entitlement.decide import decide
from actions.casework.entitlement.device import ADDONS, FORM_FACTORS, LINES, MOBILE_BATTERIES, SERVICE_LEVELS, Device
from actions.casework.entitlement.facts_model import (
    BatteryFacts,
    BatteryFault,
    DecisionFacts,
    ExternalFacts,
    Flag,
    Registry,
    Wants,
    read_facts,
)
from actions.casework.entitlement.finding import Notice
from actions.casework.facts import Cause, Component, Diagnosis, Method, SafetyFlag, Verdict
from tests.casework.entitlement.example_facts import facts_json

TODAY = date(2026, 3, 2)
POSITIVE = {Verdict.COVERED, Verdict.COVERED_BY_ADDON}
TRAVELS = {Method.PICKUP, Method.DEPOT_SHIP}

past = st.integers(0, 2500).map(lambda days: TODAY - timedelta(days))
near = st.integers(-800, 800).map(lambda days: TODAY + timedelta(days))
maybe = st.none


def some(words, most=3):
    return st.frozensets(st.sampled_from(sorted(words)), max_size=most)


devices = st.builds(
    Device,
    serial_number=st.just("5CD4103BCD"),
    product_number=st.just("6A1B2EA"),
    product_name=st.just("HP EliteBook"),
    form_factor=st.sampled_from(sorted(FORM_FACTORS)),
    line=st.sampled_from(sorted(LINES)),
    purchase_country=st.sampled_from(["DK", "DK", "DK", "SE", "FO", ""]),
    purchase_date=past | maybe(),
    warranty_end=near | maybe(),
    care_pack=st.sampled_from(["", "U9CQ4A", "U9CQ4A"]),
    service_level=st.sampled_from([*sorted(SERVICE_LEVELS), "pickup_return", "return_to_depot"]),
    care_pack_start=past | maybe(),
    care_pack_end=near | maybe(),
    registered_on=past | maybe(),
    addons=some(ADDONS, 4),
    bought_with=st.dictionaries(st.sampled_from(["monitor", "dock", "headset"]), st.integers(1, 4), max_size=3),
    csr_parts=some([component.value for component in Component]),
    mobile_battery=st.sampled_from(sorted(MOBILE_BATTERIES)),
)
all_facts = st.builds(
    DecisionFacts,
    today=st.just(TODAY),
    device=devices,
    registry=st.sampled_from([Registry.FOUND] * 4 + [Registry.NOT_FOUND, Registry.UNAVAILABLE]),
    location_country=st.sampled_from(["DK", "DK", "DK", "SE", "GL"]),
    safety=st.just(frozenset()) | some(SafetyFlag),
    component=st.sampled_from(Component),
    hp_part=st.booleans(),
    cause=st.sampled_from(Cause),
    incident_date=past | maybe(),
    diagnosis=st.sampled_from(Diagnosis),
    battery=maybe() | st.builds(BatteryFacts, st.sampled_from(BatteryFault), maybe() | st.integers(0, 100)),
    external=maybe() | st.builds(ExternalFacts, st.booleans(), st.integers(0, 9), st.integers(0, 4)),
    csr_consent=maybe() | st.booleans(),
    pickup_postcode=st.sampled_from([None, "8000", "3700", "3900", "100"]),
    wants=maybe() | st.sampled_from(Wants),
    flags=st.just(frozenset()) | some(Flag),
)


@settings(max_examples=1500, deadline=None)
@given(facts=all_facts)
def test_every_decision_keeps_what_the_contract_promises(facts):
    decision = decide(facts)
    assert decision.clauses
    assert len(set(decision.clauses)) == len(decision.clauses)
    assert set(decision.clauses) <= known_clauses()
    assert Notice.PROVISIONAL in decision.notices
    assert (Notice.STATUTORY_RIGHTS in decision.notices) == (decision.verdict is Verdict.NOT_COVERED)
    assert (decision.addon is not None) == (decision.verdict is Verdict.COVERED_BY_ADDON)
    if decision.verdict in POSITIVE:
        assert decision.method is not None
    else:
        assert decision.method in (None, Method.NEEDS_HUMAN)
    if decision.method in TRAVELS:
        assert Notice.DATA_LOSS in decision.notices
    assert not {Notice.OWNERSHIP, Notice.KEEP_DRIVES} <= set(decision.notices)
    if decision.addon:
        assert decision.addon in facts.device.addons


@settings(max_examples=400, deadline=None)
@given(facts=all_facts, danger=st.sampled_from(SafetyFlag))
def test_danger_overrides_everything_else(facts, danger):
    decision = decide(replace(facts, safety=facts.safety | {danger}))
    assert decision.verdict is Verdict.SAFETY_STOP
    assert list(decision.clauses) == ["R20"]
    assert decision.method in (None, Method.NEEDS_HUMAN)


@settings(max_examples=400, deadline=None)
@given(facts=all_facts)
def test_nothing_travels_after_a_spill(facts):
    decision = decide(replace(facts, cause=Cause.SPILL))
    assert decision.method is Method.NEEDS_HUMAN


@settings(max_examples=300, deadline=None)
@given(facts=all_facts, registry=st.sampled_from([Registry.NOT_FOUND, Registry.UNAVAILABLE]))
def test_what_could_not_be_looked_up_is_never_refused(facts, registry):
    decision = decide(replace(facts, registry=registry, safety=frozenset()))
    assert decision.verdict is Verdict.NEEDS_HUMAN


@settings(max_examples=300, deadline=None)
@given(facts=all_facts)
def test_only_pick_up_customers_inside_the_area_are_collected_from(facts):
    decision = decide(facts)
    if decision.method is Method.PICKUP:
        assert facts.device.service_level == "pickup_return"
        assert facts.pickup_postcode in (None, "8000")


@settings(max_examples=300, deadline=None)
@given(facts=all_facts)
def test_a_day_of_active_cover_more_never_turns_a_yes_into_a_no(facts):
    """Cover that lasts longer can only help."""
    before = decide(facts)
    device = facts.device
    if before.verdict in POSITIVE:
        longer = replace(device, care_pack_end=device.care_pack_end + timedelta(days=1))
        assert decide(replace(facts, device=longer)) == before


@settings(max_examples=100, deadline=None)
@given(order=st.permutations(sorted(facts_json())), flags=st.permutations(["solved", "exchange_chosen"]))
def test_the_order_in_which_facts_came_changes_nothing(order, flags):
    facts = facts_json(flags=flags, component="storage")
    shuffled = {name: facts[name] for name in order}
    assert decide(read_facts(shuffled)) == decide(
        read_facts(facts_json(flags=["solved", "exchange_chosen"], component="storage"))
    )
