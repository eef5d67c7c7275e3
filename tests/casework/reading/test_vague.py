"""What tells nothing, what asks about the service itself, and what is no answer although it was typed."""

from __future__ import annotations

import pytest

from actions.casework.reading.answers import Bad, Given, NotAnAnswer
from actions.casework.reading.contact_readers import contact_name, customer_type
from actions.casework.reading.context import Context
from actions.casework.reading.corrections import find_correction
from actions.casework.reading.digressions import asks_erasure, interrupts
from actions.casework.reading.hear import hear
from actions.casework.reading.message import Entity, Message
from actions.casework.reading.readers import cause
from actions.casework.reading.step_words import meant_answer
from actions.casework.reading.vague import asks_what_it_can_do, is_vague, without_vague_symptom
from tests.support.examples import TUESDAY

TODAY = TUESDAY.date()


def report(text: str, symptom: str) -> Message:
    return Message(text, "report_fault", entities=(Entity("symptom", symptom),))


@pytest.mark.parametrize(
    "text", ["min laptop er gået i stykker", "my computer is broken", "den virker ikke", "der er noget galt med pc'en"]
)
def test_a_report_without_a_fault_has_no_symptom(text: str) -> None:
    assert is_vague(text)
    assert without_vague_symptom(report(text, "printer_or_other")).one("symptom") == ""
    assert without_vague_symptom(report(text, "no_power")).one("symptom") == "no_power"


@pytest.mark.parametrize("text", ["hængslet er gået i stykker", "min printer virker ikke", "the SIM slot is broken"])
def test_one_telling_word_is_enough(text: str) -> None:
    assert not is_vague(text)
    assert without_vague_symptom(report(text, "printer_or_other")).one("symptom") == "printer_or_other"


@pytest.mark.parametrize("text", ["hvad kan du?", "Hvad kan du hjælpe mig med", "what can you do", "how can you help?"])
def test_what_it_can_do(text: str) -> None:
    assert asks_what_it_can_do(text)
    assert not asks_what_it_can_do("hvad kan jeg gøre selv") and not asks_what_it_can_do("what can I do about it")


@pytest.mark.parametrize("text", ["slet mine data", "jeg vil have slettet mine oplysninger", "delete my data"])
def test_what_we_store_is_to_go(text: str) -> None:
    assert asks_erasure(text)
    assert interrupts(Message(text, "ask_privacy", 0.5), free_text=True)


@pytest.mark.parametrize("text", ["skal jeg slette mine data først?", "mine filer er slettet", "erase my drive"])
def test_what_lies_on_the_pc_is_another_matter(text: str) -> None:
    assert not asks_erasure(text)


def test_nothing_is_ended_on_a_guess() -> None:
    assert not interrupts(Message("mette", "stop", 0.2), free_text=False)
    assert interrupts(Message("stop nu", "stop", 0.9), free_text=False)
    assert not interrupts(Message("it wont start", "restart", 0.5), free_text=False)
    assert not interrupts(Message("den stopper midt i det hele", "stop", 0.6), free_text=False)


@pytest.mark.parametrize(
    ("known", "question", "text", "refined"),
    [
        ("printer_or_other", "serial_number", "skærmen er sort", True),
        ("no_power", "safety_flags", "skærmen er sort", True),
        ("no_power", "safety_flags", "skærmen er også sort", False),
        ("no_power", "serial_number", "skærmen er sort", False),
    ],
)
def test_a_better_word_for_the_fault(known: str, question: str, text: str, refined: bool) -> None:
    slots = {"symptom": known, "safety_flags": None if question == "safety_flags" else []}
    context = Context(
        slots, TODAY, form="fault_form" if question == "safety_flags" else "device_form", question=question
    )
    found = find_correction(report(text, "display"), context)
    assert bool(found) is refined
    if found and known == "printer_or_other":
        assert "safety_flags" not in found.slots  # asked already
    if not refined:
        assert hear(report(text, "display"), context).says == ("one_fault_at_a_time",)


def test_a_country_or_an_address_is_no_name() -> None:
    context = Context({"contact_name": None}, TODAY, form="contact_form", question="contact_name")
    assert contact_name(Message("danmark", "inform"), context) == Bad("bad_contact_name")
    mail = Message("mette@firma.dk", "inform", entities=(Entity("email", "mette@firma.dk"),))
    assert contact_name(mail, context) == NotAnAnswer()
    assert hear(mail, context).says == ("noted_email",)
    both = Message("Mette Holm, mette@firma.dk", "inform", entities=mail.entities)
    assert contact_name(both, context) == Given("Mette Holm")
    again = Context({"contact_name": None, "misses": 1}, TODAY, form="contact_form", question="contact_name")
    assert contact_name(Message("Georgia", "inform"), again) == Given("Georgia")


def test_a_company_told_with_whose_it_is() -> None:
    told = customer_type(Message("firmaets, Nordlys Byg ApS", "inform"), Context({}, TODAY))
    assert told == Given("business", {"company": "Nordlys Byg ApS"})
    assert customer_type(Message("firmaets, tror jeg", "inform"), Context({}, TODAY)) == Given("business")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("min ven har repareret den", "opened_by_others"),
        ("i never installed the update", "fix_not_applied"),
        ("den er udtjent", "max_life"),
    ],
)
def test_causes_that_no_button_says(text: str, value: str) -> None:
    assert cause(Message(text, "inform"), Context({}, TODAY)) == Given(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("nej ikke noget væske", "defect"),
        ("no liquid", "defect"),
        ("jeg har ikke tabt den", "defect"),
        ("i didn't drop it, it just stopped", "defect"),
        ("nej jeg tabte den", "drop"),
        ("no, I spilled coffee on it", "spill"),
        ("ikke tabt, men der kom vand på", "spill"),
    ],
)
def test_what_is_denied_did_not_happen(text: str, value: str) -> None:
    assert cause(Message(text, "inform"), Context({}, TODAY)) == Given(value)


@pytest.mark.parametrize("text", ["nej ikke noget væske", "no liquid", "nej den er ikke tabt"])
def test_a_denial_at_a_step_corrects_nothing(text: str) -> None:
    slots = {"symptom": "keyboard", "cause": "defect"}
    assert find_correction(Message(text, "deny"), Context(slots, TODAY, "troubleshooting_form", "ts_answer")) is None


@pytest.mark.parametrize(
    ("text", "offered", "meant"),
    [
        ("bestået", ("passed", "failed", "cannot"), "passed"),
        ("den fandt ingen fejl", ("passed", "failed"), "passed"),
        ("other devices are fine", ("others_fail", "others_fine"), "others_fine"),
        ("de andre virker heller ikke", ("others_fail", "others_fine"), "others_fail"),
        ("det er den i pcen", ("builtin", "separate"), "builtin"),
        ("det holder kun en time", ("wont_charge", "not_recognised", "drains_fast"), "drains_fast"),
        ("både streger og prikker", ("lines", "dots"), ""),
        ("det ved jeg ikke", ("passed", "failed"), ""),
    ],
)
def test_what_is_typed_instead_of_a_title(text: str, offered: tuple[str, ...], meant: str) -> None:
    assert meant_answer(text, offered) == meant
