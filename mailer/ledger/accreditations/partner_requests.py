"""The places that partners ask for, and what the office decided about each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, delete, func, insert, or_, select, update

from mailer.ledger.storage.database import lock_exclusively
from mailer.ledger.storage.definitions.partner_request_tables import partner_request as table
from mailer.ledger.storage.journal import write_entry
from mailer.model.accreditations.accreditation import NO_CARD, AccreditationState, PressCard
from mailer.model.accreditations.partner_request import PartnerRequest
from mailer.model.address import Address

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Row

    from mailer.ledger.storage.database import Database
    from mailer.model.team.actor import Actor

_REQUESTS = 20171212
"""The lock under which a partner asks, so that nobody is asked for twice at once."""
_request = table.c
_REFUSED = AccreditationState.REFUSED
_NO_NUMBER = {"card_number": "", "card_purge_at": None}


class SqlPartnerRequests:
    """A row for each request; the one who decides is named in it and in the journal."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, request: PartnerRequest, *, actor: Actor) -> int | None:
        with self._database.writing() as connection:
            lock_exclusively(connection, _REQUESTS)
            if connection.scalar(select(_request.id).where(_is_same_wish(request)).limit(1)):
                return None
            stored = insert(table).values(_row_of(request)).returning(_request.id)
            number = int(connection.execute(stored).scalar_one())
            detail = f"{request.address}, asked by {request.partner}"
            _journal(connection, request.campaign, "request", detail, actor=actor, at=request.at)
        return number

    def refuse(
        self, campaign: str, request: int, *, reason: str, actor: Actor, at: datetime
    ) -> bool:
        with self._database.writing() as connection:
            values = {"decision": _REFUSED, "reason": reason, **_NO_NUMBER}
            return _decide(connection, campaign, request, values, actor=actor, at=at)

    def of_campaign(self, campaign: str) -> Sequence[PartnerRequest]:
        return self._those(_request.campaign == campaign)

    def open(self) -> Sequence[PartnerRequest]:
        return self._those(_request.decision.is_(None))

    def _those(self, wanted: ColumnElement[bool]) -> Sequence[PartnerRequest]:
        with self._database.reading() as connection:
            rows = connection.execute(select(table).where(wanted).order_by(_request.id))
            return [_request_of(row) for row in rows]


def is_open_request(connection: Connection, campaign: str, request: int) -> bool:
    """Return whether nobody has decided about this request of this campaign."""
    return connection.scalar(select(_request.id).where(_is_open(campaign, request))) is not None


def accept_request(
    connection: Connection,
    campaign: str,
    request: int,
    state: AccreditationState,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """Record with which state the person of a request came into the register."""
    values = {"decision": state, **_NO_NUMBER}
    _decide(connection, campaign, request, values, actor=actor, at=at)


def purge_request_cards(connection: Connection, *, now: datetime) -> Sequence[str]:
    """Erase the numbers of press cards that are due; returns the campaign of each."""
    blank = update(table).where(_has_due_card(now)).values(_NO_NUMBER)
    return connection.execute(blank.returning(_request.campaign)).scalars().all()


def has_cards_to_purge(connection: Connection, *, now: datetime) -> bool:
    """Return whether there is anything for `purge_request_cards`."""
    return connection.scalar(select(_request.id).where(_has_due_card(now)).limit(1)) is not None


def erase_from_requests(connection: Connection, address: Address) -> int:
    """Delete the requests for a person; returns how many there were."""
    return connection.execute(delete(table).where(_request.address_key == address.key)).rowcount


def newest_open_request(connection: Connection, campaign: str) -> datetime | None:
    """Return when the newest request came that nobody has decided about."""
    theirs = (_request.campaign == campaign) & _request.decision.is_(None)
    at: datetime | None = connection.scalar(select(func.max(_request.at)).where(theirs))
    return at


def _has_due_card(now: datetime) -> ColumnElement[bool]:
    return (_request.card_number != "") & (_request.card_purge_at <= now)


def _is_open(campaign: str, request: int) -> ColumnElement[bool]:
    return (_request.campaign == campaign) & (_request.id == request) & _request.decision.is_(None)


def _is_same_wish(request: PartnerRequest) -> ColumnElement[bool]:
    """Return whether the institution has asked for this person, and was not refused."""
    return (
        (_request.campaign == request.campaign)
        & (_request.partner == request.partner)
        & (_request.address_key == request.address.key)
        & or_(_request.decision.is_(None), _request.decision != _REFUSED)
    )


def _decide(
    connection: Connection,
    campaign: str,
    request: int,
    values: dict[str, Any],
    *,
    actor: Actor,
    at: datetime,
) -> bool:
    decided = values | {"decided_by": actor.name, "decided_at": at}
    changed = update(table).where(_is_open(campaign, request)).values(decided)
    row = connection.execute(changed.returning(_request.address, _request.partner)).first()
    if row is None:
        return False
    reason = f"; {values['reason']}" if values.get("reason") else ""
    detail = f"{row.address}, asked by {row.partner}: {values['decision']}{reason}"
    _journal(connection, campaign, "decide", detail, actor=actor, at=at)
    return True


def _journal(
    connection: Connection, campaign: str, verb: str, detail: str, *, actor: Actor, at: datetime
) -> None:
    write_entry(
        connection, at=at, actor=actor, action=f"{verb}-place", subject=campaign, detail=detail
    )


_AS_THEY_ARE = (
    *("campaign", "partner", "name", "organisation", "person", "by", "at"),
    *("seats", "is_freelance", "reason", "decided_by", "decided_at"),
)


def _row_of(request: PartnerRequest) -> dict[str, Any]:
    return {name: getattr(request, name) for name in _AS_THEY_ARE} | {
        "address": str(request.address),
        "address_key": request.address.key,
        "card_kind": request.card.kind,
        "card_number": request.card.number,
        "card_purge_at": request.card.purge_at,
    }


def _request_of(row: Row[Any]) -> PartnerRequest:
    card = PressCard(row.card_kind, row.card_number, row.card_purge_at)
    return PartnerRequest(
        **{name: getattr(row, name) for name in _AS_THEY_ARE},
        id=row.id,
        address=Address.parse(row.address),
        card=NO_CARD if card == PressCard() else card,
        decision=None if row.decision is None else AccreditationState(row.decision),
    )
