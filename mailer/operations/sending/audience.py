"""Who a step or a mailing is for, as the directory and the register stand at one moment."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from mailer.selection import index_people, select

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from mailer.model.accreditation import Accreditation
    from mailer.model.audience import Audience
    from mailer.model.campaign import VariantKey
    from mailer.model.contact import Contact, ContactSummary
    from mailer.model.mailing import AudienceRule, Mailing
    from mailer.model.suppression import Suppression
    from mailer.ports import Ledger
    from mailer.selection import People


class Directory:
    """The people, bars and registers at one moment, read once for any number of audiences."""

    def __init__(self, ledger: Ledger, *, now: datetime) -> None:
        self._ledger = ledger
        self._now = now
        self._registers: dict[str, Sequence[Accreditation]] = {}
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
        """Return who is meant by `rule`; people whom only the register knows come as contacts."""
        asked = (rule, campaign, frozenset(variants), default_language)
        if asked not in self._found:
            with _collector_paused():
                self._found[asked] = select(
                    self._people,
                    rule=rule,
                    variants=variants,
                    default_language=default_language,
                    suppressions=self._suppressions,
                    accreditations=self._register(campaign),
                    now=self._now,
                )
        return self._found[asked]

    def _register(self, campaign: str) -> Sequence[Accreditation]:
        if campaign not in self._registers:
            self._registers[campaign] = self._ledger.accreditations.of_campaign(campaign)
        return self._registers[campaign]

    def audience_of_mailing(self, mailing: Mailing) -> Audience[ContactSummary | Contact]:
        """Return who is meant by what was frozen at the launch."""
        return self.audience(
            mailing.rule,
            campaign=mailing.campaign,
            variants=tuple(mailing.variants),
            default_language=mailing.default_language,
        )


def audience_of_mailing(mailing: Mailing, *, ledger: Ledger, now: datetime) -> Audience[Contact]:
    """Return who is meant at this moment by what was frozen at the launch, with all we know of
    them: their messages are about to be written.
    """
    with _collector_paused():
        return select(
            index_people(ledger.contacts.all()),
            rule=mailing.rule,
            variants=tuple(mailing.variants),
            default_language=mailing.default_language,
            suppressions=ledger.suppressions.all(),
            accreditations=ledger.accreditations.of_campaign(mailing.campaign),
            now=now,
        )


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Make many objects without looking for cycles among them, which would take as long again.

    There are none. Other threads leave theirs uncollected for that second.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
