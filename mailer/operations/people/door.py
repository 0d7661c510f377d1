"""The list for the door: who may come in, without any address, and who was there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailer.accreditations import NO_TERMS, RegisterDecision, decide
from mailer.contacts.cells import split_name
from mailer.errors import ContentError
from mailer.model.accreditations.accreditation import AccreditationState, RegisterUpdate
from mailer.model.team.permission import Act, require
from mailer.model.team.person import name_key
from mailer.wording import _, _n, as_note

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from datetime import datetime

    from mailer.accreditations import Terms
    from mailer.model.accreditations.accreditation import Accreditation
    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger
    from mailer.wording import Text

DOOR_LIST = "door-list"
DOOR_HEADINGS = (
    *(_("Last name"), _("First name"), _("Outlet"), _("People"), _("Press card"), _("Number")),
    *(_("Freelance"), _("In place of"), _("Came")),
)
"""The columns of the list for the door. It has no e-mail and no telephone."""


@dataclass(frozen=True, slots=True)
class DoorLine:
    """One person who is expected. `key` names the entry in a form of the desk only."""

    key: str
    last_name: str
    first_name: str
    outlet: str
    entry: Accreditation
    in_place_of: str = ""

    @property
    def has_come(self) -> bool:
        return self.entry.state is AccreditationState.ATTENDED


@dataclass(frozen=True, slots=True)
class DoorList:
    """The list for the door, and until when a copy of it may be kept."""

    lines: Sequence[DoorLine]
    destroy_by: datetime


def door_list(
    campaign: str,
    *,
    terms_for: Callable[[str], Terms],
    actor: Actor,
    ledger: Ledger,
    now: datetime,
) -> DoorList:
    """Return who is expected, by last name, then first name and outlet. Journalled.

    The line says until when the list may be kept. Raises RuleError when the actor may not export
    people.
    """
    require(actor, Act.EXPORT_PEOPLE)
    require(actor, Act.SEE_EVERYBODY)
    lines = expected(campaign, ledger=ledger)
    until = destroy_by(lines, campaign, terms_for=terms_for, now=now)
    told = _n(
        "{count} person, to be destroyed by {until}",
        "{count} people, to be destroyed by {until}",
        count=len(lines),
        until=until,
    )
    ledger.journal.add(
        at=now, actor=actor, action=DOOR_LIST, subject=campaign, detail=as_note(told)
    )
    return DoorList(lines, until)


def expected(campaign: str, *, ledger: Ledger) -> Sequence[DoorLine]:
    """Return who is expected, in the order of the list for the door."""
    register = ledger.accreditations.of_campaign(campaign)
    contacts = ledger.contacts.by_address([each.address.key for each in register])
    by_address = {str(each.address): each.name for each in register}
    lines = []
    for entry in register:
        if not entry.is_expected:
            continue
        contact = contacts.get(entry.address.key)
        first, last = split_name(entry.name or str(entry.address))
        outlet = entry.organisation or (contact.organisation if contact else "")
        # An answer by telephone may have been noted without a name.
        if contact and contact.last_name and name_key(entry.name) in {"", name_key(contact.name)}:
            last, first = contact.last_name, contact.first_name
        replaced = by_address.get(entry.in_place_of, "")
        lines.append(DoorLine(entry.address.key, last, first, outlet, entry, replaced))
    return sorted(
        lines,
        key=lambda line: (
            name_key(line.last_name),
            name_key(line.first_name),
            line.outlet,
            line.key,
        ),
    )


def door_table(lines: Sequence[DoorLine]) -> Iterator[tuple[Text | str | int, ...]]:
    """Yield the rows of the list for the door, the headings first."""
    yield DOOR_HEADINGS
    for line in lines:
        card = line.entry.card
        yield (
            line.last_name,
            line.first_name,
            line.outlet,
            line.entry.seats,
            card.kind,
            card.number,
            _("yes") if line.entry.is_freelance else "",
            line.in_place_of,
            _("yes") if line.has_come else "",
        )


def destroy_by(
    lines: Sequence[DoorLine],
    campaign: str,
    *,
    terms_for: Callable[[str], Terms],
    now: datetime,
) -> datetime:
    """Return until when the list may be kept: the numbers of the cards are erased then.

    Without a card it is when one would be. A campaign whose folder cannot be read counts from now.
    """
    try:
        terms = terms_for(campaign)
    except ContentError:
        terms = NO_TERMS
    zone = terms.begins_at.tzinfo if terms.begins_at else now.tzinfo
    cards = [line.entry.card.purge_at for line in lines if line.entry.card.purge_at]
    return min(cards, default=terms.purge_cards_at(now)).astimezone(zone)


def record_attendance(
    campaign: str,
    *,
    shown: Collection[str],
    came: Collection[str],
    actor: Actor,
    ledger: Ledger,
    now: datetime,
) -> int:
    """Record who of the people on a page has come; returns how many entries changed. Journalled.

    `shown` are the address keys on the page and `came` those that were ticked. Who was ticked
    before and is not any more was not there after all.
    """
    require(actor, Act.ACCREDIT)

    def decided(register: Sequence[Accreditation]) -> RegisterUpdate:
        changed: list[Accreditation] = []
        for entry in register:
            key = entry.address.key
            if key not in shown or not entry.is_expected:
                continue
            state = AccreditationState.ATTENDED if key in came else AccreditationState.ACCEPTED
            if state is not entry.state:
                ticked = decide(register, replace(entry, state=state), terms=NO_TERMS, now=now)
                changed += ticked.saved if isinstance(ticked, RegisterDecision) else ()
        return RegisterUpdate(tuple(changed))

    return len(ledger.accreditations.revise(campaign, decided, actor=actor, at=now))
