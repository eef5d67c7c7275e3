"""What browsers are told with every answer: who may call, what may run, what may be kept (W9)."""

from __future__ import annotations

import re
from collections.abc import Callable

import httpx
import pytest
from fastapi.routing import APIRoute
from front_door import GatewayUnderTest
from pictures import PDF

from actions.settings import Settings
from bot.gateway.app import create_app

SHOP = "https://shop.example"
ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
}


def chat_calls() -> list[tuple[str, str]]:
    """Every call of the chat API, as the application has them."""
    routers = [each.original_router for each in create_app(Settings(_env_file=None)).routes]
    routes = [route for router in routers for route in router.routes if isinstance(route, APIRoute)]
    ours = [route for route in routes if route.path.startswith("/api/chat")]
    return [(method, re.sub(r"\{\w+\}", "x", route.path)) for route in ours for method in sorted(route.methods)]


def preflight(gateway: GatewayUnderTest, path: str, method: str, origin: str) -> httpx.Response:
    asked = {"Origin": origin, "Access-Control-Request-Method": method}
    headers = {"Access-Control-Request-Headers": "authorization,content-type"}
    return httpx.options(gateway.base + path, headers=asked | headers, trust_env=False)


def test_every_call_may_be_made_from_a_listed_page_and_from_no_other(start: Callable[..., GatewayUnderTest]) -> None:
    gateway = start(allowed_origins=SHOP)
    calls = chat_calls()
    assert ("POST", "/api/chat/files") in calls and ("DELETE", "/api/chat/session") in calls
    for method, path in calls:
        allowed = preflight(gateway, path, method, SHOP)
        assert allowed.status_code == 204, path
        assert allowed.headers["access-control-allow-origin"] == SHOP
        assert method in allowed.headers["access-control-allow-methods"].split(", ")
        assert {"Authorization", "Content-Type"} <= set(allowed.headers["access-control-allow-headers"].split(", "))
        assert "access-control-allow-credentials" not in allowed.headers
        refused = preflight(gateway, path, method, "https://evil.example")
        assert refused.status_code == 403 and "access-control-allow-origin" not in refused.headers


def test_a_file_can_be_sent_and_fetched_from_a_listed_page(start: Callable[..., GatewayUnderTest]) -> None:
    gateway = start(allowed_origins=SHOP)
    chat = gateway.chat()
    from_shop = {"Origin": SHOP}
    sent = chat.http.post("/files", files={"file": ("a.pdf", PDF)}, headers=from_shop)
    assert sent.status_code == 201 and sent.headers["access-control-allow-origin"] == SHOP
    fetched = chat.http.get(f"/files/{sent.json()['file']['id']}", headers=from_shop)
    assert fetched.status_code == 200
    assert "Content-Disposition" in fetched.headers["access-control-expose-headers"]
    evil = chat.http.post("/files", files={"file": ("a.pdf", PDF)}, headers={"Origin": "https://evil.example"})
    assert evil.status_code == 403


@pytest.mark.parametrize("path", ["/", "/privacy", "/desk", "/widget.js", "/healthz", "/api/chat/events", "/nowhere"])
def test_every_answer_is_guarded(start: Callable[..., GatewayUnderTest], path: str) -> None:
    answer = start().get(path, headers={"Accept": "text/html"})
    for name, value in ALWAYS.items():
        assert answer.headers[name] == value, (path, name)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy and "*" not in policy and "http:" not in policy
    assert "Origin" in answer.headers["vary"]
    assert answer.headers["cross-origin-resource-policy"] == ("cross-origin" if path == "/widget.js" else "same-origin")
    assert "strict-transport-security" not in answer.headers, "that is said over TLS only"


def test_the_widget_is_for_listed_pages_whether_asked_for_plainly_or_across(
    start: Callable[..., GatewayUnderTest],
) -> None:
    gateway = start(allowed_origins=SHOP)
    plain = gateway.get("/widget.js")
    assert plain.status_code == 200 and plain.headers["content-type"].startswith("text/javascript")
    across = gateway.get("/widget.js", headers={"Origin": SHOP})
    assert across.headers["access-control-allow-origin"] == SHOP and "Origin" in across.headers["vary"]
    assert gateway.get("/widget.js", headers={"Origin": "https://evil.example"}).status_code == 403
    kept = gateway.get("/widget.js", headers={"If-None-Match": plain.headers["etag"]})
    assert kept.status_code == 304
