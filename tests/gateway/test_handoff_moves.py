"""Moves of a handoff against the log: who has it, what the customer reads, what reaches the dialogue."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import IntegrityError
from stub_rasa import until

from actions.adapters.texts import ResponseTexts
from bot.gateway.handoff.model import Agent, Handoff, Refused, Request, Sent
from bot.gateway.handoff.states import State
from bot.gateway.handoff.store import HandoffStore
from bot.gateway.store.engine import Database, open_engine
from bot.gateway.store.tables import handoffs
from bot.gateway.words import Words

METTE, BO = Agent("mette", "Mette"), Agent("bo", "Bo")


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def desk(gateway):
    """The desk's store, on the gateway's own database."""
    database = Database(open_engine(gateway.settings.database("chat")))
    yield HandoffStore(database, Words(ResponseTexts()).say)
    database.close()


@pytest.fixture
def chat(gateway):
    return gateway.chat(language="da")


def conversation_of(chat) -> str:
    return str(chat.session["token"].split(".")[0])


def waiting(desk, chat) -> Handoff:
    opened = desk.open(conversation_of(chat), Request("asked_for", "da", case_id="HPO-7K39QX"), now())
    assert opened is not None
    return opened


def owners(chat) -> list[tuple[str, str | None]]:
    return [(event["owner"], event["name"]) for event in chat.poll()["events"] if event["type"] == "owner"]


def test_a_conversation_waits_is_claimed_and_comes_back(desk, chat, rasa):
    handoff = waiting(desk, chat)
    assert [(each.handoff.id, each.place) for each in desk.queue()] == [(handoff.id, 1)]
    assert chat.poll()["owner"] == "queue"
    claimed = desk.claim(handoff.id, METTE, now())
    assert isinstance(claimed, Handoff) and claimed.state is State.CLAIMED
    assert chat.poll()["owner"] == "agent"
    assert isinstance(desk.send(handoff.id, METTE, "m1", "Hej, jeg ser på det.", now()), Sent)
    assert desk.get(handoff.id).state is State.ACTIVE
    returned = desk.return_to_bot(handoff.id, METTE, "Nu tager assistenten over.", now())
    assert isinstance(returned, Handoff) and returned.state is State.RETURNED
    assert owners(chat) == [("queue", None), ("agent", "Mette"), ("bot", None)]
    said = [event["text"] for event in chat.poll()["events"] if event["from"]["role"] == "agent"]
    assert said == ["Hej, jeg ser på det.", "Nu tager assistenten over."]


def test_the_dialogue_hears_what_was_said_when_the_customer_comes_back(desk, gateway, rasa):
    chat = gateway.chat(language="da")
    handoff = waiting(desk, chat)
    desk.claim(handoff.id, METTE, now())
    desk.send(handoff.id, METTE, "m1", "Virker lyden?", now())
    chat.post(text="nej, lyden er væk")
    desk.return_to_bot(handoff.id, METTE, "", now())
    gateway.restart()  # this process moved it, so that gateway's worker was not woken: it takes it up at start
    heard = until(lambda: next((each for each in rasa.heard if each["message"] == "/person_left"), None))
    news = heard["metadata"]["handoff"]
    assert news["state"] == "returned"
    assert [line["text"] for line in news["said"]] == ["Virker lyden?", "nej, lyden er væk"]


def test_while_a_person_has_it_nothing_reaches_the_dialogue(desk, chat, rasa):
    chat.say("min pc vil ikke tænde")
    handoff = waiting(desk, chat)
    before = len(rasa.heard)
    assert chat.post(text="er der nogen?").status_code == 202
    desk.claim(handoff.id, METTE, now())
    for text in ("/restart", "hej Mette", "/person_left"):
        assert chat.post(text=text).status_code == 202
    assert chat.poll()["busy"] is False
    assert len(rasa.heard) == before
    texts = [event.body["text"] for event in desk.messages(handoff.id, handoff.opened_seq) if event.role == "customer"]
    assert texts == ["er der nogen?", "/restart", "hej Mette", "/person_left"]


def test_a_choice_from_before_can_no_longer_be_pressed(desk, chat):
    chat.say("min pc vil ikke tænde")
    waiting(desk, chat)
    assert chat.post(choice="affirm").status_code == 409


def test_a_late_answer_of_the_bot_is_dropped(desk, chat, rasa):
    rasa.delay = lambda heard: 1.0 if heard["message"] == "langsom" else 0.0
    chat.post(text="langsom")
    until(lambda: "langsom" in rasa.messages)
    handoff = waiting(desk, chat)
    desk.claim(handoff.id, METTE, now())
    before = len(chat.poll()["events"])
    assert chat.poll(after=before, wait=2)["events"] == []  # the slow answer came meanwhile, and was not shown
    assert desk.get(handoff.id).state is State.CLAIMED


def test_only_who_has_it_may_move_it_and_the_other_reads_who(desk, chat):
    handoff = waiting(desk, chat)
    desk.claim(handoff.id, METTE, now())
    for refused in (
        desk.claim(handoff.id, BO, now()),
        desk.send(handoff.id, BO, "x", "hej", now()),
        desk.release(handoff.id, BO, now()),
        desk.return_to_bot(handoff.id, BO, "", now()),
        desk.close(handoff.id, BO, "solved", now()),
    ):
        assert isinstance(refused, Refused) and refused.why == "taken"
        assert refused.handoff is not None and refused.handoff.agent_name == "Mette"
    assert isinstance(desk.close(handoff.id, METTE, "solved", now()), Handoff)
    ended = desk.claim(handoff.id, BO, now())
    assert isinstance(ended, Refused) and ended.why == "ended"
    unknown = desk.claim("nothing", BO, now())
    assert isinstance(unknown, Refused) and unknown.why == "unknown"


def test_a_message_sent_twice_stands_once(desk, chat):
    handoff = waiting(desk, chat)
    desk.claim(handoff.id, METTE, now())
    first = desk.send(handoff.id, METTE, "same", "Hej", now())
    again = desk.send(handoff.id, METTE, "same", "Hej", now())
    assert isinstance(first, Sent) and again == Sent(first.seq, repeated=True)


def test_released_goes_to_the_head_of_the_queue_and_a_transfer_to_the_colleague(desk, gateway):
    one, two = (waiting(desk, gateway.chat()) for _ in range(2))
    desk.claim(two.id, METTE, now())
    moved = desk.transfer(two.id, METTE, BO, now())
    assert isinstance(moved, Handoff) and (moved.agent, moved.state) == ("bo", State.CLAIMED)
    released = desk.release(two.id, BO, now())
    assert isinstance(released, Handoff) and released.agent is None
    assert [each.handoff.id for each in desk.queue()] == [two.id, one.id]


def test_danger_is_next_also_after_a_release(desk, gateway):
    asked = [Request("asked_for", "da"), Request("safety", "da", priority="urgent"), Request("asked_for", "da")]
    opened = [desk.open(conversation_of(gateway.chat()), request, now()) for request in asked]
    usual, danger, later = (each.id for each in opened)
    assert [each.handoff.id for each in desk.queue()] == [danger, usual, later]
    for name in (later, danger):
        desk.claim(name, METTE, now())
        desk.release(name, METTE, now())
    assert [each.handoff.id for each in desk.queue()] == [danger, later, usual]


def test_private_notes_stay_at_the_desk(desk, chat):
    handoff = waiting(desk, chat)
    desk.claim(handoff.id, METTE, now())
    desk.note(handoff.id, METTE, "n1", "kunden virker træt", now())
    desk.note(handoff.id, METTE, "n1", "kunden virker træt", now())
    assert [note.text for note in desk.notes(handoff.id)] == ["kunden virker træt"]
    assert "træt" not in str(chat.poll()["events"])
    assert "træt" not in chat.http.get("/transcript").text


def test_one_open_handoff_per_conversation(desk, chat):
    handoff = waiting(desk, chat)
    assert waiting(desk, chat).id == handoff.id
    row = {"id": "second", "conversation": handoff.conversation, "state": "active", "reason": "x", "language": "da"}
    row |= {"skill": "standard", "priority": "normal", "package": {}, "opened_at": now(), "opened_seq": 0, "rank": 0}
    row |= {
        "customer_at": now(),
        "queued_at": now(),
        "told": [],
        "owes": [],
        "owing": False,
        "desk": "embedded",
        "desk_seq": 0,
    }
    with pytest.raises(IntegrityError), desk._database.writing() as connection:
        connection.execute(handoffs.insert().values(row))


def test_a_customer_who_ends_the_conversation_leaves_the_queue(desk, chat):
    handoff = waiting(desk, chat)
    assert chat.http.delete("/session").status_code == 204
    left = desk.get(handoff.id)
    assert (left.state, left.outcome) == (State.CANCELLED, "customer_left")
    assert desk.queue() == []


def test_presence_is_a_fresh_heartbeat(desk):
    desk.beat(METTE, True, now())
    assert [each.agent.name for each in desk.people(now())] == ["Mette"]
    desk.leave("mette")
    assert desk.people(now()) == []
