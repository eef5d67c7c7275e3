"""W6: WCAG 2.2 AA: axe on every state, the keyboard alone, what a screen reader reads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from said import BOOKED, BOOKING, CASE, HELLO, STATUS, SUMMED, VERDICT, asked, card, days, step

from tests.support.postgres import missing

AXE = Path(__file__).parents[2] / "bot/widget/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DOWN = [
    card("verdict", "Stop her.", {"verdict": "SAFETY_STOP"}),
    card("verdict", "Ikke dækket.", {"verdict": "NOT_COVERED"}),
]


def violations(chat) -> list[str]:
    """What axe finds on the whole page, at any level."""
    if not AXE.exists():
        missing("the web chat's tools")
    chat.page.evaluate(AXE.read_text(encoding="utf-8"))
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = chat.page.evaluate("options => axe.run(document, options)", options)
    assert len(found["passes"]) > 10, "axe looked at nothing"
    return [f"{each['id']}: {node['html'][:120]}" for each in found["violations"] for node in each["nodes"]]


def closed(chat, house):
    expect(chat.launcher).to_be_visible()


def opened(chat, house):
    chat.open()


def question(chat, house):
    house.script([*HELLO, *step("no_power", "power_reset")])
    chat.open()
    chat.button("Ja, det virker").wait_for()


def calendar(chat, house):
    house.script([*HELLO, *days()])
    chat.open()
    chat.log.get_by_role("table").wait_for()


def cards(chat, house):
    label = {"label_url": "/api/chat/files/x", "calendar_url": "/api/chat/files/y"}
    booked = card("booking", "Afhentningen er bestilt.", BOOKED | label)
    house.script([VERDICT, *DOWN, CASE, STATUS, booked, *SUMMED])
    chat.open()
    chat.log.locator(".card").nth(6).wait_for()


def any_day(chat, house):
    house.script([*HELLO, *asked("Hvornår skete det?", "incident_date", "date")])
    chat.open()
    chat.log.get_by_label("Vælg en dag").wait_for()


def upload(chat, house):
    house.script([*HELLO, *asked("Send et billede.", "picture", "file")])
    chat.open()
    chat.intercept(r"/api/chat/files$", lambda route: None)
    box = chat.dialog.locator(".composer input[type=file]")
    box.set_input_files([{"name": "virus.exe", "mimeType": "application/x-exe", "buffer": b"MZ"}])
    box.set_input_files([{"name": "a.png", "mimeType": "image/png", "buffer": b"x"}])
    chat.dialog.get_by_role("progressbar").wait_for()


def failed(chat, house):
    chat.open()
    chat.expect_complaints("Failed to load")
    words = {"da": "Det gik ikke.", "en": "No."}
    chat.intercept(r"/messages$", lambda route: route.fulfill(status=400, json={"error": "x", "message": words}))
    chat.say("hej med dig")
    chat.sees("Ikke sendt.")


def down(chat, house):
    chat.expect_complaints("Failed to load")
    words = {"da": "Chatten kan ikke bruges fra den side.", "en": "No."}
    chat.intercept(r"/sessions$", lambda route: route.fulfill(status=403, json={"error": "x", "message": words}))
    chat.launcher.click()
    chat.sees("Chatten kan ikke bruges fra den side.")


def too_long(chat, house):
    chat.open()
    chat.box.fill("x" * 2001)
    chat.sees("Beskeden er for lang")


def agent(chat, house):
    chat.open()
    house.append("owner", role="system", owner="queue", place=1)
    house.append("owner", role="system", owner="agent", name="Mette")
    house.append("text", role="agent", speaker="Mette", text="Hej, jeg ser på det.")
    chat.sees("Hej, jeg ser på det.")


def menu(chat, house):
    chat.open()
    chat.button("Menu").click()
    chat.button("Afslut chat").wait_for()


def ending(chat, house):
    menu(chat, house)
    chat.button("Afslut chat").click()
    chat.sees("Vil du afslutte chatten?")


def erasing(chat, house):
    menu(chat, house)
    chat.button("Slet det, jeg har skrevet").click()
    chat.sees("Vil du slette alt")


def over(chat, house):
    chat.open()
    house.append("owner", role="system", owner="closed")
    chat.sees("Samtalen er slut.")


STATES = [
    closed,
    opened,
    question,
    calendar,
    cards,
    any_day,
    upload,
    failed,
    down,
    too_long,
    agent,
    menu,
    ending,
    erasing,
    over,
]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_w6_axe_finds_nothing(visit, house, state):
    chat = visit("/?language=da")
    state(chat, house)
    assert violations(chat) == []
    chat.page.emulate_media(color_scheme="dark")
    assert violations(chat) == []
    chat.page.set_viewport_size({"width": 360, "height": 640})
    assert violations(chat) == []
    small = chat.page.evaluate(TARGETS)
    assert small == [], "targets are at least 44 by 44"


TARGETS = """() => [...document.querySelector("hp-offsite-chat").shadowRoot
        .querySelectorAll("button, input, textarea, .button, label")]
    .filter(each => each.checkVisibility() && !each.matches(".hide, form label:has(input[type=date])"))
    .map(each => [each.className || each.textContent.trim(), each.getBoundingClientRect()])
    .filter(([, box]) => box.width < 43.9 || box.height < 43.9)
    .map(([name, box]) => `${name}: ${box.width} x ${box.height}`)"""


def test_w6_from_opening_to_a_booking_with_the_keyboard_alone(visit, house):
    house.script(
        [*HELLO, *asked("Hvad er serienummeret?", "serial_number")],
        step("no_power", "power_reset"),
        [VERDICT, CASE, *days()],
        SUMMED,
        [BOOKING, *asked("Er der andet?", "anything_else", "choice", affirm="Ja", deny="Nej")],
    )
    chat = visit("/?language=da")
    keys = chat.page.keyboard
    focused = "document.activeElement.shadowRoot?.activeElement"

    def tab_to(name: str) -> None:
        for _ in range(40):
            if chat.page.evaluate(
                f"({focused}?.getAttribute('aria-label') || {focused}?.textContent.trim()) === {name!r}"
            ):
                ring = chat.page.evaluate(f"getComputedStyle({focused}).outlineStyle")
                assert ring != "none", f"the focus on {name} must be seen"
                return
            keys.press("Shift+Tab" if chat.page.evaluate(f"!!{focused}") and name != "Chat med os" else "Tab")
        raise AssertionError(f"the keyboard does not reach {name}")

    tab_to("Chat med os")
    keys.press("Enter")
    chat.sees("Hvad er serienummeret?")
    expect(chat.box).to_be_focused()
    keys.type("DEM503C001")
    keys.press("Enter")
    chat.button("Nej").wait_for()
    tab_to("Nej")
    keys.press("Space")
    chat.log.get_by_role("table").wait_for()
    expect(chat.box).to_be_focused()
    tab_to("mandag den 30. november 2026")
    keys.press("Enter")
    chat.button("Ja, bestil").wait_for()
    tab_to("Ja, bestil")
    keys.press("Enter")
    chat.sees("Afhentningen er bestilt: mandag")
    assert house.rasa.messages == [
        "DEM503C001",
        '/choose{"choice": "not_fixed"}',
        '/choose{"choice": "2026-11-30"}',
        "/affirm",
    ]
    keys.press("Escape")
    expect(chat.dialog).to_have_count(0)
    expect(chat.launcher).to_be_focused()


def test_w6_escape_closes_the_menu_first_and_then_the_chat(visit):
    chat = visit().open()
    chat.button("Menu").click()
    expect(chat.button("Menu")).to_have_attribute("aria-expanded", "true")
    chat.page.keyboard.press("Escape")
    expect(chat.button("Menu")).to_have_attribute("aria-expanded", "false")
    expect(chat.button("Menu")).to_be_focused()
    chat.page.keyboard.press("Escape")
    expect(chat.launcher).to_be_focused()


def test_w6_on_a_phone_the_page_behind_cannot_be_reached(visit):
    chat = visit("/?language=da", viewport={"width": 360, "height": 640}).open()
    for _ in range(25):
        chat.page.keyboard.press("Tab")
        where = chat.page.evaluate("document.activeElement.localName")
        assert where in ("hp-offsite-chat", "body")
    chat.page.keyboard.press("Escape")
    expect(chat.launcher).to_be_focused()


def test_w6_only_what_is_new_is_announced(visit, house):
    chat = visit("/?language=da").open()
    expect(chat.log).to_have_attribute("aria-live", "polite")
    for number in range(3):
        house.append("text", text=f"besked {number}")
    chat.sees("besked 2")
    chat.page.add_init_script("""
        window.announced = [];
        const attach = Element.prototype.attachShadow;
        Element.prototype.attachShadow = function (how) {
            const root = attach.call(this, how);
            new MutationObserver(changes => {
                const log = root.querySelector("[role=log]");
                for (const change of changes) for (const node of change.addedNodes)
                    if (log?.contains(node) && log.ariaLive === "polite" && node.textContent.trim())
                        window.announced.push(node.textContent.trim());
            }).observe(root, {childList: true, subtree: true});
            return root;
        };
    """)
    chat.page.reload()
    chat.sees("besked 2")
    expect(chat.log).to_have_attribute("aria-live", "polite")
    assert not [text for text in chat.page.evaluate("announced") if "besked" in text]
    house.append("text", text="noget nyt")
    chat.sees("noget nyt")
    assert [text for text in chat.page.evaluate("announced") if "noget nyt" in text]


def test_w6_what_a_screen_reader_reads_of_a_conversation(visit, house):
    house.script(
        [*HELLO, *asked("Hvad er serienummeret?", "serial_number")],
        [VERDICT, CASE, *days()],
        [BOOKING, *asked("Er der andet?", "anything_else", "choice", affirm="Ja", deny="Nej")],
    )
    chat = visit("/?language=da").open()
    chat.say("DEM503C001")
    chat.log.get_by_role("button", name="mandag den 30. november 2026").click()
    chat.button("Nej").wait_for()
    expect(chat.log.locator(".waiting, .sent")).to_have_count(0)
    reading = (Path(__file__).parent / "screen_reader.da.txt").read_text(encoding="utf-8")
    found = re.sub(r"http://[\w.:]+", "", chat.log.aria_snapshot())
    assert found.strip() == reading.strip()


def test_w6_text_can_be_twice_as_big_and_a_page_320_wide(visit, house):
    house.script([VERDICT, CASE, BOOKING, *days()])
    chat = visit("/?language=da", viewport={"width": 320, "height": 568}).open()
    chat.log.get_by_role("table").wait_for()
    sideways = "log => log.scrollWidth - log.clientWidth"
    assert chat.log.evaluate(sideways) <= 0
    session = chat.page.context.new_cdp_session(chat.page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    chat.page.set_viewport_size({"width": 640, "height": 800})
    chat.page.reload()
    chat.log.get_by_role("table").wait_for()
    size = chat.log.locator(".card p").first.evaluate("p => getComputedStyle(p).fontSize")
    assert size == "32px"
    assert chat.log.evaluate(sideways) <= 0
    expect(chat.box).to_be_in_viewport()


def test_w6_nothing_moves_for_those_who_ask_for_that(visit, house):
    house.rasa.delay = lambda heard: 2.0 if heard["message"] == "hej med dig" else 0.0
    chat = visit("/?language=da", reduced_motion="reduce").open()
    chat.say("hej med dig")
    chat.log.locator(".typing").wait_for()
    assert chat.page.evaluate("document.querySelector('hp-offsite-chat').shadowRoot.getAnimations().length") == 0
