"""Chatwoot behind Prism, which refuses every request that Chatwoot's published description does not allow."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from chatwoot_server import ACCOUNT, INBOX, PREFIX, SECRET, SPEC, TOKEN, Chatwoot
from desk_world import TEXTS
from stub_rasa import free_port, until

from actions.adapters.chatwoot import ChatwootAccount, ChatwootDesk
from actions.agent_ports import DeskMessage, HandoffPackage, Message, Notice
from actions.ports import CaseFacts, Language, Unavailable, Unknown
from actions.usecases.handoff_package import build_package
from tests.support.postgres import missing

PRISM = Path(__file__).parents[1] / "playground" / "node_modules" / "@stoplight" / "prism-cli" / "dist" / "index.js"
AT = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture
def chatwoot() -> Iterator[Chatwoot]:
    server = Chatwoot()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def prism(chatwoot: Chatwoot) -> Iterator[str]:
    if not PRISM.exists():
        missing("Prism (scripts/test-tools)")
    port = free_port()
    options = ["-h", "127.0.0.1", "-p", str(port), "--errors", "-v", "error"]
    process = subprocess.Popen(["node", str(PRISM), "proxy", str(SPEC), chatwoot.url, *options])

    def answers() -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{port}/", trust_env=False).status_code > 0
        except httpx.TransportError:
            return False

    try:
        until(answers, 60)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def test_everything_asked_of_chatwoot_is_what_it_publishes(prism: str, chatwoot: Chatwoot):
    desk = ChatwootDesk(ChatwootAccount(prism, ACCOUNT, INBOX, TOKEN, SECRET), TEXTS, lambda: datetime.now(UTC))
    facts = build_package(CaseFacts("c", Language.DA, symptom="no_power"), TEXTS, case_id=None, reason="asked_for")
    said = DeskMessage("1", 1, AT, "bot", None, "Hej, jeg er en automatisk assistent.")
    package = HandoffPackage("h1", "c1", "da", "asked_for", AT, facts, (said,))
    assert desk.availability("da").present == 1
    ref = desk.open(package)
    assert desk.open(package) == ref
    chatwoot.faults = ["busy"]
    with pytest.raises(Unavailable):
        desk.deliver(ref, DeskMessage("2", 2, AT, "customer", None, "Hej æøå"))
    chatwoot.faults = ["", "lost"]
    with pytest.raises(Unknown):
        desk.deliver(ref, DeskMessage("2", 2, AT, "customer", None, "Hej æøå"))
    desk.deliver(ref, DeskMessage("2", 2, AT, "customer", None, "Hej æøå"))
    assert chatwoot.incoming(ref) == ["Hej æøå"], "once, though its answer was lost"
    for notice in Notice:
        desk.notify(ref, notice)
    chatwoot.assign(ref, 11)
    chatwoot.write(ref, "Goddag")
    assert [event.text for event in desk.pull(ref, None)[0] if isinstance(event, Message)] == ["Goddag"]
    desk.end(ref, "returned")
    assert chatwoot.conversations[int(ref)]["status"] == "resolved"
    called = {call.partition("?")[0].replace(ref, "N") for call in chatwoot.calls}
    assert {"POST /contacts", "POST /conversations", "POST /conversations/N/messages"} <= called


@pytest.mark.parametrize("body", [{"content": 7}, {"content": "x", "message_type": "sideways"}, {}])
def test_prism_does_find_mistakes(prism: str, body: dict[str, object]):
    url = f"{prism}{PREFIX}/conversations/7/messages"
    answer = httpx.post(url, json=body, headers={"api_access_token": TOKEN}, trust_env=False)
    assert answer.status_code == 422, answer.text
