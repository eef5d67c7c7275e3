"""Who gets in (T1-T4): every forged, stale or misaddressed token is refused without a word, and nothing is stored."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import sqlite3
import threading
import time
from collections.abc import Callable
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from front_door import GatewayUnderTest
from starlette.responses import JSONResponse
from stub_rasa import until

from bot.gateway.channels.teams.signing_keys import NoKeys, SigningKeys
from tests.support.teams import APP_ID, ISSUER, TENANT, Key, Microsoft, Person

HOUR = 3600


def part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def hmac_with_public_key(microsoft: Microsoft) -> str:
    """The classic confusion: the public key as the secret of HS256."""
    key = microsoft.keys[0]
    pem = key.private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    head = f"{part({'alg': 'HS256', 'typ': 'JWT', 'kid': key.kid})}.{part(microsoft.claims())}"
    digest = hmac.new(pem, head.encode(), hashlib.sha256).digest()
    return f"{head}.{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"


def tampered(microsoft: Microsoft) -> str:
    head, _, signature = microsoft.token().split(".")
    return f"{head}.{part(microsoft.claims(exp=int(time.time()) + 9 * HOUR))}.{signature}"


def unsigned(microsoft: Microsoft, alg: str) -> str:
    return f"{part({'alg': alg, 'typ': 'JWT', 'kid': microsoft.keys[0].kid})}.{part(microsoft.claims())}."


def without_exp(microsoft: Microsoft) -> str:
    return microsoft.token(exp=None)


def with_other_key(microsoft: Microsoft, kid: str | None = None) -> str:
    key = Key()
    return key.sign(microsoft.claims(), **({"kid": kid} if kid else {}))


TOKENS: dict[str, Callable[[Microsoft], str]] = {
    "empty": lambda m: "Bearer",
    "no scheme": lambda m: m.token(),
    "basic": lambda m: "Basic " + base64.b64encode(b"user:password").decode(),
    "no token at all": lambda m: "Bearer not-a-token",
    "two parts": lambda m: "Bearer " + ".".join(m.token().split(".")[:2]),
    "five parts": lambda m: f"Bearer {m.token()}.x.y",
    "rubbish in three parts": lambda m: "Bearer a.b.c",
    "alg none": lambda m: f"Bearer {unsigned(m, 'none')}x",
    "alg None": lambda m: f"Bearer {unsigned(m, 'None')}x",
    "no signature": lambda m: f"Bearer {unsigned(m, 'RS256')}",
    "public key as HMAC secret": lambda m: f"Bearer {hmac_with_public_key(m)}",
    "RS512 with the right key": lambda m: (
        "Bearer " + jwt.encode(m.claims(), m.keys[0].private, algorithm="RS512", headers={"kid": m.keys[0].kid})
    ),
    "PS256 with the right key": lambda m: (
        "Bearer " + jwt.encode(m.claims(), m.keys[0].private, algorithm="PS256", headers={"kid": m.keys[0].kid})
    ),
    "unknown key": lambda m: f"Bearer {with_other_key(m)}",
    "another key under a known name": lambda m: f"Bearer {with_other_key(m, m.keys[0].kid)}",
    "no kid": lambda m: "Bearer " + jwt.encode(m.claims(), m.keys[0].private, algorithm="RS256"),
    "kid is a number": lambda m: f"Bearer {part({'alg': 'RS256', 'kid': 7})}.{part(m.claims())}.AAAA",
    "kid is endless": lambda m: f"Bearer {m.keys[0].sign(m.claims(), kid='k' * 300)}",
    "key inside the header": lambda m: (
        "Bearer "
        + (other := Key()).sign(m.claims(), kid=other.kid, jwk=other.public(), jku="https://evil.example/keys")
    ),
    "critical extension": lambda m: f"Bearer {m.keys[0].sign(m.claims(), crit=['exp'])}",
    "compressed": lambda m: f"Bearer {m.keys[0].sign(m.claims(), zip='DEF')}",
    "changed after signing": lambda m: f"Bearer {tampered(m)}",
    "stale": lambda m: f"Bearer {m.token(exp=int(time.time()) - 301)}",
    "no end": lambda m: f"Bearer {without_exp(m)}",
    "end is words": lambda m: f"Bearer {m.token(exp='tomorrow')}",
    "end is a number in quotes": lambda m: f"Bearer {m.token(exp=str(int(time.time()) + HOUR))}",
    "end is true": lambda m: f"Bearer {m.token(exp=True)}",
    "end is a list": lambda m: f"Bearer {m.token(exp=[int(time.time()) + HOUR])}",
    "not yet": lambda m: f"Bearer {m.token(nbf=int(time.time()) + 301)}",
    "issued in the future": lambda m: f"Bearer {m.token(iat=int(time.time()) + 301)}",
    "for another bot": lambda m: f"Bearer {m.token(aud='99999999-2222-3333-4444-555555555555')}",
    "for several bots": lambda m: f"Bearer {m.token(aud=[APP_ID, 'another'])}",
    "for nobody": lambda m: f"Bearer {m.token(aud=None)}",
    "for our name with a blank": lambda m: f"Bearer {m.token(aud=APP_ID + ' ')}",
    "from the emulator": lambda m: f"Bearer {m.token(iss=f'https://login.microsoftonline.com/{TENANT}/v2.0')}",
    "from nobody": lambda m: f"Bearer {m.token(iss=None)}",
    "from our issuer with a slash": lambda m: f"Bearer {m.token(iss=ISSUER + '/')}",
    "issuer in a list": lambda m: f"Bearer {m.token(iss=[ISSUER])}",
    "for no service": lambda m: f"Bearer {m.token(serviceurl=None)}",
    "for another service": lambda m: f"Bearer {m.token(serviceurl='https://evil.example/')}",
    "service without its slash": lambda m: f"Bearer {m.token(serviceurl=m.service_url.rstrip('/'))}",
    "over-long": lambda m: f"Bearer {m.token(padding='x' * 9000)}",
    "not ASCII": lambda m: "Bearer " + m.token()[:-1] + "\u00e6",
    "two tokens": lambda m: f"Bearer {m.token()} {m.token()}",
}


def rows(gateway: GatewayUnderTest) -> int:
    """Everything that is stored about conversations."""
    database = sqlite3.connect(gateway.settings.var / "chat.db")
    tables = ("chat_conversations", "chat_events", "chat_turns", "teams_places", "teams_outbox")
    return sum(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables)


def test_every_bad_token_is_refused_and_nothing_is_stored(teams: GatewayUnderTest, microsoft: Microsoft):
    person = Person(microsoft, teams.base)
    assert len(TOKENS) >= 23
    for name, make in TOKENS.items():
        raw = make(microsoft).encode("utf-8")
        body = json.dumps(person.activity(text="hej")).encode()
        headers = [(b"authorization", raw), (b"content-type", b"application/json")]
        answer = person.http.post(f"{teams.base}/api/messages", content=body, headers=headers)
        assert (answer.status_code, answer.content) == (401, b""), name
    assert rows(teams) == 0


def test_no_token_or_several_are_refused(teams: GatewayUnderTest, microsoft: Microsoft):
    person = Person(microsoft, teams.base)
    url, body = f"{teams.base}/api/messages", person.activity(text="hej")
    assert person.http.post(url, json=body).status_code == 401
    twice = [("Authorization", f"Bearer {microsoft.token()}")] * 2
    assert person.http.post(url, json=body, headers=twice).status_code == 401
    assert person.http.get(url, headers=twice[:1]).status_code == 405
    assert rows(teams) == 0
    assert microsoft.key_calls == 0, "nobody is asked for the sake of a caller without a token"


def test_nobody_gets_in_where_no_bot_is_registered(start: Callable[..., GatewayUnderTest], microsoft: Microsoft):
    gateway = start()
    person = Person(microsoft, gateway.base)
    assert person.post(person.activity(text="hej")).status_code == 401
    assert person.post(person.activity(text="hej"), microsoft.token(aud="")).status_code == 401


@pytest.mark.parametrize(
    "changes",
    [
        {"channelId": "directline"},
        {"channelId": "MSTEAMS"},
        {"conversation": {"id": "a:1", "conversationType": "personal", "tenantId": "someone-else"}},
        {"channelData": {"tenant": {"id": "someone-else"}}},
        {"conversation": {"id": "a:1"}, "channelData": {}},
    ],
)
def test_the_wrong_channel_or_tenant_is_refused(person: Person, teams: GatewayUnderTest, changes: dict[str, Any]):
    answer = person.post(person.activity(text="hej", **changes))
    assert (answer.status_code, answer.content) == (403, b"")
    assert rows(teams) == 0


def test_a_key_speaks_only_for_its_channels(person: Person, teams: GatewayUnderTest, microsoft: Microsoft):
    for endorsements in (("directline", "webchat"), ()):
        microsoft.keys = [Key(endorsements=endorsements)]
        teams.restart()
        answer = person.post(person.activity(text="hej"))
        assert (answer.status_code, answer.content) == (403, b"")
    assert rows(teams) == 0


def test_a_service_that_is_not_listed_gets_no_answer(person: Person, teams: GatewayUnderTest, microsoft: Microsoft):
    for elsewhere in (
        "https://evil.example/",
        microsoft.base.replace("127.0.0.1", "127.0.0.1.evil.example"),
        "file:///",
    ):
        token = microsoft.token(serviceurl=elsewhere)
        assert person.post(person.activity(text="hej", serviceUrl=elsewhere), token).status_code == 403
    assert rows(teams) == 0
    assert microsoft.token_calls == 0


def test_five_minutes_of_skew_are_allowed(person: Person, microsoft: Microsoft):
    now = int(time.time())
    assert person.post(person.activity(text="hej"), microsoft.token(exp=now - 200)).status_code == 200
    assert person.post(person.activity(text="hej"), microsoft.token(nbf=now + 200)).status_code == 200


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"", "application/json", 400),
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"null", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"a": ' * 5_000 + b"1" + b"}" * 5_000, "application/json", 400),
        (b'{"type": NaN}', "application/json", 400),
        (b"{}", "application/json", 400),
        (b"{}", "text/plain", 415),
        (b'{"text": "' + b"x" * (256 * 1024) + b'"}', "application/json", 413),
    ],
)
def test_what_is_no_activity_is_refused(person: Person, microsoft: Microsoft, content: bytes, kind: str, status: int):
    headers = {"Authorization": f"Bearer {microsoft.token()}", "Content-Type": kind}
    assert person.http.post(f"{person.base}/api/messages", content=content, headers=headers).status_code == status


def test_a_large_activity_is_taken(person: Person):
    assert person.post(
        person.activity(text="hej", channelData={"tenant": {"id": TENANT}, "x": "y" * 200_000})
    ).is_success


@pytest.mark.parametrize("missing", ["type", "serviceUrl", "channelId", "conversation", "recipient", "from", "id"])
def test_an_activity_that_can_not_be_answered_is_refused(person: Person, teams: GatewayUnderTest, missing: str):
    for wrong in (None, 7, [], "\x00", "x" * 2000):
        assert person.post(person.activity(text="hej", **{missing: wrong})).status_code in (400, 401, 403)
    assert rows(teams) == 0


def test_keys_are_fetched_when_needed_and_by_one(teams: GatewayUnderTest, microsoft: Microsoft):
    assert microsoft.key_calls == 0
    people = [Person(microsoft, teams.base) for _ in range(8)]
    threads = [threading.Thread(target=each.send, args=("messageReaction",)) for each in people]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert microsoft.key_calls == 1


def test_keys_may_be_rotated_under_load(person: Person, microsoft: Microsoft):
    statuses: list[int] = []
    stop = threading.Event()

    def load() -> None:
        mine = Person(microsoft, person.base)
        while not stop.is_set():
            statuses.append(mine.post(mine.activity("messageReaction")).status_code)

    threads = [threading.Thread(target=load) for _ in range(4)]
    [thread.start() for thread in threads]
    until(lambda: len(statuses) > 20)
    microsoft.keys = [*microsoft.keys, Key()]  # from here on all is signed with the new one
    before = len(statuses)
    until(lambda: len(statuses) > before + 40)
    stop.set()
    [thread.join() for thread in threads]
    assert set(statuses) == {200}
    assert microsoft.key_calls == 2


def test_an_issuer_that_is_away_at_start_means_later(serve: Callable[..., GatewayUnderTest], microsoft: Microsoft):
    microsoft.stop()
    gateway = serve()
    person = Person(microsoft, gateway.base)
    answer = person.post(person.activity(text="hej"))
    assert answer.status_code == 503 and answer.headers["retry-after"]
    assert rows(gateway) == 0
    microsoft.start()
    until(lambda: person.post(person.activity(text="hej")).status_code == 200, 20)
    microsoft.stop()
    for _ in range(3):
        assert person.post(person.activity(text="hej")).status_code == 200, "known keys survive an outage"


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def keys(microsoft: Microsoft) -> Any:
    clock = Clock()
    async with httpx.AsyncClient(trust_env=False) as client:
        yield SigningKeys(client, f"{microsoft.base}/openid", clock), clock


async def test_an_unknown_key_is_looked_up_once_a_minute(keys: Any, microsoft: Microsoft):
    found, clock = keys
    assert await found.find(microsoft.keys[0].kid)
    for _ in range(50):
        assert await found.find("unknown") is None
    assert microsoft.key_calls == 2
    clock.now += 61
    new = Key()
    microsoft.keys.append(new)
    assert await found.find(new.kid)
    assert microsoft.key_calls == 3


async def test_keys_are_a_day_old_at_most_but_survive_an_outage(keys: Any, microsoft: Microsoft):
    found, clock = keys
    old = microsoft.keys[0].kid
    assert await found.find(old)
    clock.now += 24 * HOUR - 1
    assert await found.find(old)
    assert microsoft.key_calls == 1
    microsoft.keys = [Key()]
    microsoft.stop()
    clock.now += 2
    assert await found.find(old), "the issuer is away: better old keys than none"
    microsoft.start()
    clock.now += 61
    assert await found.find(old) is None, "the issuer is back, and does not know it any more"
    assert await found.find(microsoft.keys[0].kid)


async def test_a_flapping_issuer_is_not_asked_all_the_time(keys: Any, microsoft: Microsoft):
    found, clock = keys
    microsoft.stop()
    for _ in range(10):
        with pytest.raises(NoKeys):
            await found.find("any")
    microsoft.start()
    clock.now += 5
    assert await found.find(microsoft.keys[0].kid)
    microsoft.stop()
    for _ in range(10):
        assert await found.find("unknown") is None
        assert await found.find(microsoft.keys[0].kid)
    assert microsoft.key_calls == 1


@pytest.mark.parametrize(
    "listed",
    [
        [],
        "keys",
        [{"kty": "RSA"}],
        [{"kty": "oct", "k": "c2VjcmV0", "kid": "k"}],
        [Key(bits=1024).public()],
        [Key().public() | {"use": "enc"}],
        [Key().public() | {"alg": "RS512"}],
        [Key().public() | {"n": "!!"}],
        [None, 7],
    ],
)
async def test_unusable_keys_are_none(keys: Any, microsoft: Microsoft, listed: Any):
    async def _keys(_request: Any) -> Any:
        return JSONResponse({"keys": listed})

    microsoft.stop()
    microsoft._keys = _keys  # type: ignore[method-assign]
    microsoft.start()
    found, _ = keys
    with pytest.raises(NoKeys):
        await found.find("k")
