"""Runs the gateway's migrations on the connection it is handed, with a version table of its own."""

from alembic import context
from sqlalchemy import text

connection = context.config.attributes["connection"]
if connection.dialect.name == "postgresql":
    # Two gateways that start at once must not both create the tables.
    connection.execute(text("SELECT pg_advisory_xact_lock(720310)"))
context.configure(connection=connection, version_table="chat_alembic_version")
context.run_migrations()
