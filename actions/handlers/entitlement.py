"""What the customer is entitled to: asked as far as it can still change the verdict, then decided once."""

from __future__ import annotations

from actions.casework.entitlement.questions import early_decision, next_question
from actions.handlers import story
from actions.handlers.turn import Events, Handler, Turn, set_slots


def _early(turn: Turn) -> str:
    """Whether no remaining answer can change the verdict."""
    return "decided" if early_decision(story.known(turn)) else "go_on"


class CheckEntitlement(Handler):
    """The entitlement gate (table A)."""

    name_ = "action_check_entitlement"

    def act(self, turn: Turn) -> Events:
        return set_slots({"entitlement": _early(turn)})

    def on_trouble(self, turn: Turn) -> Events:
        return set_slots({"entitlement": "decided"})


class CheckCause(Handler):
    """What happened may decide before anything is tried (table D)."""

    name_ = "action_check_cause"

    def act(self, turn: Turn) -> Events:
        return set_slots({"entitlement": _early(turn)})

    def on_trouble(self, turn: Turn) -> Events:
        return set_slots({"entitlement": "decided"})


class ValidateCauseForm(Handler):
    """Asks about the cause, as far as it matters."""

    name_ = "validate_cause_form"

    def act(self, turn: Turn) -> Events:
        return set_slots({"requested_slot": next_question(story.known(turn), "cause")})


class ValidateCoverageForm(Handler):
    """Asks about the part and the delivery, as far as they matter."""

    name_ = "validate_coverage_form"

    def act(self, turn: Turn) -> Events:
        facts = story.known(turn)
        question = next_question(facts, "component") or next_question(facts, "delivery")
        return set_slots({"requested_slot": question})


class Decide(Handler):
    """Decides and shows the verdict as a card; the same answer goes on the case."""

    name_ = "action_decide"

    def act(self, turn: Turn) -> Events:
        return set_slots({"decision": story.show_decision(turn)})

    def on_trouble(self, turn: Turn) -> Events:
        return set_slots({"decision": None})
