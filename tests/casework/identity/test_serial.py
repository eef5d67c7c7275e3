"""Reading serial numbers (domain.md 2.1). All numbers here are made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.casework.identity.serial import BadSerial, Serial, SerialFault, read_serial

TAIL = "0123456789BCDFGHJKLMNPQRSTVWXYZ"  # base 31
SITES = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SERIALS = st.builds(
    lambda site, year, week, tail: f"{site}{year}{week:02}{tail}",
    st.text(SITES, min_size=3, max_size=3),
    st.sampled_from("0123456789A"),
    st.integers(1, 53),
    st.text(TAIL, min_size=4, max_size=4),
)


@pytest.mark.parametrize(
    ("text", "serial"),
    [
        ("5CG1234XYZ", Serial("5CG1234XYZ")),
        ("5cg 123 4xyz", Serial("5CG1234XYZ")),
        (" 5CG-123-4XYZ. ", Serial("5CG1234XYZ")),
        ("5CG.123.4XYZ", Serial("5CG1234XYZ")),
        ("s/n: 5CG1234XYZ", Serial("5CG1234XYZ")),
        ("S/N:5CG1234XYZ", Serial("5CG1234XYZ")),
        ("SN 5CG1234XYZ", Serial("5CG1234XYZ")),
        ("serienummer: 5cg1234xyz", Serial("5CG1234XYZ")),
        ("serienummeret er 5cg1234xyz", Serial("5CG1234XYZ")),
        ("mit serienummer er 5cg1234xyz", Serial("5CG1234XYZ")),
        ("my serial number is 5cg1234xyz", Serial("5CG1234XYZ")),
        ("serial no. 5CG1234XYZ", Serial("5CG1234XYZ")),
        ("det er 5CG1234XYZ", Serial("5CG1234XYZ")),
        ("(5CG1234XYZ)", Serial("5CG1234XYZ")),
        ("jeg tror nok, det er 5CG1234XYZ, men den er slidt", Serial("5CG1234XYZ")),
        ("there it says 5CGO234XYZ", Serial("5CG0234XYZ", mended=True)),
        # look-alikes: O, I, L in year and week; O, I in the tail, where L is legal
        ("5CGO234XYZ", Serial("5CG0234XYZ", mended=True)),
        ("5CGI234XYZ", Serial("5CG1234XYZ", mended=True)),
        ("5CGL234XYZ", Serial("5CG1234XYZ", mended=True)),
        ("5CG12O4XYZ", Serial("5CG1204XYZ", mended=True)),
        ("5CG123OXYZ", Serial("5CG1230XYZ", mended=True)),
        ("5CG123IXYZ", Serial("5CG1231XYZ", mended=True)),
        ("5CG123LXYZ", Serial("5CG123LXYZ")),
        # the site code keeps its letters, E and O too
        ("COE1234XYZ", Serial("COE1234XYZ")),
        # 2010 was also written as A
        ("5CGA144XYZ", Serial("5CGA144XYZ")),
        ("SND1234XYZ", Serial("SND1234XYZ")),
        ("ISR1234XYZ", Serial("ISR1234XYZ")),
    ],
)
def test_serials_are_read(text, serial):
    assert read_serial(text) == serial


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", SerialFault.EMPTY),
        ("s/n:", SerialFault.EMPTY),
        ("5CG1234XY", SerialFault.TOO_SHORT),
        ("5CG1234XYZ9", SerialFault.TOO_LONG),
        ("det kan jeg ikke finde nogen steder", SerialFault.TOO_LONG),
        ("enten 5CG1234XYZ eller 5CG1234XYW", SerialFault.TOO_LONG),
        ("5CG1234XYZ99", SerialFault.COMPAQ_12),
        ("5CG1234XÆZ", SerialFault.BAD_CHARACTERS),
        ("5CG1234XY?Z", SerialFault.BAD_CHARACTERS),
        ("5CG1234XAZ", SerialFault.BAD_CHARACTERS),
        ("5CG1234XEZ", SerialFault.BAD_CHARACTERS),
        ("5CG1234XUZ", SerialFault.BAD_CHARACTERS),
        ("5CGB234XYZ", SerialFault.BAD_CHARACTERS),
        ("5CG1004XYZ", SerialFault.BAD_WEEK),
        ("5CG1544XYZ", SerialFault.BAD_WEEK),
        ("5CG1994XYZ", SerialFault.BAD_WEEK),
        ("5CG1OO4XYZ", SerialFault.BAD_WEEK),
    ],
)
def test_what_is_wrong_with_a_serial_is_said(text, reason):
    assert read_serial(text) == BadSerial(reason)


@given(SERIALS, st.sampled_from(["{}", " {} ", "{}.", "s/n {}", "S/N: {}", "serienummer {}"]), st.booleans())
def test_every_serial_is_read_as_it_stands(serial, form, lower):
    assert read_serial(form.format(serial.lower() if lower else serial)) == Serial(serial)


@given(SERIALS, st.sampled_from([" ", "-", "."]))
def test_separators_do_not_count(serial, gap):
    assert read_serial(gap.join([serial[:3], serial[3:6], serial[6:]])) == Serial(serial)


@given(SERIALS)
def test_look_alikes_are_mended_to_the_same_serial(serial):
    typed = serial[:3] + serial[3:].replace("0", "O").replace("1", "I")
    assert read_serial(typed) == Serial(serial, mended=typed != serial)


@given(st.text())
def test_whatever_is_read_has_the_form(text):
    result = read_serial(text)
    if isinstance(result, Serial):
        assert read_serial(result.value) == Serial(result.value)
