"""The accreditations of a campaign: requests to attend, and the decisions on them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailer.accreditations import (
    NO_TERMS,
    RefusalReason,
    RegisterDecision,
    RegisterRefusal,
    decide,
    find,
    request_place,
    substitute,
)
from mailer.errors import Place, Problem, RuleError
from mailer.model.accreditations.accreditation import (
    Accreditation,
    AccreditationState,
    Forced,
    PressCard,
    RegisterUpdate,
)
from mailer.model.team.permission import Act, may_see, require
from mailer.operations.people.directory import contact_at
from mailer.operations.sending.unknown_answers import likely_contacts, unknown_answers
from mailer.remedies import Remedy, RemedyAct
from mailer.selection import Stranger, index_people
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from mailer.accreditations import Terms
    from mailer.model.accreditations.accreditation import RegisterChange
    from mailer.model.address import Address
    from mailer.model.contacts.contact import Contact, ContactSummary
    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger
    from mailer.selection.people import People
    from mailer.wording import Text


@dataclass(frozen=True, slots=True)
class Respondent:
    """What is known of who answered.

    For an address that nobody in the directory has, `contact` is the address of the contact who
    answered, and `is_newcomer` says that it is nobody of the directory. Without either, a person
    must still decide. `seats` is 0 where nobody said how many people come.
    """

    name: str = ""
    organisation: str = ""
    contact: Address | None = None
    is_newcomer: bool = False
    seats: int = 0
    is_freelance: bool = False
    card_kind: str = ""
    card_number: str = ""
    asked_at: datetime | None = None
    """When they asked, or somebody for them, if that was before."""


UNKNOWN = Respondent()


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the office decides: the state, why it refuses, and why it sets a rule aside.

    `request` is the number of the partner's request that is accepted by it.
    """

    state: AccreditationState
    reason: str = ""
    force_why: str = ""
    request: int | None = None


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """An accreditation, and the contacts who may have given an answer from an unknown address.

    `likely` is empty when the address is known, when a person has decided, or when nobody in the
    directory resembles this person. `promoted` are those who got a place by the same decision.
    """

    accreditation: Accreditation
    likely: tuple[Contact, ...] = ()
    is_known: bool = True
    promoted: tuple[Accreditation, ...] = ()


def register_accreditation(
    campaign: str,
    address: Address,
    *,
    ruling: Ruling,
    identity: Respondent = UNKNOWN,
    terms: Terms = NO_TERMS,
    actor: Actor,
    ledger: Ledger,
    now: datetime,
) -> RegisterEntry:
    """Record an accreditation request or its decision, by the campaign's rules.

    A name, an outlet and a decision on the identity that were recorded before are kept, and what
    nobody said is taken from the directory. With `identity.contact` the entry is that contact's,
    and an earlier one under `address` is removed. A place that becomes free goes to the waiting list at once. Journalled.

    Raises RuleError when the actor may not do this, when nobody in the directory has the address
    of `identity.contact`, and when the deadline or a quota is against it: unless the ruling says
    why it sets them aside.
    """
    require(actor, Act.ACCREDIT)
    contact = contact_at(identity.contact, actor=actor, ledger=ledger) if identity.contact else None
    force = Forced(actor.name, ruling.force_why.strip()) if ruling.force_why.strip() else None

    present = present_address(address, ledger)
    target = contact.address if contact else present
    known = contact or _known(target, actor, ledger)

    def decision(register: Sequence[Accreditation]) -> RegisterDecision | RegisterRefusal:
        source = find(register, present.key)
        moved = target.key != present.key
        before = (
            source
            or find(register, target.key)
            or Accreditation(campaign, target, ruling.state, now)
        )
        entry = replace(
            _with_identity(before, identity, known, terms=terms, now=now),
            address=target,
            state=ruling.state,
            reason=ruling.reason.strip() if ruling.state is AccreditationState.REFUSED else "",
            note=str(address) if contact else before.note,
        )
        rest = [each for each in register if not (moved and each is source)]
        found = decide(rest, entry, terms=terms, now=now, force=force)
        if moved and source and isinstance(found, RegisterDecision):
            return replace(found, removed=(*found.removed, source.address))
        return found

    saved = revise_register(
        campaign, decision, actor=actor, ledger=ledger, now=now, request=ruling.request
    )
    first, promoted = saved[0], tuple(saved[1:])
    entry = RegisterEntry(first) if contact else _entry(first, ledger)
    return replace(entry, promoted=promoted)


