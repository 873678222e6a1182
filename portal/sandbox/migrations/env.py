"""Alembic's way in: the connection and the tables come from :mod:`portal.sandbox.database`."""

from alembic import context

from portal.sandbox.database import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite can't alter most of a table in place
)
with context.begin_transaction():
    context.run_migrations()
