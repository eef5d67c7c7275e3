"""Reads a script file (docs/scripts.md) into a `Script`, or says line by line what is wrong with it."""

from __future__ import annotations

from pathlib import Path

from actions.casework.facts import Cause, Component, Diagnosis, SafetyFlag, Symptom
from actions.casework.troubleshooting.model import (
    ANY_VALUE,
    CANNOT,
    FILE_SENT,
    HIGHEST_LEVEL,
    BlinkHandling,
    Condition,
    End,
    Expects,
    Fact,
    Outcome,
    Script,
    Step,
    Target,
)
from actions.casework.troubleshooting.source import Node, Problem, Source
from actions.casework.troubleshooting.words import FORM_FACTORS, WORD, check_id, check_word

#: Facts that a script may settle, and the words each may be.
FACTS: dict[str, frozenset[str] | type] = {
    "component": frozenset(Component),
    "cause": frozenset(Cause),
    "battery_fault": frozenset({"defect", "worn"}),
    "safety_flags": frozenset(SafetyFlag),
    "hp_part": bool,
    "opened_by_others": bool,
    "csr_willing": bool,
}


def read_script(path: Path) -> tuple[Script | None, list[Problem]]:
    """The script in `path` and the problems of its form; None where it can't be run at all."""
    source = Source(path)
    top = source.read()
    if top is None:
        return None, source.problems
    top.allow(
        "script", "symptoms", "safety_screen", "component", "component_by_symptom", "source", "on_failure_id", "steps"
    )
    name = top.text("script", required=True)
    check_id(top, "script", name)
    if name and name != path.stem:
        top.problem("script", f"the file of script `{name}` should be called {name}.yml")
    symptoms = top.words("symptoms", required=True)
    for symptom in symptoms:
        check_word(top, "symptoms", symptom, frozenset(Symptom))
    safety_screen = top.get("safety_screen", bool, required=True)
    component = top.text("component", required=True)
    check_word(top, "component", component, frozenset(Component))
    by_symptom = _components(top)
    origin = top.text("source", required=True)
    failure = _target(top, "on_failure_id") if "on_failure_id" in top else Target(end=End(Outcome.REPAIR))
    if failure is not None and failure.end is None:
        top.problem("on_failure_id", "a failure id ends the testing: `on_failure_id` needs an `end`")
    steps = {step_id: _step(step_id, node) for step_id, node in top.nodes("steps", required=True)}
    if not steps and "steps" in top:
        top.problem("steps", "a script needs at least one step")
    if source.problems or failure is None:
        return None, source.problems
    return Script(
        name=name,
        symptoms=frozenset(Symptom(symptom) for symptom in symptoms),
        safety_screen=safety_screen,
        component=Component(component),
        source=origin,
        steps=steps,
        component_by_symptom=by_symptom,
        on_failure_id=failure,
        path=path,
    ), []


def _components(top: Node) -> dict[str, Component]:
    node = top.node("component_by_symptom")
    if node is None:
        return {}
    found = {}
    for symptom in node.data:
        check_word(node, symptom, symptom, frozenset(Symptom))
        word = node.text(symptom)
        if check_word(node, symptom, word, frozenset(Component)):
            found[symptom] = Component(word)
    return found


def _step(step_id: str, node: Node) -> Step:
    node.allow("shared", "level", "minutes", "source", "expects", "when", "csr", "otherwise", "values", "answers")
    check_id(node, "", step_id)
    level, minutes = node.get("level", int, required=True) or 0, node.get("minutes", int, required=True)
    csr = node.text("csr")
    if csr:
        check_word(node, "csr", csr, frozenset(Component))
    if level and not 1 <= level <= HIGHEST_LEVEL and not csr:
        node.problem("level", f"level {level} is for technicians: a customer's step has level 1 to {HIGHEST_LEVEL}"
                              ", or `csr:` and the part that HP lets customers handle")  # fmt: skip
    if minutes is not None and minutes < 1:
        node.problem("minutes", "`minutes` should be 1 or more")
    expects = node.text("expects")
    if expects:
        check_word(node, "expects", expects, frozenset(Expects))
    kind = Expects(expects) if expects in frozenset(Expects) else None
    when = _condition(node)
    conditional = bool(csr) or when != Condition()
    otherwise = _target(node, "otherwise") if "otherwise" in node else None
    if conditional and "otherwise" not in node:
        node.problem("otherwise", f"step `{step_id}` is not for everybody: `otherwise` must say where the rest go")
    if not conditional and "otherwise" in node:
        node.problem("otherwise", f"step `{step_id}` is for everybody: `otherwise` needs a `when` or `csr` beside it")
    return Step(
        id=step_id,
        level=level,
        minutes=minutes or 1,
        source=node.text("source", required=True),
        answers=_answers(step_id, node, kind),
        expects=kind,
        values=_values(step_id, node, kind),
        when=when,
        csr=csr,
        otherwise=otherwise,
        shared=node.text("shared"),
        line=node.line,
    )


