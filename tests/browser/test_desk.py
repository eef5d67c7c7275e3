"""The agent desk in a real Chromium: a whole handoff with the customer's chat beside it, races, keyboard, readers."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from at_desk import PASSWORD, Office, a_package
from chat_page import House
from desk_page import DeskPage, office_of
from playwright.sync_api import Browser, Route, expect
from stub_rasa import until

from bot.gateway.desk.accounts import Role
from bot.gateway.desk.chats import as_agent
from bot.gateway.desk.tables import agents
from bot.gateway.handoff.model import Request
from bot.gateway.store.tables import conversations, events, presence
from bot.gateway.store.teams_tables import outbox, places

PACKAGE = a_package()
WORDS = {
    "da": ("Du chatter nu med Anna", "Afslut", "Løst i samtalen", "Kunden skriver …"),
    "en": ("You are now chatting with Anna", "Close", "Solved in the chat", "The customer is typing …"),
}


@pytest.fixture(scope="module")
def desk_house(build: Callable[..., House]) -> House:
    return build(sign_ins_per_minute=10_000.0)


@pytest.fixture
def office(desk_house: House) -> Iterator[Office]:
    """Nobody works there yet, and nobody waits."""
    office = office_of(desk_house)
    with office.database.writing() as connection:
        for table in (presence, agents, conversations):
            connection.execute(table.delete())
    yield office
    office.database.close()


@pytest.fixture
def sit(browser: Browser, desk_house: House) -> Iterator[Callable[..., DeskPage]]:
    """Opens desk pages, each in a profile of its own. At the end no page may have complained of anything."""
    pages: list[DeskPage] = []

    def _sit(name: str = "", language: str = "da", **context: Any) -> DeskPage:
        defaults: dict[str, Any] = {"viewport": {"width": 1280, "height": 720}, "locale": language}
        pages.append(DeskPage(browser.new_context(**(defaults | context)).new_page(), desk_house))
        return pages[-1].sign_in(name) if name else pages[-1]

    yield _sit
    for page in pages:
        page.page.context.close()
    assert not [complaint for page in pages for complaint in page.complaints]


def wait_for_person(office: Office, house: House, language: str = "da") -> str:
    """The conversation that was heard of last goes into the queue."""
    opened = office.handoffs.open(
        house.conversation, Request("asked_for", language, package=PACKAGE), datetime.now(UTC)
    )
    assert opened is not None
    return opened.id


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_whole_handoff_with_the_customer_beside_the_agent(visit, sit, office, desk_house, language):
    joined, close, solved, _typing = WORDS[language]
    bell = office.hire("Anna Holm")
    anna = sit("Anna Holm", language)
    customer = visit(f"/?language={language}", at=desk_house).open()
    customer.say("jeg vil tale med en medarbejder" if language == "da" else "I want to talk to a person")
    expect(customer.log.locator(".message").nth(2)).to_be_visible()
    wait_for_person(office, desk_house, language)
    bell.be("available")  # rings the desk, as the gateway does when it opens one itself
    expect(anna.queue).to_have_count(1)
    anna.queue.get_by_role("button").last.click()
    customer.sees(joined)
    expect(anna.box).to_be_focused()
    anna.say("Hej Kirsten, jeg har læst det hele. <b>Tænder</b> den slet ikke?")
    customer.sees("Hej Kirsten, jeg har læst det hele. <b>Tænder</b> den slet ikke?")
    customer.say("nej <img src=x onerror=alert(1)> slet ikke")
    anna.sees("nej <img src=x onerror=alert(1)> slet ikke")
    expect(anna.log.locator("img, b:not(.by b)")).to_have_count(0)
    anna.press("Alt+n")
    anna.say("virker rolig")
    anna.sees("virker rolig")
    anna.button(close).click()
    anna.dialog.get_by_label(solved).check()
    anna.dialog.get_by_role("textbox").fill("God dag.")
    anna.dialog.get_by_role("button", name=close, exact=True).click()
    customer.sees("God dag.")
    expect(anna.mine).to_have_count(0)
    assert "virker rolig" not in customer.page.content()


def test_two_agents_race_and_the_loser_reads_who_has_it(sit, office):
    office.hire("Anna Holm")
    office.hire("Bo Lund")
    anna, bo = sit("Anna Holm"), sit("Bo Lund")
    anna.expected = bo.expected = re.compile("409")
    for n in range(1, 4):
        _, name = office.customer_waits(package=PACKAGE)
        both_take(anna, bo, name)
        lost = until(lambda: next((each for each in (anna, bo) if each.page.locator(".toast").count()), None), 20)
        winner = "Bo" if lost is anna else "Anna"
        expect(lost.page.get_by_role("alert").filter(has_text=f"{winner} har samtalen nu.")).to_be_visible()
        lost.page.locator(".toast button").click()
        assert anna.mine.count() + bo.mine.count() == n


def both_take(anna: DeskPage, bo: DeskPage, chat: str) -> None:
    """Both pages ask for it at the same moment of the clock, as if both had clicked."""
    at = int(time.time() * 1000) + 700
    for each in (anna, bo):
        each.page.evaluate(
            """([chat, at]) => void setTimeout(() => document.querySelector("desk-lists")
                .dispatchEvent(new CustomEvent("claim", { detail: { id: chat } })), at - Date.now())""",
            [chat, at],
        )


def test_the_keyboard_alone_does_it_all(sit, office):
    office.hire("Anna Holm")
    chat, _ = office.customer_waits(package=PACKAGE)
    office.customer_waits("en", "verdict", package=PACKAGE)
    anna = sit()
    expect(anna.page.locator("input[name=email]")).to_be_focused()
    anna.page.keyboard.type("anna@example.com")
    anna.press("Tab")
    anna.page.keyboard.type(PASSWORD)
    anna.press("Enter")
    expect(anna.queue).to_have_count(2)
    anna.press("Alt+q")
    expect(anna.box).to_be_focused()
    anna.page.keyboard.type("Hej fra tastaturet")
    anna.press("Enter")
    anna.sees("Hej fra tastaturet")
    anna.press("Alt+k")
    expect(anna.dialog.get_by_role("combobox")).to_be_focused()
    anna.page.keyboard.type("sikkerhed")
    anna.press("Enter")
    expect(anna.box).to_have_value(re.compile("sikkerhedskopi"))
    anna.press("Enter")
    anna.press("Alt+u")
    expect(anna.page.locator("[data-row]")).to_be_focused()
    anna.press("Tab", "Enter")
    expect(anna.mine).to_have_count(2)
    anna.press("Alt+1")
    anna.sees("Hej fra tastaturet")
    anna.press("Alt+h")
    expect(anna.dialog.get_by_role("table")).to_be_visible()
    anna.press("Escape")
    expect(anna.dialog).to_have_count(0)
    anna.press("Alt+b")
    expect(anna.dialog.get_by_role("textbox")).to_be_focused()
    anna.page.keyboard.type("Assistenten hjælper videre.")
    anna.press("Tab", "Tab", "Enter")
    expect(anna.mine).to_have_count(1)
    said = [event["text"] for event in chat.poll()["events"] if event["from"]["role"] == "agent"]
    assert said[0] == "Hej fra tastaturet" and said[-1] == "Assistenten hjælper videre." and len(said) == 3


def test_a_broken_line_loses_and_doubles_nothing(sit, office, desk_house):
    office.hire("Anna Holm")
    chat, _ = office.customer_waits(package=PACKAGE)
    anna = sit("Anna Holm")
    anna.expected = re.compile("ERR_|Failed to (load|fetch)")
    anna.press("Alt+q")
    expect(anna.box).to_be_focused()
    anna.say("før")
    anna.sees("før")
    anna.page.context.set_offline(True)
    anna.say("imens")
    for n in range(3):
        chat.post(text=f"kunden skriver {n}")
    expect(anna.page.get_by_text("Sender …")).to_be_visible()
    anna.page.context.set_offline(False)
    anna.sees("kunden skriver 2")
    expect(anna.page.get_by_text("Sender …")).to_have_count(0)
    desk_house.gateway.restart()
    chat.http.close()
    anna.say("efter")
    expect(anna.page.get_by_text("Sender …")).to_have_count(0)
    assert anna.texts("agent") == ["før", "imens", "efter"]
    assert anna.texts("customer") == [f"kunden skriver {n}" for n in range(3)]


def test_nobody_is_told_that_none_waits_before_it_is_known(sit, office):
    office.hire("Anna Holm")
    _chat, name = office.customer_waits(package=PACKAGE)
    anna = sit()
    held: list[Route] = []
    anna.page.route("**/desk/api/stream*", lambda route: route.continue_() if held else held.append(route))
    anna.sign_in("Anna Holm")
    anna.press("Alt+q")
    until(lambda: held or anna.page.wait_for_timeout(50), 30)
    expect(anna.page.get_by_text("Ingen venter.")).to_have_count(0)
    held[0].continue_()
    expect(anna.box).to_be_focused()
    assert [row.id for row in office.handoffs.held()] == [name]


def test_what_did_not_get_to_teams_says_so(sit, office):
    office.hire("Anna Holm")
    chat, _ = office.customer_waits(package=PACKAGE)
    conversation, now = chat.session["token"].split(".")[0], datetime.now(UTC)
    place = {"id": "p", "room": "r", "conversation": conversation, "reference": {"any": 1}, "created_at": now}
    way = {"conversation": conversation, "place": "p", "cursor": 99, "part": 0, "shown": {}, "rounds": 0}
    with office.database.writing() as connection:
        connection.execute(sa.insert(places).values(place))
        connection.execute(sa.insert(outbox).values(way))

    def stands(**values: Any) -> None:
        with office.database.writing() as connection:
            connection.execute(sa.update(outbox).values(values))

    anna = sit("Anna Holm")
    anna.press("Alt+q")
    expect(anna.box).to_be_focused()
    anna.say("kom frem")
    anna.sees("kom frem")
    trouble = anna.log.locator(".said.agent", has_text="Teams")
    expect(trouble).to_have_count(0)
    stands(rounds=2, cursor=chat.poll()["events"][-1]["seq"])
    anna.say("venter")
    expect(trouble).to_have_count(1)
    expect(trouble).to_contain_text("Venter på Teams …")
    stands(rounds=0, cursor=99, refused=[chat.poll()["events"][-1]["seq"]])
    anna.say("kom også frem")
    expect(trouble).to_have_count(1)
    expect(trouble).to_contain_text("Teams tog ikke imod beskeden")
    assert anna.violations() == []
    with office.database.writing() as connection:
        connection.execute(sa.delete(outbox))
        connection.execute(sa.delete(places))


def test_what_happens_elsewhere_is_called_out(sit, office):
    office.hire("Anna Holm")
    bo = office.hire("Bo Lund")
    anna = sit("Anna Holm")
    expect(anna.page.get_by_text("Ingen venter.")).to_be_visible()
    chat, name = office.customer_waits(package=PACKAGE)
    bo.be("available")  # rings the desk, as the gateway does when it opens one itself
    expect(anna.page.get_by_role("status").filter(has_text="i køen")).to_be_attached()
    expect(anna.page).to_have_title(re.compile(r"^\(1\)"))
    bo.post(f"/chats/{name}/claim")
    bo.post(f"/chats/{name}/transfer", to=office.accounts.by_email("anna@example.com").id)
    expect(anna.mine).to_have_count(1)
    told = anna.page.get_by_role("status").filter(has_text="Du har fået samtalen med Kirsten Bæk")
    expect(told).to_be_attached()
    expect(told).to_contain_text("1 i køen")  # what was told before stands beside it: a reader may not be there yet
    chat.post(text="er der nogen")
    expect(anna.page.locator(".unread")).to_have_text(re.compile("^1"))
    anna.mine.get_by_role("button").click()
    anna.sees("er der nogen")
    expect(anna.page.locator(".unread")).to_have_count(0)
    expect(anna.page).to_have_title("Offsite-desk")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_reader_is_kept_out(sit, office, scheme):
    office.hire("Anna Holm", Role.SUPERVISOR)
    chat, _name = office.customer_waits(package=PACKAGE)
    office.customer_waits("en", "safety", package=PACKAGE)
    anna = sit(color_scheme=scheme)
    expect(anna.page.locator("input").first).to_be_visible()
    assert anna.violations() == []
    anna.sign_in("Anna Holm")
    expect(anna.queue).to_have_count(2)
    assert anna.violations() == []
    anna.press("Alt+q")
    expect(anna.box).to_be_focused()
    anna.say("hej")
    anna.sees("hej")
    chat.post(text="hej med dig")
    anna.sees("hej med dig")
    anna.press("Alt+n")
    anna.say("en note")
    anna.sees("en note")
    assert anna.violations() == []
    for window in ("Alt+k", "Alt+h", "Alt+l", "Alt+t", "Alt+b"):
        anna.press(window)
        expect(anna.dialog).to_be_visible()
        assert anna.violations() == [], window
        anna.press("Escape")
        expect(anna.dialog).to_have_count(0)
    anna.button("Anna Holm").click()
    expect(anna.dialog).to_be_visible()
    assert anna.violations() == []


def test_a_supervisor_reads_figures_and_call_backs_with_any_reader(sit, office):
    office.hire("Bo Lund", Role.SUPERVISOR)
    chat, _ = office.customer_waits(package=PACKAGE)
    chat.post(text="hej")
    bo = sit("Bo Lund")
    expect(bo.queue).to_have_count(1)
    bo.button("Tal").click()
    expect(bo.page.get_by_role("heading", name="Overblik og tal")).to_be_focused()
    expect(bo.page.get_by_role("img", name=re.compile("^Givet videre til en person: uge .* 100 %"))).to_be_visible()
    expect(bo.page.get_by_role("row", name=re.compile("Bo Lund Ledig"))).to_be_visible()
    assert bo.violations() == []
    with bo.page.expect_download() as download:
        bo.page.get_by_role("link", name="CSV").click()
    assert download.value.path().read_text("utf-8").startswith("week,symptom,conversations,")
    bo.button("Opkald").click()
    expect(bo.page.get_by_text("Ingen venter på et opkald.")).to_be_visible()
    assert bo.violations() == []
    bo.press("Alt+q")
    expect(bo.box).to_be_focused()


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1024, 768), (768, 1024), (400, 800)])
def test_it_fits_the_screen(sit, office, width, height):
    office.hire("Anna Holm")
    office.customer_waits(package=PACKAGE)
    anna = sit("Anna Holm", viewport={"width": width, "height": height})
    expect(anna.queue).to_have_count(1)
    anna.queue.get_by_role("button").last.click()
    expect(anna.box).to_be_in_viewport()
    assert anna.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(anna.button("Send")).to_be_in_viewport()


def test_two_hundred_wait_and_fifty_talk(sit, office):
    office.hire("Anna Holm")
    crowd(office, waiting=200, held=50)
    anna = sit("Anna Holm")
    expect(anna.queue).to_have_count(200)
    expect(anna.mine).to_have_count(50)
    anna.press("Alt+1")
    expect(anna.box).to_be_focused()
    slowest = anna.page.evaluate(
        """async () => {
          const store = document.querySelector("desk-room").store, times = [];
          for (let n = 0; n < 20; n++) {
            const begun = performance.now();
            store.dispatchEvent(new Event("tick"));
            store.changed();
            await document.querySelector("desk-lists").updateComplete;
            await document.querySelector("desk-talk").updateComplete;
            document.body.offsetHeight;
            times.push(performance.now() - begun);
          }
          return times.sort((a, b) => a - b)[10];
        }"""
    )
    assert slowest < 200, f"{slowest:.0f} ms to show a change"
    anna.say("hej fra nummer et")
    anna.sees("hej fra nummer et")
    anna.press("Alt+ArrowDown")
    expect(anna.box).to_be_focused()


def crowd(office: Office, waiting: int, held: int) -> None:
    """Many conversations of forty lines each; the last ones are Anna's."""
    now = datetime.now(UTC)
    names = [f"crowd-{n}" for n in range(waiting + held)]
    row = {"language": "da", "owner": "bot", "epoch": 1, "last_seq": 40, "created_at": now, "rasa_turns": 0}
    row |= {"rasa_ended": False, "expires_at": now + timedelta(days=1)}
    said = {"at": now, "type": "text", "name": None, "epoch": 1, "key": None}
    with office.database.writing() as connection:
        connection.execute(sa.insert(conversations), [row | {"id": name} for name in names])
        for name in names:
            lines = [
                {
                    "conversation": name,
                    "seq": seq,
                    "role": "customer" if seq % 2 else "bot",
                    "body": {"text": f"linje {seq}"},
                }
                for seq in range(1, 41)
            ]
            connection.execute(sa.insert(events), [said | line for line in lines])
    anna = as_agent(office.accounts.by_email("anna@example.com"))
    for n, name in enumerate(names):
        opened = office.handoffs.open(name, Request("asked_for", "da", package=PACKAGE), now)
        if n >= waiting:
            office.handoffs.claim(opened.id, anna, now)
