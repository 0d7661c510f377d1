"""The sending protocol, the deliveries that it moves, and the rate limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import datetime

    from mailer.model.address import Address
    from mailer.model.campaigns.audience import Exclusion
    from mailer.model.contacts.contact import Contact
    from mailer.model.feedback.event import DeliveryEvent
    from mailer.model.mailings.delivery import (
        ChunkId,
        Claim,
        Delivery,
        DeliveryStatus,
        Outcome,
        Tally,
    )
    from mailer.model.mailings.mailing import MailingId
    from mailer.model.mailings.message import DeliveryId
    from mailer.model.mailings.rate_limit import RateLimit, Reservation
    from mailer.model.team.actor import Actor


class Sending(Protocol):
    """The sending protocol: claim, mark, send, settle."""

    def claim(
        self,
        *,
        worker: str,
        now: datetime,
        provider: str = "",
        probing: bool = False,
        at_most: int = 0,
    ) -> Claim | None:
        """Claim a chunk with deliveries due, under a new epoch and a lease.

        Returns None when no delivery is due. Deliveries that an earlier epoch left `sending`
        become `uncertain` in the same transaction. `provider` names the provider that sends: a
        mailing launched to leave by another one is left alone, and the events that store its
        refusals have it as their source.

        Of a mailing to which `brake` was applied, it claims one delivery only, and nothing while
        that is claimed. With `probing` it claims nothing else. `at_most` is how many chunks of the
        provider all workers together may hold, each over its connection; 0 means no limit.
        """

    def open_chunks(
        self, *, now: datetime, provider: str = "", at_most: int
    ) -> tuple[ChunkId, ...]:
        """Return the chunks that could be claimed now, at most so many; those of dead workers
        first.

        A worker claims them in this order, but for those of a braked mailing: they come last, one
        at a time.
        """

    def renew(self, claim: Claim, *, now: datetime) -> bool:
        """Prolong the lease of a claim.

        Returns False when nothing more may be sent under it: another worker holds the chunk,
        or the mailing is paused, cancelled or expired.
        """

    def mark(
        self, claim: Claim, delivery_ids: Sequence[DeliveryId], *, now: datetime
    ) -> frozenset[DeliveryId]:
        """Mark deliveries as `sending`; returns, once that is durable, the ids that may be sent.

        Left out are deliveries under a stale claim or of a mailing that may not send now (they
        stay as they are), those suppressed since the mailing started (they become
        `suppressed`), and those excluded by an accreditation (they become `cancelled`). Safe
        from many threads: marks and outcomes that wait at the same time share a commit.

        Raises LedgerError when the mark cannot be made durable: then nothing may be sent.
        """

    def settle(
        self, claim: Claim, delivery_id: DeliveryId, outcome: Outcome, *, now: datetime
    ) -> None:
        """Record the outcome of a delivery. It is durable before a later mark of this caller
        returns.

        `Deferred.retry_after_s` says when the delivery is due again; None means at once. A
        worker whose claim was superseded may still record the outcomes it knows.
        """

    def postpone(
        self, claim: Claim, until: Mapping[DeliveryId, datetime], *, now: datetime
    ) -> None:
        """Postpone unsent deliveries to the given instants."""

    def release(self, claim: Claim, *, now: datetime, hold_until: datetime | None = None) -> None:
        """Wait until all outcomes handed over are durable, then release the chunk.

        Deliveries that were marked and have no outcome become `uncertain`. With `hold_until`,
        no chunk of the mailing can be claimed before that instant, because the relay cannot be
        reached.
        """

    def brake(self, claim: Claim) -> int:
        """Let a mailing try one person before the others, because of the last request nobody
        knows whether it was taken; returns the seconds to wait before. After a probe they double.

        The other mailings of its provider try one person first as well, without waiting.
        """

    def release_brake(self, claim: Claim) -> None:
        """Let a mailing send to everybody again: an answer was certain."""


class Deliveries(Protocol):
    """The deliveries of a mailing (one for each recipient) and its exclusions."""

    def of_mailing(self, mailing_id: MailingId) -> Iterator[Delivery]:
        """Yield the deliveries in the order of sending; a million need no more memory than a
        thousand.
        """

    def page(
        self, mailing_id: MailingId, *, after: DeliveryId | None = None, limit: int = 100
    ) -> Sequence[Delivery]:
        """Return at most `limit` deliveries of a mailing in order, after the one with the id
        `after`.
        """

    def find(self, delivery_id: DeliveryId) -> Delivery | None: ...

    def exclusions(self, mailing_id: MailingId) -> Sequence[Exclusion[Contact]]:
        """Return the exclusions in order, with the contacts as they were when the mailing
        started, without the office's notes.
        """

    def latest(self, address: Address, *, since: datetime) -> Delivery | None:
        """Return the delivery last sent to this address since then, if any."""

    def to_addresses(
        self, address_keys: Collection[str], *, limit: int = 100
    ) -> Sequence[Delivery]:
        """Return at most `limit` deliveries to these addresses, the newest first."""

    def queued_without_events(self, *, before: datetime) -> Sequence[Delivery]:
        """Return the deliveries that a provider queued over HTTP before then and that have no
        event yet, the oldest first.
        """

    def add_triggered(
        self, mailing_id: MailingId, deliveries: Sequence[Delivery], *, at: datetime
    ) -> int:
        """Add deliveries to an active mailing that answers trigger; returns how many were new.

        A person has one delivery for each of their answers, also when it is added twice. Nothing
        is added to a mailing that is not active, or has expired.
        """

    def add_uncertain(
        self, mailing_id: MailingId, deliveries: Sequence[Delivery], *, why: str, at: datetime
    ) -> int:
        """Add deliveries to a mailing of a restored or copied ledger that answers trigger, all of
        them uncertain: the original may have sent them. Returns how many were new.
        """

    def answered(self, mailing_id: MailingId) -> frozenset[tuple[str, int]]:
        """Return the address key and the number of each answer that has a delivery of a mailing, or
        was told by a mailing that this one stands instead of.
        """

    def told(self, mailing_id: MailingId) -> frozenset[tuple[str, int]]:
        """Return the address key and the number of each answer that a mailing, or one that it stands
        instead of, has told, may have told, or cannot tell.
        """

    def add(self, delivery: Delivery, *, actor: Actor, why: str, at: datetime) -> bool:
        """Add a recipient to a mailing that has started; a finished mailing becomes active
        again. Writes a line in the journal.

        Returns False, and changes nothing, when the mailing is cancelled, expired or has not
        started, or when the address already has a delivery, or the contact one that was not refused.
        """

    def requeue(
        self, delivery_ids: Sequence[DeliveryId], *, actor: Actor, why: str, at: datetime
    ) -> frozenset[DeliveryId]:
        """Send deliveries again that were refused, came back, or were stopped before they left;
        returns the ids of those that will be. A finished mailing becomes active again; the journal
        has a line for each.

        Deliveries whose person has or may have the message stay as they are, and so do those of a
        mailing that is cancelled or expired.
        """

    def tally(self, mailing_id: MailingId) -> Tally:
        """Count the deliveries of a mailing by status and its exclusions by reason."""


class UncertainDeliveries(Protocol):
    """The deliveries of which nobody knows whether they were sent."""

    def find(self, *, campaign: str = "", step: str = "") -> Sequence[Delivery]:
        """Return the uncertain deliveries of a step, a campaign or all, in the order of sending."""

    def resolve(
        self,
        delivery_ids: Sequence[DeliveryId],
        *,
        resend: bool,
        actor: Actor,
        why: str,
        at: datetime,
    ) -> frozenset[DeliveryId]:
        """Resolve uncertain deliveries as a person decided: make them accepted, or pending again
        (`resend`). Returns the ids that changed; the journal has a line for each.

        Deliveries that are not uncertain stay as they are. With `resend`, so do those of a
        mailing that is cancelled or expired, and a finished mailing becomes active again.
        """

    def resolve_by_events(
        self, events: Sequence[DeliveryEvent], *, evidence: str, actor: Actor, at: datetime
    ) -> Mapping[DeliveryId, DeliveryStatus]:
        """Store the events about uncertain deliveries, and advance the status of these; returns
        the new status of each that is no longer uncertain.

        `evidence` names where the events come from. The journal has a line with it for each
        delivery that is resolved, in the same transaction. Events about other deliveries are
        left out.
        """


class RateLimits(Protocol):
    """How fast messages may be sent, for all workers together and across restarts."""

    def reserve(
        self, limits: Sequence[RateLimit], *, patience_s: float, now: datetime
    ) -> Reservation:
        """Reserve the next send slot that every limit allows; returns how long to wait for it.

        When the wait would exceed `patience_s`, nothing is reserved.
        """

    def slow_down(self, key: str, *, now: datetime, held_s: float = 0.0) -> None:
        """Halve the rate of a limit whose server is throttling us; it recovers with time.

        Nothing leaves under it for `held_s`.
        """

    def slowed(self, *, now: datetime) -> frozenset[str]:
        """Return the keys of the limits that are still slower than usual."""