def request_accreditation(
    campaign: str,
    address: Address,
    *,
    identity: Respondent = UNKNOWN,
    terms: Terms,
    actor: Actor,
    ledger: Ledger,
    now: datetime,
) -> Accreditation:
    """Give a person who wants to come a place by the campaign's rules, or a rank on the waiting list.

    What nobody said is taken from the directory. Journalled. Raises RuleError when the actor may not
    do this, or when the present decision does not allow it.
    """
    require(actor, Act.ACCREDIT)
    present = present_address(address, ledger)
    known = _known(present, actor, ledger)

    def decision(register: Sequence[Accreditation]) -> RegisterDecision | RegisterRefusal:
        before = find(register, present.key) or Accreditation(
            campaign, present, AccreditationState.ASKED, now
        )
        entry = _with_identity(before, identity, known, terms=terms, now=now)
        return request_place(register, entry, terms=terms, now=now)

    return revise_register(campaign, decision, actor=actor, ledger=ledger, now=now)[0]


def register_substitute(
    campaign: str,
    address: Address,
    *,
    leaving: Address,
    identity: Respondent = UNKNOWN,
    terms: Terms = NO_TERMS,
    actor: Actor,
    ledger: Ledger,
    now: datetime,
) -> RegisterEntry:
    """Record that somebody comes in the place of another, who is declined. Journalled.

    Raises RuleError when the actor may not do this, when the other has no place and no rank on the
    waiting list, and when another outlet would need room that there is not.
    """
    require(actor, Act.ACCREDIT)

    present = present_address(address, ledger)
    contact = _known(present, actor, ledger)
    gone = present_address(leaving, ledger)

    def decision(register: Sequence[Accreditation]) -> RegisterDecision | RegisterRefusal:
        before = find(register, present.key) or Accreditation(
            campaign, present, AccreditationState.ASKED, now
        )
        left = find(register, gone.key)
        entry = _with_identity(before, identity, contact, terms=terms, now=now)
        if left is not None and not entry.organisation:
            entry = replace(entry, organisation=left.organisation)
        return substitute(register, entry, leaving=gone, terms=terms, now=now)

    saved = revise_register(campaign, decision, actor=actor, ledger=ledger, now=now)
    return _entry(saved[0], ledger)


def history_of(campaign: str, address: Address, *, ledger: Ledger) -> Sequence[RegisterChange]:
    """Return what was recorded of a person in a campaign's register, the oldest first."""
    return ledger.accreditations.history(campaign, address)


def revise_register(
    campaign: str,
    decision: Callable[[Sequence[Accreditation]], RegisterDecision | RegisterRefusal],
    *,
    actor: Actor,
    ledger: Ledger,
    now: datetime,
    request: int | None = None,
) -> Sequence[Accreditation]:
    """Apply a decision to the register under its lock, with the `request` that it accepts.

    Raises RuleError when it is refused, or when somebody has decided about the request meanwhile.
    """
    refused: list[RegisterRefusal] = []

    def decided(register: Sequence[Accreditation]) -> RegisterUpdate:
        found = decision(register)
        if isinstance(found, RegisterRefusal):
            refused.append(found)
            return RegisterUpdate()
        return found.update

    saved = ledger.accreditations.revise(campaign, decided, actor=actor, at=now, request=request)
    if refused:
        raise RuleError(problem_of(refused[0], campaign))
    if request is not None and not saved:
        raise decided_meanwhile(request)
    return saved


def decided_meanwhile(request: int) -> RuleError:
    """Say that nobody can decide about this request of a partner any more."""
    return RuleError(
        Problem(
            Place("", key="decision"),
            _("request {number} does not wait for a decision", number=request),
            _("Look at the register: somebody has decided meanwhile."),
        )
    )


def problem_of(refusal: RegisterRefusal, campaign: str) -> Problem:
    """Say why a decision may not be, and what to do."""
    what, remedy = _REFUSED[refusal.reason]
    act = Remedy(RemedyAct.SEE_ACCREDITATIONS, {"campaign": campaign})
    return Problem(Place(campaign, key=_FIELDS.get(refusal.reason, "state")), what, remedy, act)


def why_refused(reason: RefusalReason) -> Text:
    """Say which rule is against a decision."""
    return _REFUSED[reason][0]


