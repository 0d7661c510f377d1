"""Quarantines rows with a domain that looks mistyped, until a person decides about the domain."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from mailer.contacts.domains import near_neighbours, well_known
from mailer.contacts.rows import ContactRow
from mailer.model.contacts.contact import contact_id
from mailer.model.contacts.contact_import import Quarantined
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mailer.model.address import Address
    from mailer.model.contacts.contact_import import Objection


def quarantine_mistyped_domains(
    rows: Sequence[ContactRow | Quarantined], decided: Mapping[str, str]
) -> list[ContactRow | Quarantined]:
    """Quarantine the rows with a domain that looks mistyped and that is not in `decided`."""
    counts = Counter(row.contact.address.domain for row in rows if isinstance(row, ContactRow))
    neighbours = near_neighbours(counts)

    def suggestion(domain: str) -> str | None:
        return well_known(domain) or neighbours.get(domain)

    def question(entry: ContactRow) -> ContactRow | Quarantined:
        contact = entry.contact
        for address in (contact.address, *contact.alternates):
            domain = suggestion(address.domain)
            if domain is not None and address.domain not in decided:
                reason = _(
                    "“{domain}” looks like a slip for “{meant}”.",
                    domain=address.domain,
                    meant=domain,
                )
                meant = replace(address, domain=domain)
                return Quarantined(entry.row, reason, meant, _bars_both(entry.objection, meant))
        return _with_decided_domains(entry, decided)

    return [question(row) if isinstance(row, ContactRow) else row for row in rows]


def _bars_both(objection: Objection | None, meant: Address) -> Objection | None:
    """Return the objection of a row, which holds for the address that was probably meant, too."""
    return objection and replace(objection, addresses=(*objection.addresses, meant))


def _with_decided_domains(entry: ContactRow, decided: Mapping[str, str]) -> ContactRow:
    """Return `entry` with mistyped domains replaced by those that a person chose."""
    if not decided:
        return entry
    contact = entry.contact
    before = (contact.address, *contact.alternates)
    after = tuple(replace(a, domain=decided.get(a.domain, a.domain)) for a in before)
    if before == after:
        return entry
    changed = tuple(
        _("“{before}” read as “{after}”.", before=old, after=new)
        for old, new in zip(before, after, strict=True)
        if old != new
    )
    return replace(
        entry,
        contact=replace(contact, id=contact_id(after[0]), address=after[0], alternates=after[1:]),
        repairs=(*entry.repairs, *changed),
    )
