"""Every question and its reader."""

from __future__ import annotations

from collections.abc import Mapping

from actions.casework.reading import case_readers, contact_readers, readers
from actions.casework.reading.readers import Reader, or_when_unsure, yes_no

READERS: Mapping[str, Reader] = {
    "symptom": readers.symptom,
    "safety_flags": readers.safety_flags,
    "serial_number": readers.serial_number,
    "serial_confirmed": readers.serial_confirmed,
    "customer_type": contact_readers.customer_type,
    "company": contact_readers.company,
    "contact_name": contact_readers.contact_name,
    "email": contact_readers.email,
    "phone": contact_readers.phone,
    "purchase_country": contact_readers.country,
    "current_country": contact_readers.country,
    "cause": readers.cause,
    "incident_date": readers.incident_date,
    "opened_by_others": or_when_unsure(yes_no, False),
    "component": readers.component,
    "hp_part": or_when_unsure(yes_no, True),
    "battery_fault": readers.battery_fault,
    "battery_capacity_pct": readers.battery_capacity_pct,
    "bought_with_base": or_when_unsure(yes_no, True),
    "csr_consent": yes_no,
    "delivery": readers.delivery,
    "backup_ack": yes_no,
    "data_ack": yes_no,
    "packed_ready": yes_no,
    "pickup_street": readers.pickup_street,
    "pickup_postcode": readers.pickup_postcode,
    "pickup_city": readers.pickup_city,
    "pickup_date": readers.pickup_date,
    "pickup_window": readers.pickup_window,
    "confirm_summary": yes_no,
    "status_case_id": readers.case_id,
    "status_email": contact_readers.email,
    "move_date": readers.pickup_date,
    "move_window": case_readers.move_window,
    "move_confirmed": case_readers.move_confirmed,
    "cancel_what": case_readers.cancel_what,
    "cancel_confirmed": yes_no,
    "case_note": case_readers.own_words,
    "reopen_confirmed": yes_no,
    "escalation_reason": case_readers.own_words,
    "feedback_score": case_readers.feedback_score,
    "feedback_text": case_readers.feedback_text,
    "anything_else": case_readers.anything_else,
}

#: Questions that almost any words answer: only a clear digression interrupts them.
FREE_TEXT = frozenset(
    {"company", "contact_name", "pickup_street", "pickup_city", "case_note", "escalation_reason", "feedback_text"}
)
