"""Uncertain deliveries settled by evidence, and silent ones that a person should look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from mailer.feedback.relay_log import events_in
from mailer.model.delivery import DeliveryStatus
from mailer.model.permission import Act, require
from mailer.operations.feedback.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from mailer.model.actor import Actor
    from mailer.model.delivery import Delivery
    from mailer.model.event import DeliveryEvent
    from mailer.model.message import DeliveryId
    from mailer.ports import Ledger

PATIENCE = timedelta(minutes=30)
"""How long a provider may be silent about a message: it reports every 30 seconds."""


@dataclass(frozen=True, slots=True)
class Settled:
    """One delivery that was uncertain, and what the evidence made of it."""

    delivery: Delivery
    status: DeliveryStatus


def settle_from_log(
    lines: Iterable[str], *, name: str, actor: Actor, ledger: Ledger, now: datetime
) -> list[Settled]:
    """Settle every uncertain delivery that the log of our own Postfix relay knows about.

    `name` stands in the journal as the evidence, the actor as who brought it.
    """
    events = events_in(lines, at=now)
    return settle_from(events, evidence=name, ledger=ledger, actor=actor, now=now)


def settle_from(
    events: Iterable[DeliveryEvent], *, evidence: str, ledger: Ledger, actor: Actor, now: datetime
) -> list[Settled]:
    """Records what `events` say of uncertain deliveries, and of them alone.

    `evidence` names the source for the journal, as the file of a log. Later facts about one
    delivery count as well, so that a message which the relay took and could not deliver ends
    as bounced. Raises RuleError, changing nothing, when the actor may not do this.
    """
    require(actor, Act.RESOLVE)
    doubted: dict[DeliveryId, Delivery | None] = {}
    for event in events:
        if event.delivery_id is None:
            continue
        if event.delivery_id not in doubted:
            delivery = ledger.deliveries.find(event.delivery_id)
            is_doubted = delivery is not None and delivery.status is DeliveryStatus.UNCERTAIN
            doubted[event.delivery_id] = delivery if is_doubted else None
        if doubted[event.delivery_id] is not None:
            record(event, ledger=ledger, now=now)
    return list(_told(doubted.values(), evidence=evidence, ledger=ledger, actor=actor, now=now))


def _told(
    deliveries: Iterable[Delivery | None],
    *,
    evidence: str,
    ledger: Ledger,
    actor: Actor,
    now: datetime,
) -> Iterator[Settled]:
    """Notes each doubt that is none any more."""
    for delivery in deliveries:
        standing = delivery and ledger.deliveries.find(delivery.id)
        if not delivery or not standing or standing.status is DeliveryStatus.UNCERTAIN:
            continue
        mailing = ledger.mailings.get(delivery.mailing_id)
        ledger.journal.add(
            at=now,
            actor=actor,
            action="settle",
            subject=f"{mailing.campaign}/{mailing.step}",
            detail=f"{delivery.id}: {standing.status} ({evidence})",
        )
        yield Settled(delivery, standing.status)


def without_sign_of_life(
    ledger: Ledger, *, now: datetime, older_than: timedelta = PATIENCE
) -> Sequence[Delivery]:
    """Return deliveries that a provider queued long enough ago of which nothing was heard since.

    A message that vanished there shows by nothing but silence. Nothing is resent: a person looks.
    """
    return ledger.deliveries.unheard(before=now - older_than)
