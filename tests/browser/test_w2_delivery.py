"""W2: nothing lost, nothing doubled, whatever the line does."""

from __future__ import annotations

import itertools
import json
import re

import pytest
from cutter import cutter
from playwright.sync_api import expect
from stub_rasa import until

NETWORK = "Failed to load resource|net::|ERR_"


def numbered(house) -> None:
    """A bot that repeats what it hears."""
    house.rasa.answer = lambda heard: [{"text": f"svar på {heard['message']}"}]


def test_w2_a_stream_cut_twenty_times_loses_and_doubles_nothing(visit, house):
    numbered(house)
    with cutter(house.gateway.settings.port) as line:
        chat = visit("about:blank")
        chat.expect_complaints(NETWORK)
        chat.go(f"{line.base}/?language=da")
        chat.open()
        for number in range(20):
            chat.say(f"besked {number}")
            expect(chat.log.get_by_text(f"besked {number}", exact=True)).to_be_visible()
            line.cut()
        chat.sees("svar på besked 19")
        expect(chat.log.locator(".waiting, .failed, .sent")).to_have_count(0)
        said = [text for text in chat.messages if text.startswith("besked")]
        answered = [text for text in chat.messages if text.startswith("svar på besked")]
        assert said == [f"besked {number}" for number in range(20)]
        assert answered == [f"svar på besked {number}" for number in range(20)]
        assert [text for text in house.rasa.messages if text.startswith("besked")] == said
        chat.page.goto("about:blank")


def test_w2_after_two_broken_streams_it_asks_and_waits_instead(visit):
    chat = visit()
    chat.expect_complaints(NETWORK)
    asked = []

    def broken(route):
        if "text/event-stream" in route.request.headers.get("accept", ""):
            route.abort()
        else:
            asked.append(route.request.url)
            route.continue_()

    chat.intercept(r"/api/chat/events", broken)
    chat.open()
    chat.say("hej med dig")
    chat.sees("Du skrev: hej med dig")
    assert any("wait=25" in address for address in asked)


def test_w2_a_stream_that_says_nothing_is_given_up(visit):
    chat = visit("about:blank")
    chat.page.clock.install()
    chat.go("/?language=da")
    streams, asked = [], []

    def silent(route):
        if "text/event-stream" in route.request.headers.get("accept", ""):
            streams.append(route)  # held back, as some proxies do
        else:
            asked.append(route.request.url)
            route.continue_()

    chat.expect_complaints(NETWORK)
    chat.intercept(r"/api/chat/events", silent)
    chat.open()
    for _ in range(60):
        chat.page.clock.run_for(1_000)
        if asked:
            break
        chat.page.wait_for_timeout(50)
    assert len(streams) == 2 and asked


def test_w2_a_line_without_a_heartbeat_is_dead_after_forty_seconds(visit):
    chat = visit("about:blank")
    chat.page.clock.install()
    chat.go("/?language=da")
    chat.open()
    streams = lambda: [r for r in chat.requests if "text/event-stream" in r.headers.get("accept", "")]  # noqa: E731
    until(lambda: chat.page.wait_for_timeout(50) or len(streams()) == 1)
    chat.page.wait_for_timeout(500)
    chat.page.clock.run_for(39_000)
    chat.page.wait_for_timeout(300)
    assert len(streams()) == 1
    for _ in range(20):
        chat.page.clock.run_for(1_000)
        chat.page.wait_for_timeout(50)
    assert len(streams()) == 2
    chat.say("hej med dig")
    chat.sees("Du skrev: hej med dig")


@pytest.mark.parametrize(("chance", "gaps"), [(0.999, [0.5, 1, 2, 4, 8, 15, 15]), (0, [0.5] * 7)], ids=["late", "soon"])
def test_w2_it_tries_again_sooner_then_later_and_not_with_all_the_others(visit, chance, gaps):
    """0.5 to 15 s, by chance, and longer each time: a gateway that comes back is not met by everybody at once."""
    chat = visit("about:blank")
    chat.expect_complaints(NETWORK)
    chat.page.clock.install()
    chat.page.add_init_script(f"Math.random = () => {chance}")
    chat.go("/?language=da")
    seconds, tries = 0.0, []
    chat.intercept(r"/api/chat/events", lambda route: (tries.append(seconds), route.abort()))
    chat.launcher.click()
    while len(tries) <= len(gaps) and seconds < 120:
        chat.page.clock.run_for(250)
        seconds += 0.25
        chat.page.wait_for_timeout(15)
    found = [later - sooner for sooner, later in itertools.pairwise(tries)]
    assert found == pytest.approx(gaps, abs=1)


def test_w2_a_message_waits_then_fails_and_is_sent_once_when_tried_again(visit, house):
    chat = visit("about:blank")
    chat.page.clock.install()
    chat.go("/?language=da")
    chat.open()
    chat.expect_complaints(NETWORK)
    refused = []

    def refuse(route):
        refused.append(json.loads(route.request.post_data))
        route.abort()

    chat.intercept(r"/api/chat/messages$", refuse)
    chat.say("min pc vil ikke tænde")
    expect(chat.log.locator(".waiting .state")).to_have_text("Sender …")
    for _ in range(20):
        chat.page.clock.run_for(1_000)
        chat.page.wait_for_timeout(30)
    expect(chat.log.locator(".failed .state")).to_contain_text("Ikke sendt.")
    expect(chat.log.locator(".failed .state")).to_contain_text("support.hp.com/dk-da")
    chat.page.unroute(re.compile(r"/api/chat/messages$"))
    chat.button("Prøv igen").click()
    chat.sees("Du skrev: min pc vil ikke tænde")
    expect(chat.log.locator(".failed, .waiting, .sent")).to_have_count(0)
    assert len({body["id"] for body in refused}) == 1 and len(refused) > 1
    assert house.rasa.messages == ["min pc vil ikke tænde"]


def test_w2_an_answer_that_got_lost_on_the_way_back_doubles_nothing(visit, house):
    chat = visit().open()
    chat.expect_complaints(NETWORK)
    sent = []

    def lose(route):
        sent.append(route.request)
        if len(sent) > 1:
            return route.continue_()
        route.fetch()
        route.abort()

    chat.intercept(r"/api/chat/messages$", lose)
    chat.say("hej med dig")
    chat.sees("Du skrev: hej med dig")
    expect(chat.log.locator(".waiting, .sent, .failed")).to_have_count(0)
    until(lambda: chat.page.wait_for_timeout(100) or len(sent) >= 1)
    assert house.rasa.messages == ["hej med dig"]
    assert chat.messages.count("hej med dig") == 1
