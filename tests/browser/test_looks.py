"""How it looks, compared with pictures that a person has looked at; `UPDATE_LOOKS=1` takes new ones.

The tolerance leaves room for another font of the same width and for the browser's next version, not for a layout that
falls apart: pictures are compared small and blurred, and so many of their points may differ.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter
from said import BOOKED, CASE, HELLO, SUMMED, VERDICT, asked, card, days, step

LOOKS = Path(__file__).parent / "looks"
MOST_DIFFERENT = 0.06
"""Share of points that may differ."""
VISIBLY = 40
"""Difference of a point, of 255, that counts."""


def alike(name: str, picture: bytes) -> None:
    """Compare with the picture of that name."""
    file = LOOKS / f"{name}.png"
    with Image.open(io.BytesIO(picture)) as opened:
        found = opened.convert("RGB")
    if os.environ.get("UPDATE_LOOKS") == "1":
        LOOKS.mkdir(exist_ok=True)
        found.quantize(128).save(file, optimize=True)
    with Image.open(file) as opened:
        kept = opened.convert("RGB")
    assert kept.size == found.size, f"{name}: the size changed"
    small = (kept.width // 3, kept.height // 3)
    blurred = [each.resize(small).filter(ImageFilter.GaussianBlur(2)) for each in (kept, found)]
    difference = ImageChops.difference(*blurred).convert("L")
    share = sum(difference.histogram()[VISIBLY:]) / (small[0] * small[1])
    assert share <= MOST_DIFFERENT, f"{name}: {share:.1%} of the picture differ; see UPDATE_LOOKS"


PIN = """() => {
    const font = '"Liberation Sans", Arial, sans-serif';
    document.body.style.fontFamily = font;
    document.querySelector("hp-offsite-chat").style.setProperty("--offsite-font", `medium/1.5 ${font}`);
}"""


def pin_the_font(chat) -> None:
    """`system-ui` is another font on every machine; scripts/test-tools installs this one."""
    chat.page.wait_for_selector("hp-offsite-chat", state="attached")
    chat.page.evaluate(PIN)


def shown(chat) -> bytes:
    """The page when nothing moves any more."""
    chat.page.wait_for_timeout(400)
    return bytes(chat.page.screenshot(animations="disabled", caret="hide"))


def booking() -> list:
    links = {"label_url": "/api/chat/bookings/x.pdf", "calendar_url": "/api/chat/bookings/x.ics"}
    return [card("booking", "Afhentningen er bestilt.", BOOKED | links)]


def at_a_question(chat, house) -> None:
    house.script([*HELLO, *step("no_power", "power_reset")])
    chat.open()
    chat.button("Nej").wait_for()


def at_the_calendar(chat, house) -> None:
    house.script([*HELLO, *days()])
    chat.open()
    chat.log.get_by_role("table").wait_for()


def at_the_booking(chat, house) -> None:
    house.script([*booking(), *asked("Er der andet?", "anything_else", "choice", affirm="Ja", deny="Nej")])
    chat.open()
    chat.button("Nej").wait_for()


def at_the_summary(chat, house) -> None:
    house.script(SUMMED)
    chat.open()
    chat.button("Ja, bestil").wait_for()


def at_the_verdict(chat, house) -> None:
    house.script([VERDICT, CASE])
    chat.open()
    chat.sees("Din sag er oprettet.")


def with_an_agent(chat, house) -> None:
    chat.open()
    house.append("owner", role="system", owner="agent", name="Mette")
    house.append("text", role="agent", speaker="Mette", text="Hej, jeg ser på det.")
    chat.sees("Hej, jeg ser på det.")


PHONE = {"viewport": {"width": 390, "height": 780}}
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
NARROW = {"viewport": {"width": 320, "height": 568}}
PICTURES = [
    ("phone-question", "da", PHONE, at_a_question),
    ("phone-calendar", "da", PHONE, at_the_calendar),
    ("phone-booking", "da", PHONE, at_the_booking),
    ("phone-agent", "da", PHONE, with_an_agent),
    ("desktop-verdict", "en", DESKTOP, at_the_verdict),
    ("desktop-summary-dark", "en", DESKTOP | {"color_scheme": "dark"}, at_the_summary),
    ("narrow-calendar", "da", NARROW, at_the_calendar),
    ("forced-colours", "da", PHONE | {"forced_colors": "active"}, at_a_question),
    ("reduced-motion", "da", PHONE | {"reduced_motion": "reduce"}, at_the_verdict),
]


@pytest.mark.parametrize(("name", "language", "context", "there"), PICTURES, ids=[each[0] for each in PICTURES])
def test_it_looks_as_it_did(visit, house, name, language, context, there):
    chat = visit(f"/?language={language}", **context)
    pin_the_font(chat)
    there(chat, house)
    alike(name, shown(chat))


def test_it_looks_as_it_did_with_text_twice_as_big(visit, house):
    chat = visit("/?language=da", viewport={"width": 640, "height": 900})
    session = chat.page.context.new_cdp_session(chat.page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    pin_the_font(chat)
    at_the_calendar(chat, house)
    alike("text-200", shown(chat))


@pytest.mark.parametrize(("language", "context"), [("da", PHONE), ("en", DESKTOP)], ids=["phone", "desktop"])
def test_the_first_page_looks_as_it_did(visit, language, context):
    chat = visit(f"/?language={language}", **context)
    pin_the_font(chat)
    alike(f"first-page-{language}", shown(chat))
