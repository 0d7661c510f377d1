"""Select the recipients of a step or a mailing from the contacts and accreditations of now."""

from __future__ import annotations

import gc
from bisect import bisect_right
from collections import OrderedDict
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from threading import RLock
from typing import TYPE_CHECKING

from mailer.model.mailings.mailing import MailingId
from mailer.operations.sending.targeting import targeting_of
from mailer.operations.sending.unknown_answers import unknown_answers, unknown_by_contact
from mailer.selection import index_people, select

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from mailer.model.accreditations.accreditation import Accreditation
    from mailer.model.campaigns.audience import Audience
    from mailer.model.campaigns.campaign import Campaign, VariantKey
    from mailer.model.contacts.contact import AnyContact, Contact, ContactId, ContactSummary
    from mailer.model.contacts.suppression import Suppression
    from mailer.model.drafts.draft import PlannedStep
    from mailer.model.mailings.amendment import Holder
    from mailer.model.mailings.mailing import AudienceRule, Mailing, MailingSummary
    from mailer.ports import Ledger
    from mailer.selection import People

MOST_AUDIENCES = 24
"""How many audiences a directory keeps: those of a campaign with its last mailings, of a few."""
MOST_REACHED = 8
"""Of how many mailings that have begun it keeps the people: those of two days."""


class Directory:
    """Contacts, suppressions and accreditations, read once for any number of audiences.

    It is safe for several threads: one selects, and the others wait for what it finds.
    """

    def __init__(self, ledger: Ledger, *, now: datetime) -> None:
        self._ledger = ledger
        self.now = now
        self._registers: dict[str, Sequence[Accreditation]] = {}
        self._unknown: dict[str, Mapping[str, Accreditation]] = {}
        self._found: OrderedDict[object, Audience[ContactSummary | Contact]] = OrderedDict()
        self._reached: OrderedDict[object, frozenset[ContactId]] = OrderedDict()
        self._lock = RLock()

    @cached_property
    def people(self) -> People[ContactSummary]:
        """The people whom the contacts are."""
        return index_people(self._ledger.contacts.summaries())

    @cached_property
    def traits(self) -> Mapping[ContactId, tuple[str, str, str, str]]:
        """What is known of each person beside lists and language."""
        return self._ledger.contacts.traits()

    @cached_property
    def list_names(self) -> frozenset[str]:
        """The lists that somebody is on."""
        return frozenset(name for profile in self.people.profiles for name in profile.lists)

    @cached_property
    def suppressions(self) -> Sequence[Suppression]:
        """All suppressions, also those that have ended."""
        return self._ledger.suppressions.all()

    @cached_property
    def _ends(self) -> Sequence[datetime]:
        return sorted(each.until for each in self.suppressions if each.until is not None)

    def holds_at(self, now: datetime) -> bool:
        """Return whether the same suppressions are in force at `now` as when it was read."""
        with self._lock:
            return bisect_right(self._ends, now) == bisect_right(self._ends, self.now)

    def audience(
        self,
        rule: AudienceRule,
        *,
        campaign: str,
        variants: Sequence[VariantKey],
        default_language: str,
        now: datetime | None = None,
    ) -> Audience[ContactSummary | Contact]:
        """Return the audience of `rule`. People known only from accreditations become contacts.

        `now` is the instant at which it is asked, for what people received; a directory that is
        kept may have been read before.
        """
        with self._lock:
            if rule.target.asks_for_history or rule.is_for_readers:
                return self._selected(
                    rule,
                    campaign=campaign,
                    variants=variants,
                    default_language=default_language,
                    now=now or self.now,
                )
            # Most campaigns have no answers, and those with the same rule have the same audience.
            register = campaign if self._register(campaign) else ""
            key = (rule, register, frozenset(variants), default_language)
            if key not in self._found:
                self._found[key] = self._selected(
                    rule,
                    campaign=campaign,
                    variants=variants,
                    default_language=default_language,
                    now=self.now,
                )
            self._found.move_to_end(key)
            while len(self._found) > MOST_AUDIENCES:
                self._found.popitem(last=False)
            return self._found[key]

    def _selected(
        self,
        rule: AudienceRule,
        *,
        campaign: str,
        variants: Sequence[VariantKey],
        default_language: str,
        now: datetime,
    ) -> Audience[ContactSummary | Contact]:
        with _collector_paused():
            found = select(
                self.people,
                rule=rule,
                variants=variants,
                default_language=default_language,
                suppressions=self.suppressions,
                accreditations=self._register(campaign),
                now=self.now,
                unknown=self._unknown_of(campaign),
                holders=holders_of(rule, campaign, ledger=self._ledger),
                targeting=targeting_of(
                    rule, ledger=self._ledger, now=now, traits=lambda: self.traits
                ),
            )
            return _not_told_yet(found, rule, self._register(campaign), self._ledger)

    def audiences(
        self, plan: Sequence[PlannedStep], *, campaign: Campaign, now: datetime | None = None
    ) -> Mapping[str, Audience[ContactSummary | Contact]]:
        """Return the present audience of each step of `campaign`, by the id of the step."""
        with _collector_paused():  # once for all: collecting takes longer, the more objects live
            return {
                planned.step.id: self.audience(
                    planned.rule,
                    campaign=campaign.slug,
                    variants=tuple(planned.step.contents),
                    default_language=campaign.language,
                    now=now,
                )
                for planned in plan
            }

    def reached_by(self, mailing: MailingSummary) -> frozenset[ContactId]:
        """Return everybody who has a delivery in a mailing that has begun.

        They change only with their number, which the mailing has, or with the directory itself.
        """
        key = (mailing.id, mailing.audience)
        with self._lock:
            if key not in self._reached:
                self._reached[key] = self._ledger.history.audience(mailing.id)
            self._reached.move_to_end(key)
            while len(self._reached) > MOST_REACHED:
                self._reached.popitem(last=False)
            return self._reached[key]

    def _register(self, campaign: str) -> Sequence[Accreditation]:
        if campaign not in self._registers:
            self._registers[campaign] = self._ledger.accreditations.of_campaign(campaign)
        return self._registers[campaign]

    def _unknown_of(self, campaign: str) -> Mapping[str, Accreditation]:
        if campaign not in self._unknown:
            self._unknown[campaign] = _unknown(self._register(campaign), self.people, self._ledger)
        return self._unknown[campaign]

    def audience_of_mailing(self, mailing: Mailing) -> Audience[ContactSummary | Contact]:
        """Return the audience of a launched mailing, by its frozen rule."""
        return self.audience(
            mailing.rule,
            campaign=mailing.campaign,
            variants=tuple(mailing.variants),
            default_language=mailing.default_language,
        )