def _condition(step: Node) -> Condition:
    node = step.node("when")
    if node is None:
        return Condition()
    node.allow("form_factor", "symptom", "csr")
    forms, symptoms, csr = node.words("form_factor"), node.words("symptom"), node.text("csr")
    for form in forms:
        check_word(node, "form_factor", form, FORM_FACTORS)
    for symptom in symptoms:
        check_word(node, "symptom", symptom, frozenset(Symptom))
    if csr:
        check_word(node, "csr", csr, frozenset(Component))
    return Condition(frozenset(forms), frozenset(symptoms), csr)


def _answers(step_id: str, step: Node, kind: Expects | None) -> dict[str, Target]:
    node = step.node("answers", required=True)
    if node is None:
        return {}
    found = {}
    for answer in node.data:
        if answer != CANNOT:
            check_id(node, answer, str(answer), answer=True)
        target = _target(node, answer)
        if target is not None:
            found[str(answer)] = target
    if CANNOT not in node and "not_fixed" not in node:
        node.problem(
            "", f"step `{step_id}` does not say where `cannot` leads (it follows `not_fixed` where there is one)"
        )
    if (kind is Expects.FILE) != (FILE_SENT in node):
        node.problem(
            "", f"step `{step_id}`: `expects: file` and the answer `{FILE_SENT}` belong together, and to nothing else"
        )
    if not kind and not any(answer != CANNOT for answer in found):
        node.problem("", f"step `{step_id}` has no answer to give but `cannot`")
    return found


def _values(step_id: str, step: Node, kind: Expects | None) -> dict[str, Target]:
    if kind in (None, Expects.FAILURE_ID, Expects.FILE):
        if "values" in step:
            step.problem(
                "values",
                "`values` belongs to a step that expects a value; failure ids follow `on_failure_id`, files none",
            )
        return {}
    node = step.node("values", required=True)
    if node is None:
        return {}
    classes = tuple(BlinkHandling) if kind is Expects.BLINK_CODE else (ANY_VALUE,)
    node.allow(*classes)
    for missing in (word for word in classes if word not in node):
        node.problem("", f"step `{step_id}` does not say where the value `{missing}` leads")
    return {str(word): target for word in node.data if (target := _target(node, word)) is not None}


def _target(parent: Node, key: str) -> Target | None:
    """A step's name, or `go:`/`end:` with what it settles."""
    line = parent.line_of(key)
    value = parent.data[key]
    if isinstance(value, str):
        return Target(step=value, line=line)
    node = parent.node(key) if value is not None else None
    if node is None:
        if value is None:
            parent.problem(key, f"`{key}` leads nowhere: name a step or an `end`")
        return None
    node.allow("go", "end", "component", "cause", "diagnosis", "reason", "set")
    if ("go" in node) == ("end" in node):
        parent.problem(key, f"`{key}` needs either `go: <step>` or `end: <outcome>`")
        return None
    sets = _facts(node)
    if "go" in node:
        for word in ("component", "cause", "diagnosis", "reason"):
            if word in node:
                node.problem(word, f"`{word}` belongs to an `end`; use `set:` to settle it on the way")
        return Target(step=node.text("go"), sets=sets, line=line)
    return Target(end=_end(node), sets=sets, line=line)


def _end(node: Node) -> End | None:
    words = {key: node.text(key) for key in ("component", "cause", "diagnosis", "reason")}
    for key, known in (("component", Component), ("cause", Cause), ("diagnosis", Diagnosis)):
        if words[key]:
            check_word(node, key, words[key], frozenset(known))
    if words["reason"] and not WORD.fullmatch(words["reason"]):
        node.problem("reason", "`reason` should be one word of small letters, digits and _")
    outcome = node.text("end")
    if not check_word(node, "end", outcome, frozenset(Outcome)):
        return None
    if outcome == Outcome.HUMAN and not words["reason"]:
        node.problem("end", "an end with a person needs a `reason`: the person should know why")
    return End(Outcome(outcome), **words)


def _facts(node: Node) -> dict[str, Fact]:
    inner = node.node("set")
    if inner is None:
        return {}
    inner.allow(*FACTS)
    facts: dict[str, Fact] = {}
    for name in (name for name in inner.data if name in FACTS):
        known = FACTS[name]
        if known is bool:
            facts[name] = bool(inner.get(name, bool))
        elif isinstance(known, frozenset) and check_word(inner, name, inner.text(name), known):
            facts[name] = inner.text(name)
    return facts
