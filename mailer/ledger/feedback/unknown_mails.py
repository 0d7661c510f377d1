"""Mails that nobody understands: kept until a person decides, and no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select, update

from mailer.ledger.persons.suppressions import add_suppression
from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.journal import write_entry
from mailer.model.address import Address
from mailer.model.feedback.event import EventKind
from mailer.model.feedback.inbox import MAILBOX, UNREADABLE_RULE
from mailer.model.feedback.proposal import Decision
from mailer.model.feedback.unknown_mail import (
    MOST_KEPT,
    MailOutcome,
    UnknownMail,
    UnknownSort,
    UnknownTally,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import datetime
    from typing import Any

    from sqlalchemy import ColumnElement, Connection, Row, Select

    from mailer.ledger.storage.database import Database
    from mailer.model.contacts.suppression import Suppression
    from mailer.model.feedback.event import DeliveryEvent
    from mailer.model.team.actor import Actor

_wait, _event, _letter = tables.proposal.c, tables.event.c, tables.dead_letter.c
_KEPT = [UnknownSort.NOT_UNDERSTOOD.value, UnknownSort.UNREADABLE.value]
_BEGINNING = 64_000
"""How many octets of a mail are read for its first words."""
_SCAN = 20
"""How many dead letters are looked through at once for the address of somebody."""


class SqlUnknownMails:
    """They are rows of the table of proposals, like replies. The text is the event's, or that of
    the dead letter; it is blanked by the decision.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(self, *, after: str = "", limit: int) -> Sequence[UnknownMail]:
        query = _query().limit(limit)
        if after:
            last = select(_event.id).where(_event.key == after).scalar_subquery()
            query = query.where(_wait.event_id > last)
        with self._database.reading() as connection:
            return [_from_row(row) for row in connection.execute(query)]

    def find(self, key_prefix: str) -> Sequence[UnknownMail]:
        named = _query().where(_event.key.startswith(key_prefix, autoescape=True))
        with self._database.reading() as connection:
            return [_from_row(row) for row in connection.execute(named)]

    def unreadable_keys(self) -> frozenset[str]:
        query = (
            select(_event.key)
            .join(tables.proposal, _event.id == _wait.event_id)
            .where(_waits(UnknownSort.UNREADABLE))
        )
        with self._database.reading() as connection:
            return frozenset(connection.scalars(query))

    def tally(self) -> UnknownTally:
        query = select(_wait.reason, func.count()).where(_waits()).group_by(_wait.reason)
        with self._database.reading() as connection:
            counts: dict[str, int] = dict(connection.execute(query).all())
        return UnknownTally(
            kept=sum(counts.get(sort, 0) for sort in _KEPT),
            in_mailbox=counts.get(UnknownSort.IN_MAILBOX.value, 0),
        )

    def room(self) -> int:
        waiting = select(func.count()).where(_waits(UnknownSort.NOT_UNDERSTOOD))
        stored = select(func.count()).where(
            _event.judged_at.is_(None), _event.kind == EventKind.UNKNOWN.value, _event.raw != b""
        )
        with self._database.reading() as connection:
            kept = sum(connection.scalar(each) or 0 for each in (waiting, stored))
        return max(MOST_KEPT - kept, 0)

    def mail(self, mail: UnknownMail) -> bytes:
        text = select(_event.raw).where(_event.key == mail.key)
        if mail.sort is UnknownSort.UNREADABLE:
            text = select(_letter.raw).where(_letter.key == _key_of_letter(mail.key))
        with self._database.reading() as connection:
            return connection.scalar(text) or b""

    def beginnings(self, mails: Sequence[UnknownMail]) -> Mapping[str, bytes]:
        keys = [each.key for each in mails if each.sort is UnknownSort.NOT_UNDERSTOOD]
        query = select(_event.key, func.substr(_event.raw, 1, _BEGINNING))
        if not keys:
            return {}
        with self._database.reading() as connection:
            return dict(connection.execute(query.where(_event.key.in_(keys))).all())

    def decide(
        self,
        mail: UnknownMail,
        outcome: MailOutcome,
        *,
        bar: Suppression | None = None,
        campaign: str = "",
        actor: Actor,
        at: datetime,
    ) -> bool:
        is_idle = outcome is MailOutcome.NOTHING
        decision = Decision.DISMISSED if is_idle else Decision.ACCEPTED
        of_event = select(_event.id).where(_event.key == mail.key).scalar_subquery()
        deciding = (
            update(tables.proposal)
            .where(_waits(), _wait.event_id == of_event)
            .values(decision=decision.value, decided_at=at)
        )
        with self._database.writing() as connection:
            if not connection.execute(deciding).rowcount:
                return False
            if bar is not None:
                add_suppression(connection, bar, actor=actor, at=at)
            blank_mails(connection, [mail.key])
            write_entry(
                connection,
                at=at,
                actor=actor,
                action="settle-mail",
                subject=str(mail.address or mail.id),
                detail=": ".join(filter(None, (campaign, outcome.value))),
            )
        return True

    def leave_in_mailbox(self, *, actor: Actor, at: datetime) -> int:
        leaving = (
            update(tables.proposal)
            .where(_waits(UnknownSort.IN_MAILBOX))
            .values(decision=Decision.DISMISSED.value, decided_at=at)
        )
        with self._database.writing() as connection:
            count = connection.execute(leaving).rowcount
            if count:
                write_entry(
                    connection,
                    at=at,
                    actor=actor,
                    action="settle-mail",
                    subject=MAILBOX,
                    detail=f"{count} mails",
                )
        return count


