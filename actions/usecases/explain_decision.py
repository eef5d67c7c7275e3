"""A decision in words that a customer can read: what, why, on what it rests, what happens now, and what stays open."""

from __future__ import annotations

from actions.casework.entitlement.clauses import quote
from actions.casework.entitlement.finding import Decision, Notice
from actions.casework.facts import Language, Verdict
from actions.ports import Texts

_POSITIVE = frozenset({Verdict.COVERED, Verdict.COVERED_BY_ADDON})
# Which notices the words carry: none about drives where nothing gets repaired, none but R20 where danger is.
_TOLD: dict[Verdict, frozenset[Notice]] = {
    Verdict.COVERED: frozenset(Notice),
    Verdict.COVERED_BY_ADDON: frozenset(Notice),
    Verdict.NEEDS_HUMAN: frozenset(Notice) - {Notice.ENCLOSE_SELFTEST},  # nothing is packed yet
    Verdict.NOT_COVERED: frozenset({Notice.STATUTORY_RIGHTS, Notice.DATA_LOSS, Notice.PROVISIONAL}),
    Verdict.SAFETY_STOP: frozenset({Notice.PROVISIONAL}),
}
# A wet PC stays off: no backup, no packing.
_NOT_WHEN_WET = frozenset({Notice.DATA_LOSS, Notice.ENCLOSE_SELFTEST})


def explain(decision: Decision, language: Language, texts: Texts, private: bool = False) -> str:
    """Short paragraphs, an empty line between them.

    `private` adds where a private buyer finds their statutory rights (Q19). The person on offer comes last, always.
    """
    keys = [f"verdict_reason_{decision.reason}"]
    method = _method_key(decision)
    if method:
        keys.append(method)
    told = _TOLD[decision.verdict] - (_NOT_WHEN_WET if decision.after_spill else frozenset())
    for notice in decision.notices:
        if notice in told:
            keys.append(f"notice_{notice}")
        if notice is Notice.STATUTORY_RIGHTS and private:
            keys.append("notice_statutory_rights_private")
    paragraphs = [texts.text(key, language) for key in keys]
    if decision.verdict is not Verdict.SAFETY_STOP:
        paragraphs.insert(1, _clauses(decision, language, texts))
    return "\n\n".join([_headline(decision, language, texts), *paragraphs, texts.text("verdict_person", language)])


def _headline(decision: Decision, language: Language, texts: Texts) -> str:
    """The verdict in one line; an add-on goes by its name."""
    addon = texts.text(f"verdict_addon_{decision.addon}", language) if decision.addon else ""
    return texts.text(f"verdict_{decision.verdict.lower()}", language, addon=addon)


def _clauses(decision: Decision, language: Language, texts: Texts) -> str:
    """The rules by number, and a short quote of the first: one quote an answer, it is HP's text."""
    *others, last = decision.clauses
    words = {"clauses": ", ".join(others), "last": last, "quote": quote(decision.clauses[0], language)}
    return texts.text("verdict_clauses" if others else "verdict_clause", language, **words)


def _method_key(decision: Decision) -> str | None:
    """How it goes on where it is covered, and why nothing travels after a spill."""
    if decision.method is None or decision.verdict is Verdict.SAFETY_STOP:
        return None
    if decision.after_spill:
        return "verdict_method_needs_human_spill"
    if decision.verdict in _POSITIVE:
        return f"verdict_method_{decision.method.lower()}"
    return None


def explain_both(decision: Decision, texts: Texts) -> dict[str, str]:
    """The contract's `text`: the same words in both languages."""
    return {language.value: explain(decision, language, texts) for language in Language}
