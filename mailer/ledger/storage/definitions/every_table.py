"""Every table of the ledger: who asks for all of them asks here.

A subject imports its own tables only, so that a command waits for no others; `metadata` knows those
that were imported.
"""

from __future__ import annotations

from mailer.ledger.storage.definitions import (
    bad_day_tables,
    call_tables,
    change_tables,
    comment_tables,
    coverage_tables,
    desk_tables,
    export_tables,
    finding_tables,
    identity_tables,
    job_tables,
    partner_request_tables,
    plan_tables,
    press_room_tables,
    process_tables,
    register_tables,
    schema_tables,
    second_factor_tables,
    service_tables,
    sign_off_tables,
    tables,
    waiting_tables,
)
from mailer.ledger.storage.definitions.metadata import metadata

__all__ = ["TABLE_MODULES", "metadata"]

TABLE_MODULES = (
    bad_day_tables,
    call_tables,
    change_tables,
    comment_tables,
    coverage_tables,
    desk_tables,
    export_tables,
    finding_tables,
    identity_tables,
    job_tables,
    partner_request_tables,
    plan_tables,
    press_room_tables,
    process_tables,
    register_tables,
    schema_tables,
    second_factor_tables,
    service_tables,
    sign_off_tables,
    tables,
    waiting_tables,
)
"""The modules that define them."""
