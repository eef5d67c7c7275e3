"""What must hold between processes: one winner of every handoff, and a live chat that survives kills."""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from at_desk import Office
from desk_world import TEXTS
from front_door import Chat
from stub_rasa import free_port, until

from actions.settings import Settings
from bot.gateway.handoff.model import Agent, Handoff, Request
from bot.gateway.handoff.store import HandoffStore
from bot.gateway.store.engine import Database, migrate, open_engine
from bot.gateway.store.log import ConversationLog
from bot.gateway.words import Words

pytestmark = pytest.mark.slow
RACES, MESSAGES = 100, 40


def test_two_agents_race_for_one_handoff_and_one_wins_a_hundred_times(tmp_path, database_url):
    url = database_url or f"sqlite:///{tmp_path / 'chat.db'}"
    database = Database(open_engine(url))
    migrate(database.engine)
    log, desk = ConversationLog(database), HandoffStore(database, Words(TEXTS).say)
    names = []
    for _ in range(RACES):
        now, conversation = datetime.now(UTC), secrets.token_hex(16)
        log.open(conversation, "da", now, now + timedelta(days=1))
        opened = desk.open(conversation, Request("asked_for", "da"), now)
        assert opened is not None
        names.append(opened.id)
    listed, go = tmp_path / "handoffs.json", tmp_path / "go"
    listed.write_text(json.dumps(names))
    children = []
    for agent in ("mette", "bo"):
        ready = tmp_path / f"{agent}.ready"
        command = [sys.executable, "-m", "tests.support.claim_child", url, agent, str(listed), str(ready), str(go)]
        children.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
        until(ready.exists, 60)
    go.touch()
    mette, bo = (json.loads(child.communicate(timeout=120)[0]) for child in children)
    owners = [desk.get(name).agent for name in names]
    database.close()
    for hers, his, owner in zip(mette, bo, owners, strict=True):
        assert sorted((hers, his)) in (["Mette", "won"], ["Bo", "won"]), (hers, his)
        assert owner == ("mette" if hers == "won" else "bo")
        assert "won" in (hers if owner == "mette" else his)


@contextmanager
def gateway_process(environment: dict[str, str], base: str) -> Iterator[Callable[[], None]]:
    """A gateway in a process of its own. Gives a call that kills it and starts another one."""
    running: list[subprocess.Popen[bytes]] = []

    def answers() -> bool:
        try:
            return httpx.get(f"{base}/healthz", trust_env=False, timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def launch() -> None:
        process = subprocess.Popen([sys.executable, "-m", "bot.gateway"], env=os.environ | environment)
        running.append(process)
        until(lambda: process.poll() is None and answers(), 60)

    def kill_and_launch() -> None:
        running[-1].send_signal(signal.SIGKILL)
        running[-1].wait(10)
        launch()

    launch()
    try:
        yield kill_and_launch
    finally:
        running[-1].kill()
        running[-1].wait(10)


def test_killed_twice_in_a_live_chat_all_is_there_once_and_in_order(rasa, tmp_path, database_url):
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    environment = {
        "OFFSITE_PORT": str(port),
        "OFFSITE_VAR": str(tmp_path / "var"),
        "OFFSITE_RASA_URL": rasa.url,
        "OFFSITE_ACTIONS_URL": "none",
        "OFFSITE_MESSAGES_PER_SECOND": "500",
        "OFFSITE_MESSAGE_BURST": "500",
        "DATABASE_URL": database_url,
    }
    settings = Settings(_env_file=None, port=port, var=tmp_path / "var", database_url=database_url)
    with gateway_process(environment, base) as kill:
        chat = Chat(base, language="da")
        office = Office(Running(settings, base))
        agent = office.hire("Mette Holm")
        account = office.accounts.by_email("mette@example.com")
        conversation, now = chat.session["token"].split(".")[0], datetime.now(UTC)
        handoff = office.handoffs.open(conversation, Request("asked_for", "da"), now)
        assert account is not None and handoff is not None
        who = Agent(account.id, "Mette")
        assert isinstance(office.handoffs.claim(handoff.id, who, datetime.now(UTC)), Handoff)
        before = len(rasa.heard)
        done: dict[str, int] = {"customer": 0, "agent": 0}

        def insist(side: str, send: Callable[[int], httpx.Response]) -> None:
            """Send each again until it is acknowledged, as clients do."""
            for number in range(MESSAGES):
                while True:
                    try:
                        if send(number).status_code in (200, 201, 202):
                            break
                    except httpx.HTTPError:
                        pass
                    time.sleep(0.1)
                done[side] = number + 1

        name = "00000000-0000-4000-8000-0000000000"
        sides = [
            threading.Thread(
                target=insist, args=("customer", lambda n: chat.post(id=f"{name}{n:02}", text=f"kunde {n}"))
            ),
            threading.Thread(
                target=insist, args=("agent", lambda n: agent.send(handoff.id, f"mette {n}", f"{name}{n:02}"))
            ),
        ]
        for side in sides:
            side.start()
        for reached in (12, 26):
            until(lambda reached=reached: min(done.values()) >= reached, 120)
            kill()
        for side in sides:
            side.join(180)
        events = chat.poll()["events"]
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    for role, word in (("customer", "kunde"), ("agent", "mette")):
        assert [e["text"] for e in events if e["from"]["role"] == role] == [f"{word} {n}" for n in range(MESSAGES)]
    assert len(rasa.heard) == before


class Running:
    """What `Office` needs of a gateway that runs elsewhere."""

    def __init__(self, settings: Settings, base: str) -> None:
        self.settings, self.base = settings, base
