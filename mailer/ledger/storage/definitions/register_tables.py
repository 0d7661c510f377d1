"""The history of the accreditation registers, and who looked at them. It shares the metadata of
`tables`.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, Integer, String, Table

from mailer.ledger.storage.definitions.metadata import Instant, metadata

# An entry before and after each change, so that an answer can be undone and a person can see what
# was recorded. The entries are kept without campaign and address, which the row has.
accreditation_change = Table(
    "accreditation_change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("campaign", String, nullable=False),
    Column("address_key", String, nullable=False),
    # The number of the answer after the change.
    Column("answer", Integer, nullable=False),
    # NULL when the person was not in the register.
    Column("before", JSON(none_as_null=True)),
    Column("after", JSON, nullable=False),
    Column("at", Instant, nullable=False),
    Column("person", String, nullable=False),
    Column("by", String, nullable=False),
    Column("via", String, nullable=False),
    Index(None, "campaign", "address_key", "answer"),
    Index(None, "address_key"),
)

# Who confirmed last, and when, that a register has every answer that came in.
register_look = Table(
    "register_look",
    metadata,
    Column("campaign", String, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("person", String, nullable=False),
    Column("by", String, nullable=False),
)
