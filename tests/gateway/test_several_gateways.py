"""Two gateways as processes of their own, over one PostgreSQL and one Redis: a customer may meet either at any call."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator

import httpx
import pytest
from front_door import Chat
from stub_rasa import StubRasa, free_port, until

from tests.support.postgres import Cluster
from tests.support.redis import RedisServer


class Front:
    """One gateway process."""

    def __init__(self, environment: dict[str, str]) -> None:
        port = free_port()
        self.base = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot.gateway"], env=os.environ | environment | {"OFFSITE_PORT": str(port)}
        )

    def ready(self) -> bool:
        try:
            return httpx.get(f"{self.base}/readyz", trust_env=False, timeout=10).status_code == 200
        except httpx.TransportError:
            assert self.process.poll() is None, "the gateway ended"
            return False

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    server = RedisServer()
    yield server
    server.stop()


@pytest.fixture
def fronts(rasa: StubRasa, redis: RedisServer, postgresql: Cluster, tmp_path) -> Iterator[list[Front]]:
    environment = {
        "OFFSITE_VAR": str(tmp_path / "var"),
        "OFFSITE_RASA_URL": rasa.url,
        "OFFSITE_ACTIONS_URL": "none",
        "OFFSITE_MESSAGES_PER_SECOND": "100",
        "DATABASE_URL": postgresql.new_database(),
        "REDIS_URL": redis.url,
    }
    started = [Front(environment) for _ in range(2)]
    try:
        for front in started:
            until(front.ready, 60)
        yield started
    finally:
        for front in started:
            front.kill()


def at(front: Front, chat: Chat) -> Chat:
    """The same customer, whose next call reaches that gateway."""
    other = Chat.__new__(Chat)
    other.session = chat.session
    other.http = httpx.Client(base_url=f"{front.base}/api/chat", timeout=40, trust_env=False, headers=chat.http.headers)
    return other


def replies(chat: Chat) -> list[str]:
    events = chat.settled(60)
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    return [event["text"] for event in events if (event.get("text") or "").startswith("Du skrev")]


def test_what_one_gateway_takes_the_other_shows_at_once_and_only_once(fronts, rasa):
    here = Chat(fronts[0].base, language="da")
    there = at(fronts[1], here)
    seen = here.settled()[-1]["seq"]
    heard: list[dict] = []
    waiting = threading.Thread(target=lambda: heard.append(there.poll(seen, wait=25)))
    waiting.start()
    body = {"id": str(uuid.uuid4()), "text": "skærmen er sort"}
    both = [
        threading.Thread(target=chat.http.post, args=("/messages",), kwargs={"json": body}) for chat in (here, there)
    ]
    for each in both:
        each.start()
    for each in [*both, waiting]:
        each.join(40)
    assert heard[0]["events"][0]["text"] == "skærmen er sort"
    assert replies(there) == ["Du skrev: skærmen er sort"]
    assert rasa.messages == ["skærmen er sort"]


def test_one_killed_in_the_middle_of_an_answer_leaves_it_to_the_other(fronts, rasa):
    here = Chat(fronts[0].base, language="da")
    here.settled()
    rasa.delay = lambda heard: 3.0
    for text in ("min pc er død", "hallo"):
        assert here.post(text=text).status_code == 202
    until(lambda: "min pc er død" in rasa.messages)
    fronts[0].kill()
    rasa.delay = lambda heard: 0.0
    assert replies(at(fronts[1], here)) == ["Du skrev: min pc er død", "Du skrev: hallo"]


def test_redis_away_loses_nothing_and_is_used_again(fronts, rasa, redis):
    here = Chat(fronts[0].base, language="da")
    there = at(fronts[1], here)
    here.settled()
    redis.stop()
    here.post(text="uden Redis")
    assert replies(there) == ["Du skrev: uden Redis"]
    redis.start()
    there.post(text="med Redis")
    assert replies(here) == ["Du skrev: uden Redis", "Du skrev: med Redis"]
    assert rasa.messages == ["uden Redis", "med Redis"]
