"""Signing in at the desk: who may, who is kept out, and what a page elsewhere can't do."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from at_desk import PASSWORD, AtDesk, Office
from typer.testing import CliRunner

from bot.cli.main import app
from bot.gateway.desk import accounts as accounts_module
from bot.gateway.desk.accounts import IDLE, LONGEST_SHIFT, Role
from bot.gateway.desk.passwords import is_weak, matches, one_time_password


@pytest.fixture
def front(start):
    return start(sign_ins_per_minute=10_000)


@pytest.fixture
def office(front):
    office = Office(front)
    yield office
    office.database.close()


def is_error(answer: httpx.Response, status: int, code: str) -> bool:
    assert answer.status_code == status, answer.text
    assert answer.json()["error"] == code and set(answer.json()["message"]) == {"da", "en"}
    return True


# --- signing in -----------------------------------------------------------------------------------


def test_a_one_time_password_is_good_for_choosing_ones_own(office, front):
    agent, once = office.accounts.add("Anna Holm", "Anna@Example.com ", ["da"], Role.AGENT, datetime.now(UTC))
    desk = AtDesk(front.base)
    signed_in = desk.sign_in("anna@example.com", once)
    assert signed_in.status_code == 200 and signed_in.json()["must_change"]
    assert is_error(desk.post("/presence", state="available"), 403, "password_must_change")
    assert is_error(desk.change_password("wrong", PASSWORD), 401, "sign_in_failed")
    assert is_error(desk.change_password(once, "anna holm 2026"), 400, "password_weak")
    assert is_error(desk.change_password(once, once), 400, "password_weak")
    assert desk.change_password(once, PASSWORD).json()["must_change"] is False
    desk.be("available")
    assert is_error(AtDesk(front.base).sign_in("anna@example.com", once), 401, "sign_in_failed")
    assert desk.get("/me").json()["name"] == agent.name


def test_a_changed_password_ends_every_other_sign_in(office, front):
    here = office.hire("Anna Holm")
    there = AtDesk(front.base, "anna@example.com")
    assert here.change_password(PASSWORD, "Et helt nyt kodeord 9").status_code == 200
    assert here.get("/me").status_code == 200
    assert is_error(there.get("/me"), 401, "signed_out")


@pytest.mark.parametrize(("email", "password"), [("anna@example.com", "x"), ("nobody@example.com", PASSWORD)])
def test_wrong_and_unknown_read_the_same(office, front, email, password):
    office.hire("Anna Holm")
    assert is_error(AtDesk(front.base).sign_in(email, password), 401, "sign_in_failed")


def test_the_cookie_is_for_the_desk_alone_and_no_script_reads_it(office, front):
    office.hire("Anna Holm")
    answer = AtDesk(front.base).sign_in("anna@example.com", PASSWORD)
    cookie = answer.headers["set-cookie"]
    for part in ("HttpOnly", "SameSite=strict", "Path=/desk"):
        assert part.lower() in cookie.lower()
    assert "secure" not in cookie.lower()
    stored = sqlite3.connect(front.settings.var / "chat.db").execute("SELECT token_hash FROM desk_sessions").fetchall()
    assert stored and all(row[0] not in cookie for row in stored)


def test_behind_https_the_cookie_is_secure(start):
    front = start(sign_ins_per_minute=10_000)
    office = Office(front)
    office.hire("Anna Holm")
    from starlette.testclient import TestClient

    from bot.gateway.app import create_app

    with TestClient(create_app(front.settings), base_url="https://desk.example.com") as https:
        answer = https.post("/desk/api/session", json={"email": "anna@example.com", "password": PASSWORD})
    assert answer.status_code == 200 and "secure" in answer.headers["set-cookie"].lower()
    office.database.close()


def test_signing_out_ends_it_for_whoever_kept_the_cookie(office):
    desk = office.hire("Anna Holm")
    kept = dict(desk.http.cookies)
    assert desk.delete("/session").status_code == 204
    desk.http.cookies.update(kept)
    assert is_error(desk.get("/me"), 401, "signed_out")


def test_a_sign_in_ends_with_the_shift_and_when_the_page_was_long_closed(office):
    office.hire("Anna Holm")
    agent = office.accounts.by_email("anna@example.com")
    begun = datetime.now(UTC)
    token = office.accounts.begin(agent.id, begun)
    at = begun
    while at < begun + LONGEST_SHIFT - IDLE / 2:
        at += IDLE / 2
        assert office.accounts.signed_in(token, at) is not None or at >= begun + LONGEST_SHIFT
    assert office.accounts.signed_in(token, begun + LONGEST_SHIFT) is None
    closed = office.accounts.begin(agent.id, begun)
    assert office.accounts.signed_in(closed, begun + IDLE - timedelta(seconds=1)) is not None
    closed = office.accounts.begin(agent.id, begun)
    assert office.accounts.signed_in(closed, begun + IDLE) is None


def test_a_disabled_agent_is_out_at_once_and_a_reset_lets_them_in_again(office, front):
    desk = office.hire("Anna Holm")
    agent = office.accounts.by_email("anna@example.com")
    office.accounts.disable(agent.id, datetime.now(UTC))
    assert is_error(desk.get("/me"), 401, "signed_out")
    assert is_error(AtDesk(front.base).sign_in("anna@example.com", PASSWORD), 401, "sign_in_failed")
    once = office.accounts.reset_password(agent.id)
    assert AtDesk(front.base).sign_in("anna@example.com", once).json()["must_change"]


# --- what keeps others out --------------------------------------------------------------------------


def test_guessing_is_slowed_down_for_an_account_and_for_an_address(start):
    front = start(sign_ins_per_minute=3)
    desk = AtDesk(front.base)
    answers = [desk.sign_in("anna@example.com", f"guess number {n}") for n in range(4)]
    assert [answer.status_code for answer in answers] == [401, 401, 401, 429]
    assert int(answers[-1].headers["retry-after"]) > 0
    assert is_error(desk.sign_in("bo@example.com", "another"), 429, "too_many_requests")


def test_a_page_elsewhere_changes_nothing_though_the_cookie_came_along(start):
    front = start(sign_ins_per_minute=10_000, allowed_origins="https://shop.example")
    office = Office(front)
    desk = office.hire("Anna Holm")
    known = {"X-Desk-Token": desk.token}
    tries = [{}, {"X-Desk-Token": "0" * 64}, {"X-Desk-Token": "æøå".encode()}]
    tries += [known | {"Origin": origin} for origin in ("https://evil.example", "https://shop.example", "null")]
    tries += [known | {"Sec-Fetch-Site": site} for site in ("cross-site", "same-site")]
    for headers in tries:
        answer = desk.http.post("/presence", json={"state": "away"}, headers=headers)
        assert is_error(answer, 403, "origin_not_allowed")
    assert office.accounts.by_email("anna@example.com").presence == "available"
    office.database.close()


def test_signing_in_from_a_page_elsewhere_is_refused(front):
    body = {"email": "anna@example.com", "password": "x"}
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = httpx.post(f"{front.base}/desk/api/session", json=body, headers=headers, trust_env=False)
        assert is_error(answer, 403, "origin_not_allowed")


def test_the_csrf_token_of_one_sign_in_is_no_good_for_another(office):
    anna, bo = office.hire("Anna Holm"), office.hire("Bo Lund")
    anna.token, bo.token = bo.token, anna.token
    assert is_error(anna.post("/presence", state="away"), 403, "origin_not_allowed")


def test_nobody_gets_in_without_a_sign_in(front):
    calls = [("GET", path) for path in ("/me", "/stream", "/chats/abc")]
    calls += [("POST", path) for path in ("/presence", "/password", "/chats/abc/claim", "/chats/abc/messages")]
    for method, path in [*calls, ("DELETE", "/session")]:
        for cookie in (None, "", "x", "a" * 43, "ÿ" * 40):
            headers = {} if cookie is None else {"Cookie": f"offsite_desk={cookie}".encode("latin-1")}
            body = {} if method == "POST" else None
            answer = httpx.request(method, f"{front.base}/desk/api{path}", headers=headers, json=body, trust_env=False)
            assert is_error(answer, 401, "signed_out")


def test_a_malformed_sign_in_is_400(front):
    wrong = [
        '{"email": 1, "password": "x"}',
        '{"email": "a@b.dk", "password": ""}',
        '{"email": "a@b.dk"}',
        "{}",
        "[]",
        "",
    ]
    for body in wrong:
        headers = {"Content-Type": "application/json"}
        answer = httpx.post(f"{front.base}/desk/api/session", content=body, headers=headers, trust_env=False)
        assert is_error(answer, 400, "malformed")


def test_passwords_are_strong_and_kept_as_argon2id(office):
    assert len({one_time_password() for _ in range(200)}) == 200
    assert not is_weak(one_time_password())
    for weak in ("short", "aaaaaaaaaaaaaaaa", "AnnaHolm2026!", "x" * 201, "kontakt.holm.1234"):
        assert is_weak(weak, "Anna", "Holm"), weak
    office.hire("Anna Holm")
    (stored,) = (
        sqlite3.connect(office.gateway.settings.var / "chat.db")
        .execute("SELECT password_hash FROM desk_agents")
        .fetchone()
    )
    assert stored.startswith("$argon2id$") and matches(stored, PASSWORD) and not matches(stored, PASSWORD + " ")
    assert not matches(None, PASSWORD) and not matches("not a hash", PASSWORD)


# --- the command line --------------------------------------------------------------------------------


@pytest.fixture
def offsite(tmp_path, monkeypatch):
    """`offsite …` on a database of its own, no running system."""
    monkeypatch.setenv("OFFSITE_VAR", str(tmp_path / "cli"))
    monkeypatch.setenv("DATABASE_URL", "")

    def run(*words):
        return CliRunner().invoke(app, ["desk", *words])

    return run


def test_the_command_line_makes_lists_disables_and_resets(offsite):
    made = offsite("add-agent", "Anna Holm", "--email", "Anna@example.com", "--language", "en,da", "--json")
    assert made.exit_code == 0, made.output
    agent = json.loads(made.stdout)
    assert agent["email"] == "anna@example.com" and agent["languages"] == ["da", "en"] and agent["role"] == "agent"
    assert len(agent["one_time_password"]) == 19 and agent["state"] == "one_time_password"
    listed = json.loads(offsite("list", "--json").stdout)
    assert [each["name"] for each in listed] == ["Anna Holm"] and "one_time_password" not in listed[0]
    assert json.loads(offsite("disable", "anna@example.com", "--json").stdout)["state"] == "disabled"
    again = json.loads(offsite("reset-password", "ANNA@example.com", "--json").stdout)
    assert again["state"] == "one_time_password" and again["one_time_password"] != agent["one_time_password"]
    spoken = offsite("add-agent", "Bo Lund", "--email", "bo@example.com", "--role", "supervisor")
    assert "one-time password" in spoken.stdout and spoken.exit_code == 0
    assert "supervisor" in offsite("list").stdout


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("add-agent", "Anna", "--email", "no address"), "--email"),
        (("add-agent", "Anna", "--email", "a@example.com", "--language", "sv"), "--language"),
        (("add-agent", " ", "--email", "a@example.com"), "NAME"),
        (("add-agent", "Anna", "--email", "a@example.com", "--role", "king"), "--role"),
        (("disable", "nobody@example.com"), "nobody@example.com"),
        (("reset-password", "nobody@example.com"), "nobody@example.com"),
    ],
)
def test_the_command_line_says_what_is_wrong(offsite, words, named):
    refused = offsite(*words)
    assert refused.exit_code == 2 and named in refused.stderr and refused.stdout == ""


def test_an_address_has_one_account(offsite):
    assert offsite("add-agent", "Anna", "--email", "a@example.com").exit_code == 0
    refused = offsite("add-agent", "Anna Two", "--email", "A@example.com")
    assert refused.exit_code == 2 and "already" in refused.stderr


def test_agents_are_kept_on_postgresql_too(postgresql, start):
    front = start(database_url=postgresql.new_database(), sign_ins_per_minute=10_000)
    office = Office(front)
    desk = office.hire("Anna Holm", Role.SUPERVISOR)
    assert desk.get("/me").json()["role"] == "supervisor"
    with pytest.raises(accounts_module.EmailTaken):
        office.accounts.add("Anna Two", "anna@example.com", ["da"], Role.AGENT, datetime.now(UTC))
    office.database.close()
