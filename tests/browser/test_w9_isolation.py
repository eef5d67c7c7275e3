"""W9: strict policies, hostile style sheets, foreign origins, and how a host may dress it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from said import BOOKING, CASE, HELLO
from stub_rasa import until
from test_w4_files import picture

PAGE = '<!doctype html><html lang="da"><head><title>Vært</title>{}</head><body>{}</body></html>'
SCRIPT = '<script src="{}/widget.js" defer></script>'
HOSTILE = """<style>
* { all: unset !important; display: inline !important; color: lime !important; font: 60px cursive !important;
    position: static !important; visibility: hidden !important; text-transform: uppercase !important }
html { font-size: 60px !important } button, dialog, textarea { display: none !important }
hp-offsite-chat { display: none !important; opacity: 0 !important; pointer-events: none !important }
</style>"""
STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src {0}; img-src 'self'"
    "; require-trusted-types-for 'script'; trusted-types lit-html"
)


def talks(chat, house) -> None:
    """A conversation with a card, a question and a file button works."""
    chat.open()
    talks_on(chat)


def talks_on(chat) -> None:
    chat.say("hej med dig")
    chat.sees("Du skrev: hej med dig")
    chat.button("Ja").click()
    chat.sees("Du skrev: /affirm")


def test_w9_works_under_the_strictest_policy_with_trusted_types(visit, house):
    chat = visit("about:blank")
    chat.host(PAGE.format(SCRIPT.format(""), "<h1>Vært</h1>"), policy=STRICT.format(house.gateway.base))
    talks(chat, house)
    chat.button("Menu").click()
    with chat.page.expect_download():
        chat.button("Gem samtalen som side").click()
    launcher = chat.dialog.bounding_box()
    assert launcher and launcher["width"] > 300, "its style sheet counts"


def test_w9_works_beside_a_host_that_has_a_policy_of_the_same_name(visit, house):
    """docs/widget.md: 'allow-duplicates' where the page uses Lit too."""
    chat = visit("about:blank")
    own = "trustedTypes.createPolicy('lit-html', {createHTML: text => text})"
    chat.intercept(r"/own\.js$", lambda route: route.fulfill(body=own, content_type="text/javascript"))
    policy = STRICT.format(house.gateway.base) + " 'allow-duplicates'"
    chat.host(PAGE.format('<script src="/own.js"></script>' + SCRIPT.format(""), "<h1>Vært</h1>"), policy=policy)
    talks(chat, house)


def test_w9_hostile_style_sheets_of_the_host_change_nothing(visit, house):
    plain, hostile = visit("about:blank"), visit("about:blank")
    plain.host(PAGE.format(SCRIPT.format(""), "<h1>Vært</h1>"), path="/plain.html")
    hostile.host(PAGE.format(HOSTILE + SCRIPT.format(""), "<h1>Vært</h1>"), path="/hostile.html")
    looks = []
    for chat in (plain, hostile):
        expect(chat.launcher).to_be_visible()
        looks.append([chat.launcher.bounding_box()])
        talks(chat, house)
        bubble = chat.log.locator(".bubble").first
        style = (
            "e => { const s = getComputedStyle(e); return [s.color, s.fontSize, s.fontFamily, s.display, s.opacity] }"
        )
        looks[-1] += [chat.dialog.bounding_box(), bubble.evaluate(style), chat.box.evaluate(style)]
    assert looks[0] == looks[1]


def test_w9_nothing_shifts_in_the_page_or_in_the_chat(visit, house):
    """Opened by script, as what moves within half a second after a press would not count."""
    house.rasa.delay = lambda heard: 0.7
    chat = visit("about:blank")
    chat.page.add_init_script("""
        window.shifts = [];
        new PerformanceObserver(list => list.getEntries().forEach(entry => shifts.push(
            [entry.value, ...entry.sources.map(source => source.node?.nodeName ?? JSON.stringify(source.currentRect))]
        ))).observe({type: "layout-shift", buffered: true});""")
    chat.host(PAGE.format(SCRIPT.format(""), "<h1>Vært</h1><p>Tekst</p>"))
    expect(chat.launcher).to_be_visible()
    before = chat.page.get_by_text("Tekst").bounding_box()
    chat.page.evaluate("document.querySelector('hp-offsite-chat').show()")
    chat.sees("Hej, jeg er")
    chat.page.wait_for_timeout(300)
    assert chat.page.evaluate("shifts") == []
    assert chat.page.get_by_text("Tekst").bounding_box() == before
    talks_on(chat)
    chat.button("Luk chatten").click()
    assert chat.page.get_by_text("Tekst").bounding_box() == before


@pytest.fixture(scope="module")
def listed(build):
    """A gateway that lets the page at one other origin in."""
    return build(allowed_origins="http://support.host.example")


def test_w9_a_page_elsewhere_may_use_it_when_its_origin_is_listed(visit, listed):
    chat = visit("about:blank", at=listed)
    page = PAGE.format(SCRIPT.format(listed.gateway.base), "<h1>Vært</h1>")
    chat.host(page, origin="http://support.host.example")
    talks(chat, listed)


def test_w9_another_origin_is_refused_in_words(visit, listed):
    chat = visit("about:blank", at=listed)
    chat.expect_complaints("CORS|Failed to load")
    page = PAGE.format(SCRIPT.format(listed.gateway.base), "<h1>Vært</h1>")
    chat.host(page, origin="http://evil.example")
    chat.launcher.click()
    expect(chat.dialog.get_by_role("alert")).to_contain_text("Chatten svarer ikke lige nu")


@pytest.mark.parametrize("api", ["/support/chat", "{0}/support/chat/"], ids=["path", "address"])
def test_w9_the_gateway_may_stand_behind_a_path(visit, house, api):
    """A reverse proxy puts it under /support/chat of the host: `api` says so, and no other path is asked."""
    base = house.gateway.base
    house.script([*HELLO], [BOOKING])
    chat = visit("about:blank")
    asked = []

    def proxied(route):
        asked.append(route.request.url.removeprefix(base))
        path = asked[-1].removeprefix("/support/chat")
        known = path != asked[-1] or path in ("/widget.js", "/icon.svg")
        route.continue_(url=base + path) if known else route.fulfill(status=404)

    chat.intercept(re.escape(base), proxied)
    element = f'<hp-offsite-chat api="{api.format(base)}"></hp-offsite-chat>'
    chat.host(PAGE.format(SCRIPT.format(""), element))
    chat.open()
    chat.say("hej med dig")
    chat.sees("Afhentningen er bestilt: mandag")
    chat.dialog.locator(".composer input[type=file]").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": picture()}
    )
    with chat.page.expect_download():
        chat.log.get_by_role("link", name="a.png").click()
    chat.expect_complaints("Failed to load resource")  # there is no such label
    chat.log.get_by_role("link", name="PDF").click()
    label = "/support/chat/api/chat/bookings/HPB-4XK2MM.pdf"
    until(lambda: chat.page.wait_for_timeout(50) or label in asked)
    assert chat.log.get_by_role("link", name="PDF").get_attribute("href") == base + label
    privacy = chat.log.get_by_role("link", name="Sådan bruger vi dine oplysninger")
    assert privacy.get_attribute("href") == f"{base}/support/chat/privacy?language=da"
    assert {path for path in asked if not path.startswith("/support/chat/api/chat/")} == {"/widget.js"}


FRAMEWORKS = """<script>
Object.prototype.each = Array.prototype.each = function () {};  // as libraries once did: found by every for…in
window.$ = window.jQuery = window.html = window.render = window.process = () => { throw new Error("the host's own") };
window.name = "host"; window.status = "host"; window.chat = window.strings = window.open = 1;
window.customElements.define("lit-element", class extends HTMLElement {});
const born = document.createElement.bind(document);
document.createElement = (...what) => Object.assign(born(...what), {hostMadeThis: true});
new MutationObserver(changes => changes.forEach(change => change.addedNodes.forEach(node => { node.seen = true })))
    .observe(document.documentElement, {childList: true, subtree: true});
