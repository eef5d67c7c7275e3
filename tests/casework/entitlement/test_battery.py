"""Table C with its boundary days and the half."""

from __future__ import annotations

import pytest

from tests.casework.entitlement.example_facts import decided

LONG_PACK = {"care_pack_end": "2029-03-03"}
WITH_ADDON = {**LONG_PACK, "addons": "battery"}


def battery(device=None, fault="defect", capacity_pct=None, **changes):
    return decided(device, component="battery", battery={"fault": fault, "capacity_pct": capacity_pct}, **changes)


@pytest.mark.parametrize("mobile_battery", ["builtin", "replaceable"])
@pytest.mark.parametrize("form_factor", ["notebook", "mobile_workstation", "tablet"])
@pytest.mark.parametrize(
    ("today", "addons", "verdict", "clause"),
    [
        ("2025-03-03", "", "COVERED", "R68"),  # last day of the warranty
        ("2025-03-04", "", "COVERED", "R68"),  # then the Care Pack, up to three years
        ("2027-03-04", "", "COVERED", "R68"),  # the same calendar day counts
        ("2027-03-05", "", "NOT_COVERED", "R68"),
        ("2027-03-04", "battery", "COVERED", "R68"),
        ("2027-03-05", "battery", "COVERED_BY_ADDON", "R72"),
    ],
)
def test_a_defect_on_a_mobile_business_pc(mobile_battery, form_factor, today, addons, verdict, clause):
    device = {**LONG_PACK, "mobile_battery": mobile_battery, "form_factor": form_factor, "addons": addons}
    decision = battery(device, today=today)
    assert decision.verdict == verdict
    assert clause in decision.clauses
    assert decision.addon == ("battery" if verdict == "COVERED_BY_ADDON" else None)


@pytest.mark.parametrize(
    ("today", "verdict"), [("2027-02-28", "COVERED"), ("2027-03-01", "COVERED"), ("2027-03-02", "NOT_COVERED")]
)
def test_three_years_from_29_february_end_on_1_march(today, verdict):
    device = {
        **LONG_PACK,
        "purchase_date": "2024-02-29",
        "care_pack_start": "2024-02-29",
        "registered_on": "2024-03-01",
        "warranty_end": "2025-02-28",
    }
    assert battery(device, today=today).verdict == verdict


def test_a_long_warranty_counts_beyond_three_years():
    assert battery({**LONG_PACK, "warranty_end": "2028-03-03"}, today="2028-03-03").verdict == "COVERED"


def test_never_beyond_the_care_packs_end():
    """Q2: a Care Pack of two years, then nothing."""
    assert battery({"care_pack_end": "2026-03-01"}, today="2026-03-02").verdict == "NOT_COVERED"


@pytest.mark.parametrize(
    ("capacity", "verdict", "clause"),
    [
        (0, "COVERED_BY_ADDON", "R72"),
        (49, "COVERED_BY_ADDON", "R72"),
        (49.9, "COVERED_BY_ADDON", "R72"),
        (50, "NOT_COVERED", "R72"),  # the limit is under 50
        (51, "NOT_COVERED", "R72"),
        (100, "NOT_COVERED", "R72"),
        (None, "NEEDS_HUMAN", "R92"),
    ],
)
def test_wear_with_the_addon(capacity, verdict, clause):
    decision = battery(WITH_ADDON, "worn", capacity)
    assert decision.verdict == verdict
    assert clause in decision.clauses


@pytest.mark.parametrize("capacity", [None, 10, 90])
@pytest.mark.parametrize("mobile_battery", ["builtin", "replaceable"])
def test_wear_without_the_addon_is_not_covered(capacity, mobile_battery):
    decision = battery({"mobile_battery": mobile_battery}, "worn", capacity)
    assert decision.verdict == "NOT_COVERED"
    assert {"R68", "R65"} <= set(decision.clauses)


@pytest.mark.parametrize("fault", ["defect", "worn"])
@pytest.mark.parametrize("device", [{"line": "consumer"}, {"form_factor": "desktop"}])
def test_other_pcs_without_the_addon_go_to_a_person(device, fault):
    decision = battery(device, fault, 40)
    assert decision.verdict == "NEEDS_HUMAN"
    assert "R68" in decision.clauses


def test_a_consumer_pc_has_what_its_addon_gives():
    consumer = {**WITH_ADDON, "line": "consumer"}
    assert battery(consumer).verdict == "COVERED_BY_ADDON"
    assert battery(consumer, "worn", 50).verdict == "NOT_COVERED"


def test_an_addon_ends_with_its_care_pack():
    assert battery({**WITH_ADDON, "care_pack_end": "2026-03-01"}, "worn", 40).verdict == "NOT_COVERED"


def test_nothing_known_of_the_fault_needs_a_test_first():
    decision = decided(component="battery", battery=None)
    assert decision.verdict == "NEEDS_HUMAN"
    assert "R92" in decision.clauses


def test_an_unknown_age_is_no_reason_to_refuse():
    assert battery({"purchase_date": ""}).verdict == "NEEDS_HUMAN"
    assert battery({**WITH_ADDON, "purchase_date": ""}).verdict == "COVERED_BY_ADDON"
