"""The gateway's internal route, as far as news need it: one event for each key."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


@dataclass
class ChatStub:
    """What arrived. `answers` are status codes to give first; then 200."""

    url: str = ""
    events: dict[str, Any] = field(default_factory=dict)
    paths: list[str] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    told_file: Path | None = None


@contextmanager
def chat_stub(told_file: Path | None = None) -> Iterator[ChatStub]:
    """A server on a free port of loopback."""
    stub = ChatStub(told_file=told_file)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status = stub.answers.pop(0) if stub.answers else 200
            stub.paths.append(self.path)
            stub.secrets.append(self.headers["X-Offsite-Secret"])
            if status == 200:
                stub.events.setdefault(body["key"], body["event"])
                if stub.told_file and any(event.get("card") == "booking" for event in stub.events.values()):
                    stub.told_file.touch()
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stub.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
