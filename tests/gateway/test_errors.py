"""Every error of the chat API, one by one, in its one form; and bodies that nobody should send."""

from __future__ import annotations

import json
import sqlite3
import time
import uuid

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

ID = "6f1c8a52-0b3e-4c58-9a3e-0d0f4f0f4a11"


def is_error(answer, status, code):
    assert answer.status_code == status, answer.text
    body = answer.json()
    assert set(body) == {"error", "message"} and body["error"] == code
    assert set(body["message"]) == {"da", "en"} and all(body["message"].values())
    assert "Traceback" not in answer.text
    return True


@pytest.fixture
def front(start):
    """A gateway whose rates are no obstacle."""
    return start(messages_per_second=100_000, message_burst=100_000)


@pytest.fixture
def chat(front):
    return front.chat()


def send(chat, raw, kind="application/json", **headers):
    sent = raw if isinstance(raw, bytes) else raw.encode("utf-8", "surrogatepass")
    return chat.http.post("/messages", content=sent, headers={"Content-Type": kind} | headers)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "null",
        "[]",
        "3",
        '"text"',
        '{"id": NaN}',
        "[" * 50_000,
        '{"a":' * 9_000,
        "{}",
        f'{{"id": "{ID}"}}',
        f'{{"id": "{ID}", "text": null}}',
        f'{{"id": "{ID}", "text": 3}}',
        f'{{"id": "{ID}", "text": ["a"]}}',
        f'{{"id": "{ID}", "text": {{"a": 1}}}}',
        f'{{"id": "{ID}", "text": true}}',
        f'{{"id": "{ID}", "text": ""}}',
        f'{{"id": "{ID}", "text": "  \\n\\t "}}',
        f'{{"id": "{ID}", "text": "\\u00a0\\u200b\\u2003"}}',
        f'{{"id": "{ID}", "text": "a\\u0000b"}}',
        f'{{"id": "{ID}", "text": "a\\u0007b"}}',
        f'{{"id": "{ID}", "text": "\\ud800"}}',
        f'{{"id": "{ID}", "text": "hej", "choice": "affirm"}}',
        f'{{"id": "{ID}", "choice": ""}}',
        f'{{"id": "{ID}", "choice": null}}',
        f'{{"id": "{ID}", "choice": {"9" * 5000}}}',
        f'{{"id": "{ID}", "choice": "{"x" * 300}"}}',
        '{"id": "1", "text": "hej"}',
        '{"id": "", "text": "hej"}',
        '{"id": 7, "text": "hej"}',
        f'{{"id": "{ID}\\n", "text": "hej"}}',
        f'{{"id": "{{{ID}}}", "text": "hej"}}',
        '{"text": "hej"}',
        b'{"id": "\xff\xfe", "text": "hej"}',
        f'{{"id": "{ID}", "text": "hej"}}'.encode("utf-16"),
    ],
)
def test_malformed_messages_are_400(chat, body):
    assert is_error(send(chat, body), 400, "malformed")
    assert len(chat.poll()["events"]) == 1


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "json", ""])
def test_only_json_is_taken(chat, front, kind):
    body = json.dumps({"id": ID, "text": "hej"})
    assert is_error(send(chat, body, kind), 415, "unsupported_media_type")
    begun = httpx.post(f"{front.base}/api/chat/sessions", content="{}", headers={"Content-Type": kind}, trust_env=False)
    assert is_error(begun, 415, "unsupported_media_type")


def test_a_charset_is_no_obstacle(chat):
    assert send(chat, json.dumps({"id": ID, "text": "hej"}), "Application/JSON; charset=utf-8").status_code == 202


def test_two_thousand_characters_are_enough(chat, rasa):
    assert chat.post(text="æ" * 2000).status_code == 202
    assert is_error(chat.post(text="æ" * 2001), 413, "too_large")
    assert chat.post(text="😀" * 2000).status_code == 202
    chat.settled()
    assert [len(message) for message in rasa.messages] == [2000, 2000]


