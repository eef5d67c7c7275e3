"""What the customer means where a message takes something back, says several things, or names a day in words."""

from __future__ import annotations

from datetime import date

import pytest

from bot.dialogue.nlu.asked_language import find_asked_language
from bot.dialogue.nlu.gazetteer import Gazetteer
from bot.dialogue.nlu.meant import meant
from bot.dialogue.nlu.values import meant_values

TODAY = date(2026, 3, 11)  # a Wednesday
PARTS = Gazetteer("component", "components")


def told(text: str) -> dict[str, str]:
    """Everything that is read from a message by its form or its name."""
    return {found.entity: found.value for found in [*meant_values(text, TODAY), *meant(text, PARTS.find(text))]}


@pytest.mark.parametrize(
    "text",
    [
        "nej 5CG1234BXZ ikke 5CD1234BXZ",
        "ikke 5CD1234BXZ men 5CG1234BXZ",
        "det var 5CG1234BXZ jeg mente, ikke 5CD1234BXZ",
        "5CD1234BXZ nej vent 5CG1234BXZ",
        "5CD1234BXZ - hov, 5CG1234BXZ",
        "5CD1234BXZ er forkert, det er 5CG1234BXZ",
        "ret 5CD1234BXZ til 5CG1234BXZ",
        "not 5CD1234BXZ but 5CG1234BXZ",
        "my serial isn't 5CD1234BXZ it's 5CG1234BXZ",
        "5CD1234BXZ is wrong, it should read 5CG1234BXZ",
        "change 5CD1234BXZ to 5CG1234BXZ",
    ],
)
def test_a_corrected_serial_number(text: str) -> None:
    assert told(text) == {"serial_number": "5CG1234BXZ"}


@pytest.mark.parametrize(
    "text",
    [
        "min mail er ikke a@b.dk men c@d.dk",
        "mailen a@b.dk er gammel, brug c@d.dk",
        "skift a@b.dk til c@d.dk",
        "wrong e-mail, it's c@d.dk",
        "old mail a@b.dk, new mail c@d.dk",
    ],
)
def test_a_corrected_address(text: str) -> None:
    assert told(text) == {"email": "c@d.dk"}


def test_a_value_that_is_only_called_wrong_is_not_meant() -> None:
    assert told("5CD1234BXZ er forkert") == {}


@pytest.mark.parametrize(
    "text",
    [
        "jeg mente tirsdag",
        "jeg mente tirsdag ikke onsdag",
        "ikke mandag, tirsdag",
        "flyt fra mandag til tirsdag",
        "Monday, no, Tuesday",
        "I said Monday but I meant Tuesday",
        "make it Tuesday instead of Monday",
        "Tuesday rather than Monday",
        "move Monday's pickup to Tuesday",
    ],
)
def test_a_corrected_day(text: str) -> None:
    assert told(text) == {"date": "2026-03-17"}


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("it's not the battery", None),
        ("det er ikke batteriet", None),
        ("der er ikke noget galt med batteriet", None),
        ("det er ikke skærmen men tastaturet", "keyboard_builtin"),
        ("skærmen virker fint men tastaturet er dødt", "keyboard_builtin"),
        ("batteriet fejler ikke noget, det gør opladeren", "ac_adapter"),
        ("it's not the battery, it's the charger", "ac_adapter"),
        ("the charger, not the battery", "ac_adapter"),
        ("there's nothing wrong with the battery, it's the screen", "display_builtin"),
        ("batteriet virker ikke", "battery"),
        ("opladeren er gammel", "ac_adapter"),
    ],
)
def test_a_part_that_is_denied_is_not_meant(text: str, part: str | None) -> None:
    assert told(text).get("component") == part


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("på tirsdag", "2026-03-17"),
        ("på onsdag", "2026-03-18"),
        ("d. 3.", "2026-04-03"),
        ("den tredje", "2026-04-03"),
        ("den tredje april", "2026-04-03"),
        ("d. tyvende", "2026-03-20"),
        ("20.3.", "2026-03-20"),
        ("fredag d. 20. marts", "2026-03-20"),
        ("fredag den 20/3", "2026-03-20"),
        ("onsdag d. 18.", "2026-03-18"),
        ("mandag i næste uge", "2026-03-16"),
        ("på mandag otte dage", "2026-03-23"),
        ("om fjorten dage", "2026-03-25"),
        ("førstkommende fredag", "2026-03-13"),
        ("i overmorgen", "2026-03-13"),
        ("i mandags", "2026-03-09"),
        ("for tre dage siden", "2026-03-08"),
        ("next Monday", "2026-03-16"),
        ("the third", "2026-04-03"),
        ("the twentieth of March", "2026-03-20"),
        ("March the twentieth", "2026-03-20"),
        ("Friday 20 March", "2026-03-20"),
        ("in a fortnight", "2026-03-25"),
        ("tmr", "2026-03-12"),
        ("last friday", "2026-03-06"),
    ],
)
def test_days_in_words(text: str, day: str) -> None:
    assert told(text) == {"date": day}


