"""The conversation to keep: as plain text, or as a page of its own that prints. Times are Danish."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from datetime import datetime
from html import escape
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date

from bot.gateway.events import CARDS, Event
from bot.gateway.words import Words

_COPENHAGEN = ZoneInfo("Europe/Copenhagen")
_STYLE = (Path(__file__).parent / "transcript.css").read_text(encoding="utf-8")
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none'"
_LOCALES = {"da": "da_DK", "en": "en_GB"}
_UNITS = ("B", "kB", "MB")


def as_text(events: Sequence[Event], words: Words, language: str, now: datetime) -> str:
    """One block an event: who and when, then what; links and pictures by their names."""
    blocks = [
        f"{_who(event, words, language)}  {_day(event.at, language)} {_clock(event.at)}\n"
        f"{_plain(event, words, language)}"
        for event in _said(events)
    ]
    head = f"{words.say('transcript_title', language)}\n{_saved(words, language, now)}"
    return "\n\n".join([head, *blocks, words.say("transcript_footnote", language)]) + "\n"


def as_html(events: Sequence[Event], words: Words, language: str, now: datetime) -> str:
    """A page without scripts, whose own policy lets nothing run or load. Nothing that anybody wrote is read as HTML."""
    title = escape(words.say("transcript_title", language))
    rows: list[str] = []
    day = ""
    for event in _said(events):
        if _day(event.at, language) != day:
            day = _day(event.at, language)
            rows.append(f"<h2>{escape(day)}</h2>")
        rows.append(_row(event, words, language))
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"><title>{title}</title><style>{_STYLE}</style>'
    )
    return (
        f'<!doctype html>\n<html lang="{language}"><head>{head}</head><body><main><h1>{title}</h1>\n'
        f"<p>{escape(_saved(words, language, now))}</p>\n{chr(10).join(rows)}\n"
        f"<footer>{escape(words.say('transcript_footnote', language))}</footer></main></body></html>\n"
    )


def _row(event: Event, words: Words, language: str) -> str:
    """Who said it and when, then what. `dir=auto`: text in another direction turns nothing else round."""
    who = f'<p class="who"><b>{escape(_who(event, words, language))}</b> <time>{_clock(event.at)}</time></p>'
    kind = event.role if event.role in ("customer", "bot", "agent") else "system"
    card = _card(event, words, language)
    told = f"<h3>{escape(card)}</h3>" if card else ""
    text = escape(_what(event, words, language)).replace("\n", "<br>")
    return f'<article class="{kind}{" card" if card else ""}">{who}{told}<p dir="auto">{text}</p></article>'


def _said(events: Sequence[Event]) -> list[Event]:
    return [event for event in events if event.body.get("text") or event.type == "file"]


def _who(event: Event, words: Words, language: str) -> str:
    return event.name or words.say(f"transcript_{event.role}", language)


def _plain(event: Event, words: Words, language: str) -> str:
    card = _card(event, words, language)
    return f"[{card}] {_what(event, words, language)}" if card else _what(event, words, language)


def _what(event: Event, words: Words, language: str) -> str:
    if event.type != "file":
        return str(event.body["text"])
    size = _size(int(event.body.get("size", 0)))
    return words.say("transcript_file", language, name=event.body.get("name", ""), size=size)


def _card(event: Event, words: Words, language: str) -> str:
    """What a card is called; "" for what is none."""
    card = event.body.get("card")
    return words.say(f"transcript_card_{card}", language) if event.type == "card" and card in CARDS else ""


def _size(size: int) -> str:
    """Bytes as people read them: 340 kB."""
    value, unit = float(size), 0
    while value >= 1000 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{value:.0f} {_UNITS[unit]}"


def _saved(words: Words, language: str, now: datetime) -> str:
    return words.say("transcript_saved", language, date=_day(now, language), time=_clock(now))


def _day(at: datetime, language: str) -> str:
    """Wednesday 25 November 2026."""
    return format_date(at.astimezone(_COPENHAGEN), "full", locale=_LOCALES[language])


def _clock(at: datetime) -> str:
    return at.astimezone(_COPENHAGEN).strftime("%H:%M")
