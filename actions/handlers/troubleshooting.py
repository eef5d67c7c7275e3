"""What is wrong, whether it is dangerous, and the steps that may put it right (R18, domain.md 3)."""

from __future__ import annotations

from actions.casework.reading.fault import FAULT_SLOTS, told_at_once
from actions.casework.reading.readers import MORE
from actions.casework.reading.step import TOLD_EARLIER
from actions.casework.reading.symptom_pages import page
from actions.casework.troubleshooting.engine import ScriptChanged, ask, start
from actions.casework.troubleshooting.library import load_scripts, script_for
from actions.casework.troubleshooting.model import Context, Expects
from actions.casework.troubleshooting.position import Position
from actions.handlers import story
from actions.handlers.tracker import read_message
from actions.handlers.turn import Events, Handler, Turn, choice, set_slots
from actions.usecases.look_up_device import Found


class ValidateFaultForm(Handler):
    """Asks about danger only where the fault's script says that it may be dangerous (3.0)."""

    name_ = "validate_fault_form"

    def act(self, turn: Turn) -> Events:
        symptom = turn.slot("symptom")
        if symptom is None:
            return set_slots({"requested_slot": "symptom"})
        screen = script_for(symptom).safety_screen and turn.slot("safety_flags") is None
        return set_slots({"requested_slot": "safety_flags" if screen else None})


class AskSymptom(Handler):
    """In one's own words, or by choosing; "something else" leads on to more choices."""

    name_ = "action_ask_symptom"

    def act(self, turn: Turn) -> Events:
        number = int(turn.slot("symptom_page") or 0)
        symptoms, more = page(number)
        choices = [(choice(symptom), turn.text(f"title_symptom_{symptom}")) for symptom in symptoms]
        if more:
            choices.append((choice(MORE), turn.text("title_symptom_more")))
        turn.ask("symptom", "choice", turn.text("ask_symptom_more" if number else "ask_symptom"), choices)
        return []


class ScreenSafety(Handler):
    """Any sign of danger stops everything (A1)."""

    name_ = "action_screen_safety"

    def act(self, turn: Turn) -> Events:
        return set_slots({"danger": bool(turn.slot("safety_flags"))})

    def on_trouble(self, turn: Turn) -> Events:
        return set_slots({"danger": True})


class StopForSafety(Handler):
    """Says what to do now; a person takes over, and nothing is collected or labelled (domain.md 0.1)."""

    name_ = "action_stop_for_safety"

    def act(self, turn: Turn) -> Events:
        decision = story.show_decision(turn, danger=True)
        turn.say("safety_person_takes_over")
        return set_slots({"decision": decision, "handoff_reason": "safety"})


class AskStep(Handler):
    """Asks the current step of the script."""

    name_ = "action_ask_troubleshooting_form_ts_answer"

    def act(self, turn: Turn) -> Events:
        position = self._position(turn)
        script = load_scripts().get(position.script)
        question = ask(script, position)
        progress = turn.text("script_progress", n=question.number, of=question.of)
        choices = [(choice(offered.id), turn.text(offered.title_key)) for offered in question.choices]
        known = turn.slot(TOLD_EARLIER[question.expects]) if question.expects in TOLD_EARLIER else None
        if known:
            choices.insert(0, (choice(str(known)), str(known)))
        text = f"{progress}: {turn.text(question.text_key)}"
        kind = "file" if question.expects is Expects.FILE else "choice"
        turn.ask("ts_answer", kind, text, choices, script=question.script, step=question.step)
        return set_slots({"ts_position": position.to_dict()})

    def _position(self, turn: Turn) -> Position:
        """Where the customer stands; the start where the script is new or was edited meanwhile."""
        kept = turn.slot("ts_position")
        if kept:
            position = Position.from_dict(kept)
            try:
                ask(load_scripts().get(position.script), position)
                return position
            except (ScriptChanged, KeyError):
                pass
        found = story.look_up(turn)
        device = found.device if isinstance(found, Found) else None
        symptom = turn.slot("symptom")
        context = Context(
            symptom=symptom,
            form_factor=device.form_factor if device else "",
            csr_parts=device.csr_parts if device else frozenset(),
        )
        return start(script_for(symptom), context)


class NewFault(Handler):
    """Clears what belonged to the last fault; who the customer is stays, and so does what they just said."""

    name_ = "action_new_fault"

    def act(self, turn: Turn) -> Events:
        cleared: dict[str, object] = dict.fromkeys(FAULT_SLOTS)
        message = read_message(turn.tracker)
        known = [*(turn.slot("known_cases") or ()), *([turn.slot("case_id")] if turn.slot("case_id") else ())]
        return set_slots({**cleared, "known_cases": known, **told_at_once(message, cleared)})


class AcknowledgeCorrection(Handler):
    """Says that it was heard; what depends on it is done again by the rules."""

    name_ = "action_acknowledge_correction"

    def act(self, turn: Turn) -> Events:
        turn.say("corrected")
        return []
