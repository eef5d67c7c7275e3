"""Everything said reaches Teams, in order, whatever the connector does (T10), and nothing goes where it must not."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from at_desk import Office
from front_door import SECRET, GatewayUnderTest
from starlette.responses import JSONResponse, Response
from stub_rasa import StubRasa, free_port, until

from actions.settings import variable_names
from bot.gateway.channels.teams import channel
from bot.gateway.channels.teams.connector import origin, retry_after
from bot.gateway.channels.teams.delivery import Pace
from bot.gateway.channels.teams.render import MOST_BYTES, pieces, size
from bot.gateway.handoff.model import Request
from tests.support.postgres import Cluster
from tests.support.teams import Microsoft, Person, card_of

QUICK = Pace(backoff=0.05, longest_wait=2.0, pause=0.3, longest_pause=0.5, sweep=0.1)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channel, "Pace", lambda: QUICK)


@pytest.fixture
def teams(quick: None, serve: Callable[..., GatewayUnderTest]) -> GatewayUnderTest:
    return serve()


def refuse(*statuses: int, **headers: str) -> Callable[[dict[str, Any], int], Response | None]:
    """Refuses so many calls in a row, then takes everything."""
    left = iter(statuses)

    def _answer(_activity: dict[str, Any], _tried: int) -> Response | None:
        status = next(left, None)
        return None if status is None else JSONResponse({"error": {}}, status_code=status, headers=headers)

    return _answer


def news(gateway_base: str, conversation: str, text: str) -> None:
    """Something happened that the customer did not ask for: a courier's news."""
    body = {"key": text[:40], "event": {"type": "text", "text": text}}
    url = f"{gateway_base}/internal/conversations/{conversation}/events"
    answer = httpx.post(url, json=body, headers={"X-Offsite-Secret": SECRET}, trust_env=False, timeout=30)
    assert answer.status_code in (200, 201), answer.text


def met(person: Person, microsoft: Microsoft, rasa: StubRasa) -> str:
    """A person who was greeted; the name of their conversation."""
    person.install()
    until(lambda: len(microsoft.messages) == 1)
    return str(rasa.heard[-1]["sender"])


@pytest.mark.parametrize(
    "statuses", [(429,), (412, 502), (504, 500, 503), (429, 429, 429, 429, 429), (401,), (401, 401, 401)], ids=str
)
def test_a_refusal_that_passes_loses_and_doubles_nothing(
    person: Person, microsoft: Microsoft, rasa: StubRasa, statuses: tuple[int, ...]
):
    conversation = met(person, microsoft, rasa)
    microsoft.answer = refuse(*statuses)
    for number in range(4):
        news(person.base, conversation, f"nyt {number}")
    until(lambda: len(microsoft.messages) >= 5)
    assert microsoft.read[1:] == [f"nyt {number}" for number in range(4)]
    assert [status for _, status in microsoft.tries if status != 201] == list(statuses)


def test_a_round_has_four_tries(person: Person, microsoft: Microsoft, rasa: StubRasa):
    conversation = met(person, microsoft, rasa)
    at: list[float] = []
    microsoft.answer = lambda _activity, _tried: (at.append(time.monotonic()), Response(status_code=503))[1]
    news(person.base, conversation, "nyt")
    until(lambda: len(at) >= 9)
    gaps = [later - earlier for earlier, later in itertools.pairwise(at)]
    assert max(range(8), key=lambda n: gaps[n]) in (3, 7)
    microsoft.answer = refuse()
    until(lambda: microsoft.read[1:] == ["nyt"])


def test_retry_after_is_kept(person: Person, microsoft: Microsoft, rasa: StubRasa):
    conversation = met(person, microsoft, rasa)
    microsoft.answer = refuse(429, **{"Retry-After": "1"})
    began = time.monotonic()
    news(person.base, conversation, "nyt")
    until(lambda: microsoft.read[1:] == ["nyt"])
    assert time.monotonic() - began >= 1.0


