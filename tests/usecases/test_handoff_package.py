"""What a person gets to know: facts with their source, and what is unknown says so."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from actions.adapters.fakes import FakeCaseDesk, FakePeople
from actions.adapters.texts import ResponseTexts
from actions.casework.facts import Symptom
from actions.casework.hours.hours import callback_due
from actions.casework.knowledge.articles import load_articles
from actions.casework.reading.overheard import overheard
from actions.casework.troubleshooting.engine import CANNOT_REASON, FAILURE_ID_REASON
from actions.casework.troubleshooting.library import SCRIPTS_FOLDER
from actions.ports import CaseFacts, CaseStatus, Contact, Language, StepTaken, Unavailable
from actions.usecases.case_for_person import call_back_done, callbacks, case_for_person
from actions.usecases.escalate_case import COMPLAINT
from actions.usecases.handoff_package import build_package, package_lines
from actions.usecases.reach_a_person import Reach, reach
from bot.gateway.store.places import PREFIX

TEXTS = ResponseTexts()
MORNING = datetime(2026, 11, 24, 9, tzinfo=UTC)
KNOWN = CaseFacts(
    conversation="c",
    language=Language.DA,
    serial_number="5CG6120DM1",
    symptom="no_power",
    contact=Contact(name="Mette Holm", email="mette@example.dk"),
    decision={"verdict": "COVERED", "clauses": ["R60"], "method": "PICKUP"},
    entitlement={
        "product_name": "HP EliteBook",
        "verified": True,
        "registry": "found",
        "fetched_at": "2026-11-24T10:00:00+01:00",
    },
    steps=(StepTaken("battery", "problem", "wont_charge"),),
)


def lines(facts: CaseFacts, language: Language, case_id: str | None = "HPO-7K39QX") -> dict[str, str]:
    package = build_package(facts, TEXTS, case_id=case_id, reason="asked_for")
    return dict(package_lines(package, language, TEXTS, timedelta(minutes=3)))


def test_everything_that_is_known_is_told_with_its_source_and_time() -> None:
    told = lines(KNOWN, Language.DA)
    assert told["Kunde"] == "Mette Holm, mette@example.dk"
    assert told["Identitet"] == "oplyst i chatten, ikke kontrolleret"
    assert told["Dækning, foreløbig"] == "dækket (R60)"
    assert told["Slået op"] == "registret, 2026-11-24 10:00"
    assert told["Ventet"] == "3 min."
    assert told["Prøvet"] == "Hvad gør batteriet? → Det lader ikke"
    assert "tænder ikke" in told["Kort fortalt"] and "HP EliteBook" in told["Kort fortalt"]


def test_what_is_unknown_says_so_in_both_languages() -> None:
    nothing = CaseFacts(conversation="c", language=Language.EN)
    danish, english = lines(nothing, Language.DA, None), lines(nothing, Language.EN, None)
    for label in ("Sag", "Kunde", "Identitet", "Enhed", "Serienummer", "Dækning, foreløbig", "Slået op"):
        assert danish[label] == "ukendt", label
    assert english["Case"] == english["Serial number"] == "unknown"
    assert "ukendt" in danish["Kort fortalt"]


def test_what_the_registry_did_not_say_is_no_device() -> None:
    unverified = CaseFacts("c", Language.DA, serial_number="5CG6120DM1", entitlement={"registry": "unavailable"})
    told = lines(unverified, Language.DA)
    assert told["Serienummer"] == "5CG6120DM1" and told["Enhed"] == "ukendt"
    assert told["Slået op"] == "registret svarede ikke"


def test_a_conversation_in_teams_says_so() -> None:
    told = lines(replace(KNOWN, conversation=f"{PREFIX}c"), Language.DA)
    assert told["Kanal"] == "Microsoft Teams" and told["Identitet"].startswith("logget ind i Teams")
    assert lines(KNOWN, Language.DA)["Kanal"] == "chat på nettet"


def test_every_reason_has_words() -> None:
    """Those of the scripts, of the articles that end with a person, and of the dialogue itself."""
    scripts = "".join(path.read_text("utf-8") for path in SCRIPTS_FOLDER.glob("*.yml"))
    reasons = {FAILURE_ID_REASON, CANNOT_REASON, COMPLAINT, *re.findall(r"\breason: (\w+)", scripts)}
    reasons |= {article.id for article in load_articles(Language.DA) if article.person}
    reasons |= {"asked_for", "safety", "safety_recall", "verdict", "confusion", "system_trouble", "operator_rule"}
    reasons |= {"gate_refused", "data_refused", "not_booked_trouble", "not_booked_rejected", "not_booked_stopped"}
    for language in Language:
        assert {f"package_reason_{reason}" for reason in reasons} <= TEXTS.keys(language)


def test_every_symptom_has_words() -> None:
    for language in Language:
        assert {f"package_symptom_{symptom}" for symptom in Symptom} <= TEXTS.keys(language)


def test_hours_come_before_people_and_a_silent_desk_promises_nobody() -> None:
    people = FakePeople(present=1)
    assert reach(people, "da", MORNING) is Reach.PRESENT
    assert reach(people, "da", MORNING + timedelta(hours=12)) is Reach.CLOSED
    people.present = 0
    assert reach(people, "da", MORNING) is Reach.NOBODY
    people.fail("availability", Unavailable("away"))
    assert reach(people, "da", MORNING) is Reach.NOBODY


def test_call_backs_are_due_in_opening_hours_and_leave_the_list_when_made() -> None:
    desk = FakeCaseDesk()
    friday_night = datetime(2026, 11, 27, 18, tzinfo=UTC)
    case = case_for_person(desk, CaseFacts("c", Language.DA), "system_trouble", friday_night)
    assert case_for_person(desk, CaseFacts("c", Language.DA), "system_trouble", friday_night).case_id == case.case_id
    (waiting,) = callbacks(desk, friday_night)
    assert (waiting.due.date().isoformat(), waiting.late) == ("2026-11-30", False)
    assert callbacks(desk, waiting.due + timedelta(hours=1))[0].late
    monday = waiting.due + timedelta(minutes=5)
    call_back_done(desk, case.case_id, "mette", "not_reached", monday)
    (again,) = callbacks(desk, monday)
    assert (again.due, again.late, again.tried) == (callback_due(monday), False, 1)
    call_back_done(desk, case.case_id, "mette", "reached", friday_night)
    assert callbacks(desk, friday_night) == []
    case_for_person(desk, CaseFacts("c", Language.DA), "asked_for", friday_night + timedelta(days=3))
    assert [each.case.case_id for each in callbacks(desk, friday_night)] == [case.case_id]


def test_a_case_that_travels_keeps_its_status() -> None:
    desk = FakeCaseDesk()
    desk.open(CaseFacts("c", Language.DA, status=CaseStatus.BOOKED), "key", MORNING)
    assert case_for_person(desk, CaseFacts("c", Language.DA), "asked_for", MORNING).facts.status is CaseStatus.BOOKED


def test_only_what_cannot_be_anything_else_is_overheard() -> None:
    said = ["hej", "min mail er mette@example.dk.", "ring på 31 23 45 67", "det er 5CG6120DM1", "jeg bor på nr. 12"]
    assert overheard(said, {}) == {
        "email": "mette@example.dk",
        "phone": "+4531234567",
        "serial_number": "5CG6120DM1",
    }
    assert overheard(said, {"email": "x@y.dk", "phone": "+4511111111", "serial_number": "x"}) == {}
