"""What was signed off last, step by step, as rows."""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from mailer.ledger.storage.definitions import plan_tables
from mailer.ledger.storage.json_values import rule_from_json
from mailer.model.contacts.contact import ContactId
from mailer.model.mailings.mailing import written_rule
from mailer.model.mailings.signed_step import SignedStep

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

_signed = plan_tables.signed_step.c


def write_signed_steps(connection: Connection, campaign: str, steps: Sequence[SignedStep]) -> None:
    """Replace what was signed off of a campaign before."""
    connection.execute(delete(plan_tables.signed_step).where(_signed.campaign == campaign))
    rows = [
        {
            "campaign": campaign,
            "step": each.step,
            "local_time": each.local_time,
            "rule": written_rule(each.rule),
            "texts": dict(each.texts),
            "recipients": _packed(each.recipients),
        }
        for each in steps
    ]
    if rows:
        connection.execute(insert(plan_tables.signed_step), rows)


def read_signed_steps(connection: Connection, campaign: str) -> dict[str, SignedStep]:
    """Return the steps of a campaign as they were signed off last, by id."""
    query = select(plan_tables.signed_step).where(_signed.campaign == campaign)
    return {
        row.step: SignedStep(
            row.step,
            row.local_time,
            rule_from_json(row.rule),
            row.texts,
            _unpacked(row.recipients),
        )
        for row in connection.execute(query)
    }


def erase_from_signed_steps(connection: Connection, contact_ids: frozenset[ContactId]) -> None:
    """Take the ids of somebody who asked to be forgotten out of every sign-off."""
    query = select(_signed.campaign, _signed.step, _signed.recipients)
    for row in connection.execute(query).all():
        kept = _unpacked(row.recipients)
        if kept.isdisjoint(contact_ids):
            continue
        connection.execute(
            update(plan_tables.signed_step)
            .where(_signed.campaign == row.campaign, _signed.step == row.step)
            .values(recipients=_packed(kept - contact_ids))
        )


def _packed(contact_ids: Iterable[ContactId]) -> bytes:
    return zlib.compress("\n".join(sorted(contact_ids)).encode(), level=1)


@lru_cache(maxsize=8)  # of two campaigns: every page of a signed one asks, and this takes longest
def _unpacked(content: bytes) -> frozenset[ContactId]:
    return frozenset(map(ContactId, zlib.decompress(content).decode().splitlines()))
