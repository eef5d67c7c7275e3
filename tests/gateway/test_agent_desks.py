"""One contract for every desk: the embedded one, the fake, Chatwoot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from chatwoot_server import ACCOUNT, INBOX, SECRET, TOKEN, Chatwoot
from desk_world import METTE, TEXTS, DeskWorld

from actions.adapters.chatwoot import ChatwootAccount, ChatwootDesk
from actions.adapters.fakes.agent_desk import FakeAgentDesk
from actions.agent_ports import (
    AgentDesk,
    Claimed,
    Closed,
    DeskAgent,
    DeskMessage,
    HandoffPackage,
    Message,
    Notice,
)
from actions.ports import CaseFacts, Language, NotFound, Rejected
from actions.usecases.handoff_package import build_package
from bot.gateway.handoff.embedded import EmbeddedDesk
from bot.gateway.handoff.outer import as_message

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)


@dataclass
class Bench:
    """A desk, and what its people do and see. `shown` is what the customer said, as they read it."""

    desk: AgentDesk
    package: Callable[[], HandoffPackage]
    says: Callable[[HandoffPackage, str, str], DeskMessage]
    claims: Callable[[str], Any]
    writes: Callable[[str, str], Any]
    notes: Callable[[str, str], Any]
    closes: Callable[[str], Any]
    shown: Callable[[str], list[str]]
    nobody: Callable[[], Any]


def facts() -> Any:
    return build_package(
        CaseFacts("c", Language.DA, symptom="no_power"), TEXTS, case_id="HPO-7K39QX", reason="asked_for"
    )


_COUNT = iter(range(1, 10_000))


def package() -> HandoffPackage:
    said = DeskMessage("1", 1, AT, "bot", None, "Hej, jeg er en automatisk assistent.")
    return HandoffPackage(f"h{next(_COUNT)}", f"c{next(_COUNT)}", "da", "asked_for", AT, facts(), (said,))


def message(name: str, text: str, seq: int = 5) -> DeskMessage:
    return DeskMessage(name, seq, AT, "customer", None, text)


@pytest.fixture
def fake() -> Bench:
    desk = FakeAgentDesk()
    who = DeskAgent("mette", "Mette")
    return Bench(
        desk,
        package,
        lambda _package, name, text: message(name, text),
        lambda ref: desk.agent_claims(ref, who),
        lambda ref, text: desk.agent_writes(ref, who, text),
        lambda _ref, _text: None,
        lambda ref: desk.agent_closes(ref, who),
        lambda ref: [each.text for each in desk.shown[ref]],
        lambda: setattr(desk, "present", 0),
    )


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Bench]:
    world = DeskWorld(tmp_path)
    store = world.desk
    store.beat(METTE, True, world.now)

    def waiting() -> HandoffPackage:
        handoff = world.waits()
        return HandoffPackage(handoff.id, handoff.conversation, "da", "asked_for", handoff.opened_at, facts())

    def says(asked: HandoffPackage, _name: str, text: str) -> DeskMessage:
        found = store.get(asked.handoff)
        assert found is not None
        world.says(found, text)
        return as_message(store.messages(found.id, 0)[-1])

    def shown(ref: str) -> list[str]:
        return [event.body["text"] for event in store.messages(ref, 0) if event.role == "customer"]

    yield Bench(
        EmbeddedDesk(world.database, store, world.clock),
        waiting,
        says,
        lambda ref: store.claim(ref, METTE, world.now),
        lambda ref, text: store.send(ref, METTE, text, text, world.now),
        lambda ref, text: store.note(ref, METTE, text, text, world.now),
        lambda ref: store.close(ref, METTE, "solved", world.now),
        shown,
        lambda: store.leave("mette"),
    )
    world.close()


@pytest.fixture
def chatwoot() -> Iterator[Bench]:
    server = Chatwoot()
    server.start()
    account = ChatwootAccount(server.url, ACCOUNT, INBOX, TOKEN, SECRET)
    desk = ChatwootDesk(account, TEXTS, lambda: datetime.now(UTC))
    yield Bench(
        desk,
        package,
        lambda _package, name, text: message(name, text),
        lambda ref: server.assign(ref, 11),
        server.write,
        lambda ref, text: server.write(ref, text, private=True),
        server.resolve,
        server.incoming,
        lambda: server.agents.clear(),
    )
    server.stop()
    assert server.wrong == []


@pytest.fixture(params=["fake", "embedded", "chatwoot"])
def bench(request: pytest.FixtureRequest) -> Bench:
    found: Bench = request.getfixturevalue(request.param)
    return found


def test_who_is_there_is_counted(bench):
    assert bench.desk.availability("da").present == 1
    bench.nobody()
    assert bench.desk.availability("da").present == 0


def test_a_handoff_is_shown_once_however_often_it_is_opened(bench):
    asked = bench.package()
    refs = {bench.desk.open(asked) for _ in range(3)}
    assert len(refs) == 1
    assert bench.desk.open(bench.package()) not in refs


def test_what_the_customer_says_is_shown_once_and_in_order(bench):
    asked = bench.package()
    ref = bench.desk.open(asked)
    for name in ("a", "b"):
        said = bench.says(asked, name, f"tekst {name}")
        for _ in range(2):
            bench.desk.deliver(ref, said)
    assert bench.shown(ref) == ["tekst a", "tekst b"]


def test_what_people_do_is_told_in_order_and_from_a_cursor_on(bench):
    ref = bench.desk.open(bench.package())
    assert [event for event in bench.desk.pull(ref, None)[0] if isinstance(event, Message)] == []
    bench.claims(ref)
    bench.writes(ref, "Hej, det er Mette")
    events, cursor = bench.desk.pull(ref, None)
    assert [type(event) for event in events] == [Claimed, Message]
    assert events[-1].text == "Hej, det er Mette" and events[-1].agent.name == "Mette"
    bench.writes(ref, "Virker det?")
    later, _ = bench.desk.pull(ref, cursor)
    assert [event.text for event in later if isinstance(event, Message)] == ["Virker det?"]


def test_a_message_has_the_same_id_at_every_asking(bench):
    ref = bench.desk.open(bench.package())
    bench.claims(ref)
    bench.writes(ref, "Hej")
    first, again = (bench.desk.pull(ref, None)[0] for _ in range(2))
    assert [event.id for event in first] == [event.id for event in again]


def test_private_notes_are_never_told(bench):
    ref = bench.desk.open(bench.package())
    bench.claims(ref)
    bench.notes(ref, "kunden er træt")
    assert "træt" not in str(bench.desk.pull(ref, None))


def test_the_end_is_told_and_may_be_said_twice(bench):
    ref = bench.desk.open(bench.package())
    bench.claims(ref)
    bench.closes(ref)
    assert isinstance(bench.desk.pull(ref, None)[0][-1], Closed)
    for _ in range(2):
        bench.desk.end(ref, "closed")


def test_the_desk_may_be_told_of_the_customer(bench):
    ref = bench.desk.open(bench.package())
    for notice in Notice:
        bench.desk.notify(ref, notice)


def test_what_is_unknown_is_not_found(bench):
    with pytest.raises(NotFound):
        bench.desk.deliver("99999", message("a", "tekst"))
    with pytest.raises(NotFound):
        bench.desk.pull("99999", None)


def test_an_unsigned_webhook_is_refused(bench):
    with pytest.raises(Rejected):
        bench.desk.parse_webhook({}, b"{}")
