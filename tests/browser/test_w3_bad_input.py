"""W3: what a customer, a host page or a broken server may do to it."""

from __future__ import annotations

import re
import time

import pytest
from cutter import cutter
from playwright.sync_api import expect

HOST = '<!doctype html><html lang="da"><title>Vært</title><h1>Vært</h1>{}<script src="/widget.js"{}></script></html>'


def test_w3_blank_is_not_sent(visit, house):
    chat = visit().open()
    for text in ("", "   ", "\n"):
        chat.say(text)
    chat.button("Send").click()
    chat.say("hej med dig")
    chat.sees("Du skrev: hej med dig")
    assert house.rasa.messages == ["hej med dig"]


def test_w3_too_long_is_refused_with_the_count_and_the_text_kept(visit, house):
    chat = visit().open()
    text = "æ" * 2001
    chat.box.fill(text)
    chat.sees("2.001 af højst 2.000 tegn")
    chat.box.press("Enter")
    expect(chat.dialog.get_by_role("status")).to_contain_text("Beskeden er for lang")
    expect(chat.box).to_have_value(text)
    assert house.rasa.messages == []
    chat.box.fill(text[:2000])
    chat.sees("2.000 af 2.000 tegn")
    chat.box.press("Enter")
    expect(chat.log.locator(".customer .bubble")).to_have_text(text[:2000])
    chat.sees("Du skrev: æ")


def test_w3_a_double_click_sends_once(visit, house):
    chat = visit().open()
    chat.say("hej med dig")
    chat.button("Ja").dblclick()
    chat.sees("Du skrev: /affirm")
    chat.box.fill("tak for det")
    chat.button("Send").dblclick()
    chat.sees("Du skrev: tak for det")
    assert house.rasa.messages == ["hej med dig", "/affirm", "tak for det"]


def test_w3_what_is_pasted_as_html_is_text(visit, house):
    chat = visit(permissions=["clipboard-read", "clipboard-write"]).open()
    copied = """text => navigator.clipboard.write([new ClipboardItem({
        "text/html": new Blob([text], {type: "text/html"}), "text/plain": new Blob([text], {type: "text/plain"})})])"""
    chat.page.evaluate(copied, "<b>fed</b> <i>skrå</i>")
    chat.box.press("Control+V")
    expect(chat.box).to_have_value("<b>fed</b> <i>skrå</i>")
    chat.box.press("Enter")
    chat.sees("Du skrev: <b>fed</b> <i>skrå</i>")
    expect(chat.log.locator("b, i")).to_have_count(0)


def test_w3_links_lead_to_web_pages_only_and_tell_them_nothing(visit, house):
    text = "Se https://support.hp.com/dk-da, javascript:alert(1) data:text/html,x http://a.example/b?c=1#d. ftp://x.y/z"
    house.script([{"text": text}])
    chat = visit().open()
    links = chat.log.locator(".bubble a")
    assert [link.get_attribute("href") for link in links.all()] == [
        "https://support.hp.com/dk-da",
        "http://a.example/b?c=1#d",
    ]
    for link in links.all():
        assert "noopener" in link.get_attribute("rel")
    expect(chat.log.locator(".bubble")).to_have_text(text)


HOSTILE = [
    "<script>window.hacked=1</script><img src=x onerror='window.hacked=1'><style>*{display:none}</style>",
    "\u202eesrever\u202c og \u2066isolated\u2069 \u200f",
    "a" * 2000,
    "${alert(1)} {{constructor.constructor('window.hacked=1')()}} <!--?lit$1$-->",
    "\u0000\u0007😀" + "Z\u0334\u0335" * 200,
]


@pytest.mark.parametrize("text", HOSTILE, ids=["markup", "direction", "long word", "templates", "odd characters"])
def test_w3_hostile_contents_are_shown_as_text(visit, house, text):
    chat = visit().open()
    facts = {"verdict": text, "case_id": text, "tracking_number": text, "pickup_date": text, "label_url": text}
    house.append("text", text=text)
    house.append("card", card="booking", data={**facts, "kind": text}, text=text)
    house.append("card", card=text, data={}, text=text)
    house.append("text", role="agent", speaker=text[:80], text=text, expects={"slot": text, "kind": text}, choices=[
        {"id": "a", "title": text}
    ])  # fmt: skip
    house.append("text", text="til sidst")
    chat.sees("til sidst")
    assert chat.page.evaluate("window.hacked") is None
    shown = chat.log.locator(".bubble p").all_text_contents()
    assert text in shown
    expect(chat.log.locator("script, img, style, a.button")).to_have_count(0)
    wide = "e => e.scrollWidth <= e.clientWidth + 1"
    assert chat.log.evaluate(wide), "it must not scroll sideways"
    assert chat.dialog.get_by_text("Send").first.is_visible()


def test_w3_an_unknown_event_is_ignored_and_the_stream_goes_on(visit, house):
    chat = visit().open()
    house.append("weather", degrees=21, text="sol")
    house.append("typing")
    house.append("text", text="og videre")
    chat.sees("og videre")
    assert "sol" not in chat.log.inner_text()


@pytest.mark.parametrize(("language", "words"), [("da", "Prøv igen om lidt"), ("en", "Try again in a little while")])
def test_w3_a_gateway_that_is_down_is_told_within_twenty_seconds(visit, house, language, words):
    with cutter(house.gateway.settings.port) as line:
        chat = visit("about:blank")
        chat.expect_complaints("Failed to load resource|net::")
        chat.host(HOST.format("", f' data-language="{language}" data-phone="+45 12 34 56 78"'), origin=line.base)
        line.down = True
        began = time.monotonic()
        chat.launcher.click()
        alert = chat.dialog.get_by_role("alert")
        expect(alert).to_contain_text(words)
        assert time.monotonic() - began < 20
        expect(alert.get_by_role("link", name="support.hp.com/dk-da")).to_be_visible()
        expect(alert.get_by_role("link", name="+45 12 34 56 78")).to_have_attribute("href", "tel:+4512345678")


def test_w3_a_refusal_of_the_server_is_told_in_words(visit):
    chat = visit().open()
    chat.expect_complaints("Failed to load resource")
    words = {"da": "Det gik ikke.", "en": "That did not work."}
    chat.intercept(
        r"/api/chat/messages$", lambda route: route.fulfill(status=400, json={"error": "malformed", "message": words})
    )
    chat.say("hej med dig")
    expect(chat.log.locator(".failed .state")).to_contain_text("Det gik ikke.")
    expect(chat.button("Prøv igen")).to_have_count(0)


@pytest.mark.parametrize("api", ["http://", "javascript:alert(1)", "ftp://x.example"])
def test_w3_a_bad_api_attribute_hides_the_launcher_and_harms_nothing(visit, api):
    chat = visit("about:blank")
    chat.expect_complaints("hp-offsite-chat: the attribute api")
    errors = []
    chat.page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    chat.host(HOST.format(f'<hp-offsite-chat api="{api}"></hp-offsite-chat>', ""))
    chat.page.wait_for_function("!!customElements.get('hp-offsite-chat')")
    chat.page.wait_for_timeout(300)
    expect(chat.launcher).to_have_count(0)
    assert len(errors) == 1 and re.search("api", errors[0])
    expect(chat.page.get_by_role("heading", name="Vært")).to_be_visible()