def audience_of_mailing(mailing: Mailing, *, ledger: Ledger, now: datetime) -> Audience[Contact]:
    """Return the present audience of a launched mailing, by its frozen rule.

    The recipients are full contacts, because their messages are about to be composed.
    """
    with _collector_paused():
        people = index_people(ledger.contacts.all())
        register = ledger.accreditations.of_campaign(mailing.campaign)
        found = select(
            people,
            rule=mailing.rule,
            variants=tuple(mailing.variants),
            default_language=mailing.default_language,
            suppressions=ledger.suppressions.all(),
            accreditations=register,
            now=now,
            unknown=_unknown(register, people, ledger),
            targeting=targeting_of(mailing.rule, ledger=ledger, now=now),
            holders=holders_of(mailing.rule, mailing.campaign, ledger=ledger),
        )
        return _not_told_yet(found, mailing.rule, register, ledger)


def audience_of_answers(
    mailing: Mailing, answers: Sequence[Accreditation], *, ledger: Ledger, now: datetime
) -> Audience[Contact]:
    """Return whom a step that answers trigger goes to, among the people who gave these answers.

    Only they are read, because this is asked at every tick. An address that nobody in the directory
    has gets its answer: who asks is told.
    """
    addresses = {
        address.key: address
        for answer in answers
        for address in ledger.contacts.addresses_of_person(answer.address)
    }
    register = [
        each
        for each in ledger.accreditations.of_addresses(addresses)
        if each.campaign == mailing.campaign
    ]
    return select(
        index_people(list(ledger.contacts.by_address(addresses).values())),
        rule=mailing.rule,
        variants=tuple(mailing.variants),
        default_language=mailing.default_language,
        suppressions=ledger.suppressions.of_addresses(addresses),
        accreditations=register,
        now=now,
    )


def holders_of(rule: AudienceRule, campaign: str, *, ledger: Ledger) -> Mapping[str, Holder]:
    """Return who decides the audience of a rule for readers, by address key."""
    if not rule.is_for_readers:
        return {}
    if rule.instead_of:
        return ledger.amendments.not_reached(MailingId(rule.instead_of))
    return ledger.amendments.holders(campaign)


def _not_told_yet(
    audience: Audience[AnyContact],
    rule: AudienceRule,
    register: Sequence[Accreditation],
    ledger: Ledger,
) -> Audience[AnyContact]:
    """Return the audience of a step that answers trigger without those whose answer an older version
    has told, and whom a move asks again: its own message asks them.
    """
    if not rule.on:
        return audience
    told = ledger.deliveries.told(MailingId(rule.instead_of)) if rule.instead_of else ()
    known = {
        each.address.key
        for each in register
        if each.is_asked_again or (each.address.key, each.answer) in told
    }
    kept = tuple(each for each in audience.recipients if each.contact.key not in known)
    return replace(audience, recipients=kept)


def _unknown(
    register: Sequence[Accreditation], people: People[AnyContact], ledger: Ledger
) -> Mapping[str, Accreditation]:
    """Return the answers from unknown addresses, by the key of the contact who may have given it."""
    found = unknown_answers(register, people=people, contacts_of=ledger.contacts.of_ids)
    return unknown_by_contact(found)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Pause the garbage collector while many objects without cycles are made.

    Collecting would double the time. Garbage of other threads waits for that second.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
