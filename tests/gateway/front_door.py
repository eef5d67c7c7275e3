"""What gateway tests work with: a customer's client, and a gateway on a real port."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx
from stub_rasa import ServerThread, until

from actions.settings import Settings
from bot.gateway.app import create_app

SECRET = "shared-secret"


class Chat:
    """One customer's conversation with a gateway."""

    def __init__(self, base: str, **session: Any) -> None:
        self.http = httpx.Client(base_url=f"{base}/api/chat", timeout=40, trust_env=False)
        answer = self.http.post("/sessions", json=session)
        assert answer.status_code == 201, answer.text
        self.session = answer.json()
        self.http.headers["Authorization"] = f"Bearer {self.session['token']}"

    def post(self, **body: Any) -> httpx.Response:
        return self.http.post("/messages", json={"id": str(uuid.uuid4())} | body)

    def poll(self, after: int = 0, wait: float | None = None) -> dict[str, Any]:
        query: dict[str, Any] = {"after": after} | ({} if wait is None else {"wait": wait})
        answer = self.http.get("/events", params=query)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def settled(self, seconds: float = 10.0) -> list[dict[str, Any]]:
        """All events, when the bot has nothing more to do."""
        found = until(lambda: (state := self.poll()) and not state["busy"] and state, seconds)
        return list(found["events"])

    def say(self, text: str) -> list[dict[str, Any]]:
        """Say it; the bot's events that followed."""
        answer = self.post(text=text)
        assert answer.status_code == 202, answer.text
        return [event for event in self.settled() if event["seq"] > answer.json()["seq"]]

    def choose(self, choice: str) -> list[dict[str, Any]]:
        answer = self.post(choice=choice)
        assert answer.status_code == 202, answer.text
        return [event for event in self.settled() if event["seq"] > answer.json()["seq"]]


def clock_from(start: str) -> Callable[[], datetime]:
    """A clock that runs, from that moment in Copenhagen on."""
    began = datetime.fromisoformat(start).replace(tzinfo=ZoneInfo("Europe/Copenhagen"))
    shift = began - datetime.now(UTC)
    return lambda: datetime.now(UTC) + shift


class GatewayUnderTest:
    """A running gateway; `restart` takes the same database and port again."""

    def __init__(self, settings: Settings, now: Callable[[], datetime] | None = None) -> None:
        self.settings = settings
        self.now = now or (lambda: datetime.now(UTC))
        # Tests on the real clock must not depend on the hour at which they run.
        self._open_at = {} if now else {"open_at": lambda _at: True}
        self.base = f"http://127.0.0.1:{settings.port}"
        self._server = ServerThread(create_app(settings, self.now, **self._open_at), settings.port)

    def chat(self, **session: Any) -> Chat:
        return Chat(self.base, **session)

    def get(self, path: str, **kwargs: Any) -> httpx.Response:
        return httpx.get(self.base + path, trust_env=False, timeout=30, **kwargs)

    def stop(self) -> None:
        self._server.stop()

    def restart(self) -> None:
        self.stop()
        self._server = ServerThread(create_app(self.settings, self.now, **self._open_at), self.settings.port)