addEventListener("keydown", event => { if (event.key === "/") event.preventDefault() });
</script>"""


def test_w9_other_frameworks_on_the_page_do_no_harm(visit, house):
    chat = visit("about:blank")
    chat.host(PAGE.format(FRAMEWORKS + SCRIPT.format(""), "<h1>Vært</h1>"))
    talks(chat, house)
    chat.page.reload()
    chat.sees("Du skrev: /affirm")
    assert chat.page.evaluate("document.title") == "Vært"


def test_w9_hosts_dress_it_by_properties_and_attributes(visit, house):
    dressed = """<style>hp-offsite-chat { --offsite-accent: rgb(120, 0, 90); --offsite-radius: 0px;
        --offsite-right: auto; --offsite-left: 40px; --offsite-width: 360px; --offsite-font: 18px serif }</style>"""
    chat = visit("about:blank")
    element = '<hp-offsite-chat language="en" theme="dark" privacy="/privacy?mine"></hp-offsite-chat>'
    chat.host(PAGE.format(dressed + SCRIPT.format(""), element))
    assert chat.launcher.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(120, 0, 90)"
    chat.open()
    box = chat.dialog.bounding_box()
    assert box and (box["x"], box["width"]) == (40, 360)
    look = chat.dialog.evaluate("e => { const s = getComputedStyle(e); return [s.backgroundColor, s.borderRadius] }")
    assert look == ["rgb(20, 24, 29)", "0px"]
    assert chat.log.evaluate("e => getComputedStyle(e).font") == "18px serif"
    expect(chat.log.get_by_role("link", name="How we use what you tell us")).to_have_attribute("href", "/privacy?mine")
    expect(chat.page.locator("hp-offsite-chat")).to_have_count(1)


def test_w9_the_page_hears_what_happens(visit, house):
    house.script([*HELLO], [CASE, BOOKING])
    chat = visit("about:blank")
    chat.host(PAGE.format(SCRIPT.format(""), "<h1>Vært</h1>"))
    chat.page.evaluate("""() => {
        window.told = [];
        for (const name of ["open", "close", "case", "booking", "end"])
            addEventListener(`offsite:${name}`, event => told.push([name, event.detail]));
    }""")
    chat.open()
    chat.say("hej med dig")
    chat.sees("Din sag er oprettet.")
    chat.sees("Afhentningen er bestilt: mandag")
    chat.button("Luk chatten").click()
    chat.page.evaluate("document.querySelector('hp-offsite-chat').show()")
    expect(chat.dialog).to_be_visible()
    chat.button("Menu").click()
    chat.button("Afslut chat").click()
    chat.button("Afslut chat").click()
    expect(chat.launcher).to_be_visible()
    assert chat.page.evaluate("told") == [
        ["open", {}],
        ["case", {"case_id": "HPO-7K39QX"}],
        ["booking", {"case_id": "HPO-7K39QX", "booking_id": "HPB-4XK2MM"}],
        ["close", {}],
        ["open", {}],
        ["close", {}],
        ["end", {}],
    ]
