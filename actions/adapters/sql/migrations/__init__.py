"""Brings the casework tables up to date, at every start, on either database."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from actions.adapters.sql.engine import writing

VERSION_TABLE = "casework_version"
ADVISORY_LOCK = 702_117_001
"""Any fixed number: two processes that start at once migrate one after the other."""


def migrate(engine: sa.Engine, revision: str = "head") -> None:
    """Bring `engine`'s database to `revision`, in one transaction. Raises Unavailable where it can't be reached."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ADVISORY_LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
