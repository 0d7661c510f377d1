"""The tables that the service keeps of itself, beside those of `tables`: its tasks, its clock, its
notices and its place.
"""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Float, Integer, String, Table, Text, false

from mailer.ledger.storage.definitions.metadata import Instant, metadata

# When each task of the service last ended a round, and what has failed since its last success.
heartbeat = Table(
    "turn",
    metadata,
    Column("name", String, primary_key=True),
    Column("at", Instant, nullable=False),
    # How often the task is to run; 0 where that is not known.
    Column("every_s", Integer, nullable=False, server_default="0"),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("failing_since", Instant),
    Column("failure", Text, nullable=False, server_default=""),
    Column("succeeded_at", Instant),
)

# What the clock of each machine said when it was last trusted, beside seconds that nobody can
# set: see `TrustedTime`. One row for each start of a machine.
trusted_time = Table(
    "trusted_time",
    metadata,
    Column("boot", String, primary_key=True),
    Column("host", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("steady_s", Float, nullable=False),
    # The last jump; while it is held, the clock is not followed until somebody confirms it.
    Column("jumped_at", Instant),
    Column("jump_s", Float, nullable=False, server_default="0"),
    Column("is_held", Boolean, nullable=False, server_default=false()),
    Column("is_confirmed", Boolean, nullable=False, server_default=false()),
)

# Notices to the team. `told_at` is when a notice was sent; NULL before. The process that sends it
# reserves it until `free_at`.
notice = Table(
    "notice",
    metadata,
    Column("key", String, primary_key=True),
    Column("what", Text, nullable=False),
    Column("remedy", Text, nullable=False),
    Column("found_at", Instant, nullable=False),
    Column("free_at", Instant, nullable=False),
    Column("told_at", Instant),
)

# Where the ledger is used, in one row: see `LedgerHome`. Empty before the first launch.
home = Table(
    "home",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("host", String, nullable=False),
    Column("location", String, nullable=False),
    Column("machine", String, nullable=False),
    Column("network", JSON, nullable=False),
    Column("folder", String, nullable=False),
    Column("file", String, nullable=False),
    Column("since", Instant, nullable=False),
)
