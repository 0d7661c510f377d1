"""The brake on uncertainty, kept in the ledger for all workers and across restarts.

After a request of which nobody knows whether it was taken, each mailing of the provider tries one
person before the others. When that leaves the person uncertain as well, it is paused. So one request
of each worker and then one person of each mailing are the most that any fault can leave uncertain,
and not one request a minute without end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, literal, or_, select, update

from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.journal import write_entry
from mailer.model.mailings.mailing import MailingState
from mailer.model.team.actor import PROGRAM
from mailer.wording import _, as_note

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from mailer.model.mailings.delivery import Claim

_mailing, _chunk = tables.mailing.c, tables.chunk.c
_SHORTEST_S, _LONGEST_S = 60, 3600


def apply(connection: Connection, mailing_id: str, *, is_probe: bool) -> int:
    """Apply the brake, or wait twice as long after a probe; returns the seconds to wait."""
    query = select(_mailing.probe_after_s).where(_mailing.id == mailing_id)
    before_s: int = connection.scalars(query.with_for_update()).one()
    after_s = max(min(2 * before_s, _LONGEST_S) if is_probe else before_s, _SHORTEST_S)
    _set(connection, mailing_id, after_s)
    return after_s


def apply_for_provider(connection: Connection, claim: Claim) -> int:
    """Apply the brake to the mailing of a claim; returns the seconds to wait.

    The other mailings of its provider are not held, and try one person first as well: twenty of
    them would otherwise make twenty times as many doubts.
    """
    is_other = and_(
        _mailing.state == MailingState.ACTIVE,
        _mailing.id != claim.mailing_id,
        or_(_mailing.provider.in_(("", claim.provider)), literal(not claim.provider)),
    )
    locking = select(_mailing.id).where(or_(_mailing.id == claim.mailing_id, is_other))
    connection.execute(locking.order_by(_mailing.id).with_for_update()).all()
    connection.execute(
        update(tables.mailing)
        .where(is_other, _mailing.probe_after_s == 0)
        .values(probe_after_s=_SHORTEST_S)
    )
    return apply(connection, claim.mailing_id, is_probe=claim.is_probe)


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
