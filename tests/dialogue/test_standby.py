"""The serving process is replaced at once when it dies, and never outlives the one that keeps it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

SERVE = """
import os, sys, time
from bot.dialogue.standby import keep_serving
def serve():
    with open(sys.argv[1], "a") as pids:
        pids.write(f"{os.getpid()}\\n")
    time.sleep(60)
sys.exit(keep_serving(serve))
"""


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-c", SERVE, str(tmp_path / "pids")])
    yield process
    process.kill()
    process.wait()


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def served(folder: Path, count: int) -> int:
    """Process id of the serving process number `count`, once it serves."""
    path = folder / "pids"
    until(lambda: path.exists() and len(path.read_text().splitlines()) >= count)
    return int(path.read_text().splitlines()[count - 1])


def alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:1]
    except FileNotFoundError:
        return False


def test_a_killed_server_is_replaced(keeper: subprocess.Popen[bytes], tmp_path: Path) -> None:
    first = served(tmp_path, 1)
    os.kill(first, signal.SIGKILL)

    assert served(tmp_path, 2) != first


def test_told_to_stop_both_stop(keeper: subprocess.Popen[bytes], tmp_path: Path) -> None:
    child = served(tmp_path, 1)
    keeper.send_signal(signal.SIGTERM)

    assert keeper.wait(20) == 0
    assert not alive(child)


def test_the_server_does_not_outlive_its_keeper(keeper: subprocess.Popen[bytes], tmp_path: Path) -> None:
    child = served(tmp_path, 1)
    keeper.kill()

    until(lambda: not alive(child))
