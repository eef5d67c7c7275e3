"""Our side: a gateway in a process of its own with a stand-in for Rasa, and a conversation of any length in it."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import socket

import httpx
import uvicorn

from actions.settings import Settings
from bot.gateway.app import create_app
from bot.gateway.events import Draft
from bot.gateway.store.engine import Database, open_engine
from bot.gateway.store.log import ConversationLog

_ANSWER = json.dumps([{"text": "Hello, I am an automated assistant. What can I help you with?"}]).encode()


class _Rasa(BaseHTTPRequestHandler):
    """Says the same to everybody, at once."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(_ANSWER)))
        self.end_headers()
        self.wfile.write(_ANSWER)

    def log_message(self, *_: object) -> None:
        return


class Gateway:
    """A running gateway."""

    def __init__(self, url: str, settings: Settings) -> None:
        self.url = url
        self._log = ConversationLog(Database(open_engine(settings.database("chat"))))

    def conversation(self, messages: int) -> str:
        """The token of a conversation in which so much was said."""
        begun = httpx.post(f"{self.url}/api/chat/sessions", json={"language": "en"}, trust_env=False, timeout=30)
        token = str(begun.json()["token"])
        name, said = token.partition(".")[0], len(begun.json()["events"])
        for n in range(said, messages):
            text = f"Message number {n + 1}"
            draft = Draft("text", {"text": text}, "customer" if n % 2 else "bot")
            self._log.add(name, draft, uuid.uuid4().hex, datetime.now(UTC))
        return token


@contextmanager
def gateway(var: Path, port: int, rasa_port: int, origin: str) -> Iterator[Gateway]:
    """Serves until the block ends: beside the browser's driver it would wait for that, as no real gateway does."""
    rasa = ThreadingHTTPServer(("127.0.0.1", rasa_port), _Rasa)
    threading.Thread(target=rasa.serve_forever, daemon=True).start()
    command = [sys.executable, "-m", "bench.widget.ours", str(var), str(port), str(rasa_port), origin]
    served = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert served.stdout is not None
        if served.stdout.readline().strip() != "ready":
            raise SystemExit("the gateway did not start")
        yield Gateway(f"http://127.0.0.1:{port}", _settings(var, port, rasa_port, origin))
    finally:
        served.terminate()
        served.wait(20)
        rasa.shutdown()


def _settings(var: Path, port: int, rasa_port: int, origin: str) -> Settings:
    return Settings(
        port=port,
        var=var,
        rasa_url=f"http://127.0.0.1:{rasa_port}",
        actions_url="none",
        allowed_origins=origin,
        sessions_per_minute=10_000.0,
    )


class _Announced(uvicorn.Server):
    """Says on stdout that it listens."""

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        print("ready", flush=True)


if __name__ == "__main__":
    folder, own, behind, page = sys.argv[1:]
    app = create_app(_settings(Path(folder), int(own), int(behind), page))
    _Announced(uvicorn.Config(app, port=int(own), log_level="warning", access_log=False)).run()
