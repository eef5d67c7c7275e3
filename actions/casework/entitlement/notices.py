"""Table E and what else must be said along with a verdict."""

from __future__ import annotations

from actions.casework.entitlement import cover
from actions.casework.entitlement.facts_model import DecisionFacts, Flag
from actions.casework.entitlement.finding import Addon, Finding, Notice
from actions.casework.facts import Component, Diagnosis, Method, Verdict

_TRAVELS = frozenset({Method.PICKUP, Method.DEPOT_SHIP})
_NO_FAULT_OF_THE_DRIVE = frozenset({Diagnosis.SOFTWARE_ONLY, Diagnosis.CONNECTION_ONLY})


def notices_for(facts: DecisionFacts, finding: Finding, method: Method | None) -> tuple[Notice, ...]:
    """Every notice that applies, in the order of `Notice`."""
    keeps_drives = cover.addon_is_active(facts.device, Addon.DMR, facts.today)
    about_storage = facts.component is Component.STORAGE
    travels = method in _TRAVELS
    applies = {
        Notice.STATUTORY_RIGHTS: finding.verdict is Verdict.NOT_COVERED,
        Notice.DATA_LOSS: travels or (about_storage and not keeps_drives),
        Notice.OWNERSHIP: drive_is_faulty(facts) and facts.device is not None and not keeps_drives,
        Notice.KEEP_DRIVES: keeps_drives,
        Notice.ENCLOSE_SELFTEST: travels,
        Notice.PROVISIONAL: True,
    }
    return tuple(notice for notice in Notice if applies[notice])


def drive_clauses(facts: DecisionFacts) -> tuple[str, ...]:
    """What table E cites: whose the replaced drive is, and whose duty the data are."""
    clauses: tuple[str, ...] = ()
    if drive_is_faulty(facts):
        keeps_drives = cover.addon_is_active(facts.device, Addon.DMR, facts.today)
        clauses = ("R74",) if keeps_drives else ("R33", "R97")
    if Flag.DRIVE_NOT_WIPEABLE in facts.flags:
        clauses += ("R97",)
    return clauses


def drive_is_faulty(facts: DecisionFacts) -> bool:
    """A drive as the part at fault, unless the tests cleared it."""
    return facts.component is Component.STORAGE and facts.diagnosis not in _NO_FAULT_OF_THE_DRIVE
