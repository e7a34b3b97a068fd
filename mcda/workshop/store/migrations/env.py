"""Runs the steps on the connection it is given, inside that connection's transaction."""

from alembic import context

from mcda.workshop.store.migrate import VERSION_TABLE
from mcda.workshop.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
