"""Table D and the flags that belong to it."""

from __future__ import annotations

import pytest

from tests.casework.entitlement.example_facts import decided

ADP = {"addons": "adp"}
ACCIDENTS = ["drop", "spill", "surge"]


@pytest.mark.parametrize("cause", ACCIDENTS)
@pytest.mark.parametrize(
    ("happened", "verdict", "addon"),
    [
        ("2024-03-03", "NEEDS_HUMAN", None),  # the day before it began
        ("2024-03-04", "COVERED_BY_ADDON", "adp"),
        ("2026-03-02", "COVERED_BY_ADDON", "adp"),  # today
        (None, "NEEDS_HUMAN", None),
    ],
)
def test_an_accident_is_covered_inside_the_addons_period(cause, happened, verdict, addon):
    decision = decided(ADP, cause=cause, incident_date=happened)
    assert (decision.verdict, decision.addon, decision.clauses[0]) == (verdict, addon, "R70")


def test_an_accident_on_the_addons_last_day_counts():
    decision = decided(ADP, today="2027-03-03", cause="drop", incident_date="2027-03-03")
    assert decision.verdict == "COVERED_BY_ADDON"


def test_the_addon_began_with_the_purchase_where_the_registry_names_no_start():
    no_start = {**ADP, "care_pack_start": ""}
    assert decided(no_start, cause="drop", incident_date="2024-03-04").verdict == "COVERED_BY_ADDON"
    assert decided(no_start, cause="drop", incident_date="2024-03-03").verdict == "NEEDS_HUMAN"
    no_dates = {**no_start, "purchase_date": ""}
    assert decided(no_dates, cause="drop", incident_date="2026-03-01").verdict == "NEEDS_HUMAN"


@pytest.mark.parametrize("cause", ACCIDENTS)
@pytest.mark.parametrize("addons", ["", "battery;dmr;external"])
def test_an_accident_without_the_addon_is_not_covered(cause, addons):
    decision = decided({"addons": addons}, cause=cause, incident_date="2026-03-01")
    assert decision.verdict == "NOT_COVERED"
    assert {"R84", "R70"} <= set(decision.clauses)


@pytest.mark.parametrize("addons", ["", "adp"])
@pytest.mark.parametrize("cause", ["loss", "theft"])
def test_loss_and_theft_are_never_covered(cause, addons):
    decision = decided({"addons": addons}, cause=cause, incident_date="2026-03-01")
    assert decision.verdict == "NOT_COVERED"
    assert "R70" in decision.clauses


@pytest.mark.parametrize("addons", ["", "adp"])
@pytest.mark.parametrize(
    ("changes", "clauses"),
    [
        ({"cause": "cosmetic"}, {"R84"}),
        ({"cause": "opened_by_others"}, {"R85"}),
        ({"cause": "max_life"}, {"R40"}),
        ({"cause": "fix_not_applied", "flags": ["update_refused"]}, {"R82", "R83"}),
        ({"flags": ["update_refused"]}, {"R82"}),
        ({"flags": ["advice_ignored"]}, {"R83"}),
        ({"flags": ["denies_spill"]}, {"R84"}),
        ({"flags": ["intent_suspected"]}, {"R84"}),
        ({"flags": ["out_of_production"]}, {"R38"}),
    ],
)
def test_what_a_machine_cannot_verify_goes_to_a_person(addons, changes, clauses):
    decision = decided({"addons": addons}, **changes)
    assert decision.verdict == "NEEDS_HUMAN"
    assert clauses <= set(decision.clauses)


@pytest.mark.parametrize("flag", ["intent_suspected", "denies_spill", "advice_ignored", "out_of_production"])
def test_a_doubt_turns_the_addons_yes_into_a_person(flag):
    assert decided(ADP, cause="spill", incident_date="2026-03-01", flags=[flag]).verdict == "NEEDS_HUMAN"


def test_intent_without_the_addon_stays_a_no():
    assert decided(cause="drop", flags=["intent_suspected"]).verdict == "NOT_COVERED"


def test_a_part_that_the_customer_may_replace_may_have_been_touched():
    """Q11."""
    device = {"csr_parts": "memory"}
    assert decided(device, component="memory", cause="opened_by_others").verdict == "COVERED"
    assert decided(device, component="storage", cause="opened_by_others").verdict == "NEEDS_HUMAN"


def test_a_fix_that_is_applied_after_all_goes_on_to_the_component():
    decision = decided(cause="fix_not_applied")
    assert decision.verdict == "COVERED"
    assert {"R60", "R82"} <= set(decision.clauses)


def test_an_unknown_cause_is_treated_as_a_defect_and_recorded():
    decision = decided(cause="unknown")
    assert decision.verdict == "COVERED"
    assert {"R60", "R08"} <= set(decision.clauses)


def test_the_cause_comes_before_the_component():
    decision = decided(ADP, cause="drop", incident_date="2026-03-01", component="dock")
    assert (decision.verdict, decision.addon) == ("COVERED_BY_ADDON", "adp")
    assert "R70" in decided(cause="theft", component="os").clauses