def test_a_token_that_is_refused_is_fetched_anew_once(person: Person, microsoft: Microsoft, rasa: StubRasa):
    conversation = met(person, microsoft, rasa)
    assert microsoft.token_calls == 1
    microsoft.answer = refuse(401)
    news(person.base, conversation, "nyt")
    until(lambda: microsoft.read[1:] == ["nyt"])
    assert microsoft.token_calls == 2
    news(person.base, conversation, "mere")
    until(lambda: microsoft.read[2:] == ["mere"])
    assert microsoft.token_calls == 2


def test_a_token_near_its_end_is_not_used(person: Person, microsoft: Microsoft, rasa: StubRasa):
    microsoft.token_seconds = 0
    conversation = met(person, microsoft, rasa)
    news(person.base, conversation, "nyt")
    until(lambda: microsoft.read[1:] == ["nyt"])
    assert microsoft.token_calls == 2


def test_a_sign_in_that_refuses_or_is_away_delays_and_loses_nothing(
    person: Person, microsoft: Microsoft, rasa: StubRasa
):
    microsoft.token_status = 401
    person.install()
    until(lambda: microsoft.token_calls >= 2)
    assert microsoft.tries == []
    microsoft.token_status = 200
    until(lambda: len(microsoft.messages) == 1)


@pytest.mark.parametrize("status", [403, 404])
def test_a_place_that_is_gone_is_left_alone_until_somebody_writes(
    person: Person, microsoft: Microsoft, rasa: StubRasa, status: int
):
    conversation = met(person, microsoft, rasa)
    microsoft.answer = refuse(*[status] * 50)
    news(person.base, conversation, "nyt")
    until(lambda: (("POST", status)) in microsoft.tries)
    news(person.base, conversation, "mere")
    time.sleep(0.6)
    assert [each for each in microsoft.tries if each[1] == status] == [("POST", status)]
    microsoft.answer = refuse()
    person.say("jeg er her igen")
    until(lambda: len(microsoft.messages) == 5)
    assert microsoft.read[1:3] == ["nyt", "mere"]


def test_a_card_that_is_refused_is_said_in_words(person: Person, microsoft: Microsoft, rasa: StubRasa):
    met(person, microsoft, rasa)
    microsoft.answer = lambda activity, _tried: Response(status_code=400) if "attachments" in activity else None
    person.say("hej")
    until(lambda: len(microsoft.messages) == 3)
    assert microsoft.read[1:] == ["Du skrev: hej", "Er det rigtigt?\n- Ja\n- Nej"]


def test_what_is_refused_for_good_does_not_block_the_rest(person: Person, microsoft: Microsoft, rasa: StubRasa):
    conversation = met(person, microsoft, rasa)
    microsoft.answer = lambda activity, _tried: Response(status_code=400) if activity.get("text") == "nej" else None
    for text in ("nej", "ja"):
        news(person.base, conversation, text)
    until(lambda: microsoft.read[1:] == ["ja"])


def test_the_agent_sees_what_did_not_get_there(
    person: Person, teams: GatewayUnderTest, microsoft: Microsoft, rasa: StubRasa
):
    conversation = met(person, microsoft, rasa)
    office = Office(teams)
    anna = office.hire("Anna Holm")
    opened = office.handoffs.open(conversation, Request("asked_for", "da"), datetime.now(UTC))
    assert opened is not None and anna.post(f"/chats/{opened.id}/claim").is_success
    with anna.stream() as heard:

        def told(wanted: Callable[[Any], bool]) -> Any:
            """The next board that says so; the page hears it without asking."""
            for event, data in heard:
                for line in data["chats"] if event == "board" else ():
                    if wanted(line["delivery"]):
                        return line["delivery"]

        assert told(lambda way: True) is None
        microsoft.answer = refuse(*[503] * 9)
        seq = anna.send(opened.id, "hej").json()["seq"]
        waits = told(lambda way: way is not None)
        assert waits["state"] == "pending" and waits["upto"] < seq and waits["refused"] == []
        assert told(lambda way: way is None) is None, "it got there after all"
        microsoft.answer = lambda activity, _tried: Response(status_code=400) if "nej" in activity["text"] else None
        seq = anna.send(opened.id, "nej").json()["seq"]
        refused = told(lambda way: way is not None)
        assert refused["state"] is None and refused["refused"] == [seq]
        microsoft.answer = refuse(404)
        seq = anna.send(opened.id, "er du der").json()["seq"]
        lost = told(lambda way: way["state"] is not None)
        assert lost["state"] == "failed" and lost["upto"] < seq
    office.database.close()


