"""Corrects the address of a contact; everything known of the person follows to the new one.

The old address becomes a former address of the contact. A refusal under it holds for the new one
too, the answers in the register move, and what was still to be sent to it is sent to the new one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, update

from mailer.contacts.known_contacts import merged, without_repeats
from mailer.ledger.persons.contact_rows import read_contacts, write_contacts
from mailer.ledger.persons.persons import contact_with
from mailer.ledger.persons.suppressions import copy_refusals
from mailer.ledger.sending.deliveries import COLUMNS, delivery_from_row
from mailer.ledger.sending.materialise import add_to_mailing
from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.definitions.partner_request_tables import partner_request
from mailer.ledger.storage.definitions.register_tables import accreditation_change
from mailer.ledger.storage.journal import write_entry
from mailer.model.mailings.delivery import NOT_DELIVERED, UNSENT, DeliveryStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from mailer.model.address import Address
    from mailer.model.contacts.contact import Contact
    from mailer.model.mailings.delivery import Delivery
    from mailer.model.team.actor import Actor

_contact, _accreditation = tables.contact.c, tables.accreditation.c
_mailing, _chunk, _delivery = tables.mailing.c, tables.chunk.c, tables.delivery.c
_READDRESSED = "address corrected"
_HAS_IT = "the person has it already, at another address"
"""The reply of a delivery that was replaced by one to the corrected address."""


def correct_address(
    connection: Connection,
    old: Address,
    new: Address,
    *,
    readdress: Callable[[Delivery, Address], Delivery],
    actor: Actor,
    why: str,
    at: datetime,
) -> Contact | None:
    """Give the contact with the main or former address `old` the address `new`; see the port."""
    contact = contact_with(connection, old)
    if contact is None:
        return None
    wrong = (contact.address, *contact.former)
    corrected = _with_address(connection, contact, new, at=at)
    wrong = tuple(each for each in wrong if each.key != new.key)
    for address in wrong:
        copy_refusals(connection, address, new)
    _move_answers(connection, wrong, new)
    own = {address.key for address in (*wrong, new, *corrected.former)}
    _cancel_repeats(connection, sorted(own), at=at)
    _move_unsent(connection, wrong, new, contact=corrected, readdress=readdress, at=at)
    write_entry(
        connection,
        at=at,
        actor=actor,
        action="correct-address",
        subject=str(old),
        detail=f"{new}: {why}" if why else str(new),
    )
    return corrected


def _with_address(
    connection: Connection, contact: Contact, new: Address, *, at: datetime
) -> Contact:
    """Write the contact with its new address, merged with the contact that already has it."""
    former = (*contact.former, contact.address)
    corrected = replace(contact, address=new, former=tuple(dict.fromkeys(former)))
    for other in read_contacts(
        connection, (_contact.address_key == new.key) & (_contact.id != contact.id)
    ):
        corrected = merged(corrected, other)
        connection.execute(delete(tables.contact).where(_contact.id == other.id))
        theirs = [each.key for each in (other.address, *other.former)]
        connection.execute(
            update(tables.delivery)
            .where(_delivery.address_key.in_(theirs), _delivery.contact_id == other.id)
            .values(contact_id=contact.id)
        )
    corrected = without_repeats(corrected)
    write_contacts(connection, added=[], changed=[corrected], at=at)
    return corrected


def _move_answers(connection: Connection, wrong: Sequence[Address], new: Address) -> None:
    """Give the newest answer of the person to each campaign the new address; drop the others."""
    keys = [address.key for address in (*wrong, new)]
    rows = connection.execute(
        select(tables.accreditation)
        .where(_accreditation.address_key.in_(keys))
        .order_by(_accreditation.at)
    ).mappings()
    newest = {row["campaign"]: dict(row) for row in rows}
    connection.execute(delete(tables.accreditation).where(_accreditation.address_key.in_(keys)))
    if newest:
        address = {"address_key": new.key, "address": str(new)}
        connection.execute(insert(tables.accreditation), [row | address for row in newest.values()])
    connection.execute(
        update(accreditation_change)
        .where(accreditation_change.c.address_key.in_(keys))
        .values(address_key=new.key)
    )
    connection.execute(
        update(partner_request)
        .where(partner_request.c.address_key.in_(keys))
        .values(address_key=new.key, address=str(new))
    )


def _cancel_repeats(connection: Connection, keys: Sequence[str], *, at: datetime) -> None:
    """Cancel what the person would get a second time, now that these addresses are one person's."""
    at_them = _delivery.address_key.in_(keys)
    received = select(_delivery.mailing_id).where(
        at_them, _delivery.status.not_in((*UNSENT, *NOT_DELIVERED))
    )
    repeated = at_them & _delivery.status.in_(UNSENT) & _delivery.mailing_id.in_(received)
    mailing_ids = select(_mailing.id).where(
        _mailing.id.in_(select(_delivery.mailing_id).where(repeated))
    )
    if connection.scalars(mailing_ids.order_by(_mailing.id).with_for_update()).all():
        connection.execute(
            update(tables.delivery)
            .where(repeated)
            .values(status=DeliveryStatus.CANCELLED.value, reply=_HAS_IT, changed_at=at)
        )


