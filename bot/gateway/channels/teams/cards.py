"""Adaptive Cards 1.5 for questions and facts. No pictures, no colours of their own: they follow the client's theme."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from babel.dates import format_date

from bot.gateway.channels.teams.presses import ANSWER, press_data
from bot.gateway.events import Event
from bot.gateway.words import Words

Card = dict[str, Any]
Element = dict[str, Any]

MOST_BUTTONS = 6
ONE_ROW = 24  # characters of titles that stand beside each other on a narrow phone
_STYLES = {
    "COVERED": "good",
    "COVERED_BY_ADDON": "good",
    "NOT_COVERED": "warning",
    "NEEDS_HUMAN": "accent",
    "SAFETY_STOP": "attention",
}
_FACTS = {
    "case": ("case_id", "status"),
    "booking": ("kind", "pickup_date", "pickup_window", "tracking_number", "booking_id", "case_id"),
    "summary": (
        *("kind", "pickup_date", "pickup_window", "product_name", "serial_number"),
        *("name", "address", "phone", "email", "case_id"),
    ),
    "status": ("case_id", "status"),
    "verdict": ("clauses",),
}


class Cards:
    """Makes cards in one language for one conversation."""

    def __init__(self, words: Words, language: str, conversation: str) -> None:
        self._words, self._language, self._conversation = words, language, conversation

    def question(self, event: Event) -> Card:
        """A question with what it offers: buttons, a list or a day to pick."""
        text, choices = str(event.body["text"]), list(event.body.get("choices") or ())
        body = paragraphs(text)
        actions: list[Element] = []
        if not choices:
            body.append(self._date_input(text))
            actions = [self._submit(event)]
        elif len(choices) > MOST_BUTTONS:
            body.append(self._choice_input(text, choices))
            actions = [self._submit(event)]
        else:
            body += self._buttons(event, choices)
        return self._card(text, body, actions)

    def answered(self, event: Event, answer: str) -> Card:
        """The same question with nothing to press any more, and what was chosen."""
        text = str(event.body["text"])
        body = paragraphs(text)
        spoken = text
        if answer:
            chosen = self._say("teams_answered", answer=answer)
            body.append({"type": "TextBlock", "text": escaped(chosen), "wrap": True, "weight": "Bolder"})
            spoken = f"{text}\n{chosen}"
        return self._card(spoken, body, [])

    def facts(self, event: Event, links: Sequence[tuple[str, str]] = ()) -> Card:
        """A verdict, case, booking, summary or status. `links` are (title, address)."""
        kind, text = str(event.body["card"]), str(event.body["text"])
        data: Mapping[str, Any] = event.body.get("data") or {}
        body = [self._head(kind, data)]
        if kind != "summary":  # its words are its facts
            body += paragraphs(text)
        bookings = data.get("bookings") if kind == "status" else None
        body += self._fact_set(_FACTS[kind], data)
        for booking in bookings if isinstance(bookings, list) else ():
            body += self._fact_set(_FACTS["booking"][:-1], booking, separator=True)
        actions = [{"type": "Action.OpenUrl", "title": title, "url": url} for title, url in links]
        return self._card(text, body, actions)

    # --- parts ------------------------------------------------------------------------------------

    def _card(self, text: str, body: Sequence[Element], actions: Sequence[Element]) -> Card:
        card: Card = {
            "type": "AdaptiveCard",
            "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
            "version": "1.5",
            "lang": self._language,
            "fallbackText": text,
            "speak": text,
            "body": list(body),
        }
        return card | ({"actions": list(actions)} if actions else {})

    def _head(self, kind: str, data: Mapping[str, Any]) -> Element:
        verdict = str(data.get("verdict", ""))
        title, above = self._say(f"teams_card_{kind}"), ""
        if kind == "verdict" and verdict in _STYLES:
            title, above = self._say(f"teams_verdict_{verdict.lower()}"), title
        items: list[Element] = []
        if above:
            items.append({"type": "TextBlock", "text": above, "size": "Small", "wrap": True})
        heading = {"type": "TextBlock", "text": title, "style": "heading", "size": "Medium", "weight": "Bolder"}
        items.append(heading | {"wrap": True} | ({"spacing": "None"} if above else {}))
        return {"type": "Container", "style": _STYLES.get(verdict, "emphasis"), "bleed": True, "items": items}

    def _fact_set(self, names: Sequence[str], data: Mapping[str, Any], *, separator: bool = False) -> list[Element]:
        found = [(name, self._value(name, data)) for name in names]
        facts = [{"title": self._say(f"teams_fact_{name}"), "value": escaped(value)} for name, value in found if value]
        return [{"type": "FactSet", "facts": facts, "separator": separator}] if facts else []

    def _value(self, name: str, data: Mapping[str, Any]) -> str:
        """A fact in words; "" where there is none."""
        if name == "address":
            town = f"{data.get('postcode') or ''} {data.get('city') or ''}".strip()
            return ", ".join(filter(None, (str(data.get("street") or ""), town)))
        value = data.get(name)
        if name == "clauses" and isinstance(value, list):
            return ", ".join(map(str, value))
        if name in ("status", "kind") and value:
            with suppress(KeyError):  # a word to come has no text yet
                return self._say(f"teams_{name}_{value}")
        if name == "pickup_date" and value:
            return day_in_words(str(value), self._language)
        return str(value) if isinstance(value, str | int) else ""

    def _buttons(self, event: Event, choices: Sequence[Mapping[str, str]]) -> list[Element]:
        """Short answers beside each other, longer ones below each other, so that no title is cut on a phone."""
        buttons = [self._button(event, choice) for choice in choices]
        if sum(len(choice["title"]) for choice in choices) <= ONE_ROW and len(choices) <= 3:
            return [{"type": "ActionSet", "actions": buttons}]
        return [{"type": "ActionSet", "actions": [button], "spacing": "Small"} for button in buttons]

    def _button(self, event: Event, choice: Mapping[str, str]) -> Element:
        data = press_data(self._conversation, event.seq, choice["id"])
        title = choice["title"]
        back = {"type": "messageBack", "displayText": title, "text": title, "value": data}
        return {"type": "Action.Submit", "title": title, "data": data | {"msteams": back}}

    def _submit(self, event: Event) -> Element:
        return {
            "type": "Action.Submit",
            "title": self._say("teams_submit"),
            "data": press_data(self._conversation, event.seq),
        }

    def _choice_input(self, text: str, choices: Sequence[Mapping[str, str]]) -> Element:
        listed = [{"title": choice["title"], "value": choice["id"]} for choice in choices]
        named = {"placeholder": self._say("teams_pick"), "style": "compact", "wrap": True}
        return self._input("Input.ChoiceSet", "teams_pick") | named | {"choices": listed}

    def _date_input(self, text: str) -> Element:
        return self._input("Input.Date", "teams_pick_date")

    def _input(self, kind: str, label: str) -> Element:
        missing = self._say("teams_missing")
        return {"type": kind, "id": ANSWER, "label": self._say(label), "isRequired": True, "errorMessage": missing}

    def _say(self, key: str, **values: object) -> str:
        return self._words.say(key, self._language, **values)


def paragraphs(text: str) -> list[Element]:
    """One block a line: clients join lines of one block."""
    blocks: list[Element] = []
    after_blank = False
    for line in text.split("\n"):
        if not line.strip():
            after_blank = True
            continue
        spacing = "Medium" if after_blank or not blocks else "Small"
        blocks.append({"type": "TextBlock", "text": escaped(line), "wrap": True, "spacing": spacing})
        after_blank = False
    return blocks


def escaped(text: str) -> str:
    """Text as it stands: in a card a few signs would make it bold, a list or a link."""
    text = re.sub(r"([\\*_\[\]`~])", r"\\\1", text)
    return re.sub(r"^(\s*\d*)([-+#>.)])(?=\s)", r"\1\\\2", text)


def day_in_words(iso: str, language: str) -> str:
    """2026-11-26 as "torsdag den 26. november"; what is no date stays as it is."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    pattern = "EEEE 'den' d. MMMM" if language == "da" else "EEEE d MMMM"
    return format_date(day, pattern, locale=language)
