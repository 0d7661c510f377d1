"""An invented directory of any size: people, lists, second addresses, bars and answers.

Shared by the benchmarks that ask how the program bears many contacts.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from mailer.model.accreditations.accreditation import Accreditation, AccreditationState
from mailer.model.address import Address
from mailer.model.contacts.contact import Contact, contact_id
from mailer.model.contacts.suppression import Suppression, SuppressionReason
from tests.counterparts.builders import ACTOR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.ports import Ledger

NOON = datetime(2017, 12, 1, 12, tzinfo=UTC)
LISTS = ("press", "associations")
_SEED = 20171209
_FIRST_NAMES = ("Anne", "Élodie", "Jean-Luc", "Zoé", "Mehdi", "Inès", "Paul", "Maëlle")
_LAST_NAMES = ("Durand", "Lefèvre", "N’Guyen", "Müller", "Œuvrard", "Dupont-Moreau", "Ba")
_OUTLETS = ("La Gazette", "Radio Lac", "Le Soir du Nord", "Entraide", "Fédération des patients")


def contacts(count: int) -> Iterator[Contact]:
    """`count` people: a third on both lists, some with a second address, some of them desks."""
    chance = random.Random(_SEED)
    for number in range(count):
        address = Address(f"reader{number}", f"outlet{number % 997}.example")
        yield Contact(
            id=contact_id(address),
            address=address,
            civility=chance.choice(("Mme", "M.", "")),
            first_name=chance.choice(_FIRST_NAMES),
            last_name=f"{chance.choice(_LAST_NAMES)} {number}",
            organisation=f"{chance.choice(_OUTLETS)} {number % 997}",
            role="journaliste",
            beat=chance.choice(("santé", "sciences", "")),
            language=chance.choice(("fr", "fr", "fr", "en")),
            phone=f"+33 1 99 00 {number // 100 % 100:02d} {number % 100:02d}",
            is_generic=chance.random() < 0.05,
            lists=frozenset(
                chance.choice((LISTS, LISTS[:1], LISTS[:1], LISTS[1:], LISTS[1:], ("team",)))
            ),
            alternates=_alternates(number, chance),
            notes=(("Remarque", "rappeler en janvier"),) if chance.random() < 0.2 else (),
            source="invented.csv, press, 2017-11-20",
        )


def _alternates(number: int, chance: random.Random) -> tuple[Address, ...]:
    """A second address for one in ten: a private one, or that of another contact."""
    draw = chance.random()
    if draw < 0.08:
        return (Address(f"reader{number}", "home.example"),)
    if draw < 0.1 and number:
        other = chance.randrange(number)
        return (Address(f"reader{other}", f"outlet{other % 997}.example"),)
    return ()


def fill(ledger: Ledger, *, count: int, campaign: str) -> None:
    """Saves `count` contacts, a bar on one in thirty, and answers of one in two hundred."""
    chance = random.Random(_SEED)
    people = list(contacts(count))
    ledger.contacts.save(people, at=NOON, actor=ACTOR)
    for person in chance.sample(people, count // 30):
        ledger.suppressions.add(_bar(person.address, chance), actor=ACTOR)
    for person in chance.sample(people, count // 200):
        ledger.accreditations.save(
            Accreditation(
                campaign, person.address, chance.choice(tuple(AccreditationState)), at=NOON
            ),
            actor=ACTOR,
        )


def _bar(address: Address, chance: random.Random) -> Suppression:
    reason = chance.choice(tuple(SuppressionReason))
    return Suppression(
        address,
        reason,
        since=NOON,
        scope=chance.choice(("", "", *LISTS)),
        until=NOON + timedelta(days=14) if reason is SuppressionReason.UNREACHABLE else None,
    )
