"""The tables of plans: what was signed off last, step by step."""

from sqlalchemy import JSON, Column, LargeBinary, String, Table

from mailer.ledger.storage.definitions.metadata import metadata

# Replaced by each sign-off of the campaign. `recipients` holds the contact ids, one a line,
# compressed (zlib): a hundred thousand take a megabyte.
signed_step = Table(
    "signed_step",
    metadata,
    Column("campaign", String, primary_key=True),
    Column("step", String, primary_key=True),
    Column("local_time", String, nullable=False),
    Column("rule", JSON, nullable=False),
    Column("texts", JSON, nullable=False),
    Column("recipients", LargeBinary, nullable=False),
)
