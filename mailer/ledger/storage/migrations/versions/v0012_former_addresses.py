"""Add the former addresses of contacts, and an index of all further addresses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from alembic import op

from mailer.model.address import Address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

revision = "0012"
down_revision = "0011"

_BATCH = 1_000
_contact = sa.table("contact", *map(sa.column, ("id", "address_key", "alternates", "former")))


def upgrade() -> None:
    """Fill both from the contacts, and from the corrections that the journal has."""
    op.add_column("contact", sa.Column("former", sa.JSON(), nullable=False, server_default="[]"))
    further = op.create_table(
        "further_address",
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("address_key", sa.String(), nullable=False),
        sa.Column("is_former", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name="fk_further_address_contact_id_contact",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("contact_id", "address_key", name="pk_further_address"),
    )
    op.create_index("ix_further_address_address_key", "further_address", ["address_key"])
    connection = op.get_bind()
    former = _former_addresses(connection)
    filling = (
        sa.update(_contact)
        .where(_contact.c.id == sa.bindparam("of"))
        .values(former=sa.bindparam("addresses", type_=sa.JSON()))
    )
    for rows in _contacts(connection):
        renamed = [
            {"of": row.id, "addresses": former[row.address_key]}
            for row in rows
            if former.get(row.address_key)
        ]
        if renamed:
            connection.execute(filling, renamed)
        found = [each for row in rows for each in _further(row, former.get(row.address_key, []))]
        if found:
            connection.execute(sa.insert(further), found)


def _contacts(connection: sa.Connection) -> Iterator[Sequence[Any]]:
    page = (
        sa.select(
            _contact.c.id,
            _contact.c.address_key,
            sa.cast(_contact.c.alternates, sa.String).label("alternates"),
        )
        .order_by(_contact.c.id)
        .limit(_BATCH)
    )
    rows = connection.execute(page).all()
    while rows:
        yield rows
        rows = connection.execute(page.where(_contact.c.id > rows[-1].id)).all()


def _further(row: Any, former: Sequence[str]) -> Iterator[Mapping[str, object]]:
    own = {Address.parse(text).key: False for text in json.loads(row.alternates)}
    own |= {Address.parse(text).key: True for text in former}
    own.pop(row.address_key, None)
    for key, is_former in own.items():
        yield {"contact_id": row.id, "address_key": key, "is_former": is_former}


def _former_addresses(connection: sa.Connection) -> dict[str, list[str]]:
    """Return the former addresses by the key of the address that replaced them.

    A correction is a line of the journal: the old address, and the new one before a colon.
    """
    journal = sa.table("journal", *map(sa.column, ("id", "action", "subject", "detail")))
    corrections = (
        sa.select(journal.c.subject, journal.c.detail)
        .where(journal.c.action == "correct-address")
        .order_by(journal.c.id)
    )
    former: dict[str, list[str]] = {}
    for old, detail in connection.execute(corrections):
        new = Address.parse(detail.partition(":")[0]).key
        replaced = [*former.pop(new, []), *former.pop(Address.parse(old).key, []), old]
        former[new] = [text for text in dict.fromkeys(replaced) if Address.parse(text).key != new]
    return former
