"""Who should take a case: skill and priority from its facts. The table is routing.yml."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from actions.casework.data_file import DataFileError, load_yaml

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
            "safety": bool(safety) or symptom == "safety",
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
    row = next(row for row in table["rows"] if true.issuperset(row["when"]))
    first = any(true.issuperset(facts) for facts in table["people_first"] or ())
    return Route(row["skill"], row["priority"], first)


@cache
def _table() -> Mapping[str, Any]:
    table = load_yaml(FILE)
    for row in table["rows"]:
        if not FACTS.issuperset(row["when"]) or row["skill"] not in SKILLS or row["priority"] not in PRIORITIES:
            raise DataFileError(f"{FILE}: unknown word in {row}")
    for facts in table["people_first"] or ():
        if not facts or not FACTS.issuperset(facts):
            raise DataFileError(f"{FILE}: people_first takes lists of facts, not {facts}")
    if table["rows"][-1]["when"]:
        raise DataFileError(f"{FILE}: the last row must take every case (when: [])")
    return table
