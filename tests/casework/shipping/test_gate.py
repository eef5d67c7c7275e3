"""The booking gate: every condition of domain.md, alone and together."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.casework.facts import SafetyFlag
from actions.casework.hours.calendar import COPENHAGEN
from actions.casework.shipping.dates import PickupPlan
from actions.casework.shipping.gate import GateFacts, Missing, may_book

PLAN = PickupPlan()
READY = GateFacts(
    kind="pickup",
    now=datetime(2026, 11, 26, 10, tzinfo=COPENHAGEN),
    case_id="HPO-7K39QX",
    data_ack=True,
    backup_ack=True,
    packed_ready=True,
    street="Vestergade 12, 3. tv",
    postcode="8000",
    city="Aarhus C",
    phone="+4531234567",
    email="anders@firma.dk",
    pickup_date=date(2026, 11, 27),
    pickup_window="08:00-12:00",
    summary_confirmed=True,
)
BREAKS = [
    ({"case_id": ""}, Missing.CASE_ID),
    ({"safety": ("smoke",)}, Missing.SAFETY),
    ({"data_ack": False}, Missing.DATA_ACK),
    ({"data_ack": None}, Missing.DATA_ACK),
    ({"backup_ack": False}, Missing.BACKUP_ACK),
    ({"backup_ack": None}, Missing.BACKUP_ACK),
    ({"packed_ready": False}, Missing.PACKED_READY),
    ({"packed_ready": None}, Missing.PACKED_READY),
    ({"street": ""}, Missing.STREET),
    ({"street": "Vestergade"}, Missing.STREET),
    ({"city": ""}, Missing.CITY),
    ({"phone": ""}, Missing.PHONE),
    ({"phone": "12345678"}, Missing.PHONE),
    ({"email": "anders@"}, Missing.EMAIL),
    ({"postcode": "8305"}, Missing.AREA),
    ({"postcode": "3700"}, Missing.AREA),
    ({"postcode": "100"}, Missing.AREA),
    ({"postcode": "7600", "city": "Venø"}, Missing.AREA),
    ({"pickup_date": None}, Missing.DATE),
    ({"pickup_date": date(2026, 11, 26)}, Missing.DATE),  # today
    ({"pickup_date": date(2026, 11, 25)}, Missing.DATE),  # past
    ({"pickup_date": date(2026, 11, 28)}, Missing.DATE),  # Saturday
    ({"pickup_date": date(2026, 12, 7)}, Missing.DATE),  # eleven days ahead
    ({"pickup_window": ""}, Missing.WINDOW),
    ({"pickup_window": "20:00-22:00"}, Missing.WINDOW),
    ({"summary_confirmed": None}, Missing.SUMMARY),
    ({"summary_confirmed": False}, Missing.SUMMARY),
]


def test_all_of_it_true_books():
    assert may_book(READY, PLAN) == frozenset()


@pytest.mark.parametrize(("change", "missing"), BREAKS, ids=str)
def test_each_condition_alone_stops_the_booking(change, missing):
    assert may_book(replace(READY, **change), PLAN) == {missing}


def test_an_unknown_postcode_is_no_area_either():
    assert may_book(replace(READY, postcode="9999"), PLAN) == {Missing.POSTCODE, Missing.AREA}


def test_nothing_known_misses_everything():
    assert may_book(GateFacts(kind="pickup", now=READY.now), PLAN) == set(Missing) - {Missing.SAFETY}


def test_a_label_needs_no_date_and_goes_to_islands():
    facts = replace(READY, kind="label", postcode="8305", city="Samsø", pickup_date=None, pickup_window="")
    assert may_book(facts, PLAN) == frozenset()
    assert may_book(replace(facts, packed_ready=None, safety=("hot",)), PLAN) == {Missing.PACKED_READY, Missing.SAFETY}


def test_a_part_sent_to_the_customer_needs_no_packing_but_an_address_and_a_yes():
    facts = replace(READY, kind="csr_part", data_ack=None, backup_ack=None, packed_ready=None, pickup_date=None)
    assert may_book(facts, PLAN) == frozenset()
    assert may_book(replace(facts, street="", summary_confirmed=False), PLAN) == {Missing.STREET, Missing.SUMMARY}


@given(st.sampled_from(["pickup", "label", "csr_part"]), st.sets(st.sampled_from(list(SafetyFlag)), min_size=1))
def test_a_safety_flag_never_books(kind, flags):
    assert Missing.SAFETY in may_book(replace(READY, kind=kind, safety=flags), PLAN)


@given(st.lists(st.sampled_from(BREAKS), min_size=1, max_size=5))
def test_conditions_add_up(breaks):
    facts = READY
    for change, _ in breaks:
        facts = replace(facts, **change)
    missing = may_book(facts, PLAN)
    assert missing
    assert missing <= {condition for _, condition in breaks} | {Missing.AREA}
