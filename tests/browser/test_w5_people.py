"""W5: a person on the other side: the queue, who it is, who writes; and what is unread."""

from __future__ import annotations

from playwright.sync_api import expect
from stub_rasa import until


def test_w5_the_place_in_the_queue_and_the_agents_first_name_are_told(visit, house):
    chat = visit().open()
    house.append("owner", role="system", owner="queue", place=2, text="Du er nr. 2 i køen.")
    chat.sees("Du er nr. 2 i køen.")
    expect(chat.dialog.locator(".head")).to_contain_text("Du er nummer 2 i køen")
    house.append("owner", role="system", owner="agent", name="Mette", text="Mette er nu med i chatten.")
    expect(chat.dialog.locator(".head")).to_contain_text("Du chatter nu med Mette")
    expect(chat.log.get_by_text("Du chatter nu med Mette")).to_be_visible()
    house.append("text", role="agent", speaker="Mette", text="Hej, jeg ser på det.", id="a1")
    chat.sees("Hej, jeg ser på det.")
    expect(chat.log.locator(".agent .who")).to_have_text("Mette")
    chat.say("tak, Mette")
    expect(chat.log.get_by_text("tak, Mette")).to_be_visible()
    expect(chat.log.locator(".typing")).to_have_count(0)
    house.append("owner", role="system", owner="bot", text="Mette har givet samtalen tilbage til mig.")
    chat.sees("Mette har givet samtalen tilbage til mig.")
    expect(chat.dialog.locator(".head")).to_contain_text("Automatisk assistent")


def test_w5_an_agent_who_writes_is_seen_writing(visit, house):
    typing = 'data: {"from": {"role": "agent", "name": "Mette"}, "type": "typing"}\n\n'
    state = 'event: state\ndata: {"busy": false, "owner": "agent"}\n\n'
    chat = visit()
    streams = []

    def stream(route):
        if "text/event-stream" in route.request.headers.get("accept", "") and not streams:
            streams.append(route)
            return route.fulfill(body=state + typing, content_type="text/event-stream")
        return None  # held: the state stays as it was told

    chat.intercept(r"/api/chat/events", stream)
    chat.open()
    expect(chat.log.locator(".typing")).to_contain_text("Mette skriver")
    expect(chat.log.locator(".typing")).to_have_count(0)


def test_w5_what_is_unread_is_counted_on_the_button_and_in_the_title(visit, house):
    chat = visit().open()
    title = chat.page.title()
    chat.button("Luk chatten").click()
    house.append("text", text="nyt fra kureren")
    expect(chat.launcher).to_have_accessible_name("Chat med os, 1 ulæst besked")
    until(lambda: chat.page.wait_for_timeout(50) or chat.page.title() == f"(1) {title}")
    house.append("text", text="mere nyt")
    expect(chat.launcher).to_have_accessible_name("Chat med os, 2 ulæste beskeder")
    chat.page.reload()
    expect(chat.launcher).to_have_accessible_name("Chat med os, 2 ulæste beskeder")
    chat.launcher.click()
    chat.sees("mere nyt")
    until(lambda: chat.page.wait_for_timeout(50) or chat.page.title() == title)
    chat.button("Luk chatten").click()
    expect(chat.launcher).to_have_accessible_name("Chat med os")


def test_w5_the_opening_hours_of_people_stand_in_the_menu(visit):
    for language, words in (("da", "mandag til fredag kl. 8-17"), ("en", "Monday to Friday 8-17")):
        chat = visit(f"/?language={language}").open()
        chat.dialog.get_by_role("button", name="Menu").click()
        expect(chat.dialog.locator("#more")).to_contain_text(words)


def test_w5_a_conversation_that_a_person_closed_can_be_begun_anew(visit, house):
    chat = visit().open()
    house.append("owner", role="system", owner="closed")
    chat.sees("Samtalen er slut.")
    expect(chat.box).to_have_count(0)
    chat.button("Start en ny samtale").click()
    chat.sees("Hej, jeg er en automatisk assistent.")
    expect(chat.box).to_be_visible()
