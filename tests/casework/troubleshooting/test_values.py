"""Values as customers type them, and the blink-code table of domain.md 3.3."""

import pytest

from actions.casework.troubleshooting.blink_codes import look_up_blink_code
from actions.casework.troubleshooting.model import BlinkHandling
from actions.casework.troubleshooting.values import (
    find_failure_id,
    read_blink_code,
    read_failure_id,
    read_percentage,
)

ID = "QCJ1P58KR7DWXD6BJM60UN03"


@pytest.mark.parametrize("text", [ID, ID.lower(), "QCJ1P5-8KR7DW-XD6BJM-60UN03", "QCJ1 P58K R7DW XD6B JM60 UN03"])
def test_a_failure_id_however_it_is_grouped(text: str) -> None:
    assert read_failure_id(text) == ID
    assert find_failure_id(f"Der står {text}.") == ID


@pytest.mark.parametrize("text", ["", "ABC", ID + "X", "testen fandt ingen fejl i dag", "abcdefghijklmnopqrstuvwx"])
def test_what_is_no_failure_id(text: str) -> None:
    assert read_failure_id(text) is None
    assert find_failure_id(text) is None


def test_a_sentence_does_not_pass_for_a_failure_id() -> None:
    assert find_failure_id("den blinker 3 gange rødt og så ikke mere end 2 gange") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("3.2", "3.2"), ("3,2", "3.2"), ("3-2", "3.2"), ("3 lange og 2 korte", "3.2"), ("5", "5"), ("5 gange", "5"),
        ("90B", None), ("301", None), ("601", None), ("", None), ("rødt", None), ("1 2 3", None), ("0", None),
    ],
)  # fmt: skip
def test_blink_codes_as_customers_write_them(text: str, code: str | None) -> None:
    assert read_blink_code(text) == code


@pytest.mark.parametrize(
    ("text", "number"),
    [("72", "72"), ("72 %", "72"), ("cirka 49,9%", "49"), ("100", "100"), ("0", "0"), ("100,1", None), ("101", None),
     ("-5", None), ("fra 40 til 50", None), ("halvdelen", None)],
)  # fmt: skip
def test_percentages(text: str, number: str | None) -> None:
    assert read_percentage(text) == number


@pytest.mark.parametrize(
    ("code", "form", "handling", "component"),
    [
        ("2.2", "desktop", BlinkHandling.WAIT, "mainboard"),
        ("2", "notebook", BlinkHandling.WAIT, "mainboard"),
        ("2.3", "workstation", BlinkHandling.KEY_SEQUENCE, "mainboard"),
        ("8", "mobile_workstation", BlinkHandling.KEY_SEQUENCE, "mainboard"),
        ("2.4", "desktop", BlinkHandling.WAIT, "mainboard"),
        ("3.2", "aio", BlinkHandling.RESEAT_MEMORY, "memory"),
        ("3", "notebook", BlinkHandling.RESEAT_MEMORY, "memory"),
        ("3.3", "desktop", BlinkHandling.REPAIR, "mainboard"),
        ("4", "notebook", BlinkHandling.REPAIR, "mainboard"),
        ("3.4", "desktop", BlinkHandling.UNPLUG, "mainboard"),
        ("5", "notebook", BlinkHandling.UNPLUG, "mainboard"),
        ("3.5", "desktop", BlinkHandling.REPAIR, "cpu"),
        ("1", "notebook", BlinkHandling.REPAIR, "cpu"),
        ("3.6", "desktop", BlinkHandling.HUMAN, "cpu"),
        ("6", "notebook", BlinkHandling.HUMAN, "cpu"),
        ("5.2", "desktop", BlinkHandling.REPAIR, "mainboard"),
        ("7", "notebook", BlinkHandling.REPAIR, "mainboard"),
        ("2", "desktop", BlinkHandling.HEAT, "fan"),
        ("3", "desktop", BlinkHandling.REPAIR, "cpu"),
        ("5", "desktop", BlinkHandling.RESEAT_MEMORY, "memory"),
        ("6", "aio", BlinkHandling.REPAIR, "mainboard"),
    ],
)
def test_the_blink_code_table(code: str, form: str, handling: BlinkHandling, component: str) -> None:
    found = look_up_blink_code(code, form)
    assert (found.handling, found.component, found.certain) == (handling, component, True)


@pytest.mark.parametrize(
    ("code", "handling"), [("4.2", "heat"), ("5.3", "repair"), ("3.9", "repair"), ("9.9", "repair")]
)
def test_codes_without_a_source_are_said_to_be_uncertain(code: str, handling: str) -> None:
    found = look_up_blink_code(code, "desktop")
    assert (found.handling, found.certain) == (handling, False)


def test_a_plain_count_on_a_machine_of_unknown_form_stays_unknown() -> None:
    assert look_up_blink_code("3", "").meaning_key == "blink_unknown"