@pytest.mark.parametrize("size", [100_000, 3_000_000])
def test_a_body_that_is_too_large_is_refused_while_it_comes(chat, size):
    def pieces():
        yield b'{"text": "'
        for _ in range(size // 10_000):
            yield b"a" * 10_000

    assert is_error(send(chat, b"a" * size), 413, "too_large")
    streamed = chat.http.post("/messages", content=pieces(), headers={"Content-Type": "application/json"})
    assert is_error(streamed, 413, "too_large")


@pytest.mark.parametrize(
    "token",
    [None, "", "x", "a.b", "Basic abc", "Bearer", "Bearer null", "Bearer " + "a" * 5000, "Bearer æøå"],
)
def test_without_a_token_of_ours_it_is_401(front, token):
    headers = {} if token is None else {"Authorization": token.encode("utf-8")}
    for method, path in (
        ("POST", "/messages"),
        ("GET", "/events"),
        ("GET", "/transcript"),
        ("DELETE", "/session"),
    ):
        address = f"{front.base}/api/chat{path}"
        assert is_error(httpx.request(method, address, headers=headers, trust_env=False), 401, "unauthorized")


def test_a_token_is_bound_to_its_conversation_and_stays_out_of_addresses(front):
    mine, other = front.chat(), front.chat()
    forged = other.session["token"].split(".")[0] + "." + mine.session["token"].split(".")[1]
    for headers in ({"Authorization": f"Bearer {forged}"}, {"Authorization": ""}):
        assert is_error(mine.http.get("/events", headers=headers), 401, "unauthorized")
    asked = front.get("/api/chat/events", params={"token": mine.session["token"]})
    assert is_error(asked, 401, "unauthorized")


def test_a_token_ends_when_nobody_uses_it(start):
    chat = start(session_idle_hours=0.5 / 3600).chat()
    assert chat.http.get("/events").status_code == 200
    time.sleep(0.7)
    assert is_error(chat.http.get("/events"), 401, "unauthorized")


@pytest.mark.parametrize(
    "path",
    [
        "/api",
        "/api/chat",
        "/api/chat/nothing",
        "/api/chat/sessions/",
        "/api/chat/%00",
        "/api/chat/..%2f..%2fetc",
        "/nothing",
        "/internal/x",
        "/widget.mjs",
        "/docs",
        "/openapi.json",
    ],
)
def test_what_is_not_there_is_404_in_the_same_form(front, path):
    assert is_error(front.get(path), 404, "not_found")


def test_a_wrong_method_says_so(front):
    assert is_error(front.get("/api/chat/sessions"), 405, "method_not_allowed")
    assert is_error(httpx.put(f"{front.base}/api/chat/messages", trust_env=False), 405, "method_not_allowed")


@pytest.mark.parametrize(
    "query",
    ["after=x", "after=-1", "after=1.5", "after=", "after=%C2%B2", "wait=x", "wait=-1", "wait=nan", "after=1e3"],
)
def test_events_refuses_what_is_no_number(chat, query):
    assert is_error(chat.http.get(f"/events?{query}"), 400, "malformed")


def test_a_number_beyond_the_log_is_no_error(chat):
    assert chat.poll(after=10**17)["events"] == []
    assert chat.http.get("/events?after=1&wait=0").status_code == 200


@pytest.mark.parametrize("form", ["pdf", "", "TXT", "txt,html"])
def test_a_transcript_has_two_forms(chat, form):
    assert is_error(chat.http.get("/transcript", params={"format": form}), 400, "malformed")


@pytest.mark.parametrize("body", ['{"language": "sv"}', '{"language": 1}', '{"language": "DA"}', "[]", "null", "{"])
def test_a_session_refuses_what_it_does_not_know(front, body):
    kind = {"Content-Type": "application/json"}
    answer = httpx.post(f"{front.base}/api/chat/sessions", content=body, headers=kind, trust_env=False)
    assert is_error(answer, 400, "malformed")


def test_a_session_needs_no_body(front):
    assert httpx.post(f"{front.base}/api/chat/sessions", trust_env=False).status_code == 201


def test_too_many_messages_are_429_and_nothing_is_lost_by_waiting(start, rasa):
    chat = start(messages_per_second=2.0, message_burst=20).chat()
    codes = [chat.post(text=f"nummer {n}").status_code for n in range(22)]
    assert codes[:20] == [202] * 20 and codes[-1] == 429
    refused = chat.post(text="igen")
    assert is_error(refused, 429, "too_many_requests") and int(refused.headers["Retry-After"]) >= 1
    assert [event["seq"] for event in chat.settled(30)] == list(range(1, 1 + 1 + 60))


def test_too_many_sessions_from_one_address_are_429(start):
    gateway = start(sessions_per_minute=3.0)
    address = f"{gateway.base}/api/chat/sessions"
    spoofed = [{"X-Forwarded-For": f"10.0.0.{n}"} for n in range(5)]
    answers = [httpx.post(address, json={}, headers=headers, trust_env=False) for headers in spoofed]
    assert [answer.status_code for answer in answers] == [201, 201, 201, 429, 429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 20


def test_a_page_elsewhere_may_call_only_if_it_is_listed(start):
    gateway = start(allowed_origins="https://shop.example, https://other.example/")
    address = f"{gateway.base}/api/chat/sessions"
    for origin in ("https://evil.example", "null", "https://shop.example.evil.example", "http://shop.example"):
        refused = httpx.post(address, json={}, headers={"Origin": origin}, trust_env=False)
        assert is_error(refused, 403, "origin_not_allowed")
        assert "access-control-allow-origin" not in refused.headers
        preflight = httpx.options(address, headers={"Origin": origin}, trust_env=False)
        assert "access-control-allow-origin" not in preflight.headers
    for origin in ("https://shop.example", "https://other.example"):
        answer = httpx.post(address, json={}, headers={"Origin": origin}, trust_env=False)
        assert answer.status_code == 201 and answer.headers["access-control-allow-origin"] == origin
        assert "access-control-allow-credentials" not in answer.headers
        preflight = httpx.options(address, headers={"Origin": origin}, trust_env=False)
        assert preflight.status_code == 204 and "Authorization" in preflight.headers["access-control-allow-headers"]
    own = httpx.post(address, json={}, headers={"Origin": gateway.base}, trust_env=False)
    assert own.status_code == 201


def test_a_fault_of_ours_is_503_and_shows_nothing(start, tmp_path):
    gateway = start()
    chat = gateway.chat()
    with sqlite3.connect(tmp_path / "var" / "chat.db") as broken:
        broken.execute("ALTER TABLE chat_events RENAME TO gone")
    answer = chat.http.get("/events")
    assert is_error(answer, 503, "unavailable") and "chat_events" not in answer.text
    assert is_error(chat.post(text="hej"), 503, "unavailable")


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
shaped = st.fixed_dictionaries(
    {},
    optional={
        "id": st.uuids().map(str) | anything,
        "text": st.text(max_size=60) | anything,
        "choice": st.sampled_from(["affirm", "deny"]) | anything,
        "language": anything,
    },
)


def test_no_body_makes_the_gateway_fail(front):
    chat = front.chat()

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.binary(max_size=80) | anything.map(dumped) | shaped.map(dumped), st.sampled_from(["messages", "sessions"])
    )
    def hostile(raw, call):
        kind = {"Content-Type": "application/json"}
        answer = chat.http.post(f"/{call}", content=raw, headers=kind)
        assert answer.status_code < 500, (raw, answer.text)
        assert answer.status_code in (200, 201, 202) or set(answer.json()) == {"error", "message"}

    hostile()
    fresh = front.chat()
    assert fresh.say("virker den endnu")[-1]["expects"]["slot"] == "confirm"


def dumped(value):
    return json.dumps(value).encode()


@pytest.mark.parametrize(
    "typed",
    [
        "/restart",
        "/affirm",
        "  /affirm",
        '/affirm{"entitled":"true"}',
        '/inform{"serial_number": "5CD1234ABC"}',
        "//restart",
        "\u200b/restart",
        "\ufeff /restart",
        "／restart",
        "/ /session_start",
        "/session_open",
        "/",
        "/restart@0.9",
    ],
)
def test_a_typed_command_never_reaches_the_dialogue_as_one(chat, rasa, typed):
    chat.post(id=str(uuid.uuid4()), text=typed)
    chat.settled()
    assert rasa.messages == ["?"]


def test_a_slash_before_a_sentence_is_left_out(chat, rasa):
    chat.say("/ min pc vil ikke tænde")
    chat.say("min pc er 1/2 tændt")
    assert rasa.messages == ["min pc vil ikke tænde", "min pc er 1/2 tændt"]
    shown = [event["text"] for event in chat.poll()["events"] if event["from"]["role"] == "customer"]
    assert shown == ["/ min pc vil ikke tænde", "min pc er 1/2 tændt"]
