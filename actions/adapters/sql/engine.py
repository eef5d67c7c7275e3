"""One way to reach a database, SQLite or PostgreSQL, and one way to say that it failed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError, TimeoutError

from actions.ports import Unavailable, Unknown

BUSY_SECONDS = 5
"""How long a statement waits for a lock; below the 10 seconds that every port call ends in."""


def open_engine(url: str) -> sa.Engine:
    """An engine for `url`. SQLite runs in WAL mode and its folder is made; PostgreSQL connections are checked first."""
    if url.startswith("sqlite"):
        return _sqlite(url)
    milliseconds = BUSY_SECONDS * 1000
    return sa.create_engine(
        url,
        pool_pre_ping=True,
        pool_timeout=BUSY_SECONDS,
        connect_args={
            "connect_timeout": 3,
            "options": f"-c lock_timeout={milliseconds} -c statement_timeout={milliseconds}",
        },
    )


def _sqlite(url: str) -> sa.Engine:
    path = sa.make_url(url).database
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(url, connect_args={"timeout": BUSY_SECONDS})

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves: sqlite3's own begin comes too late for a reader
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")  # an acknowledged case survives a power cut
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA secure_delete=ON")  # what is erased is overwritten, not only let go of

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")

    return engine


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that only reads. Raises Unavailable."""
    try:
        with engine.begin() as connection:
            yield connection
    except (DBAPIError, TimeoutError) as error:
        raise Unavailable(_plain(error)) from error


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that writes, alone from its first line on SQLite.

    Raises Unavailable (nothing was written), Unknown (the commit got no answer); IntegrityError is the caller's.
    """
    try:
        connection = engine.connect().execution_options(sqlite_begin="IMMEDIATE")
    except (DBAPIError, TimeoutError) as error:
        raise Unavailable(_plain(error)) from error
    with connection:
        try:
            transaction = connection.begin()
            yield connection
        except IntegrityError:
            raise
        except (DBAPIError, TimeoutError) as error:
            raise Unavailable(_plain(error)) from error
        try:
            transaction.commit()
        except IntegrityError:
            raise
        except DBAPIError as error:
            raise Unknown(_plain(error)) from error


def tidy(engine: sa.Engine, *, thorough: bool) -> None:
    """Leave nothing of erased rows in the write-ahead log, and if `thorough` nothing in free pages that another
    program (dbos) let go of without overwriting. PostgreSQL's autovacuum sees to its own.

    Raises Unavailable where somebody else writes for too long.
    """
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    try:
        plain: Any = connection.driver_connection
        if thorough:
            plain.execute("VACUUM")
        plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        raise Unavailable(f"database: {type(error).__name__}") from error
    finally:
        connection.close()


def _plain(error: Exception) -> str:
    """What went wrong without statement and parameters: those hold customers' words."""
    return f"database: {type(getattr(error, 'orig', None) or error).__name__}"
