"""Sign-offs and mailings: their launch, their start, and their changes of state."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlalchemy import exists, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from mailer.ledger.accreditations.asking_again import ask_again_after_move
from mailer.ledger.campaigns.revisions import store_contents
from mailer.ledger.mailings.mailing_removal import remove_cancelled
from mailer.ledger.mailings.mailing_rows import (
    SUMMARIES,
    mailing_of_row,
    summary_of_row,
    variants_of,
    write_mailing,
)
from mailer.ledger.mailings.mailing_states import (
    cancel_waiting,
    change_states,
    has_started,
    is_ahead,
    is_paused,
    journal_mailing,
    lock_mailings,
)
from mailer.ledger.mailings.signed_steps import write_signed_steps
from mailer.ledger.sending.materialise import write_deliveries, write_exclusions
from mailer.ledger.storage.database import batches, ring_after
from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.home import note_last_line, require_home
from mailer.ledger.storage.journal import write_entry
from mailer.model.campaigns.audience import ExclusionReason
from mailer.model.contacts.suppression import SuppressionReason
from mailer.model.mailings.delivery import NOT_DELIVERED, UNSENT, DeliveryStatus
from mailer.model.mailings.mailing import Mailing, MailingId, MailingState, MailingSummary, SignOff
from mailer.model.team.actor import PROGRAM

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from mailer.ledger.storage.database import Database
    from mailer.model.address import Address
    from mailer.model.campaigns.audience import Exclusion
    from mailer.model.contacts.contact import Contact
    from mailer.model.mailings.delivery import Delivery
    from mailer.model.mailings.signed_step import SignedStep
    from mailer.model.team.actor import Actor

_mailing, _chunk, _delivery = tables.mailing.c, tables.chunk.c, tables.delivery.c
_exclusion = tables.exclusion.c
_trigger = _mailing.rule["on"].as_string()
_NOT_REACHED = (DeliveryStatus.BOUNCED, DeliveryStatus.REJECTED, DeliveryStatus.SUPPRESSED)
_ABOUT_THE_ADDRESS = (SuppressionReason.DEAD, SuppressionReason.UNREACHABLE)

_BATCH = 500


class SqlMailings:
    """Sign-offs and mailings."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def sign(
        self,
        sign_off: SignOff,
        *,
        actor: Actor,
        steps: Sequence[SignedStep] = (),
        words: bytes = b"",
    ) -> None:
        with self._database.writing() as connection:
            if words:
                store_contents(connection, {sign_off.fingerprint: words})
            connection.execute(insert(tables.sign_off).values(asdict(sign_off)))
            if steps:
                write_signed_steps(connection, sign_off.campaign, steps)
            write_entry(
                connection,
                at=sign_off.at,
                actor=actor,
                action="refuse-sign-off" if sign_off.refused_because else "sign-off",
                subject=sign_off.campaign,
                detail=f"{sign_off.fingerprint} {sign_off.refused_because}".strip(),
            )

    def sign_offs(self, campaign: str) -> Sequence[SignOff]:
        return self.sign_offs_of([campaign]).get(campaign, [])

    def sign_offs_of(self, campaigns: Collection[str]) -> Mapping[str, Sequence[SignOff]]:
        columns = [each for each in tables.sign_off.c if each.name != "id"]
        found: defaultdict[str, list[SignOff]] = defaultdict(list)
        with self._database.reading() as connection:
            for batch in batches(campaigns, _BATCH):
                query = select(*columns).where(tables.sign_off.c.campaign.in_(batch))
                for row in connection.execute(query.order_by(tables.sign_off.c.id)).mappings():
                    found[row["campaign"]].append(SignOff(**row))
        return found

    def launch(
        self,
        mailings: Sequence[Mailing],
        *,
        actor: Actor,
        at: datetime,
        despite: Sequence[str] = (),
    ) -> bool:
        try:
            with self._database.writing() as connection:
                require_home(self._database, connection, at=at)
                for campaign in sorted({mailing.campaign for mailing in mailings}):
                    remove_cancelled(connection, campaign, actor=actor, at=at)
                for mailing in mailings:
                    write_mailing(connection, mailing)
                    subject = journal_subject(mailing)
                    write_entry(connection, at=at, actor=actor, action="launch", subject=subject)
                for warning in despite:
                    write_entry(
                        connection,
                        at=at,
                        actor=actor,
                        action="launch-again",
                        subject=mailings[0].campaign,
                        detail=warning,
                    )
                ring_after(connection)
        except IntegrityError:
            # unique(campaign, step): the step was launched before, perhaps at this very moment.
            return False
        return True

    def all(self, campaign: str = "") -> Sequence[Mailing]:
        return self._mailings(_mailing.campaign == campaign if campaign else None)

    def summaries(
        self, campaign: str = "", *, overdue_at: datetime | None = None
    ) -> Sequence[MailingSummary]:
        query = SUMMARIES
        if campaign:
            query = query.where(_mailing.campaign == campaign)
        if overdue_at is not None:
            query = query.where(
                _mailing.state == MailingState.SCHEDULED, _mailing.due_at <= overdue_at
            )
        with self._database.reading() as connection:
            return [summary_of_row(row) for row in connection.execute(query)]

    def of_ids(self, mailing_ids: Collection[MailingId]) -> Mapping[MailingId, MailingSummary]:
        with self._database.reading() as connection:
            rows = connection.execute(SUMMARIES.where(_mailing.id.in_(mailing_ids)))
            return {MailingId(row.id): summary_of_row(row) for row in rows}

    def get(self, mailing_id: MailingId) -> Mailing:
        found = self._mailings(_mailing.id == mailing_id)
        if not found:
            raise KeyError(mailing_id)
        return found[0]

    def missed_by(self, addresses: Collection[Address]) -> Sequence[Mailing]:
        keys = {address.key for address in addresses}
        theirs = (_delivery.mailing_id == _mailing.id) & _delivery.address_key.in_(keys)
        refused = exists().where(theirs, _delivery.status.in_(_NOT_REACHED))
        reached = exists().where(theirs, _delivery.status.not_in(NOT_DELIVERED))
        left_out = exists().where(
            _exclusion.mailing_id == _mailing.id,
            _exclusion.reason == ExclusionReason.SUPPRESSED,
            _exclusion.detail.in_(_ABOUT_THE_ADDRESS),
            func.lower(_exclusion.contact["address"].as_string()).in_(keys),
        )
        missed = (refused | left_out) & ~reached
        return self._mailings(_mailing.started_at.is_not(None) & missed)

    def due(self, now: datetime) -> Sequence[Mailing]:
        with self._database.reading() as connection:
            now = self._database.now(connection, now)
        return self._mailings((_mailing.state == MailingState.SCHEDULED) & (_mailing.due_at <= now))

    def next_due_at(self) -> datetime | None:
        scheduled = select(func.min(_mailing.due_at)).where(
            _mailing.state == MailingState.SCHEDULED
        )
        work = (
            select(func.min(_chunk.open_at))
            .join(tables.mailing, _mailing.id == _chunk.mailing_id)
            .where(_mailing.state == MailingState.ACTIVE, _chunk.worker.is_(None))
        )
        leases = select(func.min(_chunk.lease_until))
        instants = select(*(query.scalar_subquery() for query in (scheduled, work, leases)))
        with self._database.reading() as connection:
            found = connection.execute(instants).one()
        return min((instant for instant in found if instant is not None), default=None)

    def start(
        self,
        mailing_id: MailingId,
        *,
        deliveries: Iterable[Delivery],
        exclusions: Iterable[Exclusion[Contact]],
        at: datetime,
    ) -> bool:
        starting = (
            update(tables.mailing)
            .where(_mailing.id == mailing_id, _mailing.state == MailingState.SCHEDULED)
            .values(state=MailingState.ACTIVE.value, started_at=at)
        )
        with self._database.writing() as connection:
            require_home(self._database, connection, at=at)
            if connection.execute(starting).rowcount == 0:
                return False
            ask_again_after_move(connection, mailing_id, at=at)
            audience = write_deliveries(connection, mailing_id, deliveries, at)
            connection.execute(
                update(tables.mailing).where(_mailing.id == mailing_id).values(audience=audience)
            )
            write_exclusions(connection, mailing_id, exclusions)
            journal_mailing(connection, mailing_id, at=at, actor=PROGRAM, action="start")
        note_last_line(self._database)
        return True

    def start_uncertain(
        self,
        mailing_id: MailingId,
        *,
        deliveries: Iterable[Delivery],
        exclusions: Iterable[Exclusion[Contact]],
        actor: Actor,
        why: str,
        at: datetime,
        stays_paused: bool = False,
    ) -> bool:
        to = MailingState.PAUSED if stays_paused else MailingState.DONE
        starting = (
            update(tables.mailing)
            .where(_mailing.id == mailing_id, is_paused, ~has_started)
            .values(state=to.value, started_at=at, note=why)
        )
        with self._database.writing() as connection:
            if connection.execute(starting).rowcount == 0:
                return False
            audience = write_deliveries(connection, mailing_id, deliveries, at)
            connection.execute(
                update(tables.mailing).where(_mailing.id == mailing_id).values(audience=audience)
            )
            _make_all_uncertain(connection, mailing_id, at, why)
            write_exclusions(connection, mailing_id, exclusions)
            journal_mailing(
                connection, mailing_id, at=at, actor=actor, action="start-in-doubt", detail=why
            )
        return True

    def reschedule(
        self, mailing: Mailing | MailingSummary, *, actor: Actor, why: str, at: datetime
    ) -> bool:
        moving = (
            update(tables.mailing)
            .where(_mailing.id == mailing.id, is_ahead)
            .values(
                due_at=mailing.due_at,
                expires_at=mailing.expires_at,
                local_time=mailing.local_time,
            )
        )
        with self._database.writing() as connection:
            if connection.execute(moving).rowcount == 0:
                return False
            ring_after(connection)
            journal_mailing(
                connection, mailing.id, at=at, actor=actor, action="reschedule", detail=why
            )
        return True

    def change_state(
        self, mailing_id: MailingId, *, to: MailingState, actor: Actor, why: str, at: datetime
    ) -> bool:
        return bool(self.change_states({mailing_id: to}, actor=actor, why=why, at=at))

    def change_states(
        self, to: Mapping[MailingId, MailingState], *, actor: Actor, why: str, at: datetime
    ) -> Sequence[MailingId]:
        with self._database.writing() as connection:
            return change_states(connection, to, actor=actor, why=why, at=at)

    def change_provider(
        self, mailing_ids: Sequence[MailingId], *, to: str, actor: Actor, why: str, at: datetime
    ) -> None:
        detail = f"{to}: {why}".removesuffix(": ")
        with self._database.writing() as connection:
            lock_mailings(connection, mailing_ids)
            for mailing_id in mailing_ids:
                connection.execute(
                    update(tables.mailing).where(_mailing.id == mailing_id).values(provider=to)
                )
                journal_mailing(
                    connection, mailing_id, at=at, actor=actor, action="send-by", detail=detail
                )

    def finish(self, now: datetime) -> Sequence[MailingId]:
        unfinished = exists().where(
            _delivery.mailing_id == _mailing.id,
            _delivery.status.in_((*UNSENT, DeliveryStatus.SENDING)),
        )
        with self._database.writing() as connection:
            now = self._database.now(connection, now)
            expired = select(_mailing.id).where(
                _mailing.state == MailingState.ACTIVE, _mailing.expires_at <= now
            )
            finished = (
                update(tables.mailing)
                .where(
                    _mailing.state == MailingState.ACTIVE,
                    ~unfinished,
                    # What answers trigger goes on until it expires.
                    or_(_trigger.is_(None), _trigger == "", _mailing.expires_at <= now),
                )
                .values(state=MailingState.DONE.value)
                .returning(_mailing.id)
            )
            for mailing_id in connection.scalars(
                expired.order_by(_mailing.id).with_for_update()
            ).all():
                if cancel_waiting(connection, mailing_id, now, "expired"):
                    journal_mailing(connection, mailing_id, at=now, actor=PROGRAM, action="expire")
            done = [MailingId(mailing_id) for mailing_id in connection.scalars(finished)]
            for mailing_id in done:
                journal_mailing(connection, mailing_id, at=now, actor=PROGRAM, action="done")
        return done

    def _mailings(self, where: ColumnElement[bool] | None) -> list[Mailing]:
        query = select(tables.mailing).order_by(_mailing.due_at, _mailing.campaign, _mailing.step)
        with self._database.reading() as connection:
            rows = connection.execute(query if where is None else query.where(where)).all()
            variants = variants_of(connection, [row.id for row in rows])
            return [mailing_of_row(row, variants[row.id]) for row in rows]


def journal_subject(mailing: Mailing) -> str:
    """Return the subject under which the journal has the lines of a mailing."""
    return f"{mailing.campaign}/{mailing.step}"


def _make_all_uncertain(
    connection: Connection, mailing_id: MailingId, at: datetime, why: str
) -> None:
    connection.execute(
        update(tables.chunk).where(_chunk.mailing_id == mailing_id).values(open_at=None)
    )
    connection.execute(
        update(tables.delivery)
        .where(_delivery.mailing_id == mailing_id)
        .values(status=DeliveryStatus.UNCERTAIN.value, changed_at=at, reply=why)
    )
