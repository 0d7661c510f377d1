"""The sending protocol and the rows that it moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from mailer.model.actor import Actor
    from mailer.model.address import Address
    from mailer.model.audience import Exclusion
    from mailer.model.contact import Contact
    from mailer.model.delivery import Claim, Delivery, Outcome
    from mailer.model.mailing import MailingId, Tally
    from mailer.model.message import DeliveryId
    from mailer.model.rate_limit import RateLimit, Reservation


class Sending(Protocol):
    """The sending protocol: claim, mark, send, settle."""

    def claim(self, *, worker: str, now: datetime, provider: str = "") -> Claim | None:
        """A chunk with work due, taken under a new epoch and a lease; None when there is none.

        `provider` is the source of the events that store what it refuses.
        Rows that an earlier epoch left `sending` become `uncertain` in the same transaction.
        """

    def renew(self, claim: Claim, *, now: datetime) -> bool:
        """Prolongs the lease; False when nothing more is to be sent under this claim: it is no
        longer ours, or its mailing is paused, cancelled or expired.
        """

    def mark(
        self, claim: Claim, delivery_ids: Sequence[DeliveryId], *, now: datetime
    ) -> frozenset[DeliveryId]:
        """Makes these `sending`, durably, before it returns; which ones may go.

        Not among them: those whose claim is stale, whose mailing is paused or cancelled
        (they stay as they are), and those suppressed since (they become `suppressed`).
        Safe from many threads; marks and settlements waiting together share a commit.
        """

    def settle(
        self, claim: Claim, delivery_id: DeliveryId, outcome: Outcome, *, now: datetime
    ) -> None:
        """Records an outcome; durable before any later mark of this caller returns.

        A superseded claim may still record what it knows.
        """

    def postpone(
        self, claim: Claim, until: Mapping[DeliveryId, datetime], *, now: datetime
    ) -> None:
        """Offers these, which wait, no earlier than that."""

    def release(self, claim: Claim, *, now: datetime, hold_until: datetime | None = None) -> None:
        """Waits until everything settled is durable and gives the chunk back.

        What was marked and never settled becomes `uncertain`. With `hold_until` nothing of
        the mailing is offered before that instant: its peer cannot be reached.
        """


class Deliveries(Protocol):
    """One row for each recipient of a mailing, and one for each person left out."""

    def of_mailing(self, mailing_id: MailingId) -> Iterator[Delivery]: ...

    def page(
        self, mailing_id: MailingId, *, after: DeliveryId | None = None, limit: int = 100
    ) -> Sequence[Delivery]:
        """Return at most `limit` deliveries of a mailing in order, after the one called `after`."""

    def find(self, delivery_id: DeliveryId) -> Delivery | None: ...

    def exclusions(self, mailing_id: MailingId) -> Sequence[Exclusion[Contact]]: ...

    def latest(self, address: Address, *, since: datetime) -> Delivery | None:
        """What was last sent to this address since then."""

    def unheard(self, *, before: datetime) -> Sequence[Delivery]:
        """Return deliveries that were accepted over HTTP before then and have no event since."""

    def add(self, delivery: Delivery, *, actor: Actor, why: str, at: datetime) -> bool:
        """One more recipient for a mailing that has begun and is still useful; False when it
        is not, or when the address has its row already. Journalled.
        """

    def tally(self, mailing_id: MailingId) -> Tally: ...


class UncertainDeliveries(Protocol):
    """Deliveries of which nobody knows whether they were sent."""

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
        """A person's word on uncertain deliveries: accepted, or pending again; each journalled.

        Not among those returned, and left as they are: what is not uncertain, and what is to
        be sent again for a mailing that is cancelled or has expired.
        """


class RateLimits(Protocol):
    """How fast messages may leave, held for all workers and across restarts."""

    def reserve(
        self, limits: Sequence[RateLimit], *, patience_s: float, now: datetime
    ) -> Reservation:
        """Reserve the next send slot allowed by every limit. Reserves nothing if the wait
        exceeds `patience_s`.
        """

    def slow_down(self, key: str, *, now: datetime) -> None:
        """Halves the pace of a limit; it comes back by itself."""

    def slowed(self, *, now: datetime) -> frozenset[str]:
        """The limits that are still slower than usual."""
