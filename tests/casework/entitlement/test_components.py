"""Table B: parts, accessories, external devices, and what is no part at all."""

from __future__ import annotations

import pytest

from tests.casework.entitlement.example_facts import decided

INTERNAL = [
    *("mainboard", "cpu", "memory", "storage", "optical_drive", "fan", "keyboard_builtin", "touchpad", "camera"),
    *("speaker", "wifi", "display_builtin", "dc_in", "usb_port"),
]
EXTERNAL_PACK = {"addons": "external"}


def external(together=True, devices=1, monitors=1):
    return {"bought_with_base": together, "devices": devices, "monitors": monitors}


@pytest.mark.parametrize("component", INTERNAL)
def test_internal_hp_parts_are_covered(component):
    decision = decided(component=component)
    assert decision.verdict == "COVERED"
    assert decision.clauses[0] == "R60"


@pytest.mark.parametrize(
    ("form_factor", "verdict", "clause"),
    [
        ("aio", "COVERED", "R63"),
        ("notebook", "COVERED", "R60"),
        ("tablet", "COVERED", "R60"),
        ("desktop", "NEEDS_HUMAN", "R62"),  # it has none: the facts don't fit
        ("thin_client", "NEEDS_HUMAN", "R62"),
    ],
)
def test_a_builtin_display_depends_on_the_kind_of_pc(form_factor, verdict, clause):
    decision = decided({"form_factor": form_factor}, component="display_builtin")
    assert decision.verdict == verdict
    assert clause in decision.clauses


@pytest.mark.parametrize("component", ["mouse_wired", "keyboard_external", "ac_cord", "ac_adapter"])
def test_attached_accessories_are_covered(component):
    decision = decided(component=component)
    assert decision.verdict == "COVERED"
    assert "R61" in decision.clauses


@pytest.mark.parametrize(
    ("component", "clauses"),
    [
        ("os", {"R80"}),
        ("software", {"R80"}),
        ("data", {"R80"}),
        ("network", {"R81"}),
        ("cleaning", {"R66", "R86"}),
        ("pen", {"R65"}),
        ("removable_media", {"R65"}),
    ],
)
def test_what_is_not_part_of_the_service(component, clauses):
    decision = decided(component=component)
    assert decision.verdict == "NOT_COVERED"
    assert clauses <= set(decision.clauses)


@pytest.mark.parametrize("component", ["memory", "storage", "battery", "monitor_external", "mouse_wired", "firmware"])
def test_parts_of_another_make_are_not_covered(component):
    decision = decided(EXTERNAL_PACK, component=component, hp_part=False, external=external())
    assert decision.verdict == "NOT_COVERED"
    assert {"R60", "R67"} <= set(decision.clauses)


@pytest.mark.parametrize(
    ("component", "diagnosis", "verdict", "clause"),
    [
        ("mainboard", "unknown", "COVERED", "R60"),
        ("mainboard", "software_only", "NOT_COVERED", "R80"),  # Q1
        ("mainboard", "connection_only", "NOT_COVERED", "R81"),
        ("firmware", "software_only", "COVERED", "R50"),
        ("firmware", "connection_only", "NOT_COVERED", "R81"),
        ("battery", "software_only", "NOT_COVERED", "R80"),
    ],
)
def test_what_the_tests_found_counts(component, diagnosis, verdict, clause):
    decision = decided(component=component, diagnosis=diagnosis)
    assert decision.verdict == verdict
    assert clause in decision.clauses


def test_firmware_is_covered_and_helped_from_here():
    decision = decided(component="firmware")
    assert (decision.verdict, decision.method) == ("COVERED", "REMOTE")
    assert {"R19", "R50", "R51", "R52", "R53"} <= set(decision.clauses)


@pytest.mark.parametrize(("component", "clauses"), [("pixel", {"R60", "R20"}), ("other", {"R20"})])
def test_what_only_a_person_can_judge(component, clauses):
    decision = decided(component=component)
    assert decision.verdict == "NEEDS_HUMAN"
    assert clauses <= set(decision.clauses)


def test_a_part_out_of_production_needs_a_person_only_where_it_would_be_covered():
    assert decided(flags=["out_of_production"]).verdict == "NEEDS_HUMAN"
    assert decided(component="pen", flags=["out_of_production"]).verdict == "NOT_COVERED"


