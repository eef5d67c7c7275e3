"""The strict reader: whatever is wrong, the refusal names the leaf field."""

from __future__ import annotations

import copy
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.casework.entitlement.device import COLUMNS, device_from_row, device_to_row
from actions.casework.entitlement.facts_model import Flag, read_facts
from actions.casework.entitlement.strict import BadFact
from tests.casework.entitlement.example_facts import FACTS, TODAY, facts_json, row

BATTERY = {"fault": "worn", "capacity_pct": 40}
EXTERNAL = {"bought_with_base": True, "devices": 2, "monitors": 1}


def refused(facts: object) -> str:
    with pytest.raises(BadFact) as refusal:
        read_facts(facts)
    assert str(refusal.value).startswith(refusal.value.field)
    return refusal.value.field


def test_flags_alone_may_be_left_out():
    facts = facts_json()
    del facts["flags"]
    assert read_facts(facts).flags == frozenset()


@pytest.mark.parametrize("field", [*sorted(set(FACTS) - {"flags"}), "device"])
def test_a_missing_field_is_named(field):
    facts = facts_json()
    del facts[field]
    assert refused(facts) == field


@pytest.mark.parametrize("part, whole", [("battery", BATTERY), ("external", EXTERNAL)])
def test_a_missing_leaf_is_named(part, whole):
    for leaf in whole:
        less = {name: value for name, value in whole.items() if name != leaf}
        assert refused(facts_json(**{part: less})) == leaf
    assert refused(facts_json(**{part: {**whole, "colour": "red"}})) == "colour"


@pytest.mark.parametrize("facts", [None, [], "facts", 1, True])
def test_facts_are_an_object(facts):
    assert refused(facts) == "facts"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("today", "2026-02-30"),
        ("today", "20260302"),
        ("today", "2026-W10-1"),
        ("today", "2026-03-02T10:00:00"),
        ("today", " 2026-03-02"),
        ("today", 20260302),
        ("today", None),
        ("registry", "lost"),
        ("registry", None),
        ("location_country", "dk"),
        ("location_country", "DNK"),
        ("location_country", "XX"),
        ("location_country", ""),
        ("location_country", 45),
        ("safety", None),
        ("safety", "smoke"),
        ("safety", ["fire"]),
        ("safety", [None]),
        ("safety", [["smoke"]]),
        ("component", "flux_capacitor"),
        ("component", ""),
        ("component", None),
        ("component", ["fan"]),
        ("hp_part", 1),
        ("hp_part", "true"),
        ("hp_part", None),
        ("cause", "gremlins"),
        ("incident_date", "2026-03-03"),  # tomorrow
        ("incident_date", ""),
        ("incident_date", "yesterday"),
        ("diagnosis", "hard"),
        ("battery", []),
        ("battery", "worn"),
        ("external", True),
        ("csr_consent", 0),
        ("csr_consent", "yes"),
        ("pickup_postcode", 8000),
        ("pickup_postcode", "80000"),
        ("pickup_postcode", "80"),
        ("pickup_postcode", "8000 "),
        ("pickup_postcode", "DK-8000"),
        ("pickup_postcode", "٨٠٠٠"),
        ("wants", "drone"),
        ("wants", ""),
        ("flags", None),
        ("flags", {"solved": True}),
        ("flags", ["lucky"]),
        ("device", None),
        ("device", []),
        ("device", "5CD4103BCD"),
    ],
)
def test_a_wrong_value_is_named(field, value):
    assert refused({**facts_json(), field: value}) == field