def _move_unsent(
    connection: Connection,
    wrong: Sequence[Address],
    new: Address,
    *,
    contact: Contact,
    readdress: Callable[[Delivery, Address], Delivery],
    at: datetime,
) -> None:
    """Cancel what is still to be sent to the wrong addresses, and send it to the new one.

    A worker may hold a delivery with its old address, so that this is cancelled and another one
    takes its place. A person who has already received the mailing does not get it again.
    """
    unsent = (
        _delivery.address_key.in_([address.key for address in wrong])
        & (_delivery.contact_id == contact.id)
        & _delivery.status.in_(UNSENT)
    )
    # Every transaction locks rows in the order mailing, chunk, delivery.
    mailing_ids = connection.scalars(
        select(_mailing.id)
        .where(_mailing.id.in_(select(_delivery.mailing_id).where(unsent)))
        .order_by(_mailing.id)
        .with_for_update()
    ).all()
    if not mailing_ids:
        return
    rows = connection.execute(select(*COLUMNS).where(unsent).with_for_update()).all()
    connection.execute(
        update(tables.delivery)
        .where(unsent)
        .values(status=DeliveryStatus.CANCELLED.value, reply=_READDRESSED, changed_at=at)
    )
    keys = [address.key for address in (*wrong, new)]
    for delivery in {row.mailing_id: delivery_from_row(row) for row in rows}.values():
        if not _may_have_received(connection, delivery, keys) and not _reopen(
            connection, delivery, new, at=at
        ):
            _add(connection, readdress(delivery, new), at=at)


def _may_have_received(connection: Connection, delivery: Delivery, keys: Sequence[str]) -> bool:
    """Return whether the person has this mailing, or may still get it, at one of these addresses."""
    others = select(func.count()).where(
        _delivery.mailing_id == delivery.mailing_id,
        _delivery.address_key.in_(keys),
        _delivery.status.not_in(NOT_DELIVERED),
    )
    return bool(connection.scalar(others))


def _reopen(connection: Connection, delivery: Delivery, new: Address, *, at: datetime) -> bool:
    """Send the delivery to `new` that an earlier correction replaced, now that it is right again.

    Returns whether the mailing has a delivery to `new` at all, since it can have no second one.
    """
    query = select(_delivery.id, _delivery.chunk_id, _delivery.reply).where(
        _delivery.mailing_id == delivery.mailing_id, _delivery.address_key == new.key
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return False
    if row.reply == _READDRESSED:
        connection.execute(
            update(tables.delivery)
            .where(_delivery.id == row.id)
            .values(status=DeliveryStatus.PENDING.value, reply="", not_before=None, changed_at=at)
        )
        connection.execute(update(tables.chunk).where(_chunk.id == row.chunk_id).values(open_at=at))
    return True


def _add(connection: Connection, delivery: Delivery, *, at: datetime) -> None:
    add_to_mailing(connection, delivery, at)
    connection.execute(
        update(tables.mailing)
        .where(_mailing.id == delivery.mailing_id)
        .values(audience=_mailing.audience + 1)
    )
