"""Alembic's door: runs the migrations in the transaction that `mailer.ledger.storage.schema` opened."""

from alembic import context

from mailer.ledger.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
