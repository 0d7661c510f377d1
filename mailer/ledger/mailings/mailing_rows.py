"""Mailings as rows, and rows as mailings."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from mailer.ledger.mailings.press_room import write_releases
from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.json_values import (
    letterhead_from_json,
    letterhead_to_json,
    message_from_json,
    message_to_json,
    rule_from_json,
)
from mailer.model.campaigns.campaign import VariantKey
from mailer.model.mailings.mailing import (
    Mailing,
    MailingId,
    MailingState,
    MailingSummary,
    written_rule,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, Row

_mailing = tables.mailing.c

SUMMARIES = select(
    _mailing.id,
    _mailing.campaign,
    _mailing.step,
    _mailing.rule,
    _mailing.due_at,
    _mailing.expires_at,
    _mailing.local_time,
    _mailing.time_zone,
    _mailing.state,
    _mailing.started_at,
    _mailing.note,
    _mailing.audience,
    _mailing.facts,
    _mailing.provider,
    _mailing.version,
).order_by(_mailing.due_at, _mailing.campaign, _mailing.step)
"""The columns of `summary_of_row`, in the order of departure."""


def write_mailing(connection: Connection, mailing: Mailing) -> None:
    """Insert a scheduled mailing with the versions of its message."""
    connection.execute(
        insert(tables.mailing).values(
            id=mailing.id,
            campaign=mailing.campaign,
            step=mailing.step,
            rule=written_rule(mailing.rule),
            due_at=mailing.due_at,
            expires_at=mailing.expires_at,
            local_time=mailing.local_time,
            time_zone=mailing.time_zone,
            fingerprint=mailing.fingerprint,
            letterhead=letterhead_to_json(mailing.letterhead),
            default_language=mailing.default_language,
            state=MailingState.SCHEDULED.value,
            note=mailing.note,
            facts=dict(mailing.facts),
            provider=mailing.provider,
            version=mailing.version,
        )
    )
    variants = [
        {
            "mailing_id": mailing.id,
            "list": key.list,
            "language": key.language,
            "message": message_to_json(message),
            "content_hash": message.content_hash,
            "headline": message.normalized_subject,
        }
        for key, message in mailing.variants.items()
    ]
    if variants:
        connection.execute(insert(tables.variant), variants)
    write_releases(connection, mailing)


def variants_of(
    connection: Connection, mailing_ids: Sequence[str]
) -> defaultdict[str, dict[VariantKey, Any]]:
    """Return the versions of each mailing's message."""
    variants: defaultdict[str, dict[VariantKey, Any]] = defaultdict(dict)
    query = select(tables.variant).where(tables.variant.c.mailing_id.in_(mailing_ids))
    for row in connection.execute(query):
        variants[row.mailing_id][VariantKey(row.list, row.language)] = message_from_json(
            row.message
        )
    return variants


def mailing_of_row(row: Row[Any], variants: dict[VariantKey, Any]) -> Mailing:
    """Return the mailing in a row, with the versions of its message."""
    return Mailing(
        **_schedule(row),
        fingerprint=row.fingerprint,
        letterhead=letterhead_from_json(row.letterhead),
        variants=variants,
        default_language=row.default_language,
    )


def summary_of_row(row: Row[*tuple[Any, ...]]) -> MailingSummary:
    """Return the mailing in a row of `SUMMARIES`."""
    return MailingSummary(
        **_schedule(row),
        audience=row.audience,
    )


def _schedule(row: Row[*tuple[Any, ...]]) -> dict[str, Any]:
    """Return what a mailing and its summary have in common."""
    return {
        "id": MailingId(row.id),
        "campaign": row.campaign,
        "step": row.step,
        "rule": rule_from_json(row.rule),
        "due_at": row.due_at,
        "expires_at": row.expires_at,
        "local_time": row.local_time,
        "time_zone": row.time_zone,
        "state": MailingState(row.state),
        "started_at": row.started_at,
        "note": row.note,
        "facts": row.facts,
        "provider": row.provider,
        "version": row.version,
    }
