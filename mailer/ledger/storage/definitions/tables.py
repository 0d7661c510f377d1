"""The ledger's tables. A test compares them with what `migrations/` creates."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from mailer.ledger.storage.definitions.metadata import Instant, metadata

contact = Table(
    "contact",
    metadata,
    Column("id", String, primary_key=True),
    Column("address_key", String, nullable=False, unique=True),
    Column("address", String, nullable=False),
    Column("civility", String, nullable=False),
    Column("first_name", String, nullable=False),
    Column("last_name", String, nullable=False),
    Column("organisation", String, nullable=False),
    Column("role", String, nullable=False),
    Column("beat", String, nullable=False),
    Column("region", String, nullable=False),
    Column("media", String, nullable=False, server_default=""),
    Column("language", String, nullable=False),
    Column("phone", String, nullable=False),
    Column("is_generic", Boolean, nullable=False),
    Column("alternates", JSON, nullable=False),
    Column("former", JSON, nullable=False, server_default="[]"),
    Column("notes", JSON, nullable=False),
    Column("source", String, nullable=False),
    Column("changed_at", Instant, nullable=False),
    # The words that a search looks in, without accents and case: see `contacts.search`.
    Column("search", String, nullable=False, server_default=""),
)

membership = Table(
    "membership",
    metadata,
    Column("contact_id", String, ForeignKey("contact.id", ondelete="CASCADE"), primary_key=True),
    Column("list", String, primary_key=True, index=True),
)

# The alternate and former addresses of contacts by key, so that a person is found under each of
# them. Written with the contact, from its columns `alternates` and `former`.
further_address = Table(
    "further_address",
    metadata,
    Column("contact_id", String, ForeignKey("contact.id", ondelete="CASCADE"), primary_key=True),
    Column("address_key", String, primary_key=True, index=True),
    Column("is_former", Boolean, nullable=False),
)

suppression = Table(
    "suppression",
    metadata,
    Column("address_key", String, primary_key=True),
    Column("scope", String, primary_key=True),
    Column("reason", String, primary_key=True),
    Column("address", String, nullable=False),
    Column("since", Instant, nullable=False),
    Column("until", Instant),
    Column("evidence", String, nullable=False),
    Column("by", String, nullable=False),
)

accreditation = Table(
    "accreditation",
    metadata,
    Column("campaign", String, primary_key=True),
    Column("address_key", String, primary_key=True),
    Column("address", String, nullable=False),
    Column("state", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("name", String, nullable=False),
    Column("organisation", String, nullable=False),
    Column("note", String, nullable=False),
    # A person said that this is nobody of the directory, who only resembles somebody there.
    Column("is_newcomer", Boolean, nullable=False, server_default=false()),
    # When the person asked: the order of the waiting list. NULL in old ledgers: `at` counts.
    Column("asked_at", Instant),
    Column("seats", Integer, nullable=False, server_default="1"),
    Column("reason", String, nullable=False, server_default=""),
    # Who accepted the person against a rule, and why; both empty for nobody.
    Column("forced_by", String, nullable=False, server_default=""),
    Column("forced_why", String, nullable=False, server_default=""),
    Column("confirm_by", Instant),
    Column("in_place_of", String, nullable=False, server_default=""),
    Column("is_freelance", Boolean, nullable=False, server_default=false()),
    Column("card_kind", String, nullable=False, server_default=""),
    Column("card_number", String, nullable=False, server_default=""),
    Column("card_purge_at", Instant),
    # Counts the person's answers to the campaign; each gets its own mail.
    Column("answer", Integer, nullable=False, server_default="1"),
)

sign_off = Table(
    "sign_off",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("campaign", String, nullable=False, index=True),
    Column("fingerprint", String, nullable=False),
    Column("by", String, nullable=False),
    Column("person", String, nullable=False),
    Column("at", Instant, nullable=False),
    # The number of the campaign's revision that was signed; 0 where none was known.
    Column("revision", Integer, nullable=False, server_default="0"),
    # Why the person refused to sign this version; empty for a sign-off.
    Column("refused_because", String, nullable=False, server_default=""),
)

mailing = Table(
    "mailing",
    metadata,
    Column("id", String, primary_key=True),
    Column("campaign", String, nullable=False),
    Column("step", String, nullable=False),
    Column("rule", JSON, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("local_time", String, nullable=False),
    Column("time_zone", String, nullable=False),
    Column("fingerprint", String, nullable=False),
    Column("letterhead", JSON, nullable=False),
    Column("default_language", String, nullable=False),
    Column("state", String, nullable=False),
    Column("started_at", Instant),
    Column("note", String, nullable=False),
    # What the folder said of the step at the launch: see `since_launch`.
    Column("facts", JSON, nullable=False, server_default="{}"),
    # By which provider it may leave; empty for any, as before that was frozen.
    Column("provider", String, nullable=False, server_default=""),
    # Of the campaign: 1 is that of its launch.
    Column("version", Integer, nullable=False, server_default="1"),
    # How many deliveries were written at the start; NULL until then.
    Column("audience", Integer),
    # The seconds that the mailing waits before it tries one person, since a request of which
    # nobody knows whether it was taken; 0 when it may send to everybody.
    Column("probe_after_s", Integer, nullable=False, server_default="0"),
    UniqueConstraint("campaign", "step"),
    Index(None, "state", "due_at"),
)

variant = Table(
    "variant",
    metadata,
    Column("mailing_id", String, ForeignKey("mailing.id", ondelete="CASCADE"), primary_key=True),
    Column("list", String, primary_key=True),
    Column("language", String, primary_key=True),
    Column("message", Text, nullable=False),
    # Hash and normalized subject of the message: they find similar mailings.
    Column("content_hash", String, nullable=False, index=True),
    Column("headline", String, nullable=False, index=True),
)

chunk = Table(
    "chunk",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mailing_id", String, ForeignKey("mailing.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("epoch", Integer, nullable=False),
    # Both are set while a worker holds the chunk, and only then.
    Column("worker", String),
    Column("lease_until", Instant),
    # When there is something to send again; NULL when nothing is left.
    Column("open_at", Instant, index=True),
    # Recovered from a worker that died: it is sent before the backlog.
    Column("recovered", Boolean, nullable=False),
    # Claimed for one person only, to see whether the provider answers again.
    Column("probing", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("mailing_id", "number"),
)
# Its migration makes it partial, WHERE lease_until IS NOT NULL. Said here, it would load the
# PostgreSQL dialect for every ledger in a file.
Index("ix_chunk_lease_until", chunk.c.lease_until)

# No index on `status`: it changes three times in a row's life, and PostgreSQL can then
# update the row in place (`fillfactor` leaves space for it). Queries find a chunk first, then its
# rows.
delivery = Table(
    "delivery",
    metadata,
    Column("id", String, primary_key=True),
    Column("mailing_id", String, ForeignKey("mailing.id", ondelete="CASCADE"), nullable=False),
    Column("chunk_id", Integer, ForeignKey("chunk.id", ondelete="CASCADE"), nullable=False),
    # Position in the mailing, from 0: the order of sending.
    Column("place", Integer, nullable=False),
    Column("contact_id", String, nullable=False),
    Column("address_key", String, nullable=False),
    Column("address", String, nullable=False),
    Column("name", String, nullable=False),
    Column("list", String, nullable=False),
    Column("language", String, nullable=False),
    Column("fields", JSON, nullable=False),
    Column("status", String, nullable=False),
    # The chunk's epoch when the row was last marked; only this epoch may settle it.
    Column("epoch", Integer, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("not_before", Instant),
    Column("reply", String, nullable=False),
    # Written by former versions, and read by none: the name is in the reply.
    Column("peer_id", String, nullable=False),
    Column("changed_at", Instant),
    # From the last outcome: what the provider promised when it accepted the message, the stage at
    # which it was rejected, and the number of attempts after which it was given up.
    Column("acceptance", String),
    Column("stage", String),
    Column("given_up_after", Integer),
    # The number of the person's answer that triggered it; 0 for a step that leaves at its hour.
    Column("answer", Integer, nullable=False, server_default="0"),
    UniqueConstraint("mailing_id", "address_key", "answer"),
    Index(None, "mailing_id", "place"),
    Index(None, "chunk_id", "place"),
    Index(None, "address_key"),
    # On PostgreSQL the first migration sets a fillfactor. Said here, it would load the dialect of
    # PostgreSQL for every command.
)

exclusion = Table(
    "exclusion",
    metadata,
    Column("mailing_id", String, ForeignKey("mailing.id", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("contact", JSON, nullable=False),
    Column("reason", String, nullable=False),
    Column("detail", String, nullable=False),
)

event = Table(
    "event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("source", String, nullable=False),
    # No foreign key: an event without a known delivery is stored as well.
    Column("delivery_id", String, index=True),
    Column("address", String),
    Column("match", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("dead", String, nullable=False),
    Column("status_code", String, nullable=False),
    Column("quote", Text, nullable=False),
    Column("rule", String, nullable=False),
    Column("raw", LargeBinary, nullable=False),
    Column("address_key", String, index=True),
    Column("stored_at", Instant, nullable=False),
    # When the feedback policy was applied to the event; NULL before.
    Column("judged_at", Instant),
    # The stage of sending at which the message was refused.
    Column("stage", String),
)
# Partial, WHERE judged_at IS NULL, by its migration.
Index("ix_event_waiting", event.c.id)

# What an event asks for that nothing proves, until a person decides. Its address is the event's.
proposal = Table(
    "proposal",
    metadata,
    Column("event_id", Integer, ForeignKey("event.id", ondelete="CASCADE"), primary_key=True),
    Column("scope", String, primary_key=True),
    Column("reason", String, nullable=False),
    Column("at", Instant, nullable=False),
    # What was decided, and when; both NULL before.
    Column("decision", String),
    Column("decided_at", Instant, index=True),
)

# How far each mailbox has been read. IMAP numbers have 32 bits without a sign.
cursor = Table(
    "cursor",
    metadata,
    Column("mailbox", String, primary_key=True),
    Column("validity", BigInteger, nullable=False),
    Column("uid", BigInteger, nullable=False),
)

# Verified webhook posts that are not yet read; deleted when their events are stored.
post = Table(
    "post",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("body", LargeBinary, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("provider", String, nullable=False),
)

# Dead letters: mails and posts that could not be read, their bytes, and how often it was tried.
dead_letter = Table(
    "strike",
    metadata,
    Column("key", String, primary_key=True),
    Column("source", String, nullable=False),
    Column("count", Integer, nullable=False),
    Column("why", String, nullable=False),
    Column("raw", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
)

# Keyed hashes (`mark`) of the addresses of people who asked to be forgotten, so that no import
# brings them back.
forgotten = Table(
    "forgotten",
    metadata,
    Column("mark", String, primary_key=True),
    Column("at", Instant, nullable=False),
)

# The key of those hashes. It is not in a file, because losing it would mean sending again to
# people who asked to be forgotten.
erasure_key = Table(
    "forgetting",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", LargeBinary, nullable=False),
)

# A chain: see `mailer.journal.chain`. Triggers of migration 0034 refuse every change and removal
# but the new words (with a new salt) that the erasure of a person leaves.
journal = Table(
    "journal",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("person", String, nullable=False),
    Column("by", String, nullable=False),
    Column("via", String, nullable=False),
    Column("action", String, nullable=False),
    Column("subject", String, nullable=False, index=True),
    Column("detail", String, nullable=False),
    Column("salt", String, nullable=False),
    Column("words_hash", String, nullable=False),
    # The lines whose words an erasure replaced, each with the hash of the new ones.
    Column("rewritten", String, nullable=False),
    # Unique, so that no two lines follow the same one, even of two writers.
    Column("previous", String, nullable=False, unique=True),
    Column("hash", String, nullable=False),
)

# The state of each rate limit, for all workers and across restarts; see `pacing.GcraState`. Like
# `dead_letter`, `erasure_key` and `heartbeat`, its name in the database is that of the first
# ledgers.
rate_limit = Table(
    "pace",
    metadata,
    Column("key", String, primary_key=True),
    Column("free_at_s", Float, nullable=False),
    Column("factor", Float, nullable=False),
    Column("slowed_at_s", Float, nullable=False),
)
