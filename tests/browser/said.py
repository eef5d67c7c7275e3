"""What the stand-in for Rasa says in browser tests: cards, questions, days."""

from __future__ import annotations

from typing import Any

from stub_rasa import ask

Said = list[dict[str, Any]]

HELLO: Said = [{"text": "Hej, jeg er en automatisk assistent."}]
DAYS = ("2026-11-27", "2026-11-30", "2026-12-01", "2026-12-02")
TITLES = ("fredag den 27. november", "mandag den 30. november", "tirsdag den 1. december", "onsdag den 2. december")
BOOKED = {
    "case_id": "HPO-7K39QX",
    "booking_id": "HPB-4XK2MM",
    "kind": "pickup",
    "courier": "HP",
    "pickup_date": "2026-11-30",
    "pickup_window": "08:00-12:00",
    "tracking_number": "HPT1234567890",
}
SUMMARY = {
    **BOOKED,
    "product_name": "HP EliteBook 840 14 Demo",
    "serial_number": "DEM503C001",
    "name": "Mette Sørensen",
    "street": "Nørregade 12, 3. tv",
    "postcode": "8000",
    "city": "Aarhus C",
    "phone": "+45 20 12 34 56",
    "email": "mette@example.com",
}


def card(name: str, text: str, data: dict[str, Any]) -> dict[str, Any]:
    """A card as an action sends it."""
    return {"custom": {"card": name, "data": data, "text": text}}


def asked(text: str, slot: str, kind: str = "text", **buttons: str) -> Said:
    """A question alone."""
    return ask(text, slot, kind, **buttons)


def step(script: str, name: str) -> Said:
    """A step of a script."""
    said = ask("Trin 2 af højst 8: Hold tænd-knappen nede i 15 sekunder. Hjalp det?", "ts_answer", "choice")
    said[0]["buttons"] = ask("", "", fixed="Ja, det virker", not_fixed="Nej", cannot="Det kan jeg ikke")[0]["buttons"]
    said[1]["custom"]["expects"] |= {"script": script, "step": name}
    return said


def days() -> Said:
    """The days that the courier has."""
    buttons = dict(zip(DAYS, TITLES, strict=True)) | {"request_human": "Tal med et menneske"}
    return ask("Hvilken dag skal kureren komme?", "pickup_date", "date", **buttons)


VERDICT = card("verdict", "Fejlen ser ud til at være dækket af din HP Offsite Support.", {"verdict": "COVERED"})
CASE = card("case", "Din sag er oprettet. Sagsnummeret er HPO-7K39QX.", {"case_id": "HPO-7K39QX", "status": "open"})
BOOKING = card("booking", "Afhentningen er bestilt: mandag den 30. november kl. 08:00–12:00.", BOOKED)
SUMMED = [
    card("summary", "Her er det hele: HP EliteBook 840 14 Demo.", SUMMARY),
    *asked("Er det rigtigt?", "confirm_summary", "choice", affirm="Ja, bestil", deny="Nej"),
]
STATUS = card("status", "Sag HPO-7K39QX: Forsendelsen er bestilt.", {"case_id": "HPO-7K39QX", "status": "booked"})
