"""The mailings in the ledger: sign-offs, launches, states, similar mailings, progress."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from mailer.model.address import Address
    from mailer.model.campaigns.audience import Exclusion
    from mailer.model.contacts.contact import Contact
    from mailer.model.mailings.delivery import Delivery
    from mailer.model.mailings.mailing import (
        Mailing,
        MailingId,
        MailingState,
        MailingSummary,
        SignOff,
    )
    from mailer.model.mailings.progress import MailingProgress, MailingsInState
    from mailer.model.mailings.signed_step import SignedStep
    from mailer.model.mailings.similar import SimilarMailing
    from mailer.model.team.actor import Actor


class Mailings(Protocol):
    """Sign-offs and launched mailings."""

    def sign(
        self,
        sign_off: SignOff,
        *,
        actor: Actor,
        steps: Sequence[SignedStep] = (),
        words: bytes = b"",
    ) -> None:
        """Write a sign-off or a refusal and its line in the journal.

        `steps` are what the office has signed; without any, what it signed last stays known.
        `words` are what a partner decides about, if that is not the whole version: its fingerprint
        is their SHA-256, by which `Revisions.contents` returns them.
        """

    def sign_offs(self, campaign: str) -> Sequence[SignOff]:
        """Return the sign-offs and refusals of a campaign, the oldest first."""

    def sign_offs_of(self, campaigns: Collection[str]) -> Mapping[str, Sequence[SignOff]]:
        """Return those of each of these campaigns that has any, the oldest first."""

    def launch(
        self,
        mailings: Sequence[Mailing],
        *,
        actor: Actor,
        at: datetime,
        despite: Sequence[str] = (),
    ) -> bool:
        """Write every mailing of a campaign as `scheduled`. The journal has a line for each, and
        one for each warning that the launch overrules (`despite`).

        Returns False, and writes nothing, when one of the steps was launched before: two
        simultaneous launches make one mailing. A campaign that was cancelled before any message
        left may be launched again: its cancelled mailings are removed, and the journal says so.
        """

    def all(self, campaign: str = "") -> Sequence[Mailing]:
        """Return the mailings of a campaign, or all, by due time."""

    def summaries(
        self, campaign: str = "", *, overdue_at: datetime | None = None
    ) -> Sequence[MailingSummary]:
        """Return the mailings by due time without their messages: of a campaign, or of all.

        With `overdue_at`, only those that were due by then and have not started.
        """

    def of_ids(self, mailing_ids: Collection[MailingId]) -> Mapping[MailingId, MailingSummary]:
        """Return the mailings with these ids, by id, without their messages."""

    def get(self, mailing_id: MailingId) -> Mailing:
        """Return a mailing. Raises KeyError when the ledger has no mailing with this id."""

    def change_provider(
        self, mailing_ids: Sequence[MailingId], *, to: str, actor: Actor, why: str, at: datetime
    ) -> None:
        """Let mailings leave by another provider than at their launch, all of them or none. The
        journal has a line for each.
        """

    def missed_by(self, addresses: Collection[Address]) -> Sequence[Mailing]:
        """Return the mailings that have started and reached none of a person's addresses, by due
        time.

        Either an address refused them, or they excluded it as dead or unreachable.
        """

    def due(self, now: datetime) -> Sequence[Mailing]:
        """Return the scheduled mailings whose `due_at` has come, expired ones included."""

    def next_due_at(self) -> datetime | None:
        """Return the earliest instant at which a mailing or a retry is due, or a lease ends."""

    def start(
        self,
        mailing_id: MailingId,
        *,
        deliveries: Iterable[Delivery],
        exclusions: Iterable[Exclusion[Contact]],
        at: datetime,
    ) -> bool:
        """Make a scheduled mailing active and write its deliveries, chunks and exclusions.

        `deliveries` is consumed as it is written, so that a million need no more memory than
        one chunk. Returns False when another process has started the mailing already.
        """

    def start_uncertain(
        self,
        mailing_id: MailingId,
        *,
        deliveries: Iterable[Delivery],
        exclusions: Iterable[Exclusion[Contact]],
        actor: Actor,
        why: str,
        at: datetime,
        stays_paused: bool = False,
    ) -> bool:
        """Write the audience of a held mailing that may have been sent before this ledger was
        restored or copied: every delivery is uncertain, and the mailing done. One that somebody
        had paused `stays_paused`: what is sent again waits until it goes on.

        Events or a person resolve them. Returns False when it is not paused, or has started.
        """

    def reschedule(
        self, mailing: Mailing | MailingSummary, *, actor: Actor, why: str, at: datetime
    ) -> bool:
        """Give a mailing that has not started the times of `mailing`, and write a line in the
        journal; nothing else of a mailing ever changes. Returns False when it has started.
        """

    def change_state(
        self, mailing_id: MailingId, *, to: MailingState, actor: Actor, why: str, at: datetime
    ) -> bool:
        """Change the state of a mailing and write a line in the journal. Returns False when its
        present state does not allow the change.

        A paused mailing can go back to the state it had, and to no other: to `scheduled` when it
        has not started, to `active` when it has. Cancelling makes the pending and deferred deliveries `cancelled`.
        """

    def change_states(
        self, to: Mapping[MailingId, MailingState], *, actor: Actor, why: str, at: datetime
    ) -> Sequence[MailingId]:
        """Change the states of several mailings as `change_state` does, all of them or none.

        Returns those whose present state allowed it, in the order of `to`.
        """

    def finish(self, now: datetime) -> Sequence[MailingId]:
        """Make active mailings `done` when no delivery is pending, sending or deferred; returns
        their ids.

        The unsent deliveries of an expired mailing are cancelled first: late news is not sent.
        """


class SimilarMailings(Protocol):
    """Finds mailings with the same text, subject or audience rule, under whatever name."""

    def find(
        self, *, contents: Collection[str], subjects: Collection[str], since: datetime
    ) -> Sequence[SimilarMailing]:
        """Return the mailings with one of these content hashes at any time, or one of these
        normalized subjects since then, by time. Mailings that never start are left out.
        """

    def delivered_address_keys(self, mailing_id: MailingId) -> frozenset[str]:
        """Return the keys of the addresses that a mailing has reached, may have reached, or
        will be sent to.
        """

    def last_of_each_rule(self) -> Sequence[MailingSummary]:
        """Return, for each audience rule, the mailing with it that started and was due last.

        A rule that an earlier version of the program wrote in another way counts as another one.
        """


class Progress(Protocol):
    """Figures about each mailing, without its messages and recipients."""

    def of_mailings(
        self, *, since: datetime, queued_before: datetime | None = None
    ) -> Sequence[MailingProgress]:
        """Return figures on the active and paused mailings, and on those due since then that
        have ended or were missed.

        With `queued_before`, they count the deliveries that a provider queued over HTTP before
        that instant and that have no event yet.
        """

    def of_campaigns(self) -> Sequence[MailingsInState]:
        """Return the states in which each launched campaign has mailings, by campaign."""
