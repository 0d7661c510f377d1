"""The tables that only the desk writes. They share the metadata of `tables`."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Integer, LargeBinary, String, Table, Text

from mailer.ledger.storage.definitions.metadata import Instant, metadata

# Contact files that somebody uploaded and that wait to be taken in.
list_file = Table(
    "list_file",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("list", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("by", String, nullable=False),
    Column("at", Instant, nullable=False),
)

# What a person decided about a row of a list, by the hash of its cells.
row_decision = Table(
    "row_decision",
    metadata,
    Column("row", String, primary_key=True),
    Column("choice", String, nullable=False),
    Column("address", String, nullable=False),
    Column("by", String, nullable=False),
    Column("at", Instant, nullable=False),
)

# The states of each campaign's files; `files` gives the hash of each by its path. The number
# after the newest one is free once, so that of two people who save at once one is refused.
revision = Table(
    "revision",
    metadata,
    Column("campaign", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("person", String, nullable=False),
    Column("name", String, nullable=False),
    Column("via", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("why", String, nullable=False),
    Column("restores", Integer, nullable=False),
    Column("files", JSON, nullable=False),
)

# The content of those files by SHA-256 (hex). One that several revisions have is stored once.
blob = Table(
    "blob",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

# What each file of a campaign's folder had in it when the program last wrote or read it: whatever
# else is there now was changed outside. Hosts may have folders of their own.
folder_file = Table(
    "folder_file",
    metadata,
    Column("folder", String, primary_key=True),
    Column("campaign", String, primary_key=True),
    Column("path", String, primary_key=True),
    Column("sha256", String, nullable=False),
)

# The same of older versions, which knew one folder; read until a folder has rows of its own.
working_copy = Table(
    "working_copy",
    metadata,
    Column("campaign", String, primary_key=True),
    Column("path", String, primary_key=True),
    Column("sha256", String, nullable=False),
)

# Texts that somebody is writing in a browser tab and has not saved.
scratch = Table(
    "scratch",
    metadata,
    Column("campaign", String, primary_key=True),
    Column("path", String, primary_key=True),
    Column("person", String, primary_key=True),
    Column("tab", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("base", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

# The people of the press office, and how they sign in to the desk. Of a token the ledger has the
# SHA-256 only.
person = Table(
    "person",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("address", String, nullable=False),
    # NULL when the person has no address.
    Column("address_key", String, unique=True),
    Column("roles", JSON, nullable=False),
    Column("language", String, nullable=False),
    Column("disabled_at", Instant),
    # The contact lists to which the person is limited; empty for every list.
    Column("lists", JSON, nullable=False, server_default="[]"),
)

# Argon2id, in its usual notation with salt and costs.
password = Table(
    "password",
    metadata,
    Column("person", String, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("hash", String, nullable=False),
    Column("set_at", Instant, nullable=False),
)

desk_session = Table(
    "desk_session",
    metadata,
    Column("token_hash", String, primary_key=True),
    Column(
        "person", String, ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("created_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("proved_at", Instant, nullable=False),
    Column("agent", String, nullable=False),
    Column("ended_at", Instant),
    Column("method", String, nullable=False, server_default="password"),
    Column("place", String, nullable=False, server_default=""),
    # Empty unless the person came in by a provider; the token is forgotten when the session ends.
    Column("issuer", String, nullable=False, server_default=""),
    Column("subject", String, nullable=False, server_default=""),
    Column("id_token", String, nullable=False, server_default=""),
)

one_time_link = Table(
    "one_time_link",
    metadata,
    Column("token_hash", String, primary_key=True),
    Column("purpose", String, nullable=False),
    # Empty where the person chooses who they are, so that it is no foreign key.
    Column("person", String, nullable=False, index=True),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
)

# What was typed in a form after the session had ended.
kept_form = Table(
    "kept_form",
    metadata,
    Column("id", String, primary_key=True),
    Column("person", String, ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    Column("path", String, nullable=False),
    Column("fields", JSON, nullable=False),
    Column("kept_at", Instant, nullable=False),
)