@pytest.mark.parametrize(
    ("part", "leaf", "value"),
    [
        ("battery", "fault", "tired"),
        ("battery", "fault", None),
        ("battery", "capacity_pct", -1),
        ("battery", "capacity_pct", 101),
        ("battery", "capacity_pct", 100.5),
        ("battery", "capacity_pct", True),
        ("battery", "capacity_pct", "40"),
        ("battery", "capacity_pct", float("nan")),
        ("battery", "capacity_pct", float("inf")),
        ("external", "bought_with_base", 1),
        ("external", "devices", -1),
        ("external", "devices", 1.0),
        ("external", "devices", True),
        ("external", "devices", 10**9),
        ("external", "monitors", None),
        ("external", "monitors", "2"),
        ("external", "monitors", -2),
    ],
)
def test_a_wrong_leaf_is_named(part, leaf, value):
    whole = {"battery": BATTERY, "external": EXTERNAL}[part]
    assert refused(facts_json(**{part: {**whole, leaf: value}})) == leaf


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("serial_number", ""),
        ("serial_number", "5cd4103bcd"),
        ("serial_number", "5CD 4103 BCD"),
        ("form_factor", "laptop"),
        ("form_factor", ""),
        ("line", "premium"),
        ("purchase_country", "Denmark"),
        ("purchase_date", "2026-03-03"),  # tomorrow
        ("purchase_date", "03-04-2024"),
        ("purchase_date", "2023-02-29"),
        ("warranty_end", "2024-03-03"),  # before the purchase
        ("warranty_end", "soon"),
        ("service_level", "premium"),
        ("care_pack_start", "2024/03/04"),
        ("care_pack_end", "2024-03-03"),  # before its start
        ("registered_on", "2026-03-03"),
        ("addons", "adp;insurance"),
        ("addons", "adp;"),
        ("addons", "ADP"),
        ("bought_with", "monitor"),
        ("bought_with", "monitor:two"),
        ("bought_with", "monitor:0"),
        ("bought_with", "monitor:-1"),
        ("bought_with", "monitor:1;monitor:2"),
        ("csr_parts", "memory;engine"),
        ("mobile_battery", ""),
        ("mobile_battery", "yes"),
        ("product_name", None),
        ("product_name", 5),
    ],
)
def test_a_wrong_column_is_named(column, value):
    assert refused({**facts_json(), "device": {**row(), column: value}}) == column


@pytest.mark.parametrize("column", COLUMNS)
def test_a_missing_column_is_named(column):
    cells = row()
    del cells[column]
    assert refused({**facts_json(), "device": cells}) == column


def test_an_extra_column_or_field_is_named():
    assert refused({**facts_json(), "device": {**row(), "colour": "grey"}}) == "colour"
    assert refused(facts_json() | {"colour": "grey"}) == "colour"


@pytest.mark.parametrize("registry", ["not_found", "unavailable"])
def test_a_device_may_be_missing_where_none_was_found(registry):
    assert read_facts({**facts_json(), "registry": registry, "device": None}).device is None


@pytest.mark.parametrize("postcode", ["8000", "3900", "100", "970", "0999", None])
def test_postcodes_of_the_whole_realm_are_taken(postcode):
    assert read_facts(facts_json(pickup_postcode=postcode)).pickup_postcode == postcode


def test_today_is_not_yet_the_future():
    assert read_facts(facts_json(incident_date=TODAY.isoformat())).incident_date == TODAY
    device = {"purchase_date": TODAY.isoformat(), "warranty_end": "", "care_pack_start": "", "registered_on": ""}
    assert read_facts(facts_json(device)).device.purchase_date == TODAY


def test_a_row_reads_back_to_the_same_device():
    cells = row(addons="adp;battery;dmr;external", bought_with="monitor:2;dock:1", csr_parts="memory;keyboard_external")
    device = device_from_row(cells)
    assert device.bought_with == {"monitor": 2, "dock": 1}
    assert device.addons == {"adp", "battery", "dmr", "external"}
    assert device_from_row(device_to_row(device)) == device
    empty = row(purchase_country="", purchase_date="", warranty_end="", care_pack_start="")
    assert device_to_row(device_from_row(empty)) == empty


def test_blanks_around_a_cell_do_not_count():
    assert device_from_row(row(form_factor=" notebook ", addons="adp; dmr")).addons == {"adp", "dmr"}


def test_without_a_day_the_future_is_not_judged():
    assert device_from_row(row(purchase_date="2024-03-04")).purchase_date == date(2024, 3, 4)
    with pytest.raises(BadFact, match="purchase_date"):
        device_from_row(row(), today=date(2024, 3, 3))


# --- whatever is put in place of one value ------------------------------------------------------

JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
COMPLETE = facts_json(battery=BATTERY, external=EXTERNAL, flags=[flag.value for flag in Flag])
PATHS = [
    *[(name,) for name in COMPLETE],
    *[("device", column) for column in COLUMNS],
    *[("battery", leaf) for leaf in BATTERY],
    *[("external", leaf) for leaf in EXTERNAL],
]


@settings(max_examples=300, deadline=None)
@given(path=st.sampled_from(PATHS), junk=JUNK)
def test_junk_is_either_read_or_refused_by_the_name_of_its_place(path, junk):
    facts = copy.deepcopy(COMPLETE)
    place = facts
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = junk
    try:
        read_facts(facts)
    except BadFact as refusal:
        within = {"device": COLUMNS, "battery": BATTERY, "external": EXTERNAL}.get(path[-1], ())
        named_inside = isinstance(junk, dict) and (refusal.field in within or refusal.field in junk)
        # a far earlier today makes other dates lie in the future
        other_date = path[-1] in ("today", "purchase_date", "care_pack_start") and refusal.field.endswith(
            ("_date", "_on", "_end")
        )
        assert refusal.field == path[-1] or named_inside or other_date
