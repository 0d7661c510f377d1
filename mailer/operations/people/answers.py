"""Answers by the link of a message: I come, I do not come, somebody else comes, it was not me.

The link names a delivery, and so a person and a campaign. Looking changes nothing; each act is
decided under the register's lock, whatever the page that was open said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from mailer.accreditations import (
    RefusalReason,
    RegisterDecision,
    RegisterRefusal,
    decide,
    find,
    request_place,
    substitute,
    terms_of,
    undo,
)
from mailer.model.accreditations.accreditation import (
    Accreditation,
    AccreditationState,
    PressCard,
    RegisterUpdate,
)
from mailer.model.contacts.contact import ERASED
from mailer.model.team.actor import READER, Via

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from mailer.accreditations import Terms
    from mailer.model.accreditations.accreditation import RegisterChange
    from mailer.model.address import Address
    from mailer.model.campaigns.campaign import Campaign
    from mailer.model.mailings.delivery import Delivery
    from mailer.model.mailings.message import DeliveryId
    from mailer.ports import Ledger


class AnswerAct(StrEnum):
    """What the reader of a message can ask for on the page of its link."""

    COMES = "comes"
    DECLINES = "declines"
    SUBSTITUTE = "substitute"
    """Somebody else comes in their place."""
    OTHER = "other"
    """The reader is not the person the message was written to, and asks for a place of their own."""
    UNDO = "undo"
    """The answer that the message is about was not theirs."""


@dataclass(frozen=True, slots=True)
class Wish:
    """An act, and what the reader wrote beside it. `address` is of the other person, if any."""

    act: AnswerAct
    name: str = ""
    organisation: str = ""
    address: Address | None = None
    seats: int = 1
    is_freelance: bool = False
    card_kind: str = ""
    card_number: str = ""


@dataclass(frozen=True, slots=True)
class Invited:
    """What the link of a message stands for at this moment."""

    campaign: Campaign
    terms: Terms
    delivery: Delivery
    address: Address
    entry: Accreditation | None
    has_room: bool
    """Whether a request of one person would get a place now, and not wait."""
    undoable: RegisterChange | None = None
    """The answer that the message is about, if it came by a link and nothing newer is known."""
    is_over: bool = False

    @property
    def name(self) -> str:
        return self.entry.name if self.entry and self.entry.name else self.delivery.name

    @property
    def organisation(self) -> str:
        if self.entry and self.entry.organisation:
            return self.entry.organisation
        return self.delivery.fields.get("organisation", "")


def invitation_of(
    delivery_id: DeliveryId,
    *,
    campaign_of: Callable[[str], Campaign],
    ledger: Ledger,
    now: datetime,
) -> Invited | None:
    """Return what a link stands for; None when the ledger does not know the message, or the person
    was erased. Changes nothing.

    Raises ContentError when the campaign's folder cannot be read: nobody is answered by unknown
    rules.
    """
    delivery = ledger.deliveries.find(delivery_id)
    if delivery is None or delivery.contact_id == ERASED:
        return None
    mailings = {each.id: each for each in ledger.mailings.summaries()}
    slug = mailings[delivery.mailing_id].campaign
    campaign = campaign_of(slug)
    terms = terms_of(campaign)
    entry = _own_entry(slug, delivery.address, ledger)
    address = entry.address if entry else delivery.address
    outlet = entry.organisation if entry else delivery.fields.get("organisation", "")
    wanted = Accreditation(slug, address, AccreditationState.ASKED, now, organisation=outlet)
    return Invited(
        campaign=campaign,
        terms=terms,
        delivery=delivery,
        address=address,
        entry=entry,
        has_room=_has_room(wanted, terms, ledger, now),
        undoable=_undoable(slug, delivery, entry, ledger),
        is_over=terms.is_over(now),
    )


def answer(
    invitation: Invited, wish: Wish, *, ledger: Ledger, now: datetime
) -> RefusalReason | None:
    """Do what the reader asks, by the campaign's rules; returns why not, or None. Journalled.

    It is idempotent: the same wish twice is one answer. Nothing is done once the event is over.
    """
    if invitation.is_over:
        return RefusalReason.CLOSED
    refused: list[RegisterRefusal] = []

    def decided(register: Sequence[Accreditation]) -> RegisterUpdate:
        found = _decision(register, invitation, wish, now)
        if isinstance(found, RegisterRefusal):
            refused.append(found)
            return RegisterUpdate()
        return found.update

    ledger.accreditations.revise(invitation.campaign.slug, decided, actor=READER, at=now)
    return refused[0].reason if refused else None


def _decision(
    register: Sequence[Accreditation], invitation: Invited, wish: Wish, now: datetime
) -> RegisterDecision | RegisterRefusal:
    terms, own = invitation.terms, find(register, invitation.address.key)
    if wish.act is AnswerAct.COMES:
        return request_place(register, _described(invitation, own, wish, now), terms=terms, now=now)
    if wish.act is AnswerAct.DECLINES:
        return _withdraw(register, invitation, own, now)
    if wish.act is AnswerAct.UNDO and invitation.undoable is not None:
        return undo(register, invitation.undoable, terms=terms, now=now)
    return _decision_about_another(register, invitation, wish, now)


def _decision_about_another(
    register: Sequence[Accreditation], invitation: Invited, wish: Wish, now: datetime
) -> RegisterDecision | RegisterRefusal:
    terms = invitation.terms
    if wish.address is None or wish.address.key == invitation.address.key:
        return RegisterRefusal(RefusalReason.NOT_ALLOWED, invitation.entry)
    other = _other_person(invitation, wish, now)
    if wish.act is AnswerAct.SUBSTITUTE:
        return substitute(register, other, leaving=invitation.address, terms=terms, now=now)
    if wish.act is AnswerAct.OTHER and find(register, other.address.key) is None:
        return request_place(register, other, terms=terms, now=now, is_invited=False)
    # Whoever is in the register already answers by a link of their own: nobody answers for them.
    return RegisterDecision()


def _withdraw(
    register: Sequence[Accreditation],
    invitation: Invited,
    own: Accreditation | None,
    now: datetime,
) -> RegisterDecision | RegisterRefusal:
    """Note that the person will not come. The office's refusal stays what it is."""
    if own is not None and own.state is AccreditationState.REFUSED:
        return RegisterRefusal(RefusalReason.NOT_ALLOWED, own)
    if own is not None and own.state is AccreditationState.DECLINED:
        return RegisterDecision()
    entry = own or _new_entry(invitation, now)
    declined = replace(entry, state=AccreditationState.DECLINED)
    return decide(register, declined, terms=invitation.terms, now=now)


