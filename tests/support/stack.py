"""A whole installation of its own, started as operators start it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from bot.supervisor.ports import free_ports
from tests.support.chat_client import ChatClient

ROOT = Path(__file__).resolve().parents[2]


class Stack:
    """A running `offsite up`. `patience` of its chats allows for a Rasa that starts again."""

    def __init__(self, process: psutil.Popen, url: str, environment: dict[str, str]) -> None:
        self.url = url
        self.process = process
        self.environment = environment

    def chat(self, patience: float = 90.0) -> ChatClient:
        """A new customer."""
        return ChatClient(self.url, patience)

    def offsite(self, *arguments: str) -> Any:
        """The JSON that `offsite … --json` prints."""
        command = [sys.executable, "-m", "bot.cli.main", *arguments, "--json"]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=60, check=True
        )
        return json.loads(done.stdout)

    def service(self, module: str) -> psutil.Process:
        """The process that runs this module."""
        return next(child for child in self.process.children() if child.cmdline()[-1] == module)

    def listener(self, module: str) -> psutil.Process:
        """Of a service, the process that listens: the service itself, or the one it forked."""
        service = self.service(module)
        return next(iter(service.children()), service)


@contextmanager
def running_stack(folder: Path, **settings: str) -> Iterator[Stack]:
    """`offsite up` with its own folder on a free port; stopped at the end, with nothing left behind."""
    port = free_ports(1)[0]
    environment = {
        **os.environ,
        "DATABASE_URL": "",
        "OFFSITE_VAR": str(folder),
        "OFFSITE_PORT": str(port),
        "OFFSITE_MESSAGES_PER_SECOND": "100",  # tests type fast
        **settings,
    }
    process = psutil.Popen(
        [sys.executable, "-m", "bot.cli.main", "up"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    lines: list[str] = []
    try:
        for line in process.stdout:
            lines.append(line)
            if line.startswith("ready "):
                break
        else:
            raise AssertionError("the stack did not become ready:\n" + "".join(lines))
        threading.Thread(target=process.stdout.read, daemon=True).start()  # a full pipe would stop it
        yield Stack(process, line.split()[1], environment)
    finally:
        started = process.children(recursive=True) if process.is_running() else []
        process.terminate()
        process.wait(30)
        _, left = psutil.wait_procs(started, timeout=5)
        assert not left, f"left behind: {left}"
