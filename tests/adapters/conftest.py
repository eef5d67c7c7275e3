"""Databases that the adapters' contract runs on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from actions.adapters.sql.engine import open_engine
from actions.adapters.sql.migrations import migrate
from actions.settings import Settings
from tests.support.postgres import Cluster, cluster


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """The session's own PostgreSQL."""
    with cluster() as made:
        yield made


@pytest.fixture
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """Kind → URL of an empty database, in SQLAlchemy's spelling."""

    def make(kind: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{tmp_path}/casework.db"
        made: Cluster = request.getfixturevalue("postgres")
        return Settings(_env_file=None, database_url=made.new_database()).database("casework")

    return make


@pytest.fixture
def make_engine(new_url: Callable[[str], str]) -> Iterator[Callable[[str], sa.Engine]]:
    """Kind → an engine on a new database that is up to date."""
    made: list[sa.Engine] = []

    def make(kind: str) -> sa.Engine:
        made.append(open_engine(new_url(kind)))
        migrate(made[-1])
        return made[-1]

    yield make
    for engine in made:
        engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, new_url: Callable[[str], str]) -> str:
    """The URL of an empty database of each kind."""
    return new_url(request.param)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, make_engine: Callable[[str], sa.Engine]) -> sa.Engine:
    """Each kind of database, up to date."""
    return make_engine(request.param)
