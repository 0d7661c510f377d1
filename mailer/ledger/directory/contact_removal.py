"""Removes a contact from the directory, and cancels what is still to be sent to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, update

from mailer.ledger.storage.definitions import tables
from mailer.model.mailings.delivery import UNSENT, DeliveryStatus
from mailer.wording import _, as_note

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from mailer.model.contacts.contact import Contact


def remove_contact(connection: Connection, contact: Contact, *, at: datetime) -> None:
    """Remove the contact with its memberships, and cancel its unsent deliveries."""
    delivery = tables.delivery.c
    connection.execute(
        update(tables.delivery)
        .where(delivery.contact_id == contact.id, delivery.status.in_(UNSENT))
        .values(
            status=DeliveryStatus.CANCELLED.value,
            reply=as_note(_("removed from the directory")),
            changed_at=at,
        )
    )
    connection.execute(delete(tables.contact).where(tables.contact.c.id == contact.id))
