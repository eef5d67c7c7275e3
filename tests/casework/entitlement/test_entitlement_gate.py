"""Table A with its boundary days."""

from __future__ import annotations

import pytest

from actions.casework.entitlement.decide import decide
from actions.casework.entitlement.facts_model import read_facts
from actions.casework.facts import SafetyFlag
from tests.casework.entitlement.example_facts import NO_PACK, UNDER_WARRANTY, decided, facts_json


def test_a_device_in_order_is_covered():
    decision = decided()
    assert (decision.verdict, decision.clauses, decision.method) == ("COVERED", ("R60",), "PICKUP")


@pytest.mark.parametrize("sign", list(SafetyFlag))
def test_a1_any_sign_of_danger_stops_everything(sign):
    decision = decided(safety=[sign.value], pickup_postcode="8000", wants="pickup", flags=["solved"])
    assert decision.verdict == "SAFETY_STOP"
    assert list(decision.clauses) == ["R20"]
    assert decision.method in (None, "NEEDS_HUMAN")
    assert decision.addon is None


@pytest.mark.parametrize("registry", ["not_found", "unavailable"])
def test_a2_an_unknown_or_unreachable_device_goes_to_a_person(registry):
    nothing_known = decide(read_facts({**facts_json(), "registry": registry, "device": None}))
    still_at_hand = decided({"care_pack_end": "2025-01-01"}, registry=registry)
    for decision in (nothing_known, still_at_hand):
        assert decision.verdict == "NEEDS_HUMAN"
        assert list(decision.clauses) == ["R15"]


@pytest.mark.parametrize(
    ("today", "verdict", "clauses"),
    [
        ("2024-03-14", "COVERED", {"R60"}),  # pack and warranty
        ("2027-03-02", "COVERED", {"R60"}),
        ("2027-03-03", "COVERED", {"R60"}),  # the last day counts
        ("2027-03-04", "NOT_COVERED", {"R04", "R19", "R79"}),
    ],
)
def test_a3_the_care_pack_covers_to_its_last_day(today, verdict, clauses):
    decision = decided(today=today)
    assert decision.verdict == verdict
    assert set(decision.clauses) == clauses


@pytest.mark.parametrize(
    ("today", "verdict"),
    [("2026-12-30", "NEEDS_HUMAN"), ("2026-12-31", "NEEDS_HUMAN"), ("2027-01-01", "NOT_COVERED")],
)
def test_warranty_alone_is_a_claim_for_a_person_to_its_last_day(today, verdict):
    decision = decided({**NO_PACK, **UNDER_WARRANTY}, today=today)
    assert decision.verdict == verdict
    assert {"R04"} <= set(decision.clauses)


@pytest.mark.parametrize(
    ("device", "verdict", "clauses"),
    [
        ({"care_pack_start": "2026-03-03"}, "NOT_COVERED", {"R04", "R19"}),  # starts tomorrow
        ({"care_pack_start": "2026-03-02"}, "COVERED", {"R60"}),  # starts today
        ({"care_pack_start": ""}, "COVERED", {"R60"}),  # then it started with the purchase (R04)
        ({"care_pack_end": ""}, "NEEDS_HUMAN", {"R15"}),  # nobody can say from here
        ({"care_pack": ""}, "NOT_COVERED", {"R04", "R19"}),  # no part number, no Care Pack
        ({"warranty_end": ""}, "COVERED", {"R60"}),
        ({**NO_PACK, "warranty_end": ""}, "NOT_COVERED", {"R04", "R19"}),
        ({**NO_PACK, **UNDER_WARRANTY}, "NEEDS_HUMAN", {"R04", "R68"}),
        ({"care_pack_end": "2026-03-01", **UNDER_WARRANTY}, "NEEDS_HUMAN", {"R04", "R68"}),
        # A4, also before the warranty rule
        ({"registered_on": ""}, "NEEDS_HUMAN", {"R90"}),
        ({"registered_on": "", **UNDER_WARRANTY}, "NEEDS_HUMAN", {"R90"}),
        ({"registered_on": "", "care_pack_end": "2026-03-01"}, "NOT_COVERED", {"R04", "R19"}),
        # Q6: ten days, the tenth included; later is for a person
        ({"registered_on": "2024-03-14"}, "COVERED", {"R60"}),
        ({"registered_on": "2024-03-15"}, "NEEDS_HUMAN", {"R90"}),
        # A6
        ({"service_level": "onsite"}, "NEEDS_HUMAN", {"R02"}),
        ({"service_level": "exchange"}, "NEEDS_HUMAN", {"R02"}),
        ({"service_level": "onsite", **UNDER_WARRANTY}, "NEEDS_HUMAN", {"R02"}),
        ({"service_level": ""}, "NEEDS_HUMAN", {"R02"}),
        # A7
        ({"service_level": "return_to_depot"}, "COVERED", {"R60"}),
    ],
)
def test_a3_to_a7(device, verdict, clauses):
    decision = decided(device)
    assert decision.verdict == verdict
    assert clauses <= set(decision.clauses)


@pytest.mark.parametrize(
    ("bought", "located", "device", "verdict", "clauses"),
    [
        ("DK", "DK", {}, "COVERED", {"R60"}),
        ("DK", "SE", {}, "NOT_COVERED", {"R91"}),  # A5a
        ("SE", "DK", {}, "NOT_COVERED", {"R91"}),
        ("SE", "NO", {}, "NOT_COVERED", {"R91"}),
        ("DK", "SE", UNDER_WARRANTY, "NEEDS_HUMAN", {"R91", "R68"}),  # A5b
        ("DK", "SE", {**NO_PACK, **UNDER_WARRANTY}, "NEEDS_HUMAN", {"R91", "R68"}),
        ("SE", "SE", {}, "NEEDS_HUMAN", {"R91"}),  # A5c
        ("SE", "SE", UNDER_WARRANTY, "NEEDS_HUMAN", {"R91"}),
        # within the realm a person decides, whatever moved where
        ("DK", "FO", {}, "NEEDS_HUMAN", {"R91"}),
        ("DK", "GL", {}, "NEEDS_HUMAN", {"R91"}),
        ("GL", "DK", {}, "NEEDS_HUMAN", {"R91"}),
        ("FO", "FO", {}, "NEEDS_HUMAN", {"R91"}),
        # but not where it left the realm
        ("FO", "SE", {}, "NOT_COVERED", {"R91"}),
        # the registry does not say where it was bought
        ("", "DK", {}, "COVERED", {"R60"}),
        ("", "SE", {}, "NEEDS_HUMAN", {"R91"}),
    ],
)
def test_a5_bought_here_and_located_there(bought, located, device, verdict, clauses):
    decision = decided({**device, "purchase_country": bought}, location_country=located)
    assert decision.verdict == verdict
    assert clauses <= set(decision.clauses)


@pytest.mark.parametrize(
    ("device", "located", "clause"),
    [
        ({"registered_on": "", "service_level": "onsite"}, "SE", "R90"),  # A4 before A5 and A6
        ({"service_level": "onsite", **UNDER_WARRANTY}, "SE", "R91"),  # A5 before A6
        ({"service_level": "onsite", "registered_on": "2025-01-01"}, "DK", "R02"),  # A6 before lateness
    ],
)
def test_the_first_row_of_table_a_wins(device, located, clause):
    assert decided(device, location_country=located).clauses[0] == clause


def test_the_gate_comes_before_the_cause():
    assert decided({"care_pack_end": "2026-03-01"}, cause="opened_by_others").verdict == "NOT_COVERED"
    assert "R19" in decided({"care_pack_end": "2026-03-01"}, cause="theft").clauses
