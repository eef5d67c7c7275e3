"""A gateway that believes in a Microsoft of our own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from front_door import GatewayUnderTest
from stub_rasa import ServerThread, free_port

from tests.support.teams import Microsoft, Person


@pytest.fixture
def microsoft() -> Iterator[Microsoft]:
    found = Microsoft(ServerThread, free_port())
    found.start()
    yield found
    found.stop()


@pytest.fixture
def serve(start: Callable[..., GatewayUnderTest], microsoft: Microsoft) -> Callable[..., GatewayUnderTest]:
    """Starts gateways for Teams, with settings of the test's own."""

    def _serve(**changes: Any) -> GatewayUnderTest:
        return start(**(microsoft.settings() | changes))

    return _serve


@pytest.fixture
def teams(serve: Callable[..., GatewayUnderTest]) -> GatewayUnderTest:
    """One gateway, on SQLite."""
    return serve()


@pytest.fixture
def person(teams: GatewayUnderTest, microsoft: Microsoft) -> Person:
    """Somebody who speaks Danish."""
    return Person(microsoft, teams.base)
