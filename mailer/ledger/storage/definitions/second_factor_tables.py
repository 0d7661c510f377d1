"""The tables of second factors: code generators, recovery codes and passkeys."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, LargeBinary, String, Table

from mailer.ledger.storage.definitions.metadata import Instant, metadata

code_generator = Table(
    "code_generator",
    metadata,
    Column("person", String, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    # Both sides compute codes from it, so that it cannot be a hash.
    Column("secret", String, nullable=False),
    Column("set_at", Instant, nullable=False),
    Column("last_step", BigInteger, nullable=False),
)

# The SHA-256 of each code that still works.
recovery_code = Table(
    "recovery_code",
    metadata,
    Column("person", String, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("hash", String, primary_key=True),
)

passkey = Table(
    "passkey",
    metadata,
    Column("id", String, primary_key=True),
    Column(
        "person", String, ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", BigInteger, nullable=False),
    Column("name", String, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("used_at", Instant),
)
