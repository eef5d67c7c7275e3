"""Mails and later chat news, put together from texts and facts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from actions.casework.facts import Language
from actions.casework.identity.dates import format_date
from actions.ports import Booking, Case, CaseStatus, Mail, Texts


def opened_mail(texts: Texts, case: Case) -> Mail:
    """The case id (R17), and what follows as things stand."""
    language = case.facts.language
    follows = {
        CaseStatus.RESOLVED_REMOTELY: "mail_opened_resolved",
        CaseStatus.NEEDS_HUMAN: "mail_opened_person",
        CaseStatus.CLOSED: "mail_opened_closed",
    }.get(case.facts.status, "mail_opened_open")
    device = case.facts.serial_number
    body = texts.text(
        "mail_opened_body",
        language,
        name=_first_name(texts, case),
        case_id=case.case_id,
        device=texts.text("mail_device", language, serial_number=device) if device else "",
        follows=texts.text(follows, language),
    )
    return _mail(texts, case, texts.text("mail_opened_subject", language, case_id=case.case_id), body)


def booking_mail(texts: Texts, case: Case, booking: Booking) -> Mail:
    """The confirmation of a pick-up, a label or a part."""
    language = case.facts.language
    subject = texts.text(f"mail_{booking.kind}_subject", language, case_id=case.case_id)
    body = texts.text(
        f"mail_{booking.kind}_body",
        language,
        name=_first_name(texts, case),
        case_id=case.case_id,
        booking_id=booking.booking_id,
        tracking_number=booking.tracking_number,
        pickup_date=day(booking.pickup_date, language),
        pickup_window=window(booking.pickup_window),
    )
    label = (f"{case.case_id}.pdf", "application/pdf", booking.label_file)
    return _mail(texts, case, subject, body, (label,) if booking.label_file else ())


def change_mail(texts: Texts, case: Case, what: str, pickup: Booking | None) -> Mail:
    """What the customer had changed: a moved pick-up with its new time, or what was cancelled."""
    language = case.facts.language
    values = {"name": _first_name(texts, case), "case_id": case.case_id}
    if pickup is not None and what == "pickup_moved":
        values |= {
            "booking_id": pickup.booking_id,
            "tracking_number": pickup.tracking_number,
            "pickup_date": day(pickup.pickup_date, language),
            "pickup_window": window(pickup.pickup_window),
        }
    subject = texts.text(f"mail_{what}_subject", language, case_id=case.case_id)
    return _mail(texts, case, subject, texts.text(f"mail_{what}_body", language, **values))


def booking_news(texts: Texts, case: Case, booking: Booking) -> Mapping[str, Any]:
    """A booking card (contract section 3)."""
    language = case.facts.language
    return {
        "type": "card",
        "card": "booking",
        "data": {
            "case_id": case.case_id,
            "booking_id": booking.booking_id,
            "kind": booking.kind.value,
            "pickup_date": booking.pickup_date.isoformat() if booking.pickup_date else None,
            "pickup_window": booking.pickup_window,
            "tracking_number": booking.tracking_number,
        },
        "text": texts.text(
            f"news_booked_{booking.kind}",
            language,
            case_id=case.case_id,
            booking_id=booking.booking_id,
            tracking_number=booking.tracking_number,
            pickup_date=day(booking.pickup_date, language),
            pickup_window=window(booking.pickup_window),
        ),
    }


def text_news(texts: Texts, case: Case, key: str) -> Mapping[str, Any]:
    """A plain text event that names the case."""
    return {"type": "text", "text": texts.text(key, case.facts.language, case_id=case.case_id)}


def day(value: date | None, language: Language) -> str:
    """A date in words; "" for none."""
    return format_date(value, language) if value else ""


def window(value: str) -> str:
    """ "08:00-12:00" as people write it: "08:00–12:00"."""
    return value.replace("-", "–")


def _first_name(texts: Texts, case: Case) -> str:
    """What to call the customer; a word of courtesy where no name is known."""
    name = case.facts.contact.name.split()
    return name[0] if name else texts.text("mail_nameless", case.facts.language)


def _mail(
    texts: Texts, case: Case, subject: str, body: str, attachments: tuple[tuple[str, str, str], ...] = ()
) -> Mail:
    signed = f"{body}\n\n{texts.text('mail_signature', case.facts.language)}\n"
    return Mail(to=case.facts.contact.email, subject=subject, body=signed, attachments=attachments)
