"""Rasa behaves as stock where it should, and better where stock loses or hides something."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from bot.dialogue.levers.endpoint import SECRET_HEADER, ActionEndpoint, ActionServerFailed
from bot.dialogue.levers.locks import PromptLockStore
from bot.dialogue.levers.processor import DialogueAgent, EndlessTurn
from bot.dialogue.levers.responses import PlainResponses, filled
from bot.dialogue.levers.store import DurableTrackerStore
from bot.dialogue.training import train_model

CONFIG = """
recipe: default.v1
assistant_id: test
language: da
importers: [{name: bot.dialogue.importer.LanguageTreeImporter}]
pipeline: []
policies: [{name: bot.dialogue.levers.policies.LeanRulePolicy}]
"""
DOMAIN = """
version: "3.1"
intents: [greet, inform, open_case, session_start]
entities: [email]
slots:
  language: {type: text, initial_value: da, mappings: [{type: custom}]}
  email: {type: text, mappings: [{type: from_entity, entity: email}]}
forms:
  identity_form: {required_slots: [email]}
actions: [action_open_case, validate_identity_form]
"""
RULES = """
version: "3.1"
rules:
- {rule: greet, steps: [{intent: greet}, {action: utter_hi}]}
- {rule: ask, steps: [{intent: inform}, {action: identity_form}, {active_loop: identity_form}]}
- rule: known
  condition: [{active_loop: identity_form}]
  steps: [{action: identity_form}, {active_loop: null}, {slot_was_set: [{requested_slot: null}]}, {action: utter_hi}]
- {rule: open, steps: [{intent: open_case}, {action: utter_hi}, {action: action_open_case}, {action: utter_opened}]}
"""
TEXTS = """
version: "3.1"
responses:
  utter_hi: [{text: hi}]
  utter_opened: [{text: opened}]
  utter_ask_email: [{text: "email?"}]
