"""Answers in between that depend on the clock or on what was decided."""

from __future__ import annotations

from actions.casework.hours.hours import is_open
from actions.casework.notices.notice import asks_about_notices
from actions.casework.reading.digressions import asks_erasure
from actions.casework.reading.vague import asks_what_it_can_do
from actions.handlers import story
from actions.handlers.handoff import next_opening_words
from actions.handlers.identity import say_notices
from actions.handlers.tracker import read_message
from actions.handlers.turn import Events, Handler, Turn, set_slots
from actions.usecases.answer_question import Answered, DontKnow, answer_question
from actions.usecases.device_notices import device_notices
from actions.usecases.look_up_device import Found


class AnswerHours(Handler):
    """Opening hours, and whether people are there now (R13)."""

    name_ = "action_answer_hours"

    def act(self, turn: Turn) -> Events:
        say_hours(turn)
        return []


def say_hours(turn: Turn) -> None:
    """Opening hours as they are at this moment."""
    if is_open(turn.world.clock.now()):
        turn.say("hours_open")
    else:
        turn.say("hours_closed", next_opening=next_opening_words(turn))


class AnswerQuestion(Handler):
    """A question in between: the article with its rules, or "I don't know" and a person."""

    name_ = "action_answer_question"

    def act(self, turn: Turn) -> Events:
        message = read_message(turn.tracker)
        if asks_about_notices(message.text):
            return _tell_notices(turn)
        if asks_erasure(message.text):
            turn.say("erase_how")
            turn.offer_person()
            return set_slots({"answered": "told"})
        if asks_what_it_can_do(message.text):
            turn.say("what_i_can_do")
            return set_slots({"answered": "told"})
        answer = answer_question(
            turn.world.knowledge, message.text, turn.language, message.intent, message.one("component")
        )
        told: dict[str, object] = {"answered": "told"}
        if turn.slot("decision") and message.intent == "ask_coverage" and _of_this_pc(answer):
            turn.say("coverage_decided")
        elif isinstance(answer, DontKnow):
            turn.say("answer_unknown")
            turn.offer_person()
        elif answer.article == "hours":
            say_hours(turn)
        else:
            told = tell(turn, answer)
        return set_slots(told)

    def on_trouble(self, turn: Turn) -> Events:
        return set_slots({"answered": "told"})


def tell(turn: Turn, answer: Answered) -> dict[str, object]:
    """Say the article. What only a person can deal with goes to one, or is offered one in the middle of a fault."""
    turn.say("answer_with_rules", text=answer.text, rules=", ".join(answer.rules))
    if not answer.person:
        return {"answered": "told"}
    if _in_the_middle(turn):
        turn.offer_person()
        return {"answered": "told"}
    return {"answered": "person", "handoff_reason": answer.article}


def _tell_notices(turn: Turn) -> Events:
    """The notices about the customer's device; where none is known yet, that is said."""
    found = story.look_up(turn)
    if isinstance(found, Found):
        notices = device_notices(turn.world.notices, found.device, turn.world.clock.now())
        say_notices(turn, notices)
        if not notices:
            turn.say("notice_none", product_name=found.device.product_name)
    else:
        turn.say("notice_which_device")
    turn.offer_person()
    return set_slots({"answered": "told"})


def _in_the_middle(turn: Turn) -> bool:
    """Whether a fault is being told or anything else is open that would be lost."""
    form = (turn.tracker.active_loop or {}).get("name")
    return form not in (None, "closing_form", "feedback_form") and not (
        form == "fault_form" and not turn.slot("symptom")
    )


def _of_this_pc(answer: Answered | DontKnow) -> bool:
    """Whether "is it covered" names nothing but the PC that was decided on."""
    return isinstance(answer, DontKnow) or answer.article == "covered_parts"
