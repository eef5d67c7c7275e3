"""One process that we started: its own group, its own log, and no life after ours."""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PATIENCE_SECONDS = 10.0
_LOG_LIMIT = 10_000_000
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Service:
    """What to run and how to see that it works. `health` answers 200 when it does.

    `niceness`: by how much it stands back for the others when all want the processor (0 to 19).
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    health: str
    folder: Path
    log: Path
    niceness: int = 0


class Child:
    """A running service."""

    def __init__(self, service: Service, process: asyncio.subprocess.Process) -> None:
        self.service = service
        self.pid = process.pid
        self._process = process

    @classmethod
    async def start(cls, service: Service) -> Child:
        """Start it. Call from the main thread: the kernel ends the child with the thread that made it."""
        service.log.parent.mkdir(parents=True, exist_ok=True)
        if service.log.exists() and service.log.stat().st_size > _LOG_LIMIT:
            service.log.replace(service.log.with_suffix(".old"))
        parent = os.getpid()
        with service.log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *service.command,
                cwd=service.folder,
                env=dict(service.environment),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=lambda: _begin(parent, service.niceness),
            )
        return cls(service, process)

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return self._process.returncode is None

    async def ended(self) -> int:
        """Its exit code, once it has ended; negative for a signal."""
        return await self._process.wait()

    async def stop(self) -> None:
        """Ask it to end, wait, then end what is left of its group."""
        if self.running:
            _signal_group(self.pid, signal.SIGTERM)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._process.wait(), PATIENCE_SECONDS)
        _signal_group(self.pid, signal.SIGKILL)
        await self._process.wait()


def last_lines(log: Path, count: int = 15) -> str:
    """The end of a log, for people."""
    if not log.exists():
        return ""
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:])


def _begin(parent: int, niceness: int) -> None:
    """In the child: be killed when `parent` dies, however it dies. Everything here is made to be killed at any time."""
    if niceness:
        os.nice(niceness)
        with suppress(OSError), open("/proc/self/autogroup", "w", encoding="ascii") as group:
            group.write(str(niceness))  # Linux may weigh whole sessions instead, and each service is one
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _signal_group(group: int, number: signal.Signals) -> None:
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return
