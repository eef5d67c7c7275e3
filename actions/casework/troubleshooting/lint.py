"""Finds what is wrong with scripts and their texts before a customer does: every problem with file and line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from actions.casework.facts import Language
from actions.casework.troubleshooting.blink_codes import meaning_keys
from actions.casework.troubleshooting.customer_limits import beyond_the_customer
from actions.casework.troubleshooting.library import GENERAL
from actions.casework.troubleshooting.model import GENERIC_ANSWERS, SKIP_TITLE, Context, Script, Step
from actions.casework.troubleshooting.reader import read_script
from actions.casework.troubleshooting.routes import dead_ends, is_for, loops, unreachable
from actions.casework.troubleshooting.source import Problem
from actions.casework.troubleshooting.texts import Text, read_texts

#: Texts that the conversation says around the steps, used without being named in a script.
COMMON_KEYS = frozenset({"script_progress", SKIP_TITLE, *(f"answer_{answer}" for answer in GENERIC_ANSWERS)})


def check_scripts(scripts_folder: Path, responses: Path) -> list[Problem]:
    """Everything wrong with the scripts of a folder and their texts in `responses`/<language>/scripts/, by place."""
    problems: list[Problem] = []
    scripts: list[Script] = []
    paths = sorted(scripts_folder.glob("*.yml"))
    for path in paths:
        script, wrong = read_script(path)
        problems += wrong
        if script:
            scripts.append(script)
            problems += check_ways(script)
    if not any(path.stem == GENERAL for path in paths):
        problems.append(
            Problem(
                scripts_folder / f"{GENERAL}.yml", 1, f"no script `{GENERAL}`: it serves every symptom without its own"
            )
        )
    problems += _served_twice(scripts)
    # A script that can't be read uses texts nobody knows of: only then is an unused text no problem.
    problems += check_texts(scripts, responses, unused=len(scripts) == len(paths))
    return sorted(set(problems))


def check_ways(script: Script) -> list[Problem]:
    """Dead ends, loops, steps that are never reached, and a beginning that is an end."""
    found = [
        Problem(
            script.path, target.line, f"dead end: `{answer}` of step `{step}` leads to `{target.step}`, no such step"
        )
        for step, answer, target in dead_ends(script)
    ]
    found += [
        Problem(script.path, target.line, f"loop: `{answer}` of step `{step}` leads back to `{target.step}`")
        for step, answer, target in loops(script)
    ]
    found += [
        Problem(script.path, script.steps[step].line, f"unreachable: no answer leads to step `{step}`")
        for step in unreachable(script)
    ]
    return found or list(_empty_beginnings(script))


def check_texts(scripts: list[Script], responses: Path, unused: bool = True) -> list[Problem]:
    """Missing and unused texts, key collisions, equal titles in one step, and words no customer's step may say."""
    problems: list[Problem] = []
    places: dict[str, list[tuple[Script, Step, str]]] = defaultdict(list)
    for script in scripts:
        for step in script.steps.values():
            for role, key in _keys_of(script, step):
                places[key].append((script, step, role))
    problems += _collisions(places)
    for language in Language:
        texts, wrong = read_texts(responses / language / "scripts")
        problems += wrong
        for key, users in places.items():
            if key not in texts:
                script, step, _ = users[0]
                problems.append(Problem(script.path, step.line, f"no text `{key}` in language {language}"))
        common = responses / language / "scripts" / "common.yml"
        problems += [
            Problem(common, 1, f"no text `{key}` in language {language}")
            for key in sorted(COMMON_KEYS | meaning_keys())
            if key not in texts
        ]
        if unused:
            problems += [
                Problem(text.path, text.line, f"text `{key}` is used by no script")
                for key, text in texts.items()
                if key not in places and key not in COMMON_KEYS | meaning_keys()
            ]
        problems += _equal_titles(scripts, texts, language)
        problems += _beyond(places, texts, language)
    return problems


def _keys_of(script: Script, step: Step) -> Iterator[tuple[str, str]]:
    yield "instruction", script.text_key(step.id)
    yield "why", script.why_key(step.id)
    for choice in step.choices:
        yield f"answer {choice}", script.title_key(step.id, choice)


def _served_twice(scripts: list[Script]) -> list[Problem]:
    serving: dict[str, Script] = {}
    problems = []
    for script in scripts:
        for symptom in sorted(script.symptoms):
            first = serving.setdefault(symptom, script)
            if first is not script:
                problems.append(
                    Problem(script.path, 1, f"symptom `{symptom}` is served by script `{first.name}` already")
                )
    return problems


def _empty_beginnings(script: Script) -> Iterator[Problem]:
    """A customer for whom every first step is skipped would be sent away without a question."""
    first = script.steps[script.first]
    at = first
    while at.otherwise and not at.otherwise.end:
        at = script.steps[at.otherwise.step]
    skipped = at.otherwise and at.otherwise.end and not is_for(at, Context(), {})
    if skipped:
        yield Problem(script.path, first.line, f"script `{script.name}` may end before its first step is asked")


def _collisions(places: Mapping[str, list[tuple[Script, Step, str]]]) -> list[Problem]:
    problems = []
    for key, users in places.items():
        own = {(script.name, step.id, role) for script, step, role in users}
        alike = {(step.shared or None, role) for _, step, role in users}
        shared = len(alike) == 1 and next(iter(alike))[0] is not None
        generic = key in COMMON_KEYS
        if len(own) > 1 and not shared and not generic:
            script, step, _ = users[-1]
            names = ", ".join(sorted(f"{name}/{at} ({role})" for name, at, role in own))
            problems.append(
                Problem(script.path, step.line, f"text `{key}` would serve two things: {names}; rename one")
            )
    return problems


def _equal_titles(scripts: list[Script], texts: Mapping[str, Text], language: Language) -> Iterator[Problem]:
    for script in scripts:
        for step in script.steps.values():
            titles: dict[str, str] = {}
            for choice in step.choices:
                text = texts.get(script.title_key(step.id, choice))
                if text and titles.setdefault(text.text.casefold(), choice) != choice:
                    yield Problem(
                        script.path, step.line, f'step `{step.id}` offers the answer "{text.text}" twice ({language})'
                    )


def _beyond(
    places: Mapping[str, list[tuple[Script, Step, str]]], texts: Mapping[str, Text], language: Language
) -> Iterator[Problem]:
    for key, users in places.items():
        text = texts.get(key)
        # Titles say what the customer sees, not what to do.
        if text is None or all(role not in ("instruction", "why") for _, _, role in users):
            continue
        words = beyond_the_customer(text.text, language, may_open=all(step.csr for _, step, _ in users))
        if words:
            yield Problem(text.path, text.line, f'text `{key}` asks for more than a customer may do: "{words}"')
