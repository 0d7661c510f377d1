"""Add the way of sending of each mailing, and tell addresses with ß and ss apart."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from alembic import op

from mailer.model.address import Address

if TYPE_CHECKING:
    from collections.abc import Iterator

revision = "0017"
down_revision = "0016"

_BATCH = 1_000
_WITH_KEYS = ("contact", "suppression", "accreditation", "delivery", "event")


def upgrade() -> None:
    """Add the column, empty: an older launch may leave by any way. Then correct the keys.

    Keys folded ß to ss, which are two mailboxes. Only addresses that are not plain ASCII differ.
    """
    op.add_column("mailing", sa.Column("provider", sa.String(), nullable=False, server_default=""))
    connection = op.get_bind()
    for name in _WITH_KEYS:
        _correct_keys(connection, name)
    _correct_further_addresses(connection)


def _correct_keys(connection: sa.Connection, name: str) -> None:
    table = sa.table(name, *map(sa.column, ("address", "address_key")))
    differing = sa.select(table.c.address, table.c.address_key).where(
        table.c.address.is_not(None), sa.func.lower(table.c.address) != table.c.address_key
    )
    for address, key in set(map(tuple, connection.execute(differing))):
        new = Address.parse(address).key
        # An erased person has no address any more, and a hash for a key.
        if key == _folded(address) != new:
            connection.execute(
                sa.update(table)
                .where(table.c.address == address, table.c.address_key == key)
                .values(address_key=new)
            )


def _correct_further_addresses(connection: sa.Connection) -> None:
    """Correct the keys of the alternate and former addresses, which are kept without a text."""
    further = sa.table("further_address", *map(sa.column, ("contact_id", "address_key")))
    for contact_id, address in _further(connection):
        old, new = _folded(address), Address.parse(address).key
        if old != new:
            connection.execute(
                sa.update(further)
                .where(further.c.contact_id == contact_id, further.c.address_key == old)
                .values(address_key=new)
            )


def _folded(address: str) -> str:
    """Return the key of an address as it was until now."""
    local, _at, domain = address.rpartition("@")
    return f"{local.casefold()}@{domain}"


def _further(connection: sa.Connection) -> Iterator[tuple[str, str]]:
    contact = sa.table("contact", *map(sa.column, ("id", "alternates", "former")))
    texts = [sa.cast(column, sa.String) for column in (contact.c.alternates, contact.c.former)]
    query = sa.select(contact.c.id, *texts).order_by(contact.c.id).limit(_BATCH)
    rows: list[Any] = list(connection.execute(query))
    while rows:
        for contact_id, alternates, former in rows:
            for address in (*json.loads(alternates), *json.loads(former)):
                yield contact_id, address
        rows = list(connection.execute(query.where(contact.c.id > rows[-1][0])))
