"""How a conversation comes to a person: through the dialogue, and when the assistant itself fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from desk_world import METTE, TEXTS
from front_door import SECRET, clock_from
from stub_rasa import ask, until

from bot.gateway.handoff.store import HandoffStore
from bot.gateway.store.engine import Database, open_engine
from bot.gateway.words import Words

OPEN, CLOSED = "2026-11-24T10:00", "2026-11-24T20:00"
REQUEST = {
    "reason": "asked_for",
    "language": "da",
    "case_id": "HPO-7K39QX",
    "skill": "standard",
    "priority": "normal",
    "package": {"summary": {"da": "Grund: …", "en": "Reason: …"}},
}


def hands_over(heard: dict[str, Any]) -> list[dict[str, Any]]:
    """What the dialogue says to "medarbejder": the case, the request, and its closing question."""
    if heard["message"] != "medarbejder":
        return [{"text": "Hej, jeg er en automatisk assistent."}, *ask("Hvad er galt?", "symptom", affirm="Ja")]
    return [
        {"text": "Sagen HPO-7K39QX er oprettet."},
        {"custom": {"handoff": REQUEST}},
        *ask("Er der andet?", "anything_else", affirm="Ja", deny="Nej"),
    ]


@pytest.fixture
def desk_of() -> Iterator[Callable[..., HandoffStore]]:
    opened: list[Database] = []

    def _open(gateway: Any) -> HandoffStore:
        opened.append(Database(open_engine(gateway.settings.database("chat"))))
        return HandoffStore(opened[-1], Words(TEXTS).say)

    yield _open
    for database in opened:
        database.close()


def texts(events: list[dict[str, Any]]) -> list[str]:
    return [event.get("text", "") for event in events]


def test_open_and_somebody_there_the_customer_waits_and_the_question_is_gone(start, rasa, desk_of):
    rasa.answer = hands_over
    gateway = start(now=clock_from(OPEN))
    desk = desk_of(gateway)
    desk.beat(METTE, True, gateway.now())
    chat = gateway.chat(language="da")
    said = chat.say("medarbejder")
    assert [event["type"] for event in said] == ["text", "owner"]
    assert said[-1]["owner"] == "queue" and said[-1]["place"] == 1
    assert "Er der andet" not in str(texts(said))
    assert chat.poll()["owner"] == "queue"
    (queued,) = desk.queue()
    assert queued.handoff.case_id == "HPO-7K39QX" and queued.handoff.package == REQUEST["package"]
    before = len(rasa.heard)
    chat.say("mere fra mig")
    assert len(rasa.heard) == before


def test_closed_says_when_it_opens_and_the_assistant_goes_on(start, rasa, desk_of):
    rasa.answer = hands_over
    gateway = start(now=clock_from(CLOSED))
    desk = desk_of(gateway)
    desk.beat(METTE, True, gateway.now())
    said = gateway.chat(language="da").say("medarbejder")
    assert "Vi åbner igen i morgen" in texts(said)[1]
    assert texts(said)[-1] == "Er der andet?" and said[-1]["choices"]
    assert desk.queue() == []


def test_open_with_nobody_there_is_said_at_once(start, rasa, desk_of):
    rasa.answer = hands_over
    gateway = start(now=clock_from(OPEN))
    said = gateway.chat(language="da").say("medarbejder")
    assert "ingen ledig medarbejder" in texts(said)[1]
    assert desk_of(gateway).queue() == []


def test_the_actions_may_ask_who_is_there_and_nobody_else_may(start, rasa, desk_of):
    gateway = start(now=clock_from(OPEN))
    desk_of(gateway).beat(METTE, True, gateway.now())
    url = f"{gateway.base}/internal/people?language=da"
    assert httpx.get(url, trust_env=False).status_code == 404
    answer = httpx.get(url, headers={"X-Offsite-Secret": SECRET}, trust_env=False)
    assert answer.json() == {"present": 1, "waiting": 0}


def test_the_dialogue_away_for_long_hands_over_to_a_person_who_is_there(start, rasa, desk_of):
    gateway = start(now=clock_from(OPEN))
    desk = desk_of(gateway)
    desk.beat(METTE, True, gateway.now())
    chat = gateway.chat(language="da")
    rasa.stop()
    chat.post(text="min pc vil ikke tænde")
    until(lambda: chat.poll()["owner"] == "queue", 20)
    (queued,) = desk.queue()
    assert queued.handoff.reason == "system_trouble"
    assert "giver samtalen til en medarbejder" in " ".join(texts(chat.poll()["events"]))


def test_the_dialogue_away_with_nobody_there_opens_a_case_and_still_answers_later(start, rasa):
    gateway = start(now=clock_from(CLOSED))
    chat = gateway.chat(language="da")
    rasa.stop()
    chat.post(text="min pc vil ikke tænde")
    until(lambda: "HPO-" in " ".join(texts(chat.poll()["events"])), 20)
    assert chat.poll()["owner"] == "bot"
    rasa.start()
    until(lambda: "Du skrev: min pc vil ikke tænde" in texts(chat.poll()["events"]), 20)


def test_a_dialogue_that_fails_hands_over_too(start, rasa, desk_of):
    gateway = start(now=clock_from(OPEN))
    desk_of(gateway).beat(METTE, True, gateway.now())
    chat = gateway.chat(language="da")
    rasa.answer = lambda heard: []
    chat.post(text="min pc vil ikke tænde")
    until(lambda: chat.poll()["owner"] == "queue", 20)


def test_a_secret_told_to_a_person_is_taken_out_and_said(start, rasa, desk_of):
    rasa.answer = hands_over
    gateway = start(now=clock_from(OPEN))
    desk_of(gateway).beat(METTE, True, gateway.now())
    chat = gateway.chat(language="da")
    chat.say("medarbejder")
    said = chat.say("mit cpr-nummer er 010190-1234")
    assert "010190" not in str(chat.poll())
    assert "må gemme" in texts(said)[-1]