# --- external devices (R76) ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("component", "clauses"),
    [
        ("monitor_external", {"R62", "R76"}),
        ("dock", {"R76"}),
        ("headset", {"R61", "R76"}),
        ("mouse_wireless", {"R61", "R76"}),
        ("keyboard_wireless", {"R61", "R76"}),
    ],
)
@pytest.mark.parametrize("addons", ["", "adp;battery;dmr"])
def test_external_devices_without_the_pack_are_not_covered(component, clauses, addons):
    decision = decided({"addons": addons}, component=component, external=external())
    assert decision.verdict == "NOT_COVERED"
    assert clauses <= set(decision.clauses)


def test_an_extra_monitor_on_an_all_in_one_cites_its_own_clause():
    decision = decided({"form_factor": "aio"}, component="monitor_external", external=external())
    assert decision.verdict == "NOT_COVERED"
    assert {"R62", "R64", "R76"} <= set(decision.clauses)


@pytest.mark.parametrize(
    ("component", "facts", "verdict"),
    [
        ("monitor_external", external(devices=1, monitors=1), "COVERED_BY_ADDON"),
        ("monitor_external", external(devices=6, monitors=2), "COVERED_BY_ADDON"),
        ("monitor_external", external(devices=3, monitors=3), "NOT_COVERED"),
        ("monitor_external", external(devices=7, monitors=2), "NOT_COVERED"),
        ("monitor_external", external(together=False), "NOT_COVERED"),
        ("monitor_external", None, "NEEDS_HUMAN"),
        ("dock", external(devices=6, monitors=0), "COVERED_BY_ADDON"),
        ("dock", external(devices=7, monitors=0), "NOT_COVERED"),
        ("dock", external(devices=4, monitors=3), "COVERED_BY_ADDON"),  # the dock is not the third monitor
        ("dock", external(together=False), "NOT_COVERED"),
        ("dock", None, "NEEDS_HUMAN"),
        ("headset", external(), "COVERED_BY_ADDON"),
        ("mouse_wireless", external(), "NEEDS_HUMAN"),  # not listed
        ("keyboard_wireless", external(), "NEEDS_HUMAN"),
    ],
)
def test_external_devices_with_the_pack(component, facts, verdict):
    decision = decided(EXTERNAL_PACK, component=component, external=facts)
    assert decision.verdict == verdict
    assert decision.addon == ("external" if verdict == "COVERED_BY_ADDON" else None)
    assert "R76" in decision.clauses


@pytest.mark.parametrize(
    ("component", "bought_with", "verdict"),
    [
        ("monitor_external", "monitor:2;dock:1", "COVERED_BY_ADDON"),
        ("monitor_external", "monitor:3", "NOT_COVERED"),
        ("dock", "monitor:2;dock:1", "COVERED_BY_ADDON"),
        ("dock", "monitor:2", "NEEDS_HUMAN"),
        ("dock", "monitor:2;dock:1;headset:4", "NOT_COVERED"),  # seven devices
        ("mouse_wireless", "mouse_wireless:1", "COVERED_BY_ADDON"),
    ],
)
def test_the_registry_may_know_what_was_bought_together(component, bought_with, verdict):
    assert decided({**EXTERNAL_PACK, "bought_with": bought_with}, component=component).verdict == verdict


@pytest.mark.parametrize(
    ("device", "verdict"),
    [
        ({"form_factor": "desktop"}, "COVERED_BY_ADDON"),
        ({"form_factor": "aio"}, "COVERED_BY_ADDON"),
        ({"form_factor": "workstation"}, "COVERED_BY_ADDON"),
        ({"form_factor": "mobile_workstation"}, "COVERED_BY_ADDON"),
        ({"form_factor": "notebook"}, "COVERED_BY_ADDON"),
        ({"form_factor": "tablet"}, "NEEDS_HUMAN"),
        ({"form_factor": "thin_client"}, "NEEDS_HUMAN"),
        ({"line": "consumer"}, "NEEDS_HUMAN"),
    ],
)
def test_f6_the_pack_belongs_to_commercial_families(device, verdict):
    decision = decided({**EXTERNAL_PACK, **device}, component="dock", external=external())
    assert decision.verdict == verdict
