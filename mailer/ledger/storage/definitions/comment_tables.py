"""The tables of the comments on texts. They share the metadata of `tables`."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from mailer.ledger.storage.definitions.metadata import Instant, metadata

comment = Table(
    "comment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("campaign", String, nullable=False, index=True),
    Column("file", String, nullable=False),
    Column("quote", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("person", String, nullable=False),
    Column("by", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("closed_by", String, nullable=False),
)

comment_answer = Table(
    "comment_answer",
    metadata,
    Column("id", Integer, primary_key=True),
    Column(
        "comment", Integer, ForeignKey("comment.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("words", Text, nullable=False),
    Column("person", String, nullable=False),
    Column("by", String, nullable=False),
    Column("at", Instant, nullable=False),
)
