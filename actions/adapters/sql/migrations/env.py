"""Alembic's way in: it runs on the connection, and in the transaction, that `migrate` hands over."""

from alembic import context

from actions.adapters.sql.migrations import VERSION_TABLE
from actions.adapters.sql.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
    transactional_ddl=False,  # the transaction is the caller's
)
context.run_migrations()
