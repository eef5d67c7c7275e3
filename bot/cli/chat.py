"""`offsite chat`: a conversation in the terminal, over the chat API of a running system.

Choices are numbered; a number chooses, anything else is sent as text. Works piped too: one line, one message.
"""

from __future__ import annotations

import sys
import time
import uuid
from collections.abc import Mapping
from typing import Annotated, Any

import httpx
import typer

from actions.settings import load_settings

Event = Mapping[str, Any]
ATTEMPTS = 5
PATIENCE_SECONDS = 90.0


class ChatFailed(Exception):
    """The gateway refused or is not there; the message is for people."""


class TerminalChat:
    """One conversation. Prints what the other side says, remembers what is on offer."""

    def __init__(self, url: str) -> None:
        self._http = httpx.Client(base_url=f"{url.rstrip('/')}/api/chat", timeout=40.0, trust_env=False)
        self._seen = 0
        self._choices: list[Mapping[str, str]] = []

    def begin(self, language: str | None) -> None:
        """Start and show the greeting. Raises ChatFailed."""
        session = self._call("POST", "/sessions", json={"language": language} if language else {})
        self._http.headers["Authorization"] = f"Bearer {session['token']}"
        self._show(session["events"])
        self.listen()

    def send(self, line: str) -> None:
        """A number chooses, anything else is text. Raises ChatFailed."""
        said = {"text": line}
        if line.isdecimal() and 1 <= int(line) <= len(self._choices):
            said = {"choice": self._choices[int(line) - 1]["id"]}
        self._call("POST", "/messages", json={"id": str(uuid.uuid4()), **said})

    def listen(self) -> None:
        """Show what comes until the bot has nothing more to do. Raises ChatFailed."""
        until = time.monotonic() + PATIENCE_SECONDS
        wait = 0
        while time.monotonic() < until:
            state = self._call("GET", "/events", params={"after": self._seen, "wait": wait})
            self._show(state["events"])
            if not state["busy"]:
                return
            wait = 10

    def end(self) -> None:
        """Close the conversation."""
        self._call("DELETE", "/session")

    def _call(self, method: str, path: str, **kwargs: Any) -> Any:
        """The answer's JSON. A message id is sent again unchanged, so trying again is harmless."""
        for attempt in range(ATTEMPTS):
            try:
                answer = self._http.request(method, path, **kwargs)
            except httpx.HTTPError as error:
                if path == "/sessions" or attempt + 1 == ATTEMPTS:
                    raise ChatFailed(f"{self._http.base_url}: {error}") from None
            else:
                if answer.status_code < 400:
                    return answer.json() if answer.content else None
                if answer.status_code not in (429, 503) or attempt + 1 == ATTEMPTS:
                    raise ChatFailed(_sentence(answer))
            time.sleep(1.0)
        raise ChatFailed(str(self._http.base_url))

    def _show(self, events: list[Event]) -> None:
        for event in events:
            self._seen = max(self._seen, int(event["seq"]))
            if event["from"]["role"] == "customer":
                self._choices = []
                continue
            lines = [str(event.get("text") or event.get("name") or "")]
            if event["type"] == "card":
                lines.insert(0, f"[{event['card']}]")
            if event.get("expects") or event.get("choices"):
                self._choices = list(event.get("choices", []))
                lines += [f"  {place}) {choice['title']}" for place, choice in enumerate(self._choices, start=1)]
            typer.echo("\n".join(lines) + "\n")


def _sentence(answer: httpx.Response) -> str:
    """The error's sentence; its status where it has none."""
    try:
        message = answer.json()["message"]
        return f"{message['da']} / {message['en']}"
    except (ValueError, KeyError, TypeError):
        return f"HTTP {answer.status_code}"


def chat(
    language: Annotated[str | None, typer.Option(help="da or en; empty: it finds out")] = None,
    url: Annotated[str | None, typer.Option(help="the running system; empty: this machine's, by the settings")] = None,
) -> None:
    """A conversation in the terminal. An empty line does nothing; end with Ctrl-D."""
    conversation = TerminalChat(url or load_settings().gateway)
    try:
        conversation.begin(language)
        while True:
            if sys.stdin.isatty():
                typer.echo("> ", nl=False)
            line = sys.stdin.readline()
            if not line:
                break
            if line.strip():
                conversation.send(line.strip())
            conversation.listen()
        conversation.end()
    except ChatFailed as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    except KeyboardInterrupt:
        raise typer.Exit(130) from None
