"""The conversation to keep: as plain text, or as a page that prints."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from bot.gateway.events import Event
from bot.gateway.words import Words

_COPENHAGEN = ZoneInfo("Europe/Copenhagen")
_STYLE = "body{font:1rem/1.5 sans-serif;max-width:45rem;margin:2rem auto;padding:0 1rem}dt{font-weight:bold}"


def as_text(events: Sequence[Event], words: Words, language: str) -> str:
    """One block an event: who and when, then what."""
    blocks = [f"{_who(event, words, language)}  {_when(event.at)}\n{_what(event)}" for event in _said(events)]
    return "\n\n".join([words.say("transcript_title", language), *blocks]) + "\n"


def as_html(events: Sequence[Event], words: Words, language: str) -> str:
    """A page of its own, without scripts. Nothing that anybody wrote is read as HTML."""
    title = escape(words.say("transcript_title", language))
    rows = "".join(
        f"<dt>{escape(_who(event, words, language))} "
        f'<time datetime="{event.at.isoformat()}">{_when(event.at)}</time></dt>'
        f"<dd>{escape(_what(event)).replace(chr(10), '<br>')}</dd>\n"
        for event in _said(events)
    )
    head = f'<meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>'
    return (
        f'<!doctype html>\n<html lang="{language}"><head>{head}</head><body><h1>{title}</h1>\n'
        f"<dl>\n{rows}</dl></body></html>\n"
    )


def _said(events: Sequence[Event]) -> list[Event]:
    return [event for event in events if _what(event)]


def _who(event: Event, words: Words, language: str) -> str:
    return event.name or words.say(f"transcript_{event.role}", language)


def _what(event: Event) -> str:
    return str(event.body.get("text") or event.body.get("name") or "")


def _when(at: datetime) -> str:
    return at.astimezone(_COPENHAGEN).strftime("%Y-%m-%d %H:%M")
