"""The table of the mails that tell a person what waits for them."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, String, Table

from mailer.ledger.storage.definitions.metadata import Instant, metadata

# One mail a day at most for each person: `on` is the day of the office. `tasks` are the keys of all
# that it names. `sent_at` is NULL while a service is sending it, and for ever if that service died:
# whether the mail left is not known then, and it is not sent again.
waiting_mail = Table(
    "waiting_mail",
    metadata,
    Column("person", String, primary_key=True),
    Column("on", Date, primary_key=True),
    Column("tasks", JSON, nullable=False),
    Column("claimed_at", Instant, nullable=False),
    Column("sent_at", Instant),
)
