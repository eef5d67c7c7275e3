"""Who should take a case: skill and priority from its facts. The table is routing.yml."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from actions.casework.data_file import DataFileError, load_yaml
from actions.casework.facts import Component, Symptom

FILE = Path(__file__).with_name("routing.yml")

SKILLS = frozenset({"safety", "business_down", "battery", "data_sensitive", "standard"})
PRIORITIES = ("urgent", "high", "normal")
FACTS = frozenset({"safety", "business", "cannot_work", "battery", "data_concern", "angry"})


@dataclass(frozen=True)
class Route:
    """Where a case goes."""

    skill: str
    priority: str
    people_first: bool = False  # the operator wants a person, whatever was decided


def route(
    *,
    safety: Collection[str] = (),
    symptom: str = "",
    component: str = "",
    customer_type: str = "",
    reason: str = "",
) -> Route:
    """Skill and priority of a case. `safety` are its flags, `customer_type` business or private, `reason` why a
    person is needed (an escalation reason), each empty where unknown."""
    table = _table()
    true = {
        name
        for name, holds in {
            "safety": bool(safety) or symptom == "safety" or reason in table["safety_reasons"],
            "business": customer_type == "business",
            "cannot_work": symptom in table["cannot_work_symptoms"],
            "battery": symptom in table["battery_symptoms"] or component in table["battery_components"],
            "data_concern": symptom in table["data_symptoms"]
            or component in table["data_components"]
            or reason in table["data_reasons"],
            "angry": reason in table["angry_reasons"],
        }.items()
        if holds
    }
    rows = [row for row in table["rows"] if true.issuperset(row["when"])]
    first = any(true.issuperset(facts) for facts in table["people_first"] or ())
    return Route(rows[0]["skill"], min((row["priority"] for row in rows), key=PRIORITIES.index), first)


def raised(before: Route, wanted: Route) -> Route:
    """The same skill, and the sooner of the two priorities."""
    return replace(before, priority=min(before.priority, wanted.priority, key=PRIORITIES.index))


@cache
def _table() -> Mapping[str, Any]:
    found = problems(FILE)
    if found:
        raise DataFileError("; ".join(found))
    table: Mapping[str, Any] = load_yaml(FILE)
    return table


def problems(file: Path = FILE) -> list[str]:
    """What is wrong with a routing file, each with file and line; empty where it can be used."""
    try:
        tree = yaml.compose(file.read_text(encoding="utf-8"))
    except OSError as error:
        return [f"{file}: {error.strerror}"]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return [f"{file}:{mark.line + 1 if mark else 1}: not YAML: {getattr(error, 'problem', error)}"]
    parts = _pairs(tree)
    found = [
        (node.start_mark.line, f"unknown name {name!r}") for name, (node, _) in parts.items() if name not in _PARTS
    ]
    found += [(0, f"{name} is missing") for name in _PARTS if name not in parts]
    for name, words in _LISTS.items():
        node = parts.get(name, (None, None))[1]
        found += [
            (each.start_mark.line, f"{name}: {each.value!r} is none")
            for each in _items(node)
            if words and each.value not in words
        ]
    for facts in _items(parts.get("people_first", (None, None))[1]):
        strange = [each.value for each in _items(facts) if each.value not in FACTS]
        if strange or not _items(facts):
            found.append((facts.start_mark.line, "people_first takes lists of facts, such as [[business, battery]]"))
    rows = _items(parts.get("rows", (None, None))[1])
    for row in rows:
        found += _row_problems(row)
    if not rows or _items(_pairs(rows[-1]).get("when", (None, None))[1]):
        found.append((rows[-1].start_mark.line if rows else 0, "the last row must take every case (when: [])"))
    return [f"{file}:{line + 1}: {what}" for line, what in sorted(found)]


#: Lists of routing.yml with the words they may hold; empty where any word may stand.
_LISTS: Mapping[str, frozenset[str]] = {
    "cannot_work_symptoms": frozenset(Symptom),
    "battery_symptoms": frozenset(Symptom),
    "battery_components": frozenset(Component),
    "data_symptoms": frozenset(Symptom),
    "data_components": frozenset(Component),
    "safety_reasons": frozenset(),
    "data_reasons": frozenset(),
    "angry_reasons": frozenset(),
}
_PARTS = ("rows", "people_first", *_LISTS)
_ROW = {"skill": SKILLS, "priority": frozenset(PRIORITIES)}


def _row_problems(row: yaml.Node) -> list[tuple[int, str]]:
    line, cells = row.start_mark.line, _pairs(row)
    found = [(line, f"a row has no {name!r}") for name in cells if name not in ("when", *_ROW)]
    found += [(line, f"the row lacks {name!r}") for name in ("when", *_ROW) if name not in cells]
    for name, words in _ROW.items():
        node = cells.get(name, (None, None))[1]
        if node is not None and node.value not in words:
            found.append((node.start_mark.line, f"{name}: {node.value!r} is none of {', '.join(sorted(words))}"))
    facts = _items(cells.get("when", (None, None))[1])
    return found + [
        (each.start_mark.line, f"when: {each.value!r} is no fact") for each in facts if each.value not in FACTS
    ]


def _pairs(node: yaml.Node | None) -> dict[str, tuple[yaml.Node, yaml.Node]]:
    """A mapping's entries by name; none where it is no mapping."""
    return {key.value: (key, value) for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}


def _items(node: yaml.Node | None) -> list[Any]:
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []
