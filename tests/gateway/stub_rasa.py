"""A stand-in for Rasa and the action server: answers what a test tells it to, and remembers what it heard."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

Heard = dict[str, Any]

GREETINGS = {
    "da": "Hej, jeg er en automatisk assistent. Hvad kan jeg hjælpe dig med?",
    "en": "Hello, I am an automated assistant. What can I help you with?",
}
WORDS = {"da": ("Du skrev", "Er det rigtigt?"), "en": ("You wrote", "Is it what you have?")}


def ask(text: str, slot: str, kind: str = "text", **buttons: str) -> list[dict[str, Any]]:
    """A question with choices, as Rasa sends it: `affirm="Ja"` is a button with the payload /affirm."""
    offered = [{"title": title, "payload": payload_of(name)} for name, title in buttons.items()]
    message: dict[str, Any] = {"text": text}
    if offered:
        message["buttons"] = offered
    return [message, {"custom": {"expects": {"slot": slot, "kind": kind}}}]


def payload_of(name: str) -> str:
    """/affirm and its like as they are, everything else as a choice."""
    plain = name in ("affirm", "deny", "cannot", "request_human")
    return f"/{name}" if plain else f'/choose{{"choice": "{name}"}}'


class StubRasa:
    """`answer` decides on each message; it may return a list, or a whole Response."""

    def __init__(self) -> None:
        self.port = free_port()
        self.heard: list[Heard] = []
        self.answer: Callable[[Heard], Any] = self.echo
        self.delay: Callable[[Heard], float] = lambda _heard: 0.0
        self.actions_up = True
        self._server: ServerThread | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def messages(self) -> list[str]:
        """What customers' turns said, without the openings."""
        return [heard["message"] for heard in self.heard if heard["message"] != "/session_open"]

    def echo(self, heard: Heard) -> list[dict[str, Any]]:
        """Greets, then repeats and asks on."""
        language = heard["metadata"]["locale"] or "da"
        if heard["message"] == "/session_open":
            return [{"text": GREETINGS[language]}, {"custom": {"expects": {"slot": "symptom", "kind": "choice"}}}]
        if heard["message"] == "/session_start":
            return []
        wrote, right = WORDS[language]
        return [{"text": f"{wrote}: {heard['message']}"}, *ask(right, "confirm", affirm="Ja", deny="Nej")]

    def start(self) -> None:
        async def webhook(request: Request) -> Response:
            heard = await request.json()
            self.heard.append(heard)
            await asyncio.sleep(self.delay(heard))
            answer = self.answer(heard)
            return answer if isinstance(answer, Response) else JSONResponse(answer)

        async def alive(_request: Request) -> Response:
            return JSONResponse({"status": "ok"})

        async def actions(_request: Request) -> Response:
            return JSONResponse({"status": "ok"}, status_code=200 if self.actions_up else 503)

        routes = [
            Route("/webhooks/rest/webhook", webhook, methods=["POST"]),
            Route("/", alive),
            Route("/actions/health", actions),
        ]
        self._server = ServerThread(Starlette(routes=routes), self.port)

    def stop(self) -> None:
        """As if killed: connections end at once."""
        if self._server is not None:
            self._server.stop()
            self._server = None


class ServerThread:
    """An ASGI application on a port, in a thread of its own."""

    def __init__(self, app: Any, port: int, stop_seconds: int = 1) -> None:
        config = uvicorn.Config(
            app,
            host="127.0.0.1",
            port=port,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=stop_seconds,
            proxy_headers=False,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        until = time.monotonic() + 20
        while not self._server.started:
            assert self._thread.is_alive() and time.monotonic() < until, "the server did not start"
            time.sleep(0.02)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(10)


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(what: Callable[[], Any], seconds: float = 10.0) -> Any:
    """The first true answer of `what`, asked again and again. Fails after so long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = what()
        if found:
            return found
        time.sleep(0.03)
    raise AssertionError("it did not happen in time")
