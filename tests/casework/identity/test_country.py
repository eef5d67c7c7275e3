"""Reading countries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.casework.facts import Language
from actions.casework.identity.country import country_name, known_countries, read_country


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Danmark", "DK"), ("danmark", "DK"), ("DK", "DK"), ("dk", "DK"), ("Denmark", "DK"), ("i Danmark", "DK"),
        ("her i landet", "DK"), ("Færøerne", "FO"), ("faeroeerne", "FO"), ("Faroe Islands", "FO"), ("Grønland", "GL"),
        ("Greenland", "GL"), ("Tyskland", "DE"), ("the UK", "GB"), ("England", "GB"), ("USA", "US"), ("U.S.A.", "US"),
        ("in the United States", "US"), ("Sverige", "SE"), ("Norge", "NO"), ("Norway", "NO"), ("Holland", "NL"),
        ("den er købt i Polen", "PL"), ("Østrig", "AT"), ("Schweiz", "CH"), ("South Korea", "KR"), ("Sydkorea", "KR"),
        ("Northern Ireland", "GB"), ("Irland", "IE"), ("SE", "SE"), ("Danmark.", "DK"), ("åland", "AX"),
        ("no", None), ("No", None), ("nej", None), ("", None), ("Atlantis", None), ("Danmark eller Tyskland", None),
        ("is", "IS"), ("det er den her", None), ("ved ikke", None),
    ],
)  # fmt: skip
def test_read_country(text, code):
    assert read_country(text) == code


def test_the_closed_list():
    assert len(known_countries()) >= 60
    assert {"DK", "FO", "GL", "SE", "NO", "DE"} <= known_countries()


@pytest.mark.parametrize("language", list(Language))
def test_every_country_reads_back_from_its_own_name(language):
    assert {code: read_country(country_name(code, language)) for code in known_countries()} == {
        code: code for code in known_countries()
    }


def test_an_unknown_code_is_shown_as_it_is():
    assert country_name("XK", Language.DA) == "XK"


@given(st.text())
def test_reading_never_fails(text):
    assert read_country(text) in known_countries() | {None}
