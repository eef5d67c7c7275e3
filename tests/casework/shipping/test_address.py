"""Reading Danish addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.casework.shipping.address import AddressFault, ParsedAddress, read_address, read_city, read_street


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Vestergade 12, 3. tv, 8000 Aarhus C", ("Vestergade 12, 3. tv", "8000", "Aarhus C")),
        ("Vestergade 12 3 tv, 8000 Aarhus C", ("Vestergade 12, 3. tv", "8000", "Aarhus C")),
        ("Vestergade 12, 8000 Aarhus C", ("Vestergade 12", "8000", "Aarhus C")),
        ("vestergade 12 8000 aarhus", ("vestergade 12", "8000", "Aarhus")),
        ("Vestergade 12\n8000 Aarhus C\nDanmark", ("Vestergade 12", "8000", "Aarhus C")),
        ("Vestergade 12B, st. th., DK-8000 Aarhus C, Denmark", ("Vestergade 12B, st. th", "8000", "Aarhus C")),
        ("Vestergade 12, 2. sal, 5000 Odense C", ("Vestergade 12, 2.", "5000", "Odense C")),
        ("Vestergade 12, 2. sal til højre, 5000 Odense", ("Vestergade 12, 2. th", "5000", "Odense")),
        ("Vestergade 12, 8000", ("Vestergade 12", "8000", "Aarhus C")),
        ("8000 Aarhus C", ("", "8000", "Aarhus C")),
        ("8000", ("", "8000", "Aarhus C")),
        ("Vestergade 12", ("Vestergade 12", "", "")),
        ("min adresse er Vestergade 12, 8000 Aarhus C", ("Vestergade 12", "8000", "Aarhus C")),
        ("jeg bor på Nygade 100, 2300 København S", ("Nygade 100", "2300", "København S")),
        ("Nygade 100", ("Nygade 100", "", "")),
        ("10. Februar Vej 3, 6200 Aabenraa", ("10. Februar Vej 3", "6200", "Aabenraa")),
        ("Hans Broges Gade 3, kld., 8000 Aarhus C", ("Hans Broges Gade 3, kl.", "8000", "Aarhus C")),
        ("Yviri við Strond 15, FO-100 Tórshavn", ("Yviri við Strond 15", "100", "Tórshavn")),
        ("Østergade 1, 4. mf., Nørre Broby, 5672 Broby", ("Østergade 1, 4. mf, Nørre Broby", "5672", "Broby")),
        ("", ("", "", "")),
        ("ved ikke", ("", "", "")),
    ],
)
def test_read_address(text, address):
    assert read_address(text) == ParsedAddress(*address)


@pytest.mark.parametrize(
    ("text", "street"),
    [
        ("Vestergade 12", "Vestergade 12"), ("vestergade 12, 3., tv", "Vestergade 12, 3. tv"),
        ("Vestergade 12, 3 th.", "Vestergade 12, 3. th"), ("Vestergade 12 st", "Vestergade 12, st."),
        ("det er Vestergade 12 A", "Vestergade 12 A"),
        ("Det Gule Pakhus 3", "Det Gule Pakhus 3"), ("jeg bor på Nygade 4", "Nygade 4"), ("  Vestergade   12 ",
        "Vestergade 12"),
        ("Vestergade 12, dør 4", "Vestergade 12, dør 4"), ("Vestergade 12, 2. dør 4", "Vestergade 12, 2. dør 4"),
        ("", AddressFault.EMPTY), ("Vestergade", AddressFault.NO_HOUSE_NUMBER), ("12", AddressFault.NO_STREET_NAME),
        ("V" * 44 + " 12", AddressFault.TOO_LONG), ("ved ikke", AddressFault.NO_HOUSE_NUMBER),
    ],
)  # fmt: skip
def test_read_street(text, street):
    assert read_street(text) == street


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("Aarhus C", "Aarhus C"), ("aarhus c", "Aarhus C"), ("8000 Aarhus C", "Aarhus C"), ("i Søby Ærø",
        "Søby Ærø"), ("in Aarhus", "Aarhus"),
        ("byen hedder Vrå", "Vrå"), ("8000", "Aarhus C"), ("Bylderup-Bov", "Bylderup-Bov"), ("Ry, Danmark", "Ry"),
        ("", AddressFault.EMPTY), ("12", AddressFault.NO_CITY), ("a" * 46, AddressFault.TOO_LONG),
        ("anders@firma.dk", AddressFault.NO_CITY), ("hvorfor?", AddressFault.NO_CITY),
    ],
)  # fmt: skip
def test_read_city(text, city):
    assert read_city(text) == city


STREETS = st.sampled_from(["Vestergade", "Hans Broges Gade", "Åboulevarden", "H.C. Andersens Vej", "Nørre Allé"])
FLOORS = st.sampled_from(["", ", st. tv", ", 1. th", ", 12. mf", ", 3.", ", kl."])
TOWNS = st.sampled_from([("8000", "Aarhus C"), ("2300", "København S"), ("6800", "Varde"), ("9990", "Skagen")])


@given(
    STREETS, st.integers(1, 999), st.sampled_from(["", "A", "B"]), FLOORS, TOWNS, st.sampled_from([", ", "\n", "  "])
)
def test_a_well_written_address_comes_back_as_it_was(street, number, letter, floor, town, gap):
    first = f"{street} {number}{letter}{floor}"
    assert read_address(f"{first}{gap}{town[0]} {town[1]}") == ParsedAddress(first, *town)
    assert read_street(first) == first


@given(st.text())
def test_reading_never_fails(text):
    address = read_address(text)
    assert read_address(text) == address
    read_street(text), read_city(text)
