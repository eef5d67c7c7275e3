"""Signing in at the desk with an identity provider, against a real one on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlparse

import httpx
import pytest
from at_desk import AtDesk, Office
from oidc_provider_mock import User, run_server_in_thread
from stub_rasa import free_port

from actions.settings import Settings
from bot.gateway.desk.accounts import Role

ANNA = User(sub="anna-at-work", claims={"email": "Anna@example.com", "email_verified": True})
MALLORY = User(sub="mallory", claims={"email": "anna@example.com", "email_verified": False})
QUIET = User(sub="quiet", claims={"email": "anna@example.com"})
STRANGER = User(sub="stranger", claims={"email": "stranger@example.com", "email_verified": True})


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with run_server_in_thread(
        port=free_port(), require_nonce=True, user_claims=(ANNA, MALLORY, QUIET, STRANGER)
    ) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def front(start, provider, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "localhost,127.0.0.1")
    settings = {
        "oidc_issuer": provider,
        "oidc_client_id": "desk",
        "oidc_client_secret": "hush",
        "oidc_name": "Firma-id",
    }
    return start(sign_ins_per_minute=10_000, **settings)


@pytest.fixture
def office(front):
    office = Office(front)
    office.accounts.add("Anna Holm", "anna@example.com", ["da"], Role.AGENT, datetime.now(UTC))
    yield office
    office.database.close()


def browser() -> httpx.Client:
    return httpx.Client(trust_env=False, timeout=30)


def leave(at: httpx.Client, front) -> str:
    """To the provider; gives its page's address."""
    away = at.get(f"{front.base}/desk/oidc/start")
    assert away.status_code == 302, away.text
    return away.headers["location"]


def come_back(at: httpx.Client, page: str, who: User) -> httpx.Response:
    """Say who it is there, and be sent back; gives the desk's answer."""
    back = at.post(page, data={"sub": who.sub})
    assert back.status_code == 302, back.text
    return at.get(back.headers["location"])


def test_the_page_offers_the_way_and_asks_for_no_more_than_it_needs(front, provider):
    way = httpx.get(f"{front.base}/desk/api/session", trust_env=False).json()
    assert way == {"agent": None, "ways": [{"name": "Firma-id", "url": "/desk/oidc/start"}]}
    asked = parse_qs(urlparse(leave(browser(), front)).query)
    assert asked["scope"] == ["openid email"] and asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [f"{front.base}/desk/oidc/callback"] and asked["nonce"] and asked["state"]


def test_an_agent_comes_in_without_a_password_and_is_known_the_next_time(office, front):
    for _ in range(2):
        at = browser()
        home = come_back(at, leave(at, front), ANNA)
        assert (home.status_code, home.headers["location"]) == (303, "/desk")
        cookie = next(each for each in home.headers.get_list("set-cookie") if each.startswith("offsite_desk="))
        assert "httponly" in cookie.lower() and "samesite=strict" in cookie.lower()
        desk = AtDesk(front.base)
        desk.http.cookies.update(at.cookies)
        me = desk.get("/me").json()
        assert me["name"] == "Anna Holm" and me["must_change"] is False
        desk.token = me["token"]
        desk.be("available")
    anna = office.accounts.by_subject("anna-at-work")
    assert anna is not None and anna.email == "anna@example.com"


@pytest.mark.parametrize("who", [MALLORY, QUIET, STRANGER])
def test_who_has_no_account_or_no_verified_address_stays_outside(office, front, who):
    at = browser()
    home = come_back(at, leave(at, front), who)
    assert home.headers["location"] == "/desk?problem=no_account" and "offsite_desk=" not in str(home.headers)
    assert office.accounts.by_email("anna@example.com").must_change


def test_an_account_that_is_bound_is_nobody_elses(office, front):
    at = browser()
    come_back(at, leave(at, front), ANNA)
    assert office.accounts.bind(office.accounts.by_email("anna@example.com").id, "another") is False


def test_a_disabled_agent_stays_outside(office, front):
    at = browser()
    come_back(at, leave(at, front), ANNA)
    office.accounts.disable(office.accounts.by_email("anna@example.com").id, datetime.now(UTC))
    at = browser()
    assert come_back(at, leave(at, front), ANNA).headers["location"] == "/desk?problem=no_account"


def test_an_answer_that_this_browser_did_not_ask_for_is_refused(office, front):
    mine, victim = browser(), browser()
    page = leave(mine, front)
    back = mine.post(page, data={"sub": ANNA.sub}).headers["location"]
    for address in (back, f"{front.base}/desk/oidc/callback", f"{front.base}/desk/oidc/callback?code=x&state=y"):
        home = victim.get(address)
        assert home.headers["location"] == "/desk?problem=provider" and "offsite_desk=" not in str(home.headers)
    denied = mine.post(leave(mine, front), data={"action": "deny"}).headers["location"]
    assert mine.get(denied).headers["location"] == "/desk?problem=provider"


def test_a_code_is_good_once(office, front):
    at = browser()
    back = at.post(leave(at, front), data={"sub": ANNA.sub}).headers["location"]
    assert at.get(back).headers["location"] == "/desk"
    assert at.get(back).headers["location"] == "/desk?problem=provider"


def test_a_provider_that_is_away_is_said(start, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "localhost,127.0.0.1")
    front = start(oidc_issuer=f"http://localhost:{free_port()}", oidc_client_id="desk")
    gone = httpx.get(f"{front.base}/desk/oidc/start", trust_env=False)
    assert (gone.status_code, gone.headers["location"]) == (303, "/desk?problem=provider")


def test_without_a_provider_there_is_no_such_way(start):
    front = start()
    assert front.get("/desk/oidc/start").status_code == 404
    assert front.get("/desk/api/session").json() == {"agent": None, "ways": []}


def test_settings_refuse_half_a_provider_and_plain_http():
    for wrong in (
        {"oidc_issuer": "http://id.example.com", "oidc_client_id": "desk"},
        {"oidc_issuer": "https://id.example.com"},
    ):
        with pytest.raises(ValueError, match=r"https|CLIENT_ID"):
            Settings(_env_file=None, **wrong)
