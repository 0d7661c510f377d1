"""What the ledger knows of mailings: launched, due, under way, alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

    from mailer.model.actor import Actor
    from mailer.model.address import Address
    from mailer.model.audience import Exclusion
    from mailer.model.contact import Contact
    from mailer.model.delivery import Delivery
    from mailer.model.mailing import Mailing, MailingId, MailingState, MailingSummary, SignOff
    from mailer.model.progress import MailingProgress
    from mailer.model.similar import SimilarMailing


class Mailings(Protocol):
    """What was signed off and launched, and what is due."""

    def sign(self, sign_off: SignOff, *, actor: Actor) -> None:
        """Write the approval. Journalled."""

    def sign_offs(self, campaign: str) -> Sequence[SignOff]: ...

    def launch(
        self,
        mailings: Sequence[Mailing],
        *,
        actor: Actor,
        at: datetime,
        despite: Sequence[str] = (),
    ) -> bool:
        """Write every mailing of a campaign as `scheduled`. Journalled, with each of the
        warnings that the launch overrules (`despite`).

        False, writing nothing, when any (campaign, step) was launched before: two launches
        make one mailing.
        """

    def all(self, campaign: str = "") -> Sequence[Mailing]:
        """By due time. Without a campaign, all."""

    def summaries(
        self, campaign: str = "", *, overdue_at: datetime | None = None
    ) -> Sequence[MailingSummary]:
        """Return the mailings by due time without their messages: of a campaign, or of all.

        With `overdue_at`, only those that were due by then and have not begun.
        """

    def get(self, mailing_id: MailingId) -> Mailing: ...

    def missed_by(self, address: Address) -> Sequence[Mailing]:
        """Return the mailings that have begun and did not reach this address, by due time:
        it refused them, or they left it out as dead or unreachable.
        """

    def due(self, now: datetime) -> Sequence[Mailing]:
        """Scheduled mailings whose `due_at` has come."""

    def next_due_at(self) -> datetime | None:
        """When the next mailing or retry is due, or a lease ends."""

    def start(
        self,
        mailing_id: MailingId,
        *,
        deliveries: Iterable[Delivery],
        exclusions: Iterable[Exclusion[Contact]],
        at: datetime,
    ) -> bool:
        """Scheduled → active with its deliveries, exclusions and chunks, in one transaction.

        False when somebody else started it first.
        """

    def reschedule(self, mailing: Mailing, *, actor: Actor, why: str, at: datetime) -> bool:
        """Gives a scheduled mailing the times of `mailing`, journalled; False when it has begun."""

    def change_state(
        self, mailing_id: MailingId, *, to: MailingState, actor: Actor, why: str, at: datetime
    ) -> bool:
        """A conditional change of state, journalled; False when the present state forbids it.

        Cancelling turns the pending and deferred deliveries into `cancelled`.
        """

    def finish(self, now: datetime) -> Sequence[MailingId]:
        """Active → done wherever nothing is pending, sending or deferred; which ones."""


class SimilarMailings(Protocol):
    """Mailings like one another: the same text launched under another name."""

    def find(
        self, *, contents: Collection[str], headlines: Collection[str], since: datetime
    ) -> Sequence[SimilarMailing]:
        """Mailings with one of these contents at any time, or one of these headlines since then;
        those that will never begin left out.
        """

    def delivered_address_keys(self, mailing_id: MailingId) -> frozenset[str]:
        """Address keys of those a mailing has come to, or may have, or still will."""


class Progress(Protocol):
    """Where the mailings stand, in numbers."""

    def of_mailings(
        self, *, since: datetime, unheard_before: datetime | None = None
    ) -> Sequence[MailingProgress]:
        """The mailings under way, and those due since then that have ended or were missed.

        With `unheard_before`, counts what was taken over HTTP before it and never heard of.
        """
