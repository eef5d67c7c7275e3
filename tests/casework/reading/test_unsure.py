"""Two readings that nobody could tell apart are asked about; one that is likely enough is not."""

from __future__ import annotations

from actions.casework.facts import Symptom
from actions.casework.reading.context import Context
from actions.casework.reading.hear import hear
from actions.casework.reading.message import Entity, Message
from actions.casework.reading.symptom_pages import PAGES, page
from actions.casework.reading.unsure import readings
from tests.support.examples import TUESDAY

CLOSE = (("ask_status", 0.38), ("reschedule", 0.33), ("cancel", 0.1))


def message(*ranking: tuple[str, float], **more: object) -> Message:
    return Message("noget med afhentningen", ranking[0][0], ranking[0][1], ranking=ranking, **more)  # type: ignore[arg-type]


def test_close_readings_are_both_named() -> None:
    assert readings(message(*CLOSE), "") == ("ask_status", "reschedule")
    assert readings(message(*CLOSE), "symptom") == ("ask_status", "reschedule")


def test_one_likely_reading_is_taken() -> None:
    assert not readings(message(("ask_status", 0.6), ("reschedule", 0.39)), "")
    assert not readings(message(("ask_status", 0.45), ("reschedule", 0.2)), "")


def test_nobody_is_asked_which_in_the_middle_of_a_question_or_between_words_and_nothing() -> None:
    assert not readings(message(*CLOSE), "email")
    assert not readings(message(("greet", 0.3), ("thank", 0.28)), "")
    assert not readings(message(*CLOSE, entities=(Entity("case_id", "HPO-7K39QX"),)), "")


def test_the_question_stays_open_with_the_readings_beside_it() -> None:
    context = Context({}, TUESDAY.date(), form="fault_form", question="symptom")
    heard = hear(message(*CLOSE), context)
    assert heard.beside == ("ask_status", "reschedule") and heard.slots["symptom"] is None
    assert "unsure_told" not in heard.slots
    assert hear(message(*CLOSE), Context({}, TUESDAY.date())).slots["unsure_told"] is True


def test_every_symptom_but_danger_is_on_one_page() -> None:
    shown = [symptom for symptoms in PAGES for symptom in symptoms]
    assert sorted(shown) == sorted(set(Symptom) - {Symptom.SAFETY})
    assert [page(number)[1] for number in range(len(PAGES))] == [True, True, True, False]
    assert page(len(PAGES)) == page(0)
