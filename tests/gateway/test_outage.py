"""When the dialogue or its action server is away, slow or dumb: honest words, nothing lost, nothing twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import httpx
import pytest
from front_door import Chat
from starlette.responses import Response
from stub_rasa import ask, free_port, until

from tests.support.postgres import cluster


def texts(events):
    return [event["text"] for event in events]


def test_rasa_down_is_said_and_the_message_is_answered_when_it_is_back(gateway, rasa):
    chat = gateway.chat(language="da")
    rasa.stop()
    chat.post(text="min skærm er sort")
    told = until(lambda: chat.poll(after=2)["events"])
    assert "kan ikke svare lige nu" in told[0]["text"] and told[0]["from"]["role"] == "bot"
    assert chat.poll()["busy"] is True
    chat.post(text="hører I mig")
    rasa.start()
    events = chat.settled()
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert rasa.messages == ["min skærm er sort", "hører I mig"]
    assert sum("kan ikke svare lige nu" in text for text in texts(events)) == 1
    assert [text for text in texts(events) if text.startswith("Du skrev")] == [
        "Du skrev: min skærm er sort",
        "Du skrev: hører I mig",
    ]


def test_a_long_outage_names_the_other_ways_and_ends_busy_but_the_answer_still_comes(gateway, rasa):
    chat = gateway.chat(language="en")
    rasa.stop()
    chat.post(text="my screen is black")
    events = chat.settled()
    assert "support.hp.com/dk-da" in events[-2]["text"] and "8-17" in events[-2]["text"]
    assert "HPO-" in events[-1]["text"]  # nobody is there to take over: a case waits for one
    chat.post(text="anybody there")
    assert "support.hp.com/dk-da" in chat.settled()[-2]["text"]
    assert sum("I can't answer right now" in text for text in texts(chat.poll()["events"])) == 1
    rasa.start()
    until(lambda: len(rasa.messages) == 2 and not chat.poll()["busy"])
    assert rasa.messages == ["my screen is black", "anybody there"]
    assert chat.say("thanks a lot")[0]["text"] == "You wrote: thanks a lot"


def test_a_session_that_begins_in_an_outage_says_who_speaks_and_is_greeted_later(gateway, rasa):
    rasa.stop()
    chat = gateway.chat(language="da")
    first = chat.session["events"][0]
    assert first["from"]["role"] == "bot" and "automatisk assistent" in first["text"]
    assert "kan ikke svare lige nu" in first["text"]
    rasa.start()
    assert until(lambda: chat.poll(after=1)["events"])[-1]["expects"]["slot"] == "symptom"


def test_the_action_server_down_keeps_messages_back_until_it_is_up(gateway, rasa):
    chat = gateway.chat()
    rasa.actions_up = False
    rasa.answer = lambda heard: [] if not rasa.actions_up else rasa.echo(heard)
    chat.post(text="hej med dig")
    until(lambda: any("kan ikke svare" in text for text in texts(chat.poll()["events"])))
    rasa.actions_up = True
    assert chat.settled()[-2]["text"] == "Du skrev: hej med dig"


@pytest.mark.parametrize(
    "broken",
    [
        [],
        [{"custom": {"unheard": "of"}}],
        [{"text": "  "}],
        {"not": "a list"},
        Response("oops", status_code=500),
        Response("<html>", media_type="text/html"),
    ],
)
def test_an_answer_that_is_none_is_tried_three_times_then_said(start, rasa, broken):
    gateway = start(outage_limit_seconds=30.0)
    rasa.answer = lambda heard: ask("Er det rigtigt?", "confirm", affirm="Ja")
    chat = gateway.chat(language="da")
    rasa.answer = lambda heard: broken
    events = chat.say("hej med dig")
    assert rasa.messages == ["hej med dig"] * 3
    assert "Noget gik galt hos os" in events[0]["text"] and "support.hp.com/dk-da" in events[0]["text"]
    assert events[1]["expects"]["slot"] == "confirm" and events[1]["choices"] == [{"id": "affirm", "title": "Ja"}]
    rasa.answer = rasa.echo
    assert chat.choose("affirm")[0]["text"] == "Du skrev: /affirm"


def test_an_empty_answer_once_is_not_noticed(gateway, rasa):
    chat = gateway.chat()
    answers = iter([[], [{"text": "Nu."}]])
    rasa.answer = lambda heard: next(answers)
    assert texts(chat.say("hej")) == ["Nu."]


def test_a_slow_answer_is_announced_and_comes(start, rasa):
    gateway = start(slow_after_seconds=0.3)
    chat = gateway.chat(language="da")
    rasa.delay = lambda heard: 0.8
    events = chat.say("hej")
    assert "længere tid end normalt" in events[0]["text"]
    assert events[1]["text"] == "Du skrev: hej"


def test_a_try_ends_at_its_deadline(start, rasa):
    gateway = start(turn_seconds=0.3, outage_limit_seconds=30.0)
    chat = gateway.chat(language="da")
    rasa.delay = lambda heard: 5.0
    assert "Noget gik galt hos os" in chat.say("hej")[0]["text"]


def test_readiness_is_a_message_answered(gateway, rasa):
    assert gateway.get("/healthz").status_code == 200
    rasa.answer = lambda heard: []
    assert gateway.get("/readyz").status_code == 503
    rasa.answer = rasa.echo
    assert gateway.get("/readyz").json() == {"database": True, "dialogue": True}
    rasa.actions_up = False
    until(lambda: gateway.get("/readyz").status_code == 503)
    assert gateway.get("/healthz").status_code == 200
    assert "offsite_dialogue_up 0.0" in gateway.get("/metrics").text


def test_a_restart_takes_up_what_was_left(gateway, rasa):
    chat = gateway.chat()
    rasa.delay = lambda heard: 1.5
    chat.post(text="hej")
    chat.post(text="hallo")
    gateway.restart()
    rasa.delay = lambda heard: 0.0
    events = chat.settled()
    assert [text for text in texts(events) if text.startswith("Du skrev")] == ["Du skrev: hej", "Du skrev: hallo"]


@pytest.mark.parametrize("after", [0.0, 0.03, 0.12, 0.25])
def test_killed_at_any_moment_nothing_is_lost_or_doubled(rasa, tmp_path, database_url, after):
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    own = {
        "OFFSITE_PORT": str(port),
        "OFFSITE_VAR": str(tmp_path / "var"),
        "OFFSITE_RASA_URL": rasa.url,
        "OFFSITE_ACTIONS_URL": "none",
        "DATABASE_URL": database_url,
    }

    def launch():
        process = subprocess.Popen([sys.executable, "-m", "bot.gateway"], env=os.environ | own)
        until(lambda: process.poll() is None and answers(base), 40)
        return process

    process = launch()
    try:
        chat = Chat(base, language="da")
        rasa.delay = lambda heard: 0.1
        acknowledged = [chat.post(text=f"besked nummer {number}").json()["seq"] for number in range(3)]
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        process = launch()
        events = chat.settled(20)
    finally:
        process.kill()
        process.wait(10)
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    mine = [event for event in events if event["from"]["role"] == "customer"]
    assert [event["seq"] for event in mine] == acknowledged
    replies = [text for text in texts(events) if text.startswith("Du skrev")]
    assert replies == [f"Du skrev: besked nummer {number}" for number in range(3)]


def test_the_database_away_is_said_and_nothing_acknowledged_is_missing(start, rasa):
    with cluster() as server:
        chat = start(database_url=server.new_database()).chat(language="da")
        rasa.delay = lambda heard: 0.4
        assert chat.post(text="besked før").status_code == 202
        server.stop()
        lost = chat.post(text="besked imens")
        assert lost.status_code == 503 and lost.json()["error"] == "unavailable"
        assert chat.http.get("/events").status_code == 503
        time.sleep(0.6)
        server.start()
        assert until(lambda: chat.post(text="besked efter").status_code == 202)
        events = chat.settled(20)
    assert [text for text in texts(events) if text.startswith("Du skrev")] == [
        "Du skrev: besked før",
        "Du skrev: besked efter",
    ]


def answers(base):
    try:
        return httpx.get(f"{base}/healthz", trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False
