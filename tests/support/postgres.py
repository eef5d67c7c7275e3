"""A PostgreSQL cluster of our own: made with Debian's `initdb` in a temporary folder, on a free port."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn
from uuid import uuid4

import psycopg
import pytest

SERVER_USER = "postgres"
"""PostgreSQL refuses to run as root: then this user of Debian's package runs it."""


@dataclass
class Cluster:
    """A running server. `stop` and `start` are for tests of an outage."""

    binaries: Path
    folder: Path
    port: int

    def new_database(self) -> str:
        """The URL of an empty database."""
        name = f"t{uuid4().hex[:12]}"
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return self._url(name)

    def start(self) -> None:
        """Start, and wait until it answers."""
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        self._run(
            "pg_ctl", "-D", str(self.folder / "data"), "-o", options, "-l", str(self.folder / "log"), "-w", "start"
        )

    def stop(self) -> None:
        """Stop at once, as a crash does."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")

    def make(self) -> None:
        """Lay the cluster down."""
        self._run("initdb", "-D", str(self.folder / "data"), "-U", "offsite", "--auth=trust", "-E", "UTF8")

    def _url(self, name: str) -> str:
        return f"postgresql://offsite@127.0.0.1:{self.port}/{name}"

    def _run(self, program: str, *arguments: str) -> None:
        command: Sequence[str] = [str(self.binaries / program), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", SERVER_USER, "--", *command]
        done = subprocess.run(command, cwd="/", capture_output=True, text=True, timeout=60, check=False)
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr or done.stdout}")


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A cluster for the tests of a session. Skips where PostgreSQL is not installed; with CI=true that fails."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        missing("PostgreSQL")
    folder = Path("/tmp") / f"offsite-pg-{uuid4().hex[:8]}"
    folder.mkdir(mode=0o700)
    if os.geteuid() == 0:
        user = pwd.getpwnam(SERVER_USER)
        os.chown(folder, user.pw_uid, user.pw_gid)
    made = Cluster(found[-1].parent, folder, _free_port())
    try:
        made.make()
        made.start()
        yield made
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            made.stop()
        for _ in range(20):
            shutil.rmtree(folder, ignore_errors=True)
            if not folder.exists():
                break
            time.sleep(0.1)


def missing(what: str) -> NoReturn:
    """Skip by name; fail where CI=true says that everything must be there."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is not installed, and CI=true allows no skip")
    pytest.skip(f"needs {what}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
