"""The brake on uncertainty, kept in the ledger for all workers and across restarts.

After a request of which nobody knows whether it was taken, a mailing tries one person before the
others. When that leaves the person uncertain as well, it is paused. So two requests in a row are
the most that any fault can leave uncertain, and not one a minute without end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from mailer.ledger.storage import tables
from mailer.ledger.storage.journal import write_entry
from mailer.model.actor import PROGRAM
from mailer.model.mailing import MailingState
from mailer.wording import _, as_note

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

_mailing, _chunk = tables.mailing.c, tables.chunk.c
_SHORTEST_S, _LONGEST_S = 60, 3600


def apply(connection: Connection, mailing_id: str, *, is_probe: bool) -> int:
    """Apply the brake, or wait twice as long after a probe; returns the seconds to wait."""
    query = select(_mailing.probe_after_s).where(_mailing.id == mailing_id)
    before_s: int = connection.scalars(query.with_for_update()).one()
    after_s = max(min(2 * before_s, _LONGEST_S) if is_probe else before_s, _SHORTEST_S)
    _set(connection, mailing_id, after_s)
    return after_s


def release(connection: Connection, mailing_id: str) -> None:
    """Release the brake: an answer was certain."""
    _set(connection, mailing_id, 0)


def apply_after_crash(connection: Connection, chunk_ids: Sequence[int], *, at: datetime) -> None:
    """Apply the brake for workers that died and left somebody uncertain. The probe need not wait,
    because the provider may be well. If a worker was probing, pause its mailing.
    """
    query = (
        select(_chunk.mailing_id, _chunk.probing, _mailing.campaign, _mailing.step)
        .join_from(tables.chunk, tables.mailing, _mailing.id == _chunk.mailing_id)
        .where(_chunk.id.in_(chunk_ids))
        .order_by(_chunk.mailing_id)
    )
    for mailing_id, is_probe, campaign, step in connection.execute(query).all():
        apply(connection, mailing_id, is_probe=is_probe)
        if is_probe:
            _pause(connection, mailing_id, f"{campaign}/{step}", at=at)


def _pause(connection: Connection, mailing_id: str, subject: str, *, at: datetime) -> None:
    why = as_note(_("the program ended twice in a row while it was sending"))
    pausing = (
        update(tables.mailing)
        .where(_mailing.id == mailing_id, _mailing.state == MailingState.ACTIVE)
        .values(state=MailingState.PAUSED.value, note=why)
    )
    if connection.execute(pausing).rowcount:
        action = MailingState.PAUSED.value
        write_entry(connection, at=at, actor=PROGRAM, action=action, subject=subject, detail=why)


def _set(connection: Connection, mailing_id: str, seconds: int) -> None:
    connection.execute(
        update(tables.mailing).where(_mailing.id == mailing_id).values(probe_after_s=seconds)
    )