def test_a_redirect_is_not_followed(person: Person, microsoft: Microsoft, rasa: StubRasa):
    conversation = met(person, microsoft, rasa)
    elsewhere = {"Location": f"{microsoft.base}/elsewhere"}
    microsoft.answer = refuse(307, 302, **elsewhere)
    news(person.base, conversation, "nyt")
    until(lambda: ("POST", 307) in microsoft.tries)
    news(person.base, conversation, "mere")
    news(person.base, conversation, "mere endnu")
    until(lambda: microsoft.read[1:] == ["mere endnu"])
    assert not any("elsewhere" in path for path in microsoft.paths)


def test_a_long_text_is_cut_at_paragraphs(person: Person, microsoft: Microsoft, rasa: StubRasa):
    conversation = met(person, microsoft, rasa)
    text = "\n\n".join(f"Afsnit {number}: " + "ø" * 900 for number in range(25))
    news(person.base, conversation, text)
    until(lambda: len(microsoft.messages) == 4)
    assert "\n\n".join(microsoft.read[1:]) == text
    assert all(size(each) <= MOST_BYTES for each in microsoft.messages)


def test_pieces_lose_nothing():
    for text in ("a" * 100, "ord " * 50, "linje\n" * 30, "😀" * 40, "kort", ""):
        found = pieces(text, 64)
        assert "".join("".join(found).split()) == "".join(text.split())
        assert all(len(piece.encode("utf-16-le")) <= 64 for piece in found)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://smba.trafficmanager.net/emea/", "https://smba.trafficmanager.net"),
        ("https://SMBA.trafficmanager.net", "https://smba.trafficmanager.net"),
        ("https://smba.trafficmanager.net@evil.example/", ""),
        ("https://smba.trafficmanager.net:8443/", "https://smba.trafficmanager.net:8443"),
        ("https://smba.trafficmanager.net.evil.example/", "https://smba.trafficmanager.net.evil.example"),
        ("http://smba.trafficmanager.net/", "http://smba.trafficmanager.net"),
        ("ftp://smba.trafficmanager.net/", ""),
        ("https://[::1", ""),
        ("https://smba.trafficmanager.net:port/", ""),
        ("", ""),
    ],
)
def test_an_origin_is_scheme_host_and_port(url: str, expected: str):
    assert origin(url) == expected


@pytest.mark.parametrize(("value", "expected"), [("7", 7.0), (None, None), ("", None), ("soon", None), ("-3", None)])
def test_retry_after_in_seconds(value: str | None, expected: float | None):
    assert retry_after(value) == expected


def test_retry_after_as_a_date():
    assert retry_after("Wed, 01 Jan 2020 00:00:00 GMT") == 0.0
    assert (retry_after("Wed, 01 Jan 2120 00:00:00 GMT") or 0) > 1_000_000


def test_ids_stay_inside_their_part_of_the_address(teams: GatewayUnderTest, microsoft: Microsoft):
    person = Person(microsoft, teams.base)
    person.conversation = "19:x@thread.tacv2;messageid=1/../../v3/other?x=1#y"
    person.install()
    until(lambda: len(microsoft.messages) == 1)
    assert [unquote(path) for path in microsoft.paths] == [f"/emea/v3/conversations/{person.conversation}/activities"]


