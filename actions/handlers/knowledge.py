"""Answers in between that depend on the clock or on what was decided."""

from __future__ import annotations

from actions.casework.hours.hours import is_open
from actions.handlers.handoff import next_opening_words
from actions.handlers.turn import Events, Handler, Turn


class AnswerHours(Handler):
    """Opening hours, and whether people are there now (R13)."""

    name_ = "action_answer_hours"

    def act(self, turn: Turn) -> Events:
        if is_open(turn.world.clock.now()):
            turn.say("hours_open")
        else:
            turn.say("hours_closed", next_opening=next_opening_words(turn))
        return []


class AnswerCoverage(Handler):
    """What the service covers in general; the card, once there is one."""

    name_ = "action_answer_coverage"

    def act(self, turn: Turn) -> Events:
        turn.say("coverage_decided" if turn.slot("decision") else "coverage_general")
        return []
