"""Select the recipients of a step or a mailing from the contacts and accreditations of now."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from mailer.operations.sending.unknown_answers import doubts_by_contact, unknown_answers
from mailer.selection import index_people, select

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from mailer.model.accreditation import Accreditation
    from mailer.model.audience import Audience
    from mailer.model.campaign import Campaign, VariantKey
    from mailer.model.contact import AnyContact, Contact, ContactSummary
    from mailer.model.draft import PlannedStep
    from mailer.model.mailing import AudienceRule, Mailing
    from mailer.model.suppression import Suppression
    from mailer.ports import Ledger
    from mailer.selection import People


class Directory:
    """Contacts, suppressions and accreditations, read once for any number of audiences."""

    def __init__(self, ledger: Ledger, *, now: datetime) -> None:
        self._ledger = ledger
        self.now = now
        self._registers: dict[str, Sequence[Accreditation]] = {}
        self._doubts: dict[str, Mapping[str, Accreditation]] = {}
        self._found: dict[object, Audience[ContactSummary | Contact]] = {}

    @cached_property
    def _people(self) -> People[ContactSummary]:
        return index_people(self._ledger.contacts.summaries())

    @cached_property
    def _suppressions(self) -> Sequence[Suppression]:
        return self._ledger.suppressions.all()

    def audience(
        self,
        rule: AudienceRule,
        *,
        campaign: str,
        variants: Sequence[VariantKey],
        default_language: str,
    ) -> Audience[ContactSummary | Contact]:
        """Return the audience of `rule`. People known only from accreditations become contacts."""
        key = (rule, campaign, frozenset(variants), default_language)
        if key not in self._found:
            with _collector_paused():
                self._found[key] = select(
                    self._people,
                    rule=rule,
                    variants=variants,
                    default_language=default_language,
                    suppressions=self._suppressions,
                    accreditations=self._register(campaign),
                    now=self.now,
                    doubts=self._doubts_of(campaign),
                )
        return self._found[key]

    def audiences(
        self, plan: Sequence[PlannedStep], *, campaign: Campaign
    ) -> Mapping[str, Audience[ContactSummary | Contact]]:
        """Return the present audience of each step of `campaign`, by the id of the step."""
        with _collector_paused():  # once for all: collecting takes longer, the more objects live
            return {
                planned.step.id: self.audience(
                    planned.rule,
                    campaign=campaign.slug,
                    variants=tuple(planned.step.contents),
                    default_language=campaign.language,
                )
                for planned in plan
            }

    def _register(self, campaign: str) -> Sequence[Accreditation]:
        if campaign not in self._registers:
            self._registers[campaign] = self._ledger.accreditations.of_campaign(campaign)
        return self._registers[campaign]

    def _doubts_of(self, campaign: str) -> Mapping[str, Accreditation]:
        if campaign not in self._doubts:
            self._doubts[campaign] = _doubts(self._register(campaign), self._people, self._ledger)
        return self._doubts[campaign]

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
        return select(
            people,
            rule=mailing.rule,
            variants=tuple(mailing.variants),
            default_language=mailing.default_language,
            suppressions=ledger.suppressions.all(),
            accreditations=register,
            now=now,
            doubts=_doubts(register, people, ledger),
        )


def _doubts(
    register: Sequence[Accreditation], people: People[AnyContact], ledger: Ledger
) -> Mapping[str, Accreditation]:
    """Return the answers from unknown addresses, by the key of the contact who may have given it."""
    found = unknown_answers(register, people=people, contacts_of=ledger.contacts.of_ids)
    return doubts_by_contact(found)


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
