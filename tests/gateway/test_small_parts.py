"""The gateway's small rules, each by itself."""

from __future__ import annotations

import asyncio
import base64

import fakeredis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gateway.answers import choice_id
from bot.gateway.events import Choice, Question, folded, titled
from bot.gateway.fanout import Fanout, RedisRelay
from bot.gateway.rates import Rate, address_name
from bot.gateway.tokens import Tokens, new_conversation_id, signing_key
from bot.gateway.wire import harmless
from bot.gateway.words import spoken_language


@given(st.text(max_size=50))
def test_no_text_becomes_an_intent(text):
    assert not harmless(text).strip().startswith("/")
    assert harmless(f"/{text}") != ""


@given(st.text(alphabet="/／⁄ \t\n\u200b\u00a0abc{}\"'", max_size=12))
def test_no_disguise_becomes_an_intent(text):
    assert not harmless(text).strip().startswith(("/", "／", "⁄"))


@pytest.mark.parametrize(
    ("payload", "choice"),
    [
        ("/affirm", "affirm"),
        ('/choose{"choice": "pickup"}', "pickup"),
        ('/choose{"choice": 3}', "3"),
        ("/choose{broken", None),
        ("Ja tak", None),
        ("", None),
        (None, None),
    ],
)
def test_the_id_of_a_choice_is_its_payloads_word(payload, choice):
    assert choice_id(payload) == choice


def test_titles_are_compared_as_people_write_them():
    assert folded("Blød, rød ÅL!") == folded("bloed roed aal")
    question = Question("?", {}, (Choice("a", "Ja.", "/a"), Choice("b", "JA", "/b"), Choice("c", "Nej", "/c")))
    assert titled("ja", question) is None
    assert titled("nej!", question).id == "c"
    assert titled("!", question) is None


def test_a_rate_refills_with_time():
    now = [0.0]
    rate = Rate(3, 2.0, lambda: now[0], names=2)
    assert [rate.take("a") for _ in range(4)] == [None, None, None, 1]
    now[0] += 0.5
    assert [rate.take("a"), rate.take("a")] == [None, 1]
    assert rate.take("b") is None


def test_one_network_is_one_address():
    assert address_name("2001:db8::1") == address_name("2001:db8::ffff:2") != address_name("2001:db8:0:1::1")
    assert address_name("192.0.2.1") != address_name("192.0.2.2")
    assert address_name("testclient") == "testclient"


def test_tokens_are_signed_with_a_key_that_stays(tmp_path):
    key = signing_key("", tmp_path)
    assert key == signing_key("", tmp_path) and (tmp_path / "chat.key").stat().st_mode & 0o077 == 0
    assert [file.name for file in tmp_path.iterdir()] == ["chat.key"]
    name = new_conversation_id()
    assert len(base64.urlsafe_b64decode(name)) * 8 == 192 and name != new_conversation_id()
    token = Tokens(key).issue(name)
    assert Tokens(key).read(token) == name
    assert Tokens(b"other").read(token) is None
    assert Tokens(key).read(token[:-1] + ("A" if token[-1] != "A" else "B")) is None


@pytest.mark.parametrize(
    ("texts", "language"),
    [
        (["Hej, jeg er en automatisk assistent. Hvad kan jeg hjælpe dig med?"], "da"),
        (["Hello, I am an automated assistant. What can I do for you? It is free."], "en"),
        (["HPO-7K39QX"], None),
        ([], None),
    ],
)
def test_the_language_that_the_dialogue_speaks(texts, language):
    assert spoken_language(texts) == language


async def test_other_gateways_hear_through_redis():
    server = fakeredis.FakeServer()
    here, there = (Fanout() for _ in range(2))
    relays = [RedisRelay(fakeredis.FakeAsyncRedis(server=server), fanout) for fanout in (here, there)]
    here.relay = relays[0]
    hearing = asyncio.create_task(relays[1].listen())
    with there.listening("one") as listener, there.listening("two") as other:
        for _ in range(50):
            await here.tell("one", typing="bot")
            if await listener.wait(0.1):
                break
        assert listener.saw_typing() == {"bot"} and not listener.saw_typing()
        assert not await other.wait(0.05)
    assert there.count("one") == 0
    hearing.cancel()


async def test_redis_away_costs_nobody_a_message():
    server = fakeredis.FakeServer()
    server.connected = False
    fanout = Fanout()
    fanout.relay = RedisRelay(fakeredis.FakeAsyncRedis(server=server), fanout)
    with fanout.listening("one") as listener:
        await fanout.tell("one")
        assert await listener.wait(0)
