"""A gateway on a real port, with a stand-in for Rasa behind it, on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from actions.settings import Settings
from bot.gateway.app import create_app

sys.path.insert(0, str(Path(__file__).parent))
from stub_rasa import ServerThread, StubRasa, free_port, until

SECRET = "shared-secret"


class Chat:
    """One customer's conversation with a gateway."""

    def __init__(self, base: str, **session: Any) -> None:
        self.http = httpx.Client(base_url=f"{base}/api/chat", timeout=40, trust_env=False)
        answer = self.http.post("/sessions", json=session)
        assert answer.status_code == 201, answer.text
        self.session = answer.json()
        self.http.headers["Authorization"] = f"Bearer {self.session['token']}"

    def post(self, **body: Any) -> httpx.Response:
        return self.http.post("/messages", json={"id": str(uuid.uuid4())} | body)

    def poll(self, after: int = 0, wait: float | None = None) -> dict[str, Any]:
        query: dict[str, Any] = {"after": after} | ({} if wait is None else {"wait": wait})
        answer = self.http.get("/events", params=query)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def settled(self, seconds: float = 10.0) -> list[dict[str, Any]]:
        """All events, when the bot has nothing more to do."""
        found = until(lambda: (state := self.poll()) and not state["busy"] and state, seconds)
        return list(found["events"])

    def say(self, text: str) -> list[dict[str, Any]]:
        """Say it; the bot's events that followed."""
        answer = self.post(text=text)
        assert answer.status_code == 202, answer.text
        return [event for event in self.settled() if event["seq"] > answer.json()["seq"]]

    def choose(self, choice: str) -> list[dict[str, Any]]:
        answer = self.post(choice=choice)
        assert answer.status_code == 202, answer.text
        return [event for event in self.settled() if event["seq"] > answer.json()["seq"]]


class GatewayUnderTest:
    """A running gateway; `restart` takes the same database and port again."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.base = f"http://127.0.0.1:{settings.port}"
        self._server = ServerThread(create_app(settings), settings.port)

    def chat(self, **session: Any) -> Chat:
        return Chat(self.base, **session)

    def get(self, path: str, **kwargs: Any) -> httpx.Response:
        return httpx.get(self.base + path, trust_env=False, timeout=30, **kwargs)

    def stop(self) -> None:
        self._server.stop()

    def restart(self) -> None:
        self.stop()
        self._server = ServerThread(create_app(self.settings), self.settings.port)


@pytest.fixture
def rasa() -> Iterator[StubRasa]:
    stub = StubRasa()
    stub.start()
    yield stub
    stub.stop()


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory, worker_id: str = "") -> Iterator[str]:
    """A PostgreSQL cluster of our own, on a free port; its URL without a database."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    initdb = str(found[-1]) if found else shutil.which("initdb")
    if initdb is None:
        pytest.skip("PostgreSQL is not installed")
    folder = tmp_path_factory.mktemp("pg")
    as_nobody: dict[str, Any] = {}
    if os.getuid() == 0:  # PostgreSQL refuses to run as root
        for parent in (folder, *folder.parents):
            if parent.stat().st_uid == 0 and parent != Path("/") and not parent.stat().st_mode & 0o001:
                parent.chmod(parent.stat().st_mode | 0o011)
        shutil.chown(folder, "nobody")
        as_nobody = {"user": "nobody", "cwd": folder}
    port = free_port()
    bins = Path(initdb).resolve().parent
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    options = ["-D", str(folder / "data"), "-U", "offsite", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run([initdb, *options], check=True, **quiet, **as_nobody)
    listen = ["-h", "127.0.0.1", "-p", str(port), "-k", str(folder), "-F"]
    server = subprocess.Popen([bins / "postgres", "-D", str(folder / "data"), *listen], **quiet, **as_nobody)
    url = f"postgresql+psycopg://offsite@127.0.0.1:{port}"
    engine = sa.create_engine(f"{url}/postgres", isolation_level="AUTOCOMMIT")

    def answers() -> bool:
        assert server.poll() is None, "PostgreSQL did not start"
        try:
            with engine.connect():
                return True
        except sa.exc.OperationalError:
            return False

    until(answers, 30)
    yield url
    engine.dispose()
    server.terminate()
    server.wait(20)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Where the gateway under test keeps its log: "" is SQLite."""
    if request.param == "sqlite":
        return ""
    url = request.getfixturevalue("postgresql")
    name = f"chat_{uuid.uuid4().hex[:12]}"
    engine = sa.create_engine(f"{url}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return f"{url}/{name}"


@pytest.fixture
def start(rasa: StubRasa, tmp_path: Path) -> Iterator[Callable[..., GatewayUnderTest]]:
    """Starts gateways with settings of the test's own."""
    started: list[GatewayUnderTest] = []

    def _start(**changes: Any) -> GatewayUnderTest:
        defaults: dict[str, Any] = {
            "port": free_port(),
            "var": tmp_path / "var",
            "rasa_url": rasa.url,
            "actions_url": f"{rasa.url}/actions",
            "secret": SECRET,
            "sessions_per_minute": 10_000.0,
            "trouble_after_seconds": 0.4,
            "outage_limit_seconds": 2.5,
        }
        gateway = GatewayUnderTest(Settings(_env_file=None, **(defaults | changes)))
        started.append(gateway)
        return gateway

    yield _start
    for gateway in started:
        gateway.stop()


@pytest.fixture
def gateway(start: Callable[..., GatewayUnderTest], database_url: str) -> GatewayUnderTest:
    """One gateway, on each database."""
    return start(database_url=database_url)
