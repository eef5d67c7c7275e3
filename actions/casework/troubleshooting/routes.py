"""Ways through a script: which steps follow which, which a customer meets, and how many may still come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from actions.casework.troubleshooting.model import Context, Fact, Script, Step, Target

CSR_WILLING = "csr_willing"


def ways_out(step: Step) -> Iterator[tuple[str, Target]]:
    """Each answer (or `values: …`, `otherwise`) of a step and where it leads; an implicit `cannot` is left out."""
    yield from step.answers.items()
    yield from ((f"values: {word}", target) for word, target in step.values.items())
    if step.otherwise:
        yield "otherwise", step.otherwise


def is_for(step: Step, context: Context, facts: Mapping[str, Fact]) -> bool:
    """Whether a step is for this customer: its condition holds, and a part is handled only by who agreed to."""
    if not step.when.may_hold(context):
        return False
    if not step.csr:
        return True
    willing = facts.get(CSR_WILLING, context.willing)
    return step.csr in context.csr_parts and willing is True


def longest_way(script: Script, step_id: str, context: Context) -> int:
    """The most steps that may be asked from here, this one included; a refusal may make it shorter, nothing longer."""
    lengths: dict[str, int] = {}

    def length(at: str) -> int:
        if at not in lengths:
            step = script.steps[at]
            asked = step.when.may_hold(context) and (not step.csr or step.csr in context.csr_parts)
            ways = [*step.answers.values(), *step.values.values()] if asked else []
            # A part may also be left alone on the way, because the customer did not agree to handle it.
            if step.otherwise and (not asked or step.csr):
                ways.append(step.otherwise)
            lengths[at] = asked + max((length(way.step) for way in ways if way.step), default=0)
        return lengths[at]

    return length(step_id)


def unreachable(script: Script) -> list[str]:
    """Steps that no answer leads to."""
    seen: set[str] = set()
    waiting = [script.first]
    while waiting:
        at = waiting.pop()
        if at not in seen and at in script.steps:
            seen.add(at)
            waiting.extend(target.step for target in script.steps[at].targets if target.step)
    return [step for step in script.steps if step not in seen]


def loops(script: Script) -> list[tuple[str, str, Target]]:
    """(step, answer, target) wherever an answer leads back to a step that may already have been asked."""
    found: list[tuple[str, str, Target]] = []
    done: set[str] = set()

    def visit(at: str, open_steps: tuple[str, ...]) -> None:
        for answer, target in ways_out(script.steps[at]):
            if target.step in open_steps:
                found.append((at, answer, target))
            elif target.step in script.steps and target.step not in done:
                visit(target.step, (*open_steps, target.step))
        done.add(at)

    for step in script.steps:
        if step not in done:
            visit(step, (step,))
    return found


def dead_ends(script: Script) -> list[tuple[str, str, Target]]:
    """(step, answer, target) wherever an answer leads to a step that does not exist."""
    return [
        (step.id, answer, target)
        for step in script.steps.values()
        for answer, target in ways_out(step)
        if target.step and target.step not in script.steps
    ]
