"""Events of the log as activities: what a customer in Teams reads, in the order in which it was said."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.gateway.channels.teams.booking_links import BookingLinks
from bot.gateway.channels.teams.cards import Card, Cards
from bot.gateway.events import CARDS, Event
from bot.gateway.words import Words

Activity = dict[str, Any]
MOST_BYTES = 28_000  # of an activity, counted as Teams does: UTF-16
TEXT_BYTES = 20_000  # of a text, so that the activity around it has room
SUMMARY_CHARACTERS = 200
CARD = "application/vnd.microsoft.card.adaptive"


class Render:
    """Makes activities. The same event gives the same number of them, so that a part can be counted."""

    def __init__(self, words: Words, links: BookingLinks) -> None:
        self._words, self._links = words, links

    def activities(self, event: Event, conversation: str, language: str | None) -> list[Activity]:
        """What to send for an event, in order; nothing for what the customer said, and for types to come."""
        spoken = language or "da"
        text = str(event.body.get("text") or "")
        if event.role == "customer" or not text:
            return []
        if event.role == "agent":
            key = "teams_agent" if event.name else "teams_agent_unnamed"
            text = self._words.say(key, spoken, name=event.name or "", text=text)
            return texts(text, spoken)
        if event.type == "owner" and isinstance(event.body.get("place"), int):
            text += "\n" + self._words.say("teams_place", spoken, place=event.body["place"])
        cards = Cards(self._words, spoken, conversation)
        if event.type == "card" and event.body.get("card") in CARDS:
            links = self._links.of(str(event.body["card"]), event.body.get("data") or {}, spoken)
            return self._card(cards.facts(event, links), text, spoken) + self._question(cards, event, spoken)
        if event.type not in ("text", "owner"):
            return []
        return self._question(cards, event, spoken) or texts(text, spoken)

    def answered(self, event: Event, conversation: str, language: str | None, answer: str) -> Activity:
        """What takes the place of a question's card once it is answered."""
        spoken = language or "da"
        return _message(spoken) | _attached(Cards(self._words, spoken, conversation).answered(event, answer))

    def _question(self, cards: Cards, event: Event, language: str) -> list[Activity]:
        """The event as a question to press, where it offers something."""
        if not is_question(event):
            return []
        return self._card(cards.question(event), str(event.body["text"]), language)

    def _card(self, card: Card, text: str, language: str) -> list[Activity]:
        """The card; a text too long for one goes before it as messages of its own."""
        whole = _message(language) | {"summary": text[:SUMMARY_CHARACTERS]} | _attached(card)
        return [whole] if size(whole) <= MOST_BYTES else texts(text, language)


def is_question(event: Event) -> bool:
    """Whether an event is shown as something to press."""
    expects = event.body.get("expects")
    dated = isinstance(expects, Mapping) and expects.get("kind") == "date"
    return event.role == "bot" and bool(event.body.get("text")) and bool(event.body.get("choices") or dated)


def texts(text: str, language: str) -> list[Activity]:
    """A text as one message, or as several where it is too long for one."""
    return [_message(language) | {"text": piece, "textFormat": "plain"} for piece in pieces(text, TEXT_BYTES)]


def pieces(text: str, at_most: int) -> list[str]:
    """The text cut at paragraphs, else at lines, else at words, else where it must be. Bytes count as UTF-16."""
    found: list[str] = []
    rest = text.strip()
    while _bytes(rest) > at_most:
        head = rest.encode("utf-16-le")[:at_most].decode("utf-16-le", "ignore")
        cut = next((at for mark in ("\n\n", "\n", " ") if (at := head.rfind(mark)) > 0), len(head))
        found.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*found, rest] if rest else found


def size(activity: Mapping[str, Any]) -> int:
    """Bytes of an activity, as Teams counts them."""
    return _bytes(json.dumps(activity, ensure_ascii=False, separators=(",", ":")))


def _bytes(text: str) -> int:
    return 2 * len(text) if text.isascii() else len(text.encode("utf-16-le", "replace"))


def _message(language: str) -> Activity:
    return {"type": "message", "locale": {"da": "da-DK", "en": "en-GB"}[language]}


def _attached(card: Card) -> Activity:
    return {"attachments": [{"contentType": CARD, "content": card}]}
