"""Note what came of a telephone call to somebody whom the mail did not reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.model.accreditations.accreditation import AccreditationState
from mailer.model.contacts.call import ANSWERS, Call, CallOutcome
from mailer.model.team.permission import Act, require
from mailer.operations.people.accreditations import (
    Ruling,
    register_accreditation,
    request_accreditation,
)
from mailer.operations.people.edit_contacts import edit_contact
from mailer.operations.sight import require_free
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, datetime

    from mailer.accreditations.terms import Terms
    from mailer.model.address import Address
    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger


@dataclass(frozen=True, slots=True)
class NotedCall:
    """What somebody types about a call. `phone` is the right number, if it was found out."""

    outcome: CallOutcome
    campaign: str = ""
    phone: str = ""
    again_on: date | None = None
    note: str = ""


def note_call(
    address: Address,
    noted: NotedCall,
    *,
    terms_for: Callable[[str], Terms],
    actor: Actor,
    ledger: Ledger,
    now: datetime,
    today: date,
) -> Call:
    """Record a call to the owner of `address`. Journalled.

    `terms_for` gives the rules of a campaign's register.

    An answer to the invitation goes into the register of its campaign first, so that a crash in
    between leaves the person on the list rather than on the next reminder. A number that was
    typed becomes that of the contact. Raises RuleError when the actor may not do this, or with
    everything that is missing, and ContentError for a number that a list could not hold.
    """
    require(actor, Act.CALL_BACK)
    if problems := list(_missing(noted, today)):
        raise RuleError(*problems)
    require_free(actor, [address], ledger=ledger)
    contact = ledger.contacts.by_address({address.key}).get(address.key)
    if noted.outcome in ANSWERS:
        _answer(address, noted, terms_for=terms_for, actor=actor, ledger=ledger, now=now)
    if contact is not None and noted.phone:
        edit_contact(address, {"Téléphone": noted.phone}, actor=actor, ledger=ledger, now=now)
    call = Call(
        address=address,
        outcome=noted.outcome,
        at=now,
        person=actor.person,
        name=actor.name,
        phone=noted.phone or (contact.phone if contact else ""),
        campaign=noted.campaign,
        again_on=noted.again_on if noted.outcome is CallOutcome.LATER else None,
        note=noted.note,
    )
    ledger.calls.add(call, actor=actor)
    return call


def _missing(noted: NotedCall, today: date) -> Iterator[Problem]:
    if noted.outcome is CallOutcome.LATER and noted.again_on is None:
        what = _("the day of the next call is missing")
        yield Problem(Place("", key="again_on"), what, _("Choose the day that was agreed."))
    elif noted.outcome is CallOutcome.LATER and noted.again_on and noted.again_on < today:
        what = _("the day of the next call is past")
        yield Problem(Place("", key="again_on"), what, _("Choose today or a later day."))
    if noted.outcome in ANSWERS and not noted.campaign:
        yield Problem(
            Place("", key="campaign"),
            _("an answer belongs to a campaign, and none is named"),
            _("Name the campaign, or note the person as reached."),
        )


def _answer(
    address: Address,
    noted: NotedCall,
    *,
    terms_for: Callable[[str], Terms],
    actor: Actor,
    ledger: Ledger,
    now: datetime,
) -> None:
    """Put the answer into the register, by the rules of the campaign as an answer by mail.

    Who was asked for or accepted already keeps that state.
    """
    terms, register = terms_for(noted.campaign), ledger.accreditations
    if noted.outcome is CallOutcome.COMING:
        known = {each.address.key: each for each in register.of_campaign(noted.campaign)}
        before = known.get(address.key)
        if before is None or before.state is AccreditationState.DECLINED:
            request_accreditation(
                noted.campaign, address, terms=terms, actor=actor, ledger=ledger, now=now
            )
        return
    register_accreditation(
        noted.campaign,
        address,
        ruling=Ruling(AccreditationState.DECLINED),
        terms=terms,
        actor=actor,
        ledger=ledger,
        now=now,
    )
