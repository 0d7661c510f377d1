"""Stops in a copy of a ledger what its original may have sent since the copy was made."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select, update

from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.journal import write_entry
from mailer.ledger.storage.ledger_file import beside
from mailer.model.mailings.delivery import DeliveryStatus
from mailer.model.mailings.mailing import MailingId, MailingState
from mailer.model.service.ledger_home import HeldMailing
from mailer.wording import as_note

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Connection

    from mailer.model.team.actor import Actor
    from mailer.wording import Text

_mailing, _delivery, _chunk = tables.mailing.c, tables.delivery.c, tables.chunk.c
_UNSENT = (DeliveryStatus.PENDING, DeliveryStatus.DEFERRED, DeliveryStatus.SENDING)
_BEGUN = (MailingState.ACTIVE, MailingState.PAUSED)
_AHEAD = (MailingState.SCHEDULED, MailingState.PAUSED)


def stop_what_may_have_left(
    connection: Connection,
    *,
    actor: Actor,
    at: datetime,
    why: Text,
    made_at: datetime | None,
    begun_since: Collection[MailingId] = (),
) -> tuple[HeldMailing, ...]:
    """Make uncertain the unsent deliveries, and hold the mailings whose hour has come.

    Returns the mailings that are held: they may have been sent, and the ledger has no audience
    for them. The clock may have been set back since, so that those which the original is known to
    have begun (`begun_since`) are held at any hour. Those that had expired when the copy was made
    (`made_at`, None if unknown) cannot have been sent: they are missed.
    """
    begun = select(_mailing.id).where(_mailing.state.in_(_BEGUN))
    connection.execute(
        update(tables.delivery)
        .where(_delivery.mailing_id.in_(begun), _delivery.status.in_(_UNSENT))
        .values(status=DeliveryStatus.UNCERTAIN.value, changed_at=at, reply=as_note(why))
    )
    connection.execute(
        update(tables.chunk)
        .where(_chunk.mailing_id.in_(begun))
        .values(open_at=None, worker=None, lease_until=None)
    )
    last_started_at = connection.scalar(select(func.max(_mailing.started_at)))
    due = select(
        _mailing.id, _mailing.campaign, _mailing.step, _mailing.expires_at, _mailing.state
    ).where(
        _mailing.state.in_(_AHEAD),
        _mailing.started_at.is_(None),
        or_(_mailing.due_at <= max(at, last_started_at or at), _mailing.id.in_(begun_since)),
    )
    held = []
    for row in connection.execute(due.order_by(_mailing.due_at, _mailing.id)).all():
        has_expired = made_at is not None and row.expires_at <= made_at
        is_missed = has_expired and row.id not in begun_since
        to = MailingState.MISSED if is_missed else MailingState.PAUSED
        connection.execute(
            update(tables.mailing)
            .where(_mailing.id == row.id)
            .values(state=to.value, note=as_note(why))
        )
        subject = f"{row.campaign}/{row.step}"
        write_entry(connection, at=at, actor=actor, action=to, subject=subject, detail=as_note(why))
        if to is MailingState.PAUSED:
            held.append(HeldMailing(MailingId(row.id), row.state == MailingState.PAUSED))
    return tuple(held)


def begun_mailings(ledger: Path) -> frozenset[MailingId]:
    """Return the mailings that a file nobody has open knows to have begun.

    Of a damaged one, or of none, those that it can tell.
    """
    # Without a log the file is read as immutable, which leaves no -wal and -shm files beside it.
    mode = "mode=ro" if beside(ledger, "-wal").exists() else "immutable=1"
    begun = set()
    address = f"{ledger.absolute().as_uri()}?{mode}"
    with suppress(sqlite3.Error), closing(sqlite3.connect(address, uri=True)) as file:
        for (found,) in file.execute("SELECT id FROM mailing WHERE started_at IS NOT NULL"):
            begun.add(MailingId(found))
    return frozenset(begun)
