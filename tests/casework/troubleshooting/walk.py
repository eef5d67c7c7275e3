"""Walks scripts on every path, for every kind of customer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from actions.casework.troubleshooting.engine import answer, ask, start
from actions.casework.troubleshooting.model import CANNOT, Context, Expects, Script
from actions.casework.troubleshooting.position import Answer, Ended, Position

FAILURE_ID = "QCJ1P58KR7DWXD6BJM60UN03"

#: A value of each kind; blink codes one for each handling.
VALUES = {
    Expects.FAILURE_ID: (FAILURE_ID,),
    Expects.BLINK_CODE: ("2.2", "2.3", "3.2", "3.4", "3.5", "3.6", "4.2", "9.9", "5"),
    Expects.BATTERY_CAPACITY_PCT: ("0", "49", "50", "100"),
    Expects.FILE: (FAILURE_ID,),
    Expects.TEXT: ("Den går i sort",),
}

FORMS = ("notebook", "desktop", "aio", "workstation", "mobile_workstation", "tablet", "thin_client", "")


def contexts(script: Script) -> Iterator[Context]:
    """Every kind of customer that a script may meet."""
    parts = (frozenset[str](), frozenset({"memory", "storage"}))
    for symptom, form, csr_parts, willing in product(sorted(script.symptoms), FORMS, parts, (None, True, False)):
        yield Context(symptom, form, csr_parts, willing)


def answers_to(script: Script, position: Position) -> list[Answer]:
    """Everything that may be answered at a step."""
    question = ask(script, position)
    choices = [Answer(choice=choice.id) for choice in question.choices]
    values = [Answer(value=value) for value in VALUES[question.expects]] if question.expects else []
    return [*choices, *values]


def endings(script: Script, context: Context, limit: int = 40) -> Iterator[Ended]:
    """How the script ends on every path; fails where one is longer than `limit` steps."""
    waiting: list[Position] = [start(script, context)]
    while waiting:
        position = waiting.pop()
        assert len(position.trail) < limit, f"{script.name} does not end: {position.steps_taken}"
        for given in answers_to(script, position):
            reached = answer(script, position, given)
            if isinstance(reached, Ended):
                yield reached
            else:
                waiting.append(reached)


def positions(script: Script, context: Context) -> Iterator[Position]:
    """One position at each step that this customer can reach, without more than one "I can't"."""
    seen: set[tuple[str, int]] = set()
    waiting = [start(script, context)]
    while waiting:
        position = waiting.pop()
        if (position.step, position.cannots) in seen:
            continue
        seen.add((position.step, position.cannots))
        yield position
        reached = (answer(script, position, given) for given in answers_to(script, position))
        waiting.extend(each for each in reached if isinstance(each, Position))


def cannot(script: Script, position: Position) -> Position | Ended:
    """The customer can't do this step."""
    return answer(script, position, Answer(choice=CANNOT))