def add_unknown_mail(
    connection: Connection, event: DeliveryEvent, *, event_id: int, at: datetime
) -> None:
    """Keep a mail for a person, if it is one that nobody understands."""
    if event.kind is not EventKind.UNKNOWN or event.source != MAILBOX:
        return
    sort = UnknownSort.NOT_UNDERSTOOD if event.raw else UnknownSort.IN_MAILBOX
    if event.rule == UNREADABLE_RULE and connection.scalar(_has_letter(event.key)):
        sort = UnknownSort.UNREADABLE
    connection.execute(
        insert(tables.proposal).values(event_id=event_id, scope="", reason=sort.value, at=at)
    )


def blank_mails(connection: Connection, keys: Collection[str]) -> None:
    """Remove the text of mails. What remains says that they came, so that none comes twice."""
    connection.execute(update(tables.event).where(_event.key.in_(keys)).values(raw=b""))
    letters = [_key_of_letter(key) for key in keys]
    connection.execute(update(tables.dead_letter).where(_letter.key.in_(letters)).values(raw=b""))


def letters_naming(connection: Connection, address_keys: Collection[str]) -> Iterator[Row[Any]]:
    """Yield the unreadable mails in which one of these addresses stands. Nothing else says of whom
    they are.
    """
    wanted = [key.encode() for key in address_keys]
    of_mailbox = (_letter.source == MAILBOX) & (_letter.raw != b"")
    last = ""
    while True:
        query = select(tables.dead_letter).where(of_mailbox, _letter.key > last)
        rows = connection.execute(query.order_by(_letter.key).limit(_SCAN)).all()
        for row in rows:
            if any(each in row.raw.lower() for each in wanted):
                yield row
        if len(rows) < _SCAN:
            return
        last = rows[-1].key


def erase_letters(connection: Connection, address_key: str) -> int:
    """Erase the unreadable mails that name somebody, and end their waiting; returns how many."""
    keys = [f"{MAILBOX}:{row.key}" for row in letters_naming(connection, [address_key])]
    events = select(_event.id).where(_event.key.in_(keys))
    connection.execute(tables.proposal.delete().where(_wait.event_id.in_(events)))
    blank_mails(connection, keys)
    return len(keys)


def _waits(*sorts: UnknownSort) -> ColumnElement[bool]:
    return _wait.decision.is_(None) & _wait.reason.in_(
        [each.value for each in sorts or UnknownSort]
    )


def _has_letter(key: str) -> Select[Any]:
    return select(func.count()).where(_letter.key == _key_of_letter(key), _letter.raw != b"")


def _key_of_letter(key: str) -> str:
    """Return the key that an unreadable mail has among the dead letters."""
    return key.removeprefix(f"{MAILBOX}:")


def _query() -> Select[Any]:
    """Select the kept mails that nobody has decided, the newest last."""
    return (
        select(_event.key, _event.address, _event.at, _event.quote, _event.rule, _wait.reason)
        .join(tables.event, _event.id == _wait.event_id)
        .where(_wait.decision.is_(None), _wait.reason.in_(_KEPT))
        .order_by(_wait.event_id)
    )


def _from_row(row: Row[Any]) -> UnknownMail:
    is_readable = row.reason == UnknownSort.NOT_UNDERSTOOD
    return UnknownMail(
        key=row.key,
        sort=UnknownSort(row.reason),
        read_at=row.at,
        rule=row.rule,
        address=row.address and Address.parse(row.address),
        subject=row.quote if is_readable else "",
    )