@pytest.mark.parametrize(
    "text",
    ["det er tredje gang", "the second one", "den anden", "første forsøg", "i aften", "bios 3.12 er installeret"],
)
def test_words_that_name_no_day(text: str) -> None:
    assert "date" not in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "31234567",
        "31 23 45 67",
        "3123 4567",
        "312 345 67",
        "31-23-45-67",
        "31.23.45.67",
        "3 1 2 3 4 5 6 7",
        "(+45) 31 23 45 67",
        "+45-3123-4567",
        "0045 31 23 45 67",
        "45 31 23 45 67",
        "tlf:31234567",
        "mit nr er 31 234 567",
    ],
)
def test_a_telephone_number_in_any_spacing(text: str) -> None:
    assert told(text) == {"phone": "+4531234567"}


@pytest.mark.parametrize(
    ("text", "postcode"),
    [
        ("Vestergade 12, 3. tv, 8000 Aarhus C", "8000"),
        ("Vestergade 12 3.tv 8000 Aarhus C", "8000"),
        ("vestergade 12 kl tv 2200 kbh n", "2200"),
        ("Vestergade 12B, st. th., 5000 Odense C", "5000"),
        ("Vestergade 1234, 2620 Albertslund", "2620"),
        ("H.C. Andersens Boulevard 27, 1., 1553 København V", "1553"),
        ("Plads 3, 4. sal, dør 12, 2300 København S", "2300"),
        ("Ålborgvej 5, DK-9000 Aalborg", "9000"),
        ("8000 Århus C, Vestergade 12", "8000"),
        ("jeg bor 2100 østerbro", "2100"),
    ],
)
def test_an_address_in_one_line_gives_its_postcode_and_no_day(text: str, postcode: str) -> None:
    assert told(text) == {"postcode": postcode}


def test_several_facts_at_once() -> None:
    assert told("jeg hedder Bo Li, 5CG1234BXZ, bo@li.dk, 31 23 45 67, 8000 Aarhus, på tirsdag") == {
        "serial_number": "5CG1234BXZ",
        "email": "bo@li.dk",
        "phone": "+4531234567",
        "postcode": "8000",
        "date": "2026-03-17",
    }


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("sreen is broken", "display_builtin"),
        ("skræmen er i stykker", "display_builtin"),
        ("tastatruet virker ikke", "keyboard_builtin"),
        ("keybord not working", "keyboard_builtin"),
        ("battrei", "battery"),
        ("opladren virker ikke", "ac_adapter"),
        ("charegr is dead", "ac_adapter"),
        ("it only charges at night", None),
        ("den oplader ikke", None),
    ],
)
def test_a_misspelt_part_is_still_named(text: str, part: str | None) -> None:
    assert told(text).get("component") == part


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("bo.li (at) firma.dk", "bo.li@firma.dk"),
        ("bo.li snabela firma punktum dk", "bo.li@firma.dk"),
        ("BO.LI@FIRMA.DK.", "bo.li@firma.dk"),
    ],
)
def test_an_address_as_it_is_said(text: str, address: str) -> None:
    assert told(text) == {"email": address}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("kan du ikke svare på dansk", "da"),
        ("hvorfor skriver du ikke dansk", "da"),
        ("can't we have this in Danish", "da"),
        ("why don't you write English", "en"),
        ("min mand kan ikke dansk", "en"),
        ("I can't read Danish", "en"),
        ("ikke engelsk, dansk", "da"),
        ("hvorfor er det på engelsk", "da"),
    ],
)
def test_the_language_that_is_asked_for(text: str, language: str) -> None:
    asked = find_asked_language(text)
    assert asked is not None and asked.value == language
