"""Walks a script, one answered step at a time. Pure: the same script and answers give the same way.

    position = start(script, context)
    while isinstance(position, Position):
        question = ask(script, position)
        position = answer(script, position, Answer(choice="not_fixed"))

A script always ends: `lint` forbids loops, two `cannot` end it with a person (R92), a failure id with a repair.
"""

from __future__ import annotations

from dataclasses import replace

from actions.casework.facts import Diagnosis
from actions.casework.troubleshooting.blink_codes import look_up_blink_code
from actions.casework.troubleshooting.model import (
    ANY_VALUE,
    CANNOT,
    Context,
    End,
    Expects,
    Fact,
    Outcome,
    Script,
    Step,
    Target,
)
from actions.casework.troubleshooting.position import Answer, Choice, Ended, Position, Question, Trace
from actions.casework.troubleshooting.routes import is_for, longest_way
from actions.casework.troubleshooting.values import find_failure_id, read_failure_id, read_value

#: So many "I can't" end the testing (R92).
CANNOT_LIMIT = 2
CANNOT_REASON = "cannot_test"
FAILURE_ID_REASON = "failure_id"

_DIAGNOSES = {
    Outcome.REPAIR: Diagnosis.HARDWARE,
    Outcome.CSR: Diagnosis.HARDWARE,
    Outcome.NOT_HP_PART: Diagnosis.HARDWARE,
    Outcome.SOFTWARE_ONLY: Diagnosis.SOFTWARE_ONLY,
    Outcome.CONNECTION_ONLY: Diagnosis.CONNECTION_ONLY,
}


class NotUnderstood(ValueError):
    """The answer fits neither a choice nor the value asked for; `text_key` says what would."""

    def __init__(self, text_key: str) -> None:
        super().__init__(text_key)
        self.text_key = text_key


class ScriptChanged(LookupError):
    """The position's step is not in the script any more (it was edited meanwhile): start it again."""


def start(script: Script, context: Context) -> Position:
    """The first step that is for this customer."""
    arrived = _arrive(script, Position(script.name, script.first, context), Target(step=script.first))
    if isinstance(arrived, Ended):
        raise ValueError(f"script {script.name} ends before its first step")
    return arrived


def ask(script: Script, position: Position) -> Question:
    """What to ask now. Raises ScriptChanged."""
    step = _step(script, position)
    number, of = progress(script, position)
    return Question(
        script=script.name,
        step=step.id,
        text_key=script.text_key(step.id),
        why_key=script.why_key(step.id),
        choices=tuple(Choice(choice, script.title_key(step.id, choice)) for choice in step.choices),
        expects=step.expects,
        minutes=step.minutes,
        number=number,
        of=of,
    )


def answer(script: Script, position: Position, given: Answer) -> Position | Ended:
    """The next step, or how it ended. Raises NotUnderstood (the position stays) and ScriptChanged."""
    step = _step(script, position)
    if given.choice:
        return _choose(script, position, step, given.choice)
    return _take_value(script, position, step, given.value)


def back(position: Position) -> Position:
    """The step before, with what was known then; the same position at the first step."""
    if not position.trail:
        return position
    last = position.trail[-1]
    return replace(position, step=last.step, facts=last.facts, cannots=last.cannots, trail=position.trail[:-1])


def progress(script: Script, position: Position) -> tuple[int, int]:
    """(n, of): this is step n, and there are at most `of`. `of` never grows on the way forward."""
    asked = len(position.trail)
    return asked + 1, asked + longest_way(script, position.step, position.context)


def choice_for_intent(script: Script, position: Position, intent: str) -> str:
    """The choice that "it works now"/"yes", "still broken"/"no" or "I can't" mean at this step, or "".

    A bare no also means the one answer of the step's own that says no (`nothing`, `no_other`).
    """
    step = _step(script, position)
    choices = step.choices
    if step.expects is Expects.FILE:
        return CANNOT if intent in ("deny", "cannot") else ""
    wanted = {"affirm": ("fixed", "yes", "done"), "deny": ("not_fixed", "no"), "cannot": (CANNOT,)}.get(intent, ())
    meant = next((choice for choice in choices if choice in wanted), "")
    if not meant and intent == "deny":
        own = [choice for choice in choices if choice == "nothing" or choice.startswith("no_")]
        return own[0] if len(own) == 1 else ""
    return meant