def _new_entry(invitation: Invited, now: datetime) -> Accreditation:
    return Accreditation(
        invitation.campaign.slug,
        invitation.address,
        AccreditationState.ASKED,
        now,
        name=invitation.name,
        organisation=invitation.organisation,
    )


def _described(
    invitation: Invited, own: Accreditation | None, wish: Wish, now: datetime
) -> Accreditation:
    """Return the person's entry with what they wrote of themself; what they left empty stays."""
    entry = own or _new_entry(invitation, now)
    return replace(
        entry,
        name=wish.name or entry.name,
        organisation=wish.organisation or entry.organisation,
        seats=max(wish.seats, 1),
        is_freelance=wish.is_freelance,
        card=_card(wish, entry.card, invitation.terms, now),
    )


def _other_person(invitation: Invited, wish: Wish, now: datetime) -> Accreditation:
    """Return an entry for somebody who got the message from its recipient."""
    assert wish.address is not None, "the caller has refused a wish without an address"
    return Accreditation(
        invitation.campaign.slug,
        wish.address,
        AccreditationState.ASKED,
        now,
        name=wish.name,
        organisation=wish.organisation
        or (invitation.organisation if wish.act is AnswerAct.SUBSTITUTE else ""),
        seats=max(wish.seats, 1) if wish.act is AnswerAct.OTHER else _seats(invitation),
        is_freelance=wish.is_freelance,
        card=_card(wish, PressCard(), invitation.terms, now),
    )


def _seats(invitation: Invited) -> int:
    return invitation.entry.seats if invitation.entry else 1


def _card(wish: Wish, before: PressCard, terms: Terms, now: datetime) -> PressCard:
    if not (wish.card_kind or wish.card_number):
        return before
    purge_at = terms.purge_cards_at(now) if wish.card_number else None
    return PressCard(wish.card_kind, wish.card_number, purge_at)


def _own_entry(campaign: str, address: Address, ledger: Ledger) -> Accreditation | None:
    """Return the newest answer of a person to a campaign, under any of their addresses."""
    keys = {each.key for each in ledger.contacts.addresses_of_person(address)}
    found = ledger.accreditations.of_addresses(keys)  # the newest first
    return next((each for each in found if each.campaign == campaign), None)


def _has_room(wanted: Accreditation, terms: Terms, ledger: Ledger, now: datetime) -> bool:
    """Return whether this request would not have to wait, if it were made now."""
    register = [
        each
        for each in ledger.accreditations.of_campaign(wanted.campaign)
        if each.address.key != wanted.address.key
    ]
    tried = request_place(register, wanted, terms=terms, now=now)
    return (
        isinstance(tried, RegisterDecision)
        and tried.saved[0].state is not AccreditationState.WAITING
    )


def _undoable(
    campaign: str, delivery: Delivery, entry: Accreditation | None, ledger: Ledger
) -> RegisterChange | None:
    """Return the answer by a link that a message is about, while nothing newer is known."""
    if entry is None or entry.answer != delivery.answer:
        return None
    changes = ledger.accreditations.history(campaign, entry.address)
    last = next((each for each in reversed(changes) if each.after.answer == entry.answer), None)
    return last if last is not None and last.by.via is Via.LINK else None
