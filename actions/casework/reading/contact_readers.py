"""Readers of who the customer is and how to reach them (data dictionary, domain.md 6)."""

from __future__ import annotations

import re

from actions.casework.identity.contact import (
    find_told_company,
    is_company_name,
    read_company,
    read_email,
    read_name,
    read_phone,
)
from actions.casework.identity.country import is_country, read_country
from actions.casework.reading.answers import Answer, Bad, Given, NotAnAnswer
from actions.casework.reading.context import Context
from actions.casework.reading.message import Message
from actions.casework.reading.readers import one_of, words

_BUSINESS = {
    "business": r"firma|virksomhed|erhverv|arbejd|job|kommune|skole|company|business|work|corporate|employer",
    "private": r"privat|min egen|selv|personlig|private|personal|my own|mine|myself",
}
_whose = one_of(("business", "private"), _BUSINESS)
_name = words(read_name, "bad_contact_name")
company = words(read_company, "bad_company")


def customer_type(message: Message, context: Context) -> Answer:
    """Whose PC it is; "firmaets, Nordlys Byg ApS" tells the company too."""
    last = message.text.rpartition(",")[2].strip()
    company = read_company(last) if not message.choice and is_company_name(last) else None
    if company:
        return Given("business", {"company": company})
    return _whose(message, context)


def email(message: Message, context: Context) -> Answer:
    """An e-mail address."""
    found = message.one("email") or read_email(message.text)
    if found:
        return Given(found)
    return Bad("bad_email") if "@" in message.text else NotAnAnswer()


def phone(message: Message, context: Context) -> Answer:
    """A telephone number in E.164."""
    found = message.one("phone") or read_phone(message.text)
    if found:
        return Given(found)
    digits = sum(char.isdigit() for char in message.text)
    return Bad("bad_phone") if digits >= 4 else NotAnAnswer()


def contact_name(message: Message, context: Context) -> Answer:
    """A name, also with e-mail and number behind it; a country is none, unless it is said again."""
    said_again = int(str(context.slots.get("misses") or 0)) >= 1
    if is_country(message.text) and not said_again:
        return Bad("bad_contact_name")
    with_more = any(map(message.one, ("email", "phone"))) and not message.choice
    for clause in re.split(r"[,;\n]", message.text) if with_more else ():
        name = read_name(clause)
        if name:
            return Given(name)
    return _name(message, context)


def country(message: Message, context: Context) -> Answer:
    """A country as ISO alpha-2."""
    if re.fullmatch(r"[A-Z]{2}", message.choice):
        return Given(message.choice)
    found = None if find_told_company(message.text) else read_country(message.text)  # "Acme Denmark A/S" is no country
    return Given(found) if found else NotAnAnswer()
