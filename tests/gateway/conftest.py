"""A gateway with a stand-in for Rasa behind it, on SQLite and on PostgreSQL."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from actions.settings import Settings

sys.path.insert(0, str(Path(__file__).parent))
from front_door import SECRET, GatewayUnderTest
from stub_rasa import StubRasa, free_port

from tests.support.postgres import Cluster, cluster


@pytest.fixture
def rasa() -> Iterator[StubRasa]:
    stub = StubRasa()
    stub.start()
    yield stub
    stub.stop()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    """One for all tests that leave it running."""
    with cluster() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Where the gateway under test keeps its log: "" is SQLite."""
    if request.param == "sqlite":
        return ""
    return str(request.getfixturevalue("postgresql").new_database())


@pytest.fixture
def start(rasa: StubRasa, tmp_path: Path) -> Iterator[Callable[..., GatewayUnderTest]]:
    """Starts gateways with settings of the test's own."""
    started: list[GatewayUnderTest] = []

    def _start(now: Callable[[], datetime] | None = None, **changes: Any) -> GatewayUnderTest:
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
        gateway = GatewayUnderTest(Settings(_env_file=None, **(defaults | changes)), now)
        started.append(gateway)
        return gateway

    yield _start
    for gateway in started:
        gateway.stop()


@pytest.fixture
def gateway(start: Callable[..., GatewayUnderTest], database_url: str) -> GatewayUnderTest:
    """One gateway, on each database."""
    return start(database_url=database_url)
