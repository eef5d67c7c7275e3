"""Table F (how it is put right) and the notices of table E and contract section 4."""

from __future__ import annotations

import pytest

from tests.casework.entitlement.example_facts import decided

DEPOT = {"service_level": "return_to_depot"}
ADP = {"addons": "adp"}
SPILL = {"cause": "spill", "incident_date": "2026-03-01"}
BORNHOLM, GREENLAND, FAROES, ISLAND = "3700", "3900", "100", "8305"


@pytest.mark.parametrize(
    ("device", "facts", "method"),
    [
        ({}, {}, "PICKUP"),
        ({}, {"wants": "pickup"}, "PICKUP"),
        ({}, {"pickup_postcode": None}, "PICKUP"),  # inside until known
        ({}, {"wants": "depot"}, "DEPOT_SHIP"),
        ({}, {"wants": "hand_in"}, "NEEDS_HUMAN"),
        ({}, {"pickup_postcode": BORNHOLM}, "NEEDS_HUMAN"),
        ({}, {"pickup_postcode": ISLAND}, "NEEDS_HUMAN"),
        ({}, {"pickup_postcode": GREENLAND}, "NEEDS_HUMAN"),
        ({}, {"pickup_postcode": FAROES}, "NEEDS_HUMAN"),
        ({}, {"pickup_postcode": BORNHOLM, "wants": "pickup"}, "NEEDS_HUMAN"),
        ({}, {"pickup_postcode": BORNHOLM, "wants": "depot"}, "DEPOT_SHIP"),  # the label on offer was taken
        (DEPOT, {}, "DEPOT_SHIP"),
        (DEPOT, {"wants": "depot"}, "DEPOT_SHIP"),
        (DEPOT, {"wants": "pickup"}, "DEPOT_SHIP"),  # not what was bought
        (DEPOT, {"wants": "hand_in"}, "NEEDS_HUMAN"),
        (DEPOT, {"pickup_postcode": BORNHOLM}, "DEPOT_SHIP"),
        ({}, {"flags": ["solved"]}, "REMOTE"),
        (DEPOT, {"flags": ["solved"]}, "REMOTE"),
        ({}, {"flags": ["exchange_chosen"]}, "NEEDS_HUMAN"),
        ({}, {"flags": ["drive_not_wipeable"]}, "PICKUP"),
        ({}, {"component": "firmware"}, "REMOTE"),
        (ADP, {"cause": "drop", "incident_date": "2026-03-01"}, "PICKUP"),
    ],
)
def test_how_a_covered_fault_is_put_right(device, facts, method):
    decision = decided(device, **facts)
    assert decision.verdict in ("COVERED", "COVERED_BY_ADDON")
    assert decision.method == method


@pytest.mark.parametrize("consent", [None, False, True])
@pytest.mark.parametrize("component", ["keyboard_external", "mouse_wired", "ac_cord"])
def test_keyboard_mouse_and_cord_are_sent_without_asking(component, consent):
    """R35, Q10."""
    assert decided(component=component, csr_consent=consent).method == "CSR_PART"


@pytest.mark.parametrize(
    ("csr_parts", "consent", "method"),
    [
        ("memory;storage", True, "CSR_PART"),
        ("memory", False, "PICKUP"),
        ("memory", None, "PICKUP"),  # not asked yet is no consent
        ("storage", True, "PICKUP"),  # not a part HP lets the customer replace
        ("", True, "PICKUP"),
    ],
)
def test_other_parts_need_both_hp_and_the_customer(csr_parts, consent, method):
    assert decided({"csr_parts": csr_parts}, component="memory", csr_consent=consent).method == method


@pytest.mark.parametrize("device", [{}, ADP, DEPOT, {**DEPOT, **ADP}, {"care_pack_end": "2026-03-01"}])
@pytest.mark.parametrize("facts", [{}, {"flags": ["solved"]}, {"component": "keyboard_external"}, {"wants": "depot"}])
def test_nothing_travels_after_a_spill(device, facts):
    assert decided(device, **{**SPILL, **facts}).method == "NEEDS_HUMAN"


def test_solved_beats_sending_a_part():
    assert decided(component="keyboard_external", flags=["solved"]).method == "REMOTE"


# --- notices ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("device", "facts", "notices"),
    [
        ({}, {}, {"data_loss", "enclose_selftest", "provisional"}),
        (DEPOT, {}, {"data_loss", "enclose_selftest", "provisional"}),
        ({}, {"flags": ["solved"]}, {"provisional"}),
        ({}, {"component": "keyboard_external"}, {"provisional"}),
        ({}, {"component": "os"}, {"statutory_rights", "provisional"}),
        ({}, {"component": "storage"}, {"data_loss", "ownership", "enclose_selftest", "provisional"}),
        ({}, {"component": "storage", "flags": ["solved"]}, {"data_loss", "ownership", "provisional"}),
        (
            {"addons": "dmr"},
            {"component": "storage"},
            {"data_loss", "keep_drives", "enclose_selftest", "provisional"},
        ),
        ({"addons": "dmr"}, {"component": "storage", "flags": ["solved"]}, {"keep_drives", "provisional"}),
        ({"addons": "dmr"}, {}, {"data_loss", "keep_drives", "enclose_selftest", "provisional"}),
        (
            {"addons": "dmr", "csr_parts": "storage"},
            {"component": "storage", "csr_consent": True},
            {"keep_drives", "provisional"},
        ),
        # the tests cleared the drive: it is not replaced
        (
            {},
            {"component": "storage", "diagnosis": "software_only"},
            {"statutory_rights", "data_loss", "provisional"},
        ),
        # media retention that has ended keeps nothing
        (
            {"addons": "dmr", "care_pack_end": "2026-03-01"},
            {"component": "storage"},
            {"statutory_rights", "data_loss", "ownership", "provisional"},
        ),
    ],
)
def test_notices(device, facts, notices):
    assert set(decided(device, **facts).notices) == notices


@pytest.mark.parametrize(
    ("addons", "clauses", "absent"), [("", {"R60", "R33", "R97"}, "R74"), ("dmr", {"R60", "R74"}, "R33")]
)
def test_a_faulty_drive_cites_whose_it_becomes(addons, clauses, absent):
    decision = decided({"addons": addons}, component="storage")
    assert decision.verdict == "COVERED"
    assert clauses <= set(decision.clauses)
    assert absent not in decision.clauses


def test_a_drive_that_cannot_be_wiped_cites_the_duty():
    assert "R97" in decided(flags=["drive_not_wipeable"]).clauses
