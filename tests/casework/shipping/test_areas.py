"""Where the courier collects (R36, Q4), and which postcodes there are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.casework.shipping.areas import (
    in_pickup_area,
    known_postcode,
    read_postcode,
    why_no_pickup,
)


@pytest.mark.parametrize(
    ("postcode", "town"),
    [
        ("0900", "København C"), ("1000", "København K"), ("1499", "København K"), ("1620", "København V"),
        ("1900", "Frederiksberg C"), ("2300", "København S"), ("5000", "Odense C"), ("8000", "Aarhus C"),
        ("9990", "Skagen"), ("3900", "Nuuk"), ("100", "Tórshavn"), ("6990", "Ulfborg"), ("2640", "Hedehusene"),
    ],
)  # fmt: skip
def test_a_postcode_has_its_town(postcode, town):
    assert known_postcode(postcode) == town


@pytest.mark.parametrize("postcode", ["", "0000", "2001", "9999", "10000", "abcd", "999", " 8000"])
def test_no_town_for_what_is_no_postcode(postcode):
    assert known_postcode(postcode) is None
    assert not in_pickup_area(postcode)


@pytest.mark.parametrize(
    "postcode",
    # mainland, and the islands with a bridge or a dam: Sjælland, Fyn, Tåsinge/Thurø, Langeland, Lolland, Falster,
    # Møn, Bogø, Als, Rømø, Mors, Amager
    ["1050", "2300", "4000", "5000", "5700", "5900", "5953", "4900", "4990", "4800", "4780", "4793", "6430", "6400",
     "6792", "7900", "8000", "9000", "9990", "6700", "3000", "2791"],
)  # fmt: skip
def test_collected_on_the_mainland_and_over_bridges(postcode):
    assert in_pickup_area(postcode)


@pytest.mark.parametrize(
    ("postcode", "why"),
    [
        ("3700", "bornholm"), ("3740", "bornholm"), ("3760", "bornholm"), ("3790", "bornholm"),
        ("100", "faroe_islands"), ("700", "faroe_islands"), ("970", "faroe_islands"),
        ("3900", "greenland"), ("3992", "greenland"),
        ("8305", "island"), ("9940", "island"), ("8592", "island"), ("5960", "island"), ("5970", "island"),
        ("5985", "island"), ("6720", "island"), ("8789", "island"), ("8799", "island"), ("4592", "island"),
        ("4305", "island"), ("4245", "island"), ("4944", "island"), ("4945", "island"), ("7884", "island"),
    ],
)  # fmt: skip
def test_not_collected_without_a_fixed_link(postcode, why):
    assert known_postcode(postcode)
    assert not in_pickup_area(postcode)
    assert why_no_pickup(postcode) == why


@pytest.mark.parametrize(
    ("postcode", "place", "collected"),
    [
        ("7600", "Struer", True), ("7600", "Venø", False), ("7600", "Nørskovvej 3, Venø", False),
        ("9000", "Aalborg", True), ("9000", "Egholm, Aalborg", False), ("5700", "Svendborg", True),
        ("5700", "Drejø", False), ("6760", "Mandø", False), ("7600", "Venøsundvej 1", True),
    ],
)  # fmt: skip
def test_islands_that_share_a_postcode_are_told_by_their_name(postcode, place, collected):
    assert in_pickup_area(postcode, place) is collected


@pytest.mark.parametrize(
    ("text", "postcode"),
    [
        ("8000", "8000"), (" 8000 Aarhus C ", "8000"), ("DK-8000", "8000"), ("dk 8000", "8000"), ("DK8000", "8000"),
        ("postnummer er 2300", "2300"), ("Vestergade 12, 8000 Aarhus", "8000"), ("Vestergade 1200, 8000", "8000"),
        ("FO-100 Tórshavn", "100"), ("100", "100"), ("9999", "9999"), ("Nygade 100, 8000", "8000"),
        ("otte tusind", None), ("80000", None), ("", None), ("12", None), ("5CG1234XYZ", None), ("+4531234567", None),
    ],
)  # fmt: skip
def test_read_postcode(text, postcode):
    assert read_postcode(text) == postcode


@given(st.text())
def test_reading_never_fails_and_finds_only_digits_that_stand_there(text):
    found = read_postcode(text)
    assert found is None or (found in text and found.isdecimal())


@given(st.integers(min_value=0, max_value=9999))
def test_collected_only_from_known_danish_postcodes(number):
    postcode = str(number).zfill(4)
    if in_pickup_area(postcode):
        assert known_postcode(postcode)
