"""Alembic's door: runs the migrations in the transaction that `mailer.ledger.schema` opened."""

from alembic import context

from mailer.ledger.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
