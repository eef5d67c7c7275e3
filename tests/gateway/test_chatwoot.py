"""Chatwoot behind a whole gateway: signed webhooks, repair, faults, and what must never cross."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from chatwoot_server import ACCOUNT, INBOX, SECRET, TOKEN, Chatwoot, signed
from desk_world import TEXTS
from stub_rasa import until

from actions.ports import CaseFacts, Language
from actions.usecases.handoff_package import build_package

FACTS = build_package(CaseFacts("c", Language.DA, symptom="no_power"), TEXTS, case_id="HPO-7K39QX", reason="asked_for")
REQUEST = {"reason": "asked_for", "language": "da", "case_id": "HPO-7K39QX", "package": FACTS}


@pytest.fixture
def chatwoot() -> Iterator[Chatwoot]:
    server = Chatwoot()
    server.start()
    yield server
    server.stop()
    assert server.wrong == []


@pytest.fixture
def gateway(start, rasa, chatwoot):
    def answer(heard: dict[str, Any]) -> list[dict[str, Any]]:
        if heard["message"] == "medarbejder":
            return [{"text": "Sagen er oprettet."}, {"custom": {"handoff": REQUEST}}]
        return rasa.echo(heard)

    rasa.answer = answer
    return start(
        desk="chatwoot",
        chatwoot_url=chatwoot.url,
        chatwoot_account=ACCOUNT,
        chatwoot_inbox=INBOX,
        chatwoot_token=TOKEN,
        chatwoot_secret=SECRET,
    )


def tell(gateway, body: dict[str, Any], **how: Any) -> httpx.Response:
    return httpx.post(f"{gateway.base}/api/desk/webhook", trust_env=False, **signed(body, **how))


def asks_for_a_person(gateway, chatwoot) -> tuple[Any, str]:
    """A customer who waits, and Chatwoot's number of the conversation."""
    before = set(chatwoot.conversations)
    chat = gateway.chat(language="da")
    chat.say("medarbejder")
    found = until(lambda: set(chatwoot.conversations) - before, 20)
    return chat, str(found.pop())


def said_by_people(chat: Any) -> list[tuple[str, str]]:
    return [(e["from"]["name"], e["text"]) for e in chat.poll()["events"] if e["from"]["role"] == "agent"]


def test_a_whole_handoff(gateway, chatwoot, rasa):
    chat, ref = asks_for_a_person(gateway, chatwoot)
    (note,) = until(lambda: chatwoot.private(ref), 20)
    assert "HPO-7K39QX" in note and "tænder ikke" in note and "medarbejder" in note
    heard = len(rasa.heard)
    chat.post(text="er der nogen?")
    until(lambda: chatwoot.incoming(ref) == ["er der nogen?"], 20)
    assert tell(gateway, chatwoot.assign(ref, 11), delivery="1").status_code == 200
    assert chat.poll()["owner"] == "agent"
    assert tell(gateway, chatwoot.write(ref, "Hej, jeg ser på det."), delivery="2").status_code == 200
    chat.post(text="tak")
    until(lambda: chatwoot.incoming(ref) == ["er der nogen?", "tak"], 20)
    assert len(rasa.heard) == heard
    assert tell(gateway, chatwoot.resolve(ref), delivery="3").status_code == 200
    assert said_by_people(chat) == [("Mette", "Hej, jeg ser på det.")]
    until(lambda: chat.poll()["owner"] == "bot", 20)
    until(lambda: any(each["message"] == "/person_left" for each in rasa.heard), 20)


def test_private_notes_bots_and_our_own_words_are_never_relayed(gateway, chatwoot):
    chat, ref = asks_for_a_person(gateway, chatwoot)
    tell(gateway, chatwoot.assign(ref, 11), delivery="1")
    tell(gateway, chatwoot.write(ref, "intern note", private=True), delivery="2")
    tell(gateway, chatwoot.write(ref, "fra en bot", sender="agent_bot"), delivery="3")
    time.sleep(1.5)  # one round of the relay
    assert said_by_people(chat) == []
    assert "intern note" not in str(chat.poll())


