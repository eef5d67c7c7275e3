"""What a customer wants of a case, from their words."""

from __future__ import annotations

import pytest

from actions.casework.reading.errands import begins_errand, cancels_what, find_errand
from actions.casework.reading.message import Message

OWN = ("HPO-000001",)


@pytest.mark.parametrize(
    ("text", "intent", "errand"),
    [
        ("hvad er status på min sag", "ask_status", "status"),
        ("HPO-7K39QX", "inform", "status"),
        ("mit sagsnummer er HPO-7K39QX", "inform", "status"),
        ("flyt afhentningen på sag HPO-7K39QX", "ask_status", "reschedule"),
        ("please cancel the courier, case HPO-7K39QX", "ask_status", "cancel"),
        ("jeg vil tilføje noget til sag HPO-7K39QX", "ask_status", "add_information"),
        ("I want to add some information to case HPO-7K39QX", "correct", "add_information"),
        ("fejlen er kommet igen på sag HPO-7K39QX", "report_fault", "reopen"),
        ("the fault came back on HPO-7K39QX", "ask_status", "reopen"),
        ("jeg er utilfreds med sag HPO-7K39QX, fejlen er kommet igen", "complain", "complain"),
        ("min pc vil ikke tænde", "report_fault", ""),
        ("fejlen er kommet igen", "report_fault", ""),  # of which case? a fault like any other
        ("jeg vil tilføje mere RAM", "ask_addon", ""),
    ],
)
def test_without_a_case_of_ones_own(text: str, intent: str, errand: str) -> None:
    assert find_errand(Message(text, intent), "symptom") == errand


@pytest.mark.parametrize(
    ("text", "intent", "errand"),
    [
        ("nej, nu er fejlen der igen", "deny", "reopen"),
        ("nej, det er ikke den fejl", "deny", ""),
        ("it is happening again", "report_fault", "reopen"),
        ("jeg har en oplysning mere til sagen", "cancel", "add_information"),
    ],
)
def test_with_a_completed_case_of_ones_own(text: str, intent: str, errand: str) -> None:
    assert find_errand(Message(text, intent), "anything_else", OWN, OWN) == errand


def test_what_comes_back_in_the_middle_of_something_else_is_no_reopening() -> None:
    assert not find_errand(Message("lyden kom tilbage", "affirm"), "ts_answer", OWN, OWN)


def test_a_choice_is_its_own_errand() -> None:
    assert begins_errand(Message("", "choose", choice="add_information"), "anything_else", OWN)
    assert not begins_errand(Message("", "reschedule", choice="reschedule"), "anything_else", OWN)  # its intent says so
    assert not begins_errand(Message("", "choose", choice="no_power"), "symptom")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("glem kureren", "pickup"),
        ("annuller afhentningen på sag HPO-7K39QX", "pickup"),
        ("cancel the pick-up, case HPO-7K39QX", "pickup"),
        ("annuller sag HPO-7K39QX", "case"),
        ("forget the repair", "case"),
        ("det hele", "case"),
        ("jeg vil annullere", ""),
        ("annuller sagen og kureren", ""),
    ],
)
def test_what_is_cancelled(text: str, what: str) -> None:
    assert cancels_what(text) == what


@pytest.mark.parametrize("text", ["jeg vil opsige min aftale", "how do I cancel my contract?", "hvad er en audit?"])
def test_the_contract_itself_is_an_errand_of_its_own(text: str) -> None:
    assert find_errand(Message(text, "cancel"), "symptom") == "contract"
    assert find_errand(Message("er det dækket af min aftale?", "ask_coverage"), "symptom") == ""
