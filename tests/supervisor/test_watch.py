"""What `offsite up` starts is kept running, and nothing of it is left behind."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from bot.supervisor.child import Service
from bot.supervisor.ports import LOOPBACK, free_ports, is_free
from bot.supervisor.watch import StartFailed, Watch

ANSWERS = """
import http.server, os, sys
class Pid(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(str(os.getpid()).encode())
    def log_message(self, *_): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Pid).serve_forever()
"""


def service(folder: Path, code: str = ANSWERS) -> Service:
    port = free_ports(1)[0]
    command = [sys.executable, "-c", code, str(port)]
    return Service("answers", command, os.environ, f"http://{LOOPBACK}:{port}/", folder, folder / "answers.log")


async def pid_of(service: Service, other_than: int = 0) -> int:
    async with asyncio.timeout(20), httpx.AsyncClient(trust_env=False) as client:
        while True:
            try:
                pid = int((await client.get(service.health)).text)
            except httpx.HTTPError:
                pid = other_than
            if pid != other_than:
                return pid
            await asyncio.sleep(0.02)


def exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_what_dies_is_started_again_and_what_was_started_is_stopped(tmp_path: Path) -> None:
    told: list[str] = []
    answers = service(tmp_path)
    watch = Watch([answers], told.append)
    await watch.start()

    first = await pid_of(answers)
    os.kill(first, signal.SIGKILL)
    second = await pid_of(answers, other_than=first)
    await watch.stop()

    assert not exists(first)
    assert not exists(second)
    assert told[0].startswith("answers is up")
    assert "ended with -9" in told[1]


async def test_who_stands_back_leaves_the_processor_to_the_others(tmp_path: Path) -> None:
    answers = replace(service(tmp_path), niceness=5)
    watch = Watch([answers], lambda _line: None)
    await watch.start()
    try:
        assert os.getpriority(os.PRIO_PROCESS, await pid_of(answers)) == os.getpriority(os.PRIO_PROCESS, 0) + 5
    finally:
        await watch.stop()


async def test_what_never_comes_up_is_named_with_the_end_of_its_log(tmp_path: Path) -> None:
    broken = service(tmp_path, "raise SystemExit('the model is missing')")
    watch = Watch([broken], lambda _: None)

    with pytest.raises(StartFailed, match=r"answers ended with 1[\s\S]*the model is missing"):
        await watch.start()
    await watch.stop()


async def test_a_killed_supervisor_leaves_nothing_running(tmp_path: Path) -> None:
    answers = service(tmp_path)
    code = textwrap.dedent(f"""
        import asyncio, os
        from pathlib import Path
        from bot.supervisor.child import Child, Service
        async def main():
            folder = Path({str(tmp_path)!r})
            await Child.start(Service("answers", {list(answers.command)!r}, os.environ, "", folder, folder / "log"))
            await asyncio.sleep(60)
        asyncio.run(main())
    """)
    supervisor = subprocess.Popen([sys.executable, "-c", code])
    await pid_of(answers)
    supervisor.kill()
    supervisor.wait()

    async with asyncio.timeout(20):
        while not is_free(LOOPBACK, httpx.URL(answers.health).port or 0):
            await asyncio.sleep(0.02)


def test_free_ports_differ_and_are_free() -> None:
    ports = free_ports(5)

    assert len(set(ports)) == 5
    assert all(is_free(LOOPBACK, port) for port in ports)
