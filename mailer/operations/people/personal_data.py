"""Hand somebody everything that is kept of them, as the law gives them the right to (GDPR art. 15)."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.model.contacts.personal_data import PersonalData
from mailer.model.team.permission import Act, require, require_recent
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from mailer.model.address import Address
    from mailer.model.contacts.personal_data import RecordKind
    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger


DATA_MARK = b'{\n  "addresses": ['
"""How such a file begins: another file is not written over."""


def personal_data(
    address: Address, *, actor: Actor, why: str, ledger: Ledger, now: datetime
) -> PersonalData:
    """Return all that is kept of somebody under any of their addresses.

    Journalled with the request, `why`: a person who hands people's data on says to whom. Raises
    RuleError when the actor may not do this, or names no request.
    """
    require(actor, Act.EXPORT_PEOPLE)
    require_recent(actor, now=now)
    if not why.strip():
        raise RuleError(
            Problem(
                Place("", key="why"),
                _("the request is missing"),
                _("Write what was asked for, and when: the journal keeps it."),
            )
        )
    addresses = {
        each.key: each for each in (address, *ledger.contacts.addresses_of_person(address))
    }
    records = tuple(ledger.personal_data.of_addresses(addresses))
    ledger.journal.add(
        at=now, actor=actor, action="hand-over-data", subject=address.key, detail=why
    )
    return PersonalData(tuple(addresses.values()), records)


def as_json(data: PersonalData) -> bytes:
    """Return the data as a file that people and programs can read (GDPR art. 20), in UTF-8."""
    by_kind: dict[str, list[Mapping[str, object]]] = {}
    for record in data.records:
        by_kind.setdefault(record.kind.value, []).append(record.values)
    whole = {"addresses": [str(each) for each in data.addresses], **by_kind}
    return json.dumps(whole, ensure_ascii=False, indent=2).encode()


def counts(data: PersonalData) -> Mapping[RecordKind, int]:
    """Return how many records there are of each kind."""
    return Counter(record.kind for record in data.records)