"""
Answer = Callable[[dict[str, Any]], Any]


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("project")
    for name, content in {
        "config.yml": CONFIG,
        "bot/dialogue/domain/all.yml": DOMAIN,
        "data/rules/all.yml": RULES,
        "bot/dialogue/responses/da/all.yml": TEXTS,
        "bot/dialogue/responses/en/all.yml": TEXTS,
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, encoding="utf-8")
    train_model(root, root / "model.tar.gz", rules_only=True)
    return root / "model.tar.gz"


@asynccontextmanager
async def dialogue(model: Path, folder: Path, answer: Answer, deadline: float = 8.0) -> AsyncIterator[DialogueAgent]:
    """An agent whose action server answers what `answer` makes of each call."""

    async def webhook(request: web.Request) -> web.StreamResponse:
        answered = answer({**await request.json(), "secret": request.headers.get(SECRET_HEADER)})
        if asyncio.iscoroutine(answered):
            answered = await answered
        return answered if isinstance(answered, web.StreamResponse) else web.json_response(answered)

    app = web.Application()
    app.router.add_post("/webhook", webhook)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    agent = DialogueAgent(
        generator=PlainResponses(),
        tracker_store=DurableTrackerStore(f"sqlite:///{folder / 'rasa.db'}"),
        lock_store=PromptLockStore(),
        action_endpoint=ActionEndpoint(f"http://127.0.0.1:{port}/webhook", "s3cret", deadline),
    )
    agent.load_model(model)
    try:
        yield agent
    finally:
        await agent.action_endpoint.close()
        await runner.cleanup()


async def say(agent: DialogueAgent, text: str, sender: str = "anna") -> list[str]:
    channel = CollectingOutputChannel()
    try:
        await agent.handle_message(UserMessage(text, channel, sender))
    finally:
        agent.said = [message.get("text") for message in channel.messages]  # type: ignore[attr-defined]
    return agent.said  # type: ignore[attr-defined]


def nothing(_: dict[str, Any]) -> dict[str, Any]:
    return {"events": [], "responses": []}


def stored_events(folder: Path) -> int:
    with sqlite3.connect(folder / "rasa.db") as connection:
        return connection.execute("select count(*) from events").fetchone()[0]


async def test_an_action_is_told_the_slots_and_forms_but_not_every_text(model: Path, tmp_path: Path) -> None:
    calls: list[dict[str, Any]] = []

    def answer(call: dict[str, Any]) -> dict[str, Any]:
        calls.append(call)
        return nothing(call)

    async with dialogue(model, tmp_path, answer) as agent:
        assert await say(agent, "/open_case") == ["hi", "opened"]

    assert calls[0]["next_action"] == "action_open_case"
    assert calls[0]["secret"] == "s3cret"
    assert calls[0]["domain"].keys() == {"slots", "forms"}
    assert calls[0]["domain"]["forms"]["identity_form"]["required_slots"] == ["email"]


@pytest.mark.parametrize(
    "answer",
    [
        lambda _: web.Response(status=500),
        lambda _: web.json_response({"events": "none"}),
        lambda _: web.Response(text="<html>"),
        lambda _: asyncio.sleep(1, web.Response(status=200)),
    ],
    ids=["broken", "malformed", "no JSON", "too slow"],
)
async def test_a_failed_action_leaves_the_turn_unsaid_and_unstored(model: Path, tmp_path: Path, answer: Answer) -> None:
    async with dialogue(model, tmp_path, answer, deadline=0.2) as agent:
        await say(agent, "/greet")
        before = stored_events(tmp_path)
        with pytest.raises(ActionServerFailed):
            await say(agent, "/open_case")

        assert agent.said == []
        assert stored_events(tmp_path) == before


async def test_a_turn_without_end_does_not_silence_the_conversation(model: Path, tmp_path: Path) -> None:
    def again(_: dict[str, Any]) -> dict[str, Any]:
        return {"events": [{"event": "followup", "name": "action_open_case"}], "responses": []}

    async with dialogue(model, tmp_path, again) as agent:
        with pytest.raises(EndlessTurn):
            await say(agent, "/open_case")
        assert await say(agent, "/greet") == ["hi"]


async def test_a_failed_turn_can_be_sent_again(model: Path, tmp_path: Path) -> None:
    answers = iter([web.Response(status=500), nothing({})])

    async with dialogue(model, tmp_path, lambda _: next(answers)) as agent:
        with pytest.raises(ActionServerFailed):
            await say(agent, "/open_case")
        assert await say(agent, "/open_case") == ["hi", "opened"]


async def test_a_failed_validation_keeps_the_question_open(model: Path, tmp_path: Path) -> None:
    down = False

    def answer(call: dict[str, Any]) -> Any:
        if down:
            return web.Response(status=500)
        given = call["tracker"]["slots"]["email"]
        return {"events": [{"event": "slot", "name": "email", "value": given}], "responses": []}

    async with dialogue(model, tmp_path, answer) as agent:
        assert await say(agent, "/inform") == ["email?"]
        down = True
        with pytest.raises(ActionServerFailed):
            await say(agent, '/inform{"email": "a@b.dk"}')
        down = False
        await say(agent, '/inform{"email": "a@b.dk"}')

        tracker = await agent.tracker_store.retrieve("anna")
        assert tracker.get_slot("email") == "a@b.dk"


async def test_a_conversation_goes_on_after_a_restart(model: Path, tmp_path: Path) -> None:
    async with dialogue(model, tmp_path, nothing) as agent:
        await say(agent, "/inform")
        await say(agent, "/greet")
    async with dialogue(model, tmp_path, nothing) as agent:
        tracker = await agent.tracker_store.retrieve("anna")

        assert tracker.active_loop_name == "identity_form"
        assert tracker.latest_message.intent["name"] == "greet"


async def test_what_memory_keeps_is_what_is_stored(model: Path, tmp_path: Path) -> None:
    async with dialogue(model, tmp_path, nothing) as agent:
        for text in ["/greet", "/inform", '/inform{"email": "a@b.dk"}', "/session_start", "/greet", "/open_case"]:
            await say(agent, text)
        kept = await agent.tracker_store.retrieve("anna")
        read = await DurableTrackerStore(f"sqlite:///{tmp_path / 'rasa.db'}", agent.domain).retrieve("anna")

    assert [event.as_dict() for event in kept.events] == [event.as_dict() for event in read.events]
    assert kept.current_slot_values() == read.current_slot_values()


async def test_messages_of_one_conversation_are_taken_in_turn(model: Path, tmp_path: Path) -> None:
    async with dialogue(model, tmp_path, nothing) as agent:
        answers = await asyncio.gather(*(say(agent, "/greet") for _ in range(10)))
        tracker = await agent.tracker_store.retrieve("anna")

    assert answers == [["hi"]] * 10
    assert sum(event.type_name == "user" for event in tracker.events) == 10


async def test_a_database_that_is_away_is_no_amnesia(model: Path, tmp_path: Path) -> None:
    async with dialogue(model, tmp_path, nothing) as agent:
        await say(agent, "/greet")
        agent.tracker_store.engine.dispose()
        (tmp_path / "rasa.db").rename(tmp_path / "away.db")
        (tmp_path / "rasa.db").mkdir()
        with pytest.raises(Exception, match="unable to open database"):
            await say(agent, "/greet", sender="bo")
        assert agent.said == []


@pytest.mark.parametrize(
    ("part", "reads"),
    [
        ("Hej {name}", "Hej Mette"),
        ("Sag {case_id}", "Sag {case_id}"),
        ("Firma: {company}.", "Firma: ."),
        ({"payload": '/choose{"choice": "fan"}'}, {"payload": '/choose{"choice": "fan"}'}),
        ([{"title": "{name}"}], [{"title": "Mette"}]),
    ],
)
def test_texts_are_filled_and_payloads_left_alone(part: Any, reads: Any) -> None:
    assert filled(part, {"name": "Mette", "company": None}) == reads


def test_what_a_customer_writes_is_no_template() -> None:
    assert filled("Hej {name}, {place}", {"name": "{place} 0[x]", "place": "Aarhus"}) == "Hej {place} 0[x], Aarhus"