def test_a_webhook_said_twice_is_one_message(gateway, chatwoot):
    chat, ref = asks_for_a_person(gateway, chatwoot)
    body = chatwoot.write(ref, "Hej")
    for delivery in ("1", "1", "2"):
        assert tell(gateway, body, delivery=delivery).status_code == 200
    assert said_by_people(chat) == [("Mette", "Hej")]


@pytest.mark.parametrize(
    "how",
    [{"secret": "another"}, {"at": time.time() - 301}, {"at": time.time() + 4000}],
    ids=["forged", "stale", "early"],
)
def test_forged_and_stale_webhooks_are_refused(gateway, chatwoot, how):
    _, ref = asks_for_a_person(gateway, chatwoot)
    assert tell(gateway, chatwoot.write(ref, "Hej"), **how).status_code == 401
    altered = signed(chatwoot.write(ref, "Hej"))
    altered["content"] = altered["content"].replace(b"Hej", b"Nej")
    assert httpx.post(f"{gateway.base}/api/desk/webhook", trust_env=False, **altered).status_code == 401


def test_a_replayed_assignment_does_not_take_the_chat_back(gateway, chatwoot):
    chatwoot.agents.append({"id": 12, "name": "Bo Lund", "availability_status": "online"})
    chat, ref = asks_for_a_person(gateway, chatwoot)
    first = chatwoot.assign(ref, 11)
    tell(gateway, first, delivery="1")
    tell(gateway, chatwoot.assign(ref, 12), delivery="2")
    tell(gateway, first, delivery="1")
    owners = [event["name"] for event in chat.poll()["events"] if event["type"] == "owner"]
    assert owners[-1] == "Bo"


def test_lost_webhooks_are_repaired_by_asking(gateway, chatwoot):
    chat, ref = asks_for_a_person(gateway, chatwoot)
    chatwoot.assign(ref, 11)
    chatwoot.write(ref, "Hej, det er Mette")
    chatwoot.write(ref, "intern", private=True)
    chatwoot.write(ref, "Virker det?")
    until(lambda: len(said_by_people(chat)) == 2, 40)
    assert said_by_people(chat) == [("Mette", "Hej, det er Mette"), ("Mette", "Virker det?")]


def test_faults_on_the_way_lose_and_double_nothing(gateway, chatwoot):
    chat, ref = asks_for_a_person(gateway, chatwoot)
    until(lambda: chatwoot.private(ref), 20)
    chatwoot.faults = ["lost", "away", "busy", "lost", "away"]
    for number in range(4):
        chat.post(text=f"besked {number}")
    until(lambda: len(chatwoot.incoming(ref)) >= 4, 60)
    assert chatwoot.incoming(ref) == [f"besked {number}" for number in range(4)]
    assert len(chatwoot.conversations) == 1 and len(chatwoot.private(ref)) == 1


def test_opening_with_faults_opens_one_conversation(gateway, chatwoot):
    chatwoot.faults = ["", "lost", "lost"]  # the first asks who is there
    chat = gateway.chat(language="da")
    chat.say("medarbejder")
    until(lambda: chatwoot.conversations and chatwoot.private(str(next(iter(chatwoot.conversations)))), 40)
    assert len(chatwoot.contacts) == len(chatwoot.conversations) == 1
    assert chat.poll()["owner"] == "queue"


def test_a_customer_who_leaves_is_told_there(gateway, chatwoot):
    chat, ref = asks_for_a_person(gateway, chatwoot)
    until(lambda: chatwoot.private(ref), 20)
    assert chat.http.delete("/session").status_code == 204
    until(lambda: chatwoot.conversations[int(ref)]["status"] == "resolved", 20)
    assert any("forladt" in note for note in chatwoot.private(ref))


def test_nobody_online_there_promises_nobody(gateway, chatwoot):
    chatwoot.agents.clear()
    chat = gateway.chat(language="da")
    said = chat.say("medarbejder")
    assert "ingen ledig medarbejder" in said[-1]["text"]
    assert chatwoot.conversations == {}


def test_without_an_outer_desk_there_is_no_webhook(start):
    assert httpx.post(f"{start().base}/api/desk/webhook", trust_env=False, **signed({})).status_code == 404
