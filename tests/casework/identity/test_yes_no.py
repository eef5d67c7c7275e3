"""Yes and no in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.casework.identity.yes_no import read_yes_no


@pytest.mark.parametrize(
    "text",
    [
        "ja", "Ja", "JA!", "ja tak", "jep", "jo", "jada", "jaa", "yes", "yep", "Yeah", "yup", "yes please",
        "det har jeg",
        "har jeg", "jo det har jeg", "ja, det har jeg", "ja jeg har taget backup af det hele", "selvfølgelig", "ok",
        "okay",
        "fint", "det er rigtigt", "det må du gerne", "of course", "sure", "that's right", "That’s correct",
        "I have", "i do",
        "yes, no problem", "yes I understand", "gerne", "klart", "ja, den er pakket", "jeg bekræfter", "go ahead", "y",
    ],
)  # fmt: skip
def test_yes(text):
    assert read_yes_no(text) is True


@pytest.mark.parametrize(
    "text",
    [
        "nej", "Nej!", "nej tak", "næ", "nope", "no", "NO", "no thanks", "ikke endnu", "nej, ikke endnu", "not yet",
        "det har jeg ikke", "nej det har jeg ikke", "i haven't", "I don’t", "forkert", "det er forkert", "aldrig",
        "never",
        "nej, den er ikke pakket", "no I did not", "helst ikke", "slet ikke", "n", "nah", "no it's not",
    ],
)  # fmt: skip
def test_no(text):
    assert read_yes_no(text) is False


@pytest.mark.parametrize(
    "text",
    [
        "", "måske", "ved ikke", "det ved jeg ikke", "I don't know", "hvorfor?", "ja?", "ja, men ikke endnu",
        "yes but I have not backed up", "5CG1234XYZ", "skærmen", "hvad mener du", "nej jo", "no yes",
        "det kommer an på",
        "kan ikke", "nogle gange", "not sure", "note", "jakke", "nejlike", "yesterday",
    ],
)  # fmt: skip
def test_neither(text):
    assert read_yes_no(text) is None


@given(st.text())
def test_reading_never_fails(text):
    assert read_yes_no(text) in (True, False, None)


@given(st.sampled_from(["ja", "yes", "jep"]), st.sampled_from(["ikke", "not", "aldrig"]), st.text("abc ", max_size=9))
def test_a_yes_that_takes_itself_back_is_no_yes(yes, negation, words):
    assert read_yes_no(f"{yes} {words} {negation}") is not True
