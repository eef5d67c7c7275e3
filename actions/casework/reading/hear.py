"""Turns a message into slots and words: the answer to the open question, facts told beside it, corrections.

What it leaves alone (nothing heard) is a digression: the open form rejects and a rule of the dialogue answers.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from actions.casework.facts import SafetyFlag
from actions.casework.reading.answers import Answer, Bad, Given, NotAnAnswer
from actions.casework.reading.context import Context
from actions.casework.reading.corrections import (
    CORRECTING,
    Correction,
    find_correction,
    one_more,
    sounds_like_correction,
)
from actions.casework.reading.digressions import interrupts
from actions.casework.reading.errands import ERRAND_FORMS, begins_errand
from actions.casework.reading.fault import told_at_once
from actions.casework.reading.message import Message
from actions.casework.reading.questions import FREE_TEXT, READERS
from actions.casework.reading.readers import UNKNOWN
from actions.casework.reading.step import gives_up
from actions.casework.reading.unsure import readings

#: So many unusable answers in a row bring the explanation and a way out.
_PATIENCE = 2

#: When words that answer nothing are about another matter, and not an answer that can't be read.
_CLEARLY, _WORDS_OF_A_SENTENCE = 0.5, 3

#: Questions whose answer can't be mistaken for anything else.
_TYPED = frozenset(
    {"serial_number", "email", "phone", "pickup_postcode", "status_case_id", "status_email", "battery_capacity_pct"}
)

#: Questions whose answers sound like wishes: "på torsdag", "it just stopped working", "it's mine".
_TOLD = frozenset({"cause", "incident_date", "pickup_date", "pickup_window", "customer_type", "battery_fault"})

#: Wishes that no such answer hides.
_ALWAYS = frozenset({"request_human", "restart", "change_language"})

#: Forms and questions that take the customer's own words, whatever they are about.
_OWN_WORDS = frozenset({"note_form", "complaint_form"})
_OWN_WORDS_ASKED = frozenset({"case_note", "escalation_reason", "feedback_text"})

#: Intents that an answer often sounds like: "ja tak", "hej, den lader ikke", "ja, bestil bare".
_POLITE = frozenset({"thank", "greet", "goodbye", "book_shipping", "repeat", "explain"})

#: What is kept although something else was asked, and said to be.
_NOTED = ("email", "phone", "serial_number", "blink_code", "failure_id")


@dataclass(frozen=True)
class Heard:
    """Slots to set and text keys to say, in order. `offer_person`: put a person beside the next question."""

    slots: dict[str, object] = field(default_factory=dict)
    says: tuple[str, ...] = ()
    offer_person: bool = False
    beside: tuple[str, ...] = ()  # intents to offer beside the next question


def hear(message: Message, context: Context, step: Answer | None = None) -> Heard:
    """Read one message. `step` is what the troubleshooting script made of it, where a step is the open question."""
    danger = heard_danger(message, context)
    if danger is not None:
        return danger
    if context.form not in _OWN_WORDS and begins_errand(
        message, context.question, context.own_cases, context.completed_cases
    ):
        return Heard({"errand_told": True})
    unsure = readings(message, context.question)
    if unsure:
        meant = {"text": message.text, "symptom": message.one("symptom")}
        still_open: dict[str, object] = {context.question: None} if context.question else {"unsure_told": True}
        return Heard({**still_open, "unsure": meant}, ("unsure_between",), beside=unsure)
    if not context.question:
        return Heard(told_at_once(message, context.slots, context.today))
    if context.form == "shipping_form" and message.intent == "reschedule" and context.known("pickup_date"):
        return _another_day(message, context)
    if interrupts(message, context.question in FREE_TEXT) and not _answers_anyway(message, context, step):
        return Heard()
    answer = step if step is not None else READERS[context.question](message, context)
    correction = find_correction(message, context)
    if isinstance(answer, Given) and not (correction and _corrects_rather(correction, answer, message, context)):
        return _given(answer, message, context)
    if correction is not None:
        return _corrected(correction, context)
    beside = {} if context.form in ERRAND_FORMS else told_at_once(message, context.slots, context.today)
    if beside and isinstance(answer, NotAnAnswer) and message.intent in CORRECTING:
        says = tuple(f"noted_{slot}" for slot in _NOTED if slot in beside)
        return Heard({**beside, context.question: None, "misses": 0}, says)
    return _missed(answer, message, context, beside)


def heard_danger(message: Message, context: Context) -> Heard | None:
    """A sign of danger in the customer's words, at any moment (A1); None where there is none.

    An answer to the safety question itself goes the ordinary way, so that the flags are all kept.
    """
    flags = set(message.all("safety_flag")) & set(SafetyFlag)
    if not flags and message.one("symptom") != "safety":
        return None
    known = set(_listed(context.slots.get("safety_flags")))
    slots: dict[str, object] = {"danger": True, "safety_flags": sorted(known | flags), "misses": 0}
    if not context.known("symptom"):
        slots["symptom"] = "safety"
    # While a form is open, a slot of its own would keep it going instead of stopping it.
    beside = {} if context.question else told_at_once(message, {**context.slots, "symptom": "safety"})
    return Heard({**beside, **slots})


def _another_day(message: Message, context: Context) -> Heard:
    """Before anything is booked "another day" is a correction: the day that was said, or the question again."""
    days = {day for day, _ in context.pickup_slots}
    told = message.one("date") if message.one("date") in days else None
    again: dict[str, object] = {"pickup_date": told, "pickup_window": None, "confirm_summary": None, "misses": 0}
    return Heard(again, () if told or not message.one("date") else ("bad_pickup_date",))


def _listed(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list | tuple) else []


def _answers_anyway(message: Message, context: Context, step: Answer | None) -> bool:
    """Whether words that sound like a digression hold the very answer: "ja tak, bestil den", "mailen er …"."""
    if message.choice:
        return False
    if context.form in ERRAND_FORMS - {"status_form"} and message.intent in _ALWAYS:
        return False
    if context.question in _OWN_WORDS_ASKED:
        return message.intent != "stop"
    answer = step if step is not None else READERS[context.question](message, context)
    if context.question == "ts_answer" and gives_up(message.text) and message.intent not in _ALWAYS:
        return isinstance(answer, Given)
    if context.question in _TYPED:
        return isinstance(answer, Bad) or (isinstance(answer, Given) and answer.value != UNKNOWN)
    if context.form in ERRAND_FORMS and context.question not in FREE_TEXT:
        return isinstance(answer, Given) and "?" not in message.text
    if context.question in _TOLD:
        return isinstance(answer, Given) and message.intent not in _ALWAYS and "?" not in message.text
    return isinstance(answer, Given) and message.intent in _POLITE and "?" not in message.text


def _corrects_rather(correction: Correction, answer: Given, message: Message, context: Context) -> bool:
    """Whether "nej, mailen er …" is a correction and no answer; at the summary every correction is.

    At a step "nej, skærmen er stadig sort" is its answer; "nej, den står i Sverige" and "nej, jeg tabte den" are none.
    """
    if context.question == "ts_answer":
        another_fault = correction.slots.get("symptom", "drop") not in ("drop", "spill")
        return not another_fault and sounds_like_correction(message.text)
    return context.question == "confirm_summary" or answer.value is False


def _given(answer: Given, message: Message, context: Context) -> Heard:
    value = answer.value
    if context.question == "confirm_summary" and value is False:
        return Heard({"confirm_summary": None}, ("what_to_correct",))
    # Whose case is asked about says nothing about who is asking: a wrong address would become the customer's.
    beside = (
        {}
        if context.form in ERRAND_FORMS
        else told_at_once(message, {**context.slots, context.question: True}, context.today)
    )
    also = {slot: told for slot, told in beside.items() if slot not in answer.also}
    return Heard({**also, context.question: value, **answer.also, "misses": 0}, answer.says)


def _corrected(correction: Correction, context: Context) -> Heard:
    if correction.revisit:
        # A slot of the open form would keep it going, and what was put right would not be done again.
        slots = {slot: value for slot, value in correction.slots.items() if slot != context.question}
        return Heard({**slots, "revisit": correction.revisit, "misses": 0})
    return Heard({context.question: None, **correction.slots, "misses": 0}, ("corrected",))


def _is_about_something_else(message: Message) -> bool:
    """A sentence about another matter is no failed try to answer: "what is the capital of France"."""
    is_a_sentence = "?" in message.text or len(message.text.split()) >= _WORDS_OF_A_SENTENCE
    return message.intent == "out_of_scope" and message.confidence >= _CLEARLY and is_a_sentence


def _missed(answer: Answer, message: Message, context: Context, beside: dict[str, object]) -> Heard:
    """Says what is wrong, with an example; after two, why we ask, and a way out. The question comes again."""
    misses = int(str(context.slots.get("misses") or 0)) + 1
    hint = answer.hint if isinstance(answer, Bad) else f"bad_{context.question}"
    another = message.one("symptom") not in ("", context.slots.get("symptom")) and context.known("symptom")
    at_a_step = context.question == "ts_answer" and not one_more(message.text)  # "it's fine on the other monitor"
    if message.intent == "report_fault" and another and not at_a_step and isinstance(answer, NotAnAnswer):
        hint = "one_fault_at_a_time"
    elif isinstance(answer, NotAnAnswer) and _is_about_something_else(message):
        hint = "out_of_scope"
    says = [hint]
    if misses >= _PATIENCE:
        explanation = f"explain_{context.question}"
        says += [explanation] if explanation != hint and context.question != "ts_answer" else []
        says.append("hint_way_out")
    slots = {**beside, context.question: None, "misses": misses}
    return Heard(slots, tuple(says), offer_person=misses >= _PATIENCE)
