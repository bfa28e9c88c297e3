"""How Alembic runs the migrations: on the connection it is given, in one transaction, tables rebuilt on SQLite."""

from alembic import context

from models.store.tables import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_as_batch=True,
    transactional_ddl=True,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
