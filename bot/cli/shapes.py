"""Cases and bookings in the shapes of contract section 1."""

from __future__ import annotations

from typing import Any

from actions.adapters.codec import booking_to_json
from actions.ports import Booking, Case


def case_line(case: Case) -> dict[str, Any]:
    """A row of `offsite cases list`."""
    facts = case.facts
    return {
        "case_id": case.case_id,
        "status": facts.status.value,
        "serial_number": facts.serial_number,
        "email": facts.contact.email,
        "symptom": facts.symptom,
        "verdict": (facts.decision or {}).get("verdict"),
        "opened_at": case.opened_at.isoformat(timespec="seconds"),
    }


def case_whole(case: Case, bookings: list[Booking], device: dict[str, str] | None) -> dict[str, Any]:
    """`offsite cases show`. `device` is the registry's row today, null where it has none."""
    facts = case.facts
    contact = facts.contact
    return case_line(case) | {
        "contact": {
            "name": contact.name,
            "company": contact.company,
            "email": contact.email,
            "phone": contact.phone,
        },
        "language": facts.language.value,
        "resolution": facts.resolution,
        "component": facts.component,
        "cause": facts.cause,
        "decision": dict(facts.decision) if facts.decision is not None else None,
        "entitlement": dict(facts.entitlement),
        "steps": [{"script": step.script, "step": step.step, "answer": step.answer} for step in facts.steps],
        "failure_id": facts.failure_id,
        "blink_code": facts.blink_code,
        "reason": facts.reason,
        "escalation_reason": facts.escalation_reason,
        "callback_due": facts.callback_due.isoformat(timespec="seconds") if facts.callback_due else None,
        "skill": facts.skill,
        "priority": facts.priority,
        "events": [
            {"at": event.at.isoformat(timespec="seconds"), "what": event.what, "data": dict(event.data)}
            for event in case.events
        ],
        "bookings": [booking_to_json(booking) for booking in bookings],
        "device": device,
        "conversation": facts.conversation,
    }
