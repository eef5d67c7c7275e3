"""Decision tables A to F, a test for each row in the order of the rule list, and the days and numbers at its edges."""

from __future__ import annotations

import pytest

from tests.casework.entitlement.example_facts import NO_PACK, UNDER_WARRANTY, decided

ADP, DMR, EXTERNAL, BATTERY = ({"addons": addon} for addon in ("adp", "dmr", "external", "battery"))
DEPOT = {"service_level": "return_to_depot"}
CONSUMER = {"line": "consumer"}
OLD = {"purchase_date": "2022-03-01", "care_pack_start": "2022-03-01", "registered_on": "2022-03-05"}
TOGETHER = {"bought_with_base": True, "devices": 6, "monitors": 2}
ACCIDENT = {"cause": "drop", "incident_date": "2026-03-01"}


def worn(percent):
    return {"component": "battery", "battery": {"fault": "worn", "capacity_pct": percent}}


DEAD = {"component": "battery", "battery": {"fault": "defect", "capacity_pct": None}}
ROWS = [
    # A: entitlement
    ("A1", {}, {"safety": ["swollen"]}, "SAFETY_STOP", {"R20"}),
    ("A2 not found", {}, {"registry": "not_found"}, "NEEDS_HUMAN", {"R15"}),
    ("A2 lookup down", {}, {"registry": "unavailable"}, "NEEDS_HUMAN", {"R15"}),
    ("A3", NO_PACK, {}, "NOT_COVERED", {"R04", "R19", "R79"}),
    ("A3 last day", {"care_pack_end": "2026-03-02"}, {}, "COVERED", {"R60"}),
    ("A3 day after", {"care_pack_end": "2026-03-01"}, {}, "NOT_COVERED", {"R04", "R19"}),
    ("A4", {"registered_on": ""}, {}, "NEEDS_HUMAN", {"R90"}),
    ("A4 before A5", {"registered_on": ""}, {"location_country": "SE"}, "NEEDS_HUMAN", {"R90"}),
    ("A4 under warranty", {"registered_on": "", **UNDER_WARRANTY}, {}, "NEEDS_HUMAN", {"R90"}),
    ("A4 tenth day", {"registered_on": "2024-03-14"}, {}, "COVERED", {"R60"}),
    ("A4 eleventh day", {"registered_on": "2024-03-15"}, {}, "NEEDS_HUMAN", {"R90"}),
    ("A5a", {}, {"location_country": "SE"}, "NOT_COVERED", {"R91", "R79"}),
    ("A5b", UNDER_WARRANTY, {"location_country": "SE"}, "NEEDS_HUMAN", {"R91", "R68"}),
    ("A5c", {"purchase_country": "SE"}, {"location_country": "SE"}, "NEEDS_HUMAN", {"R91"}),
    ("A6 onsite", {"service_level": "onsite"}, {}, "NEEDS_HUMAN", {"R02"}),
    ("A6 exchange", {"service_level": "exchange"}, {}, "NEEDS_HUMAN", {"R02"}),
    ("warranty alone", {**NO_PACK, **UNDER_WARRANTY}, {}, "NEEDS_HUMAN", {"R04", "R68"}),
    ("A7", DEPOT, {}, "COVERED", {"R60"}),
    # B: component
    ("B internal", {}, {"component": "cpu"}, "COVERED", {"R60"}),
    ("B all-in-one", {"form_factor": "aio"}, {"component": "display_builtin"}, "COVERED", {"R63"}),
    ("B wired", {}, {"component": "mouse_wired"}, "COVERED", {"R61"}),
    ("B adapter", {}, {"component": "ac_adapter"}, "COVERED", {"R61"}),
    ("B wireless", {}, {"component": "mouse_wireless"}, "NOT_COVERED", {"R61", "R76"}),
    (
        "B wireless, pack",
        EXTERNAL,
        {"component": "mouse_wireless", "external": TOGETHER},
        "NEEDS_HUMAN",
        {"R61", "R76"},
    ),
    ("B dock", {}, {"component": "dock"}, "NOT_COVERED", {"R76"}),
    ("B dock, pack", EXTERNAL, {"component": "dock", "external": TOGETHER}, "COVERED_BY_ADDON", {"R76"}),
    ("B monitor", {}, {"component": "monitor_external"}, "NOT_COVERED", {"R62", "R76"}),
    (
        "B six devices, two monitors",
        EXTERNAL,
        {"component": "monitor_external", "external": TOGETHER},
        "COVERED_BY_ADDON",
        {"R62", "R76"},
    ),
    (
        "B seventh device",
        EXTERNAL,
        {"component": "dock", "external": {**TOGETHER, "devices": 7}},
        "NOT_COVERED",
        {"R76"},
    ),
    (
        "B third monitor",
        EXTERNAL,
        {"component": "monitor_external", "external": {**TOGETHER, "monitors": 3}},
        "NOT_COVERED",
        {"R76"},
    ),
    ("B consumable", {}, {"component": "pen"}, "NOT_COVERED", {"R65"}),
    ("B another make", {}, {"component": "memory", "hp_part": False}, "NOT_COVERED", {"R60", "R67"}),
    ("B past its life", {}, {"cause": "max_life"}, "NEEDS_HUMAN", {"R40"}),
    ("B out of production", {}, {"flags": ["out_of_production"]}, "NEEDS_HUMAN", {"R38"}),
    ("B software", {}, {"component": "os"}, "NOT_COVERED", {"R80"}),
    ("B tests pass", {}, {"diagnosis": "software_only"}, "NOT_COVERED", {"R80"}),
    ("B firmware", {}, {"component": "firmware"}, "COVERED", {"R19", "R50", "R51", "R52", "R53"}),
    ("B network", {}, {"component": "network"}, "NOT_COVERED", {"R81"}),
    ("B cleaning", {}, {"component": "cleaning"}, "NOT_COVERED", {"R66", "R86"}),
    ("B pixels", {}, {"component": "pixel"}, "NEEDS_HUMAN", {"R60", "R20"}),
    # C: battery
    ("C defect in warranty", UNDER_WARRANTY, DEAD, "COVERED", {"R68"}),
    ("C defect, up to 3 years", {}, DEAD, "COVERED", {"R68"}),
    ("C defect, older, add-on", {**OLD, **BATTERY}, DEAD, "COVERED_BY_ADDON", {"R72"}),
    ("C defect, older", OLD, DEAD, "NOT_COVERED", {"R68"}),
    ("C half exactly", BATTERY, worn(50), "NOT_COVERED", {"R72"}),
    ("C under half", BATTERY, worn(49), "COVERED_BY_ADDON", {"R72"}),
    ("C worn", {}, worn(20), "NOT_COVERED", {"R68", "R65"}),
    ("C consumer", CONSUMER, DEAD, "NEEDS_HUMAN", {"R68"}),
    ("C untested", BATTERY, worn(None), "NEEDS_HUMAN", {"R92"}),
    # D: cause
    ("D accident", ADP, ACCIDENT, "COVERED_BY_ADDON", {"R70"}),
    ("D first day", ADP, {**ACCIDENT, "incident_date": "2024-03-04"}, "COVERED_BY_ADDON", {"R70"}),
    ("D before its start", ADP, {**ACCIDENT, "incident_date": "2024-03-03"}, "NEEDS_HUMAN", {"R70"}),
    ("D day unknown", ADP, {**ACCIDENT, "incident_date": None}, "NEEDS_HUMAN", {"R70"}),
    ("D intent", ADP, {**ACCIDENT, "flags": ["intent_suspected"]}, "NEEDS_HUMAN", {"R70"}),
    ("D no add-on", {}, ACCIDENT, "NOT_COVERED", {"R84", "R70"}),
    ("D theft", ADP, {"cause": "theft"}, "NOT_COVERED", {"R70"}),
    ("D cosmetic", ADP, {"cause": "cosmetic"}, "NEEDS_HUMAN", {"R84"}),
    ("D opened", {}, {"cause": "opened_by_others"}, "NEEDS_HUMAN", {"R85"}),
    ("D fix applied after all", {}, {"cause": "fix_not_applied"}, "COVERED", {"R82"}),
    ("D fix refused", {}, {"flags": ["update_refused"]}, "NEEDS_HUMAN", {"R82", "R83"}),
    ("D unknown", {}, {"cause": "unknown"}, "COVERED", {"R08"}),
    ("D denies the spill", ADP, {"flags": ["denies_spill"]}, "NEEDS_HUMAN", {"R84"}),
    # E: drive and data
    ("E keeps the drive", DMR, {"component": "storage"}, "COVERED", {"R60", "R74"}),
    ("E the drive becomes HP's", {}, {"component": "storage"}, "COVERED", {"R33", "R97"}),
    ("E cannot be wiped", {}, {"flags": ["drive_not_wipeable"]}, "COVERED", {"R97"}),
]


@pytest.mark.parametrize(("device", "facts", "verdict", "cites"), [row[1:] for row in ROWS], ids=[r[0] for r in ROWS])
def test_each_row(device, facts, verdict, cites):
    decision = decided(device, **facts)
    assert decision.verdict == verdict
    assert cites <= set(decision.clauses)


@pytest.mark.parametrize(
    ("facts", "verdict", "addon"),
    [({"component": "storage"}, "COVERED", None), ({"component": "storage", **ACCIDENT}, "COVERED_BY_ADDON", "adp")],
)
def test_e_media_retention_says_whose_the_drive_is_and_nothing_else(facts, verdict, addon):
    """R74 makes no fault covered: a faulty drive is covered by R60, and stays with the customer for R74."""
    decision = decided({"addons": "adp;dmr"}, **facts)
    assert (decision.verdict, decision.addon) == (verdict, addon)
    assert "R74" in decision.clauses
    assert "keep_drives" in decision.notices and "ownership" not in decision.notices
