"""What a person gets to know who takes over: facts that were told or looked up, nothing guessed. Pure.

An unknown value is None in the facts, and "ukendt" or "unknown" in the words.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from actions.ports import CaseFacts, Language, Texts

Facts = Mapping[str, Any]

#: How a customer's identity was verified, by channel.
_VERIFIED = {"web": "told_in_chat", "teams": "signed_in_to_teams"}

#: How the gateway names conversations that are held in Microsoft Teams.
_TEAMS = "teams-"

_DEVICE = ("serial_number", "product_number", "product_name", "form_factor")


def build_package(facts: CaseFacts, texts: Texts, *, case_id: str | None, reason: str) -> Facts:
    """The facts of a handoff, as JSON values; `summary` says the same in both languages."""
    channel = "teams" if facts.conversation.startswith(_TEAMS) else "web"
    contact, entitlement, decision = facts.contact, facts.entitlement, facts.decision or {}
    looked_up = bool(entitlement.get("verified"))
    package: dict[str, Any] = {
        "language": facts.language.value,
        "channel": channel,
        "identity": {
            "name": contact.name or None,
            "company": contact.company or None,
            "email": contact.email or None,
            "phone": contact.phone or None,
            "verified": _VERIFIED.get(channel) if contact.name or contact.email else None,
        },
        "device": {name: (entitlement.get(name) if looked_up else None) for name in _DEVICE}
        | {"serial_number": facts.serial_number or None},
        "verdict": {
            "verdict": decision.get("verdict"),
            "clauses": list(decision.get("clauses") or ()),
            "method": decision.get("method"),
            "source": entitlement.get("registry"),
            "fetched_at": entitlement.get("fetched_at"),
        },
        "case_id": case_id,
        "reason": reason,
        "symptom": facts.symptom or None,
        "component": facts.component or None,
        "cause": facts.cause or None,
        "failure_id": facts.failure_id or None,
        "blink_code": facts.blink_code or None,
        "skill": facts.skill,
        "priority": facts.priority,
        "steps": [{"script": each.script, "step": each.step, "answer": each.answer} for each in facts.steps],
    }
    package["summary"] = {each.value: _summary(package, each, texts) for each in Language}
    return package


def package_lines(package: Facts, language: Language, texts: Texts, waited: timedelta) -> list[tuple[str, str]]:
    """The package as (label, words), in the order in which a person wants to know it. `waited` so far."""
    identity, device, verdict = package["identity"], package["device"], package["verdict"]

    def word(kind: str, value: str | None) -> str:
        return _word(texts, kind, value, language)

    def plain(*values: object) -> str:
        told = ", ".join(str(value) for value in values if value)
        return told or texts.text("package_unknown", language)

    source = word("source", verdict["source"])
    if verdict["source"] not in (None, "not_asked") and verdict["fetched_at"]:
        source = f"{source}, {_when(verdict['fetched_at'])}"
    lines = [
        ("reason", word("reason", package["reason"])),
        ("case", plain(package["case_id"])),
        ("summary", package["summary"][language.value]),
        ("customer", plain(identity["name"], identity["company"], identity["email"], identity["phone"])),
        ("identity", word("identity", identity["verified"])),
        ("language", texts.text(f"package_language_{package['language']}", language)),
        ("channel", word("channel", package["channel"])),
        ("device", plain(device["product_name"], device["product_number"])),
        ("serial", plain(device["serial_number"])),
        ("verdict", word("verdict", verdict["verdict"]) + _clauses(verdict["clauses"])),
        ("source", source),
        ("steps", "\n".join(_steps(package, language, texts)) or texts.text("package_no_steps", language)),
        ("waited", texts.text("package_minutes", language, minutes=int(waited.total_seconds() // 60))),
    ]
    return [(texts.text(f"package_label_{label}", language), words) for label, words in lines]


def _summary(package: Facts, language: Language, texts: Texts) -> str:
    """Two or three sentences, each of one fact."""
    sentences = [
        texts.text("package_summary_reason", language, reason=_word(texts, "reason", package["reason"], language))
    ]
    symptom = _word(texts, "symptom", package["symptom"], language)
    product = package["device"]["product_name"] or texts.text("package_unknown", language)
    sentences.append(texts.text("package_summary_fault", language, symptom=symptom, product=product))
    if package["steps"]:
        sentences.append(texts.text("package_summary_steps", language, count=len(package["steps"])))
    if package["verdict"]["verdict"]:
        words = _word(texts, "verdict", package["verdict"]["verdict"], language)
        sentences.append(texts.text("package_summary_verdict", language, verdict=words))
    return " ".join(sentences)


def _steps(package: Facts, language: Language, texts: Texts) -> list[str]:
    """What was tried and what the customer said to it, in words where the script still has them."""
    lines = []
    for each in package["steps"]:
        asked = _either(texts, language, f"script_{each['script']}_{each['step']}", f"script_shared_{each['step']}")
        title = _either(
            texts, language, f"script_{each['script']}_{each['step']}_{each['answer']}", f"answer_{each['answer']}"
        )
        lines.append(f"{asked or each['step']} → {title or each['answer']}")
    return lines


def _either(texts: Texts, language: Language, *keys: str) -> str:
    for key in keys:
        try:
            return texts.text(key, language)
        except KeyError:
            continue
    return ""


def _word(texts: Texts, kind: str, value: str | None, language: Language) -> str:
    """A stable word in the reader's language; itself where nobody gave it words."""
    if not value:
        return texts.text("package_unknown", language)
    return _either(texts, language, f"package_{kind}_{value.lower()}") or value.replace("_", " ")


def _clauses(clauses: list[str]) -> str:
    return f" ({', '.join(clauses)})" if clauses else ""


def _when(iso: str) -> str:
    return datetime.fromisoformat(iso).strftime("%Y-%m-%d %H:%M")
