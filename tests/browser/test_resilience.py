"""The conversation goes on where it was: after a reload, in a second tab, over a restart, with a long history."""

from __future__ import annotations

import time

from cutter import cutter
from playwright.sync_api import expect
from stub_rasa import until


def test_a_reload_brings_back_the_conversation_and_what_was_typed(visit, house):
    chat = visit().open()
    chat.say("hej med dig")
    chat.button("Ja").wait_for()
    before = chat.messages
    chat.box.fill("halvt skrevet æøå")
    chat.page.reload()
    expect(chat.box).to_have_value("halvt skrevet æøå")
    chat.button("Ja").click()
    chat.sees("Du skrev: /affirm")
    assert chat.messages[: len(before)] == before
    assert len([request for request in chat.requests if request.url.endswith("/sessions")]) == 1


def test_what_was_not_sent_before_a_reload_is_sent_after_it(visit, house):
    chat = visit().open()
    chat.expect_complaints("Failed to load resource|net::")
    chat.intercept(r"/api/chat/messages$", lambda route: route.abort())
    chat.say("husk mig")
    expect(chat.log.locator(".waiting")).to_be_visible()
    chat.page.unroute_all()
    chat.page.reload()
    chat.sees("Du skrev: husk mig")
    assert house.rasa.messages == ["husk mig"]


def test_a_second_tab_joins_the_conversation_and_both_hear_everything(visit, house):
    first = visit().open()
    first.say("fra den første")
    first.sees("Du skrev: fra den første")
    second = type(first)(first.page.context.new_page(), house)
    second.go("/?language=da")
    second.launcher.click()
    second.sees("Du skrev: fra den første")
    second.say("fra den anden")
    first.sees("Du skrev: fra den anden")
    second.sees("Du skrev: fra den anden")
    expect(first.log.locator(".customer")).to_have_count(2)
    assert first.messages == second.messages
    assert len({heard["sender"] for heard in house.rasa.heard}) == 1
    second.button("Menu").click()
    second.button("Afslut chat").click()
    second.button("Afslut chat").click()
    expect(first.dialog).to_have_count(0)
    assert first.kept == {} and second.kept == {}
    assert not second.complaints


def test_a_restart_of_the_gateway_loses_nothing(visit, build):
    house = build()
    chat = visit("/?language=da", at=house).open()
    chat.expect_complaints("Failed to load resource|net::")
    chat.say("før")
    chat.sees("Du skrev: før")
    house.gateway.stop()
    chat.say("imens")
    expect(chat.log.locator(".waiting")).to_be_visible()
    house.gateway.restart()
    chat.sees("Du skrev: imens")
    expect(chat.log.locator(".waiting, .failed")).to_have_count(0)
    chat.say("efter")
    chat.sees("Du skrev: efter")
    assert house.rasa.messages == ["før", "imens", "efter"]
    assert [text for text in chat.messages if not text.startswith(("Du", "Er", "Hej"))] == ["før", "imens", "efter"]


def test_a_lost_connection_is_told_and_its_return_too(visit, house):
    with cutter(house.gateway.settings.port) as line:
        chat = visit("about:blank")
        chat.expect_complaints("Failed to load resource|net::")
        chat.go(f"{line.base}/?language=da")
        chat.open()
        line.down = True
        line.cut()
        chat.sees("Forbindelsen er væk.")
        line.down = False
        expect(chat.dialog.get_by_text("Forbindelsen er væk.")).to_have_count(0)
        chat.page.goto("about:blank")


def test_five_hundred_messages_are_there_at_once(visit, house):
    chat = visit().open()
    for number in range(5):
        house.append("text", text=f"første {number}")
    house.append_many(500)
    chat.page.reload()
    began = time.monotonic()
    chat.sees("nummer 499")
    expect(chat.log.locator(".message")).to_have_count(506)
    assert time.monotonic() - began < 15
    chat.say("og videre")
    chat.sees("Du skrev: og videre")
    top = chat.log.evaluate("log => log.scrollHeight - log.scrollTop - log.clientHeight")
    assert top < 100, "the end is in sight"


def test_a_sleeping_laptop_wakes_up_to_the_whole_conversation(visit, house):
    """Asleep, time stands still for the page and its connection dies without a word."""
    chat = visit("about:blank")
    chat.page.clock.install()
    chat.go("/?language=da")
    chat.open()
    chat.expect_complaints("Failed to load resource|net::")
    chat.intercept(r"/api/chat/events", lambda route: route.abort())
    for number in range(3):
        house.append("text", text=f"imens {number}")
    chat.page.unroute_all()
    chat.page.clock.run_for(3_600_000)
    until(lambda: chat.page.wait_for_timeout(200) or chat.page.clock.run_for(5_000) or "imens 2" in chat.messages, 30)
    assert [text for text in chat.messages if "imens" in text] == ["imens 0", "imens 1", "imens 2"]
