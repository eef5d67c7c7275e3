"""A Redis server of our own, from Debian's package `redis-server`, on a free port and without files."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time

from bot.supervisor.ports import free_ports
from tests.support.postgres import missing


class RedisServer:
    """A running server. `stop` and `start` are for tests of an outage."""

    def __init__(self) -> None:
        found = shutil.which("redis-server")
        if found is None:
            missing("redis-server")
        self._program, self._port = found, free_ports(1)[0]
        self.url = f"redis://127.0.0.1:{self._port}/0"
        self.start()

    def start(self) -> None:
        """Start, and wait until it answers."""
        options = ["--port", str(self._port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen([self._program, *options], stdout=subprocess.DEVNULL, cwd="/")
        end = time.monotonic() + 20
        while not self._answers():
            assert self._process.poll() is None and time.monotonic() < end, "Redis did not start"
            time.sleep(0.05)

    def stop(self) -> None:
        """At once, as a crash does."""
        self._process.kill()
        self._process.wait(10)

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self._port), 1) as line:
                line.sendall(b"PING\r\n")
                return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False
