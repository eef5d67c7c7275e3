"""W8: nothing before the customer opens the chat; little after; nothing when it is ended."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import expect

STORES = """async () => ({
    cookies: document.cookie, local: localStorage.length, session: sessionStorage.length,
    databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
EMPTY = {"cookies": "", "local": 0, "session": 0, "databases": 0, "caches": 0, "workers": 0}


def test_w8_nothing_is_asked_or_kept_before_the_chat_is_opened(visit, house):
    chat = visit()
    expect(chat.launcher).to_be_visible()
    chat.page.wait_for_timeout(700)
    assert {urlsplit(request.url).path for request in chat.requests} <= {"/", "/widget.js", "/icon.svg"}
    assert chat.page.evaluate(STORES) == EMPTY
    assert house.rasa.heard == []


def test_w8_only_the_tabs_own_store_is_used_and_ending_clears_it(visit, house):
    chat = visit().open()
    chat.say("hej med dig")
    chat.sees("Du skrev: hej med dig")
    assert chat.page.evaluate(STORES) == EMPTY | {"session": 1}
    chat.button("Menu").click()
    chat.button("Afslut chat").click()
    chat.sees("Vil du afslutte chatten?")
    with chat.page.expect_response("**/api/chat/session") as ended:
        chat.button("Afslut chat").click()
    assert ended.value.status == 204
    assert chat.page.evaluate(STORES) == EMPTY
    expect(chat.dialog).to_have_count(0)
    chat.page.reload()
    expect(chat.launcher).to_be_visible()
    chat.open()
    expect(chat.log.locator(".message")).to_have_count(1)


def test_w8_what_was_written_can_be_deleted(visit, house):
    chat = visit().open()
    chat.say("min hemmelighed")
    chat.sees("Du skrev: min hemmelighed")
    conversation = house.conversation
    chat.button("Menu").click()
    chat.button("Slet det, jeg har skrevet").click()
    chat.sees("Vil du slette alt")
    with chat.page.expect_response("**/api/chat/erase") as erased:
        chat.button("Slet det, jeg har skrevet").click()
    assert erased.value.status == 204
    expect(chat.launcher).to_be_focused()
    assert chat.page.evaluate(STORES) == EMPTY
    assert "min hemmelighed" not in house.logged(conversation)


def test_w8_what_could_not_be_deleted_is_not_said_to_be(visit, house):
    chat = visit().open()
    chat.expect_complaints("Failed to load resource|net::")
    chat.intercept(r"/api/chat/erase$", lambda route: route.abort())
    chat.button("Menu").click()
    chat.button("Slet det, jeg har skrevet").click()
    chat.button("Slet det, jeg har skrevet").click()
    expect(chat.dialog.get_by_role("alert")).to_contain_text("Chatten svarer ikke lige nu")
    expect(chat.log.locator(".message").first).to_be_visible()
    assert len(chat.kept) == 1


def test_w8_ending_can_be_thought_better_of(visit):
    chat = visit().open()
    chat.button("Menu").click()
    chat.button("Afslut chat").click()
    expect(chat.button("Afslut chat")).to_be_focused()
    chat.button("Nej, bliv her").click()
    expect(chat.box).to_be_visible()
    assert len(chat.kept) == 1


def test_w8_the_notice_stands_before_the_first_message(visit, house):
    house.rasa.delay = lambda heard: 1.0
    chat = visit()
    chat.launcher.click()
    expect(chat.log.locator(".notice")).to_contain_text("Du skriver med en automatisk assistent")
    expect(chat.log.locator(".message")).to_have_count(0)
    link = chat.log.get_by_role("link", name="Sådan bruger vi dine oplysninger")
    assert link.get_attribute("href") == f"{house.gateway.base}/privacy?language=da"
    chat.sees("Hej, jeg er")
    places = chat.log.evaluate("log => [...log.children].map(child => child.className)")
    assert places[0] == "notice"


def test_w8_nothing_comes_from_elsewhere(visit, house):
    chat = visit().open()
    chat.say("hej med dig")
    chat.sees("Du skrev: hej med dig")
    assert {urlsplit(request.url).netloc for request in chat.requests} == {urlsplit(house.gateway.base).netloc}


def test_w8_the_conversation_can_be_kept_as_text_and_as_a_page(visit, house):
    chat = visit().open()
    chat.say("hej med dig")
    chat.sees("Du skrev: hej med dig")
    for button, ending in (("Gem samtalen som tekst", "txt"), ("Gem samtalen som side", "html")):
        chat.button("Menu").click()
        with chat.page.expect_download() as fetched:
            chat.button(button).click()
        assert fetched.value.suggested_filename == f"hp-offsite-chat.{ending}"
        assert "Du skrev: hej med dig" in fetched.value.path().read_text(encoding="utf-8")
