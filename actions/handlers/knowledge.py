"""Answers in between that depend on the clock or on what was decided."""

from __future__ import annotations

from actions.casework.hours.hours import is_open
from actions.handlers.handoff import next_opening_words
from actions.handlers.tracker import read_message
from actions.handlers.turn import Events, Handler, Turn
from actions.usecases.answer_question import Answered, DontKnow, answer_question


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
        answer = answer_question(
            turn.world.knowledge, message.text, turn.language, message.intent, message.one("component")
        )
        if turn.slot("decision") and message.intent == "ask_coverage" and _of_this_pc(answer):
            turn.say("coverage_decided")
        elif isinstance(answer, DontKnow):
            turn.say("answer_unknown")
            turn.offer_person()
        elif answer.article == "hours":
            say_hours(turn)
        else:
            turn.say("answer_with_rules", text=answer.text, rules=", ".join(answer.rules))
        return []


def _of_this_pc(answer: Answered | DontKnow) -> bool:
    """Whether "is it covered" names nothing but the PC that was decided on."""
    return isinstance(answer, DontKnow) or answer.article == "covered_parts"
