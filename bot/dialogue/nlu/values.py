"""All values in a message, by validators over forms."""

from __future__ import annotations

from datetime import date

from bot.dialogue.nlu.blink import find_blink_code
from bot.dialogue.nlu.contacts import find_contacts, find_emails
from bot.dialogue.nlu.dates import find_dates
from bot.dialogue.nlu.identifiers import find_identifiers
from bot.dialogue.nlu.meant import meant
from bot.dialogue.nlu.spans import Claims, Found


def read_values(claims: Claims, today: date) -> list[Found]:
    """Every value, claimed as it is read. The order settles who may read a number first."""
    found = list(find_emails(claims))
    found += find_identifiers(claims)
    found += find_blink_code(claims)
    found += find_dates(claims, today)
    found += find_contacts(claims)
    return found


def find_values(text: str, today: date) -> list[Found]:
    """Every value with its place, of each kind all that were named."""
    return read_values(Claims(text), today)


def meant_values(text: str, today: date) -> list[Found]:
    """The one value of each kind that the customer means."""
    return meant(text, find_values(text, today))
