"""Alembic's entry point: runs the migrations in the transaction that `storage.schema` opened."""

from alembic import context

from mailer.ledger.storage.definitions.every_table import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
