"""Customers who are asked what the decision needs: how many questions each verdict takes, and in what order."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from actions.adapters.registry_file import read_registry_file
from actions.casework.entitlement import questions
from actions.casework.entitlement.decide import decide
from actions.casework.entitlement.device import Device
from actions.casework.entitlement.facts_model import BatteryFault, Registry, Wants
from actions.casework.entitlement.finding import Addon, Decision
from actions.casework.entitlement.partial import PartialFacts, complete
from actions.casework.entitlement.questions import Stage, next_question
from actions.casework.facts import Cause, Component, Diagnosis

TODAY = date(2026, 11, 24)
DEMO = Path(__file__).parents[3] / "actions" / "adapters" / "demo" / "registry.csv"

#: Every answer that a question takes, all words of it.
ANSWERS: Mapping[str, Sequence[object]] = {
    "current_country": ("DK", "SE", "DE", "GL"),
    "purchase_country": ("DK", "SE", "DE"),
    "cause": tuple(Cause),
    "incident_date": (TODAY, TODAY - timedelta(days=40), date(2019, 1, 1)),
    "opened_by_others": (False, True),
    "component": tuple(Component),
    "hp_part": (True, False),
    "battery_fault": tuple(BatteryFault),
    "battery_capacity_pct": (0, 49, 50, 51, 100),
    "bought_with_base": (True, False),
    "csr_consent": (True, False),
    "delivery": tuple(Wants),
}

#: What we take customers to answer: the usual answers, how often it is one of them, and any answer for the rest.
_USUAL: Mapping[str, tuple[Sequence[object], float]] = {
    "current_country": (("DK",), 0.95),
    "purchase_country": (("DK",), 0.8),
    "cause": ((Cause.DEFECT, Cause.DEFECT, Cause.DEFECT, Cause.DROP, Cause.SPILL), 0.9),
    "opened_by_others": ((False,), 0.95),
    "component": (
        (Component.BATTERY, Component.BATTERY, Component.DOCK, Component.MONITOR_EXTERNAL, Component.STORAGE),
        0.5,
    ),
    "hp_part": ((True,), 0.5),
    "bought_with_base": ((True,), 0.6),
}
_OF_ADDON: Mapping[str, Sequence[Mapping[str, object]]] = {
    Addon.ADP: ({"cause": Cause.DROP}, {"cause": Cause.SURGE}),
    Addon.BATTERY: ({"component": Component.BATTERY},),
    Addon.DMR: ({"component": Component.STORAGE},),
    Addon.EXTERNAL: tuple(
        {"component": part} for part in (Component.DOCK, Component.HEADSET, Component.MONITOR_EXTERNAL)
    ),
}


@dataclass(frozen=True)
class Asked:
    """One customer: what was asked in turn, what was known before each question, and how it ended."""

    slots: Sequence[str]
    before: Sequence[PartialFacts]
    decision: Decision


def devices() -> list[Device]:
    """The demonstration devices: every kind of cover there is."""
    return list(read_registry_file(DEMO, TODAY).devices)


def customers(number: int, seed: int = 0) -> Iterator[tuple[PartialFacts, Mapping[str, object]]]:
    """What is known when the asking begins, and what this customer would answer to each question."""
    luck, pcs = random.Random(seed), devices()
    for turn in range(number):
        start = PartialFacts(
            today=TODAY,
            registry=Registry.FOUND,
            device=pcs[turn % len(pcs)],
            diagnosis=luck.choice((Diagnosis.HARDWARE, Diagnosis.HARDWARE, Diagnosis.SOFTWARE_ONLY)),
            pickup_postcode=luck.choice(("8000", "8000", "3700")),
        )
        yield start, {slot: _answer(slot, luck) for slot in ANSWERS} | _of_an_addon(pcs[turn % len(pcs)], luck)


def _of_an_addon(device: Device, luck: random.Random) -> Mapping[str, object]:
    """Who bought an add-on has, every other time, the fault that it is for."""
    if not device.addons or luck.random() < 0.5:
        return {}
    addon = luck.choice(sorted(device.addons))
    return {"current_country": "DK", "cause": Cause.DEFECT} | luck.choice(_OF_ADDON[addon])


def _answer(slot: str, luck: random.Random) -> object:
    usual, how_often = _USUAL.get(slot, ((), 0.0))
    return luck.choice(usual if luck.random() < how_often else ANSWERS[slot])


def ask(start: PartialFacts, answers: Mapping[str, object]) -> Asked:
    """Ask as the conversation does, stage by stage, until nothing is worth asking."""
    known, slots, before = start, [], []
    for stage in Stage:
        while slot := next_question(known, stage):
            slots.append(slot)
            before.append(known)
            known = replace(known, **{slot: answers[slot]})  # type: ignore[arg-type]
    return Asked(slots, before, decide(complete(known)))


def could_change_it(known: PartialFacts, slot: str, luck: random.Random, tries: int = 4000) -> bool:
    """Whether two answers to `slot` end differently in some world, looked for without the questions' own reckoning."""
    for _ in range(tries):
        world = {other: luck.choice(given) for other, given in ANSWERS.items() if getattr(known, other) is None}
        ends = {
            _outcome(decide(complete(replace(known, **{**world, slot: answer}))))  # type: ignore[arg-type]
            for answer in ANSWERS[slot]
        }
        if len(ends) > 1:
            return True
    return False


def _outcome(decision: Decision) -> tuple[object, ...]:
    return decision.verdict, decision.addon, decision.method


def mean_by_verdict(asked: Sequence[Asked]) -> dict[str, tuple[int, float, int]]:
    """Of each verdict: how many customers, the mean number of questions, and the most."""
    counts: dict[str, list[int]] = defaultdict(list)
    for each in asked:
        counts[each.decision.verdict.value].append(len(each.slots))
    return {verdict: (len(some), sum(some) / len(some), max(some)) for verdict, some in sorted(counts.items())}


def other_orders() -> Iterator[dict[Stage, tuple[str, ...]]]:
    """The order of the questions with two neighbours of one stage changed about, each such pair once."""
    given = dict(questions._ASKED)
    for stage, slots in given.items():
        for at in range(len(slots) - 1):
            swapped = (*slots[:at], slots[at + 1], slots[at], *slots[at + 2 :])
            yield {**given, stage: swapped}