def _choose(script: Script, position: Position, step: Step, choice: str) -> Position | Ended:
    if choice not in step.choices:
        raise NotUnderstood("bad_ts_answer")
    if choice != CANNOT:
        return _arrive(script, _record(position, choice), step.answers[choice])
    if step.expects is Expects.FILE:  # who sends no picture can still test
        return _arrive(script, _record(position, CANNOT), step.cannot)
    moved = replace(_record(position, CANNOT), cannots=position.cannots + 1)
    if moved.cannots >= CANNOT_LIMIT:
        return _end(script, moved, End(Outcome.HUMAN, reason=CANNOT_REASON))
    return _arrive(script, moved, step.cannot)


def _take_value(script: Script, position: Position, step: Step, text: str) -> Position | Ended:
    failure_id = read_failure_id(text) if step.expects is Expects.FAILURE_ID else find_failure_id(text)
    if failure_id:
        return _arrive(script, _learn(_record(position, failure_id), "failure_id", failure_id), script.on_failure_id)
    value = read_value(step.expects, text) if step.expects else None
    if not step.expects or value is None:
        raise NotUnderstood(f"bad_ts_answer_{step.expects}" if step.expects else "bad_ts_answer")
    moved = _record(position, value)
    if step.expects is Expects.BLINK_CODE:
        code = look_up_blink_code(value, position.context.form_factor)
        moved = _learn(_learn(moved, "blink_code", value), "component", code.component.value)
        return _arrive(script, moved, step.values[code.handling])
    fact: Fact = int(value) if step.expects is Expects.BATTERY_CAPACITY_PCT else value
    name = "note" if step.expects is Expects.TEXT else step.expects.value
    return _arrive(script, _learn(moved, name, fact), step.values[ANY_VALUE])


def _arrive(script: Script, position: Position, target: Target) -> Position | Ended:
    """Follow a target, past the steps that are not for this customer."""
    for _ in range(len(script.steps) + 1):
        position = replace(position, facts={**position.facts, **target.sets})
        if target.end:
            return _end(script, position, target.end, target is script.on_failure_id)
        step = script.steps[target.step]
        if is_for(step, position.context, position.facts) or not step.otherwise:
            return replace(position, step=step.id)
        target = step.otherwise
    raise ValueError(f"script {script.name} goes round at {target.step}")


def _end(script: Script, position: Position, end: End, by_failure_id: bool = False) -> Ended:
    default = script.component_by_symptom.get(position.context.symptom, script.component)
    facts = position.facts
    if end.outcome is Outcome.NOT_HP_PART:
        facts = {**facts, "hp_part": False}
    return Ended(
        script=script.name,
        outcome=end.outcome,
        component=end.component or str(facts.get("component", default)),
        cause=end.cause or str(facts.get("cause", "")),
        diagnosis=end.diagnosis or _DIAGNOSES.get(end.outcome, Diagnosis.UNKNOWN).value,
        reason=end.reason or (FAILURE_ID_REASON if by_failure_id else ""),
        facts=facts,
        steps=position.steps_taken,
    )


def _record(position: Position, said: str) -> Position:
    trace = Trace(position.step, said, position.facts, position.cannots)
    return replace(position, trail=(*position.trail, trace))


def _learn(position: Position, name: str, fact: Fact) -> Position:
    return replace(position, facts={**position.facts, name: fact})


def _step(script: Script, position: Position) -> Step:
    if position.script != script.name or position.step not in script.steps:
        raise ScriptChanged(f"{position.script}/{position.step}")
    return script.steps[position.step]
