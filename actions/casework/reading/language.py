"""Which language to speak: what the customer asked for, the channel's locale, a long first message, Danish."""

from __future__ import annotations

from actions.casework.identity.contact import is_company_name
from actions.casework.reading.message import Message

#: Shorter messages never decide the language: "ok", a serial number, one borrowed word.
LEAST_WORDS = 3
LEAST_CONFIDENCE = 0.9


def choose_language(message: Message, current: str, chosen: bool, locale: str | None) -> tuple[str, bool]:
    """(language, whether it was chosen). `locale` is the session's, or None.

    `chosen` holds once the customer or the channel decided, or a long message did: from then on only a request
    changes it.
    """
    if message.intent == "change_language" and not message.choice and not is_company_name(message.text):
        asked = message.one("language") or {"da": "en", "en": "da"}[current]
        return asked, True
    if chosen:
        return current, True
    if locale in ("da", "en"):
        return str(locale), True
    telling = message.words >= LEAST_WORDS and message.language_confidence > LEAST_CONFIDENCE
    if telling and message.language in ("da", "en"):
        return message.language, True
    return current, False
