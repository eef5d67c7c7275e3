"""Databases that the adapters' contract runs on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from actions.adapters.sql.engine import open_engine
from actions.adapters.sql.migrations import migrate
from actions.settings import Settings
from tests.support.postgres import Cluster, cluster


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    with cluster() as made:
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database of each kind, in SQLAlchemy's spelling."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/casework.db"
    made: Cluster = request.getfixturevalue("postgres")
    return Settings(_env_file=None, database_url=made.new_database()).database("casework")


@pytest.fixture
def engine(database_url: str) -> Iterator[sa.Engine]:
    """Each database, brought up to date."""
    made = open_engine(database_url)
    migrate(made)
    yield made
    made.dispose()