_FORCE = _("Put the person on the waiting list, or say why you accept them all the same.")
_REFUSED: Mapping[RefusalReason, tuple[Text, Text]] = {
    RefusalReason.CLOSED: (_("the deadline for accreditation has passed"), _FORCE),
    RefusalReason.FULL: (_("every place is taken"), _FORCE),
    RefusalReason.OUTLET_FULL: (_("every place of this outlet is taken"), _FORCE),
    RefusalReason.NOT_ALLOWED: (
        _("this decision cannot follow the present one"),
        _("Look at what the register has now, then decide again."),
    ),
    RefusalReason.NOT_THERE: (
        _("the person who is to be replaced has no place, and is not on the waiting list"),
        _("Look at the register: perhaps they answered from another address."),
    ),
    RefusalReason.ALREADY_COMING: (
        _("this person has a place already"),
        _("Note that the other one will not come."),
    ),
    RefusalReason.CHANGED_SINCE: (
        _("there is a newer answer"),
        _("Look at what the register has now, then decide again."),
    ),
}
_FIELDS = {
    RefusalReason.CLOSED: "force_why",
    RefusalReason.FULL: "force_why",
    RefusalReason.OUTLET_FULL: "force_why",
    RefusalReason.NOT_THERE: "leaving",
}
"""The field of a form beside which each refusal stands, where it is not the decision."""


def present_address(address: Address, ledger: Ledger) -> Address:
    """Return the address that the owner of a former address has now."""
    contact = ledger.contacts.find(address)
    return address if contact is None else contact.address


def _known(address: Address, actor: Actor, ledger: Ledger) -> Contact | None:
    """Return whom the directory has under an address, if the actor may see them."""
    contact = ledger.contacts.by_address({address.key}).get(address.key)
    return contact if contact and may_see(actor, contact.lists) else None


def _with_identity(
    before: Accreditation,
    identity: Respondent,
    contact: Contact | None,
    *,
    terms: Terms,
    now: datetime,
) -> Accreditation:
    """Return an entry with what was said of the person now; what was not said stays."""
    card = before.card
    if identity.card_kind or identity.card_number:
        number = identity.card_number.strip()
        card = PressCard(
            identity.card_kind.strip() or card.kind,
            number,
            terms.purge_cards_at(now) if number else None,
        )
    known = (contact.name, contact.organisation) if contact else ("", "")
    return replace(
        before,
        name=identity.name or before.name or known[0],
        organisation=identity.organisation or before.organisation or known[1],
        is_newcomer=not identity.contact and (identity.is_newcomer or before.is_newcomer),
        asked_at=before.asked_at or identity.asked_at,
        seats=identity.seats or before.seats,
        is_freelance=identity.is_freelance or before.is_freelance,
        card=card,
    )


def likely_owners(
    address: Address, *, identity: Respondent = UNKNOWN, ledger: Ledger
) -> tuple[Contact, ...]:
    """Return the contacts who may be the person with this address; none when somebody has it."""
    people = index_people(ledger.contacts.summaries())
    if people.by_key(address.key):
        return ()
    likely = likely_contacts(
        [Stranger(address, identity.name, identity.organisation)],
        contacts=people.contacts,
        contacts_of=ledger.contacts.of_ids,
    )
    return tuple(likely[address.key])


def accreditations_of(
    campaign: str, *, ledger: Ledger, people: People[ContactSummary] | None = None
) -> Sequence[RegisterEntry]:
    """Return the accreditations of a campaign, ordered by address key.

    `people` is the directory, where it was read already.
    """
    register = ledger.accreditations.of_campaign(campaign)
    people = people or index_people(ledger.contacts.summaries())
    found = unknown_answers(register, people=people, contacts_of=ledger.contacts.of_ids)
    likely = {each.answer.address.key: each.likely for each in found}
    return [
        RegisterEntry(each, likely.get(each.address.key, ()), bool(people.by_key(each.address.key)))
        for each in register
    ]


def _entry(accreditation: Accreditation, ledger: Ledger) -> RegisterEntry:
    """Return the entry of this address as the register has it now."""
    key = accreditation.address.key
    register = accreditations_of(accreditation.campaign, ledger=ledger)
    found = (each for each in register if each.accreditation.address.key == key)
    return next(found, RegisterEntry(accreditation))
