"""The conversation to keep: complete, safe to open, in both languages."""

from __future__ import annotations

from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from actions.adapters.texts import ResponseTexts
from bot.gateway.channels.web.transcript import as_html, as_text
from bot.gateway.events import Event
from bot.gateway.words import Words

WORDS = Words(ResponseTexts())
AT = datetime(2026, 11, 25, 22, 30, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)> \" ' & \u202eSMOH"


def event(seq: int, role: str, kind: str = "text", name: str | None = None, hours: int = 0, **body: object) -> Event:
    return Event(seq, AT.replace(hour=AT.hour + hours), role, name, kind, body)


TALK = [
    event(1, "bot", text="Hej. Jeg er en automatisk assistent."),
    event(2, "customer", text=HOSTILE),
    event(3, "customer", text="linje et\nlinje to"),
    Event(4, AT, "customer", None, "file", {"name": "skærm<b>.jpg", "size": 340_500, "url": "/api/chat/files/x"}),
    event(5, "bot", "card", card="booking", data={"booking_id": "HPB-1"}, text="Kureren kommer fredag."),
    event(6, "system", "owner", owner="agent", text="Du chatter nu med Sofie."),
    event(7, "agent", name="Sofie", text="Hej, jeg er Sofie.", hours=1),
    event(8, "system", "owner", owner="bot", text=""),
]


class Reader(HTMLParser):
    """The tags of a page, and its words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "da",
            [
                "Dig",
                "Automatisk assistent",
                "Sofie",
                "Fil: skærm<b>.jpg (340 kB)",
                "Bestilling",
                "foreløbig",
                "onsdag den 25. november 2026",
            ],
        ),
        (
            "en",
            [
                "You",
                "Automated assistant",
                "Sofie",
                "File: skærm<b>.jpg (340 kB)",
                "Booking",
                "provisional",
                "Thursday, 26 November 2026",
            ],
        ),
    ],
)
def test_everything_that_was_said_stands_in_it(language: str, words: list[str]) -> None:
    reader = Reader()
    reader.feed(as_html(TALK, WORDS, language, AT))
    plain = as_text(TALK, WORDS, language, AT)
    said = [HOSTILE, "Kureren kommer fredag.", "Du chatter nu med Sofie.", "23:30", "00:30", "26", "2026"]
    for each in [*words, *said, "linje et"]:
        assert each in plain and each in reader.words, each
    assert plain.index("linje et") < plain.index("Kureren") < plain.index("jeg er Sofie")


def test_the_page_runs_and_loads_nothing() -> None:
    page = as_html(TALK, WORDS, "da", AT)
    reader = Reader()
    reader.feed(page)
    assert not reader.tags & {"script", "img", "iframe", "link", "a", "form"}
    assert not {name for name in reader.attributes if name.startswith("on")}
    assert "default-src 'none'" in page and 'lang="da"' in page