class Killable:
    """A gateway in a process of its own."""

    def __init__(self, settings: dict[str, Any]) -> None:
        names = {field: variable for variable, field in variable_names().items()}
        self.environment = {**os.environ, **{names[field]: str(value) for field, value in settings.items()}}
        self.base = f"http://127.0.0.1:{settings['port']}"
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen([sys.executable, "-m", "bot.gateway"], env=self.environment)
        until(self._answers, 60)

    def kill(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(10)

    def _answers(self) -> bool:
        assert self._process.poll() is None
        try:
            return httpx.get(f"{self.base}/healthz", trust_env=False).is_success
        except httpx.TransportError:
            return False


@pytest.fixture
def killable(
    request: pytest.FixtureRequest, microsoft: Microsoft, rasa: StubRasa, tmp_path: Any, database_url: str
) -> Iterator[Killable]:
    inner = {"rasa_url": rasa.url, "actions_url": f"{rasa.url}/actions", "secret": SECRET, "var": tmp_path / "var"}
    found = Killable(microsoft.settings() | inner | {"port": free_port(), "database_url": database_url})
    yield found
    found.kill()


@pytest.mark.slow
def test_500_messages_drain_in_order_through_kills(
    killable: Killable, microsoft: Microsoft, rasa: StubRasa, database_url: str
):
    conversation = met(Person(microsoft, killable.base), microsoft, rasa)
    expected = [f"nyt {number}" for number in range(150 if database_url else 500)]
    microsoft.answer = lambda _activity, _tried: Response(status_code=503)
    for text in expected:
        news(killable.base, conversation, text)
    kills = 0
    microsoft.answer = lambda _activity, tried: (
        Response(status_code=429, headers={"Retry-After": "0"}) if tried % 7 == 0 else None
    )
    while kills < 3:
        killable.kill()
        killable.start()
        kills += 1
        goal = len(expected) // 4 * kills
        until(lambda goal=goal: len(set(microsoft.read)) > goal, 120)
    until(lambda: microsoft.read[-1] == expected[-1], 120)
    once = [text for text, _ in itertools.groupby(microsoft.read[1:])]
    assert once == expected, "in order, nothing missing"
    assert len(microsoft.read[1:]) <= len(expected) + kills, "a kill repeats one message at most"


def test_two_gateways_deliver_each_message_once(
    quick: None, serve: Callable[..., GatewayUnderTest], postgresql: Cluster, microsoft: Microsoft, rasa: StubRasa
):
    url = postgresql.new_database()
    first, second = serve(database_url=url), serve(database_url=url)
    conversation = met(Person(microsoft, first.base), microsoft, rasa)
    for number in range(40):
        news((first, second)[number % 2].base, conversation, f"nyt {number}")
    until(lambda: len(microsoft.messages) >= 41, 60)
    assert microsoft.read[1:] == [f"nyt {number}" for number in range(40)]


def test_an_agent_is_named_and_a_card_stands_for_facts(person: Person, microsoft: Microsoft, rasa: StubRasa):
    conversation = met(person, microsoft, rasa)
    card = {
        "type": "card",
        "card": "case",
        "data": {"case_id": "HPO-7K39QX", "status": "open"},
        "text": "Sag oprettet.",
    }
    url = f"{person.base}/internal/conversations/{conversation}/events"
    httpx.post(url, json={"key": "k", "event": card}, headers={"X-Offsite-Secret": SECRET}, trust_env=False)
    until(lambda: len(microsoft.messages) == 2)
    facts = next(each for each in card_of(microsoft.messages[1])["body"] if each["type"] == "FactSet")["facts"]
    assert facts == [{"title": "Sagsnummer", "value": "HPO-7K39QX"}, {"title": "Status", "value": "Åben"}]
