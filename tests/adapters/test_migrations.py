"""The casework tables come up on an empty database, and stay as the code says."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from actions.adapters.sql.engine import open_engine
from actions.adapters.sql.migrations import VERSION_TABLE, migrate
from actions.adapters.sql.tables import metadata


def test_migrations_and_tables_say_the_same(engine):
    with engine.begin() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_migrating_twice_changes_nothing(engine):
    with engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO courier_slots VALUES ('2026-03-11', '08:00-12:00', 3)"))
    migrate(engine)
    with engine.begin() as connection:
        assert connection.execute(sa.text("SELECT taken FROM courier_slots")).scalar_one() == 3


def test_processes_that_start_together_all_come_up(database_url):
    engines = [open_engine(database_url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(migrate, engines))
    with engines[0].begin() as connection:
        assert connection.execute(sa.text(f"SELECT count(*) FROM {VERSION_TABLE}")).scalar_one() == 1
    for engine in engines:
        engine.dispose()


def test_tables_keep_to_their_own_names(engine):
    names = set(sa.inspect(engine).get_table_names())
    assert all(name.startswith(("registry_", "case_", "courier_")) for name in names - {VERSION_TABLE})
