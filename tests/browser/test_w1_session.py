"""W1: the token travels in a header only."""

from __future__ import annotations

import json

from playwright.sync_api import expect


def test_w1_the_token_is_in_no_address_and_no_log(visit):
    chat = visit().open()
    chat.say("hej med dig")
    chat.sees("Du skrev: hej med dig")
    chat.button("Menu").click()
    with chat.page.expect_download():
        chat.button("Gem samtalen som tekst").click()
    token = json.loads(next(iter(chat.kept.values())))["token"]
    assert len(token) > 40
    assert not [request.url for request in chat.requests if token in request.url]
    called = [request for request in chat.requests if "/api/chat/" in request.url and "sessions" not in request.url]
    assert called and all(request.headers.get("authorization") == f"Bearer {token}" for request in called)
    assert token not in chat.page.content()


def test_w1_a_session_that_is_over_says_so_and_a_new_one_begins(visit, house):
    chat = visit().open()
    chat.say("hej med dig")
    chat.sees("Du skrev: hej med dig")
    chat.box.fill("det her er ikke sendt endnu")
    token = json.loads(next(iter(chat.kept.values())))["token"]
    chat.page.evaluate(
        "token => fetch('/api/chat/session', {method: 'DELETE', headers: {Authorization: `Bearer ${token}`}})", token
    )
    chat.sees("Samtalen er slut.")
    expect(chat.log).to_contain_text("Du skrev: hej med dig")
    chat.button("Luk chatten").click()
    chat.launcher.click()
    chat.sees("Samtalen er slut.")
    chat.button("Start en ny samtale").click()
    expect(chat.log.locator(".message")).to_have_count(1)
    expect(chat.box).to_have_value("det her er ikke sendt endnu")


def test_w1_what_could_not_be_sent_any_more_is_typed_into_the_new_conversation(visit, house):
    chat = visit().open()
    chat.expect_complaints("Failed to load resource")
    words = {"da": "Samtalen er slut eller udløbet.", "en": "Over."}
    chat.intercept(
        r"/api/chat/messages$",
        lambda route: route.fulfill(status=401, json={"error": "unauthorized", "message": words}),
    )
    chat.say("min pc lugter brændt")
    chat.sees("Samtalen er slut.")
    chat.page.unroute_all()
    chat.button("Start en ny samtale").click()
    expect(chat.box).to_have_value("min pc lugter brændt")
    chat.box.press("Enter")
    chat.sees("Du skrev: min pc lugter brændt")
