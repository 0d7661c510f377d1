"""Resolve uncertain deliveries by evidence, and find queued ones without any event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

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
"""How long a provider may report nothing about a message. It usually reports every 30 seconds."""


@dataclass(frozen=True, slots=True)
class ResolvedByEvidence:
    """A delivery that was uncertain, and its status according to the evidence."""

    delivery: Delivery
    status: DeliveryStatus


def resolve_from_log(
    lines: Iterable[str], *, name: str, actor: Actor, ledger: Ledger, now: datetime
) -> list[ResolvedByEvidence]:
    """Resolve every uncertain delivery that appears in the log of our own Postfix relay.

    The journal has `name` as the evidence, and the actor as the person who supplied it.
    """
    # Only this act reads logs; the rules that classify replies take long to import.
    from mailer.feedback.relay_log import events_in  # noqa: PLC0415 - as said

    events = events_in(lines, at=now)
    return resolve_from_events(events, evidence=name, ledger=ledger, actor=actor, now=now)


def resolve_from_events(
    events: Iterable[DeliveryEvent], *, evidence: str, ledger: Ledger, actor: Actor, now: datetime
) -> list[ResolvedByEvidence]:
    """Record the `events` that concern uncertain deliveries, and only those.

    `evidence` names their source for the journal, such as a log file. All events of a delivery
    count, so that a message which the relay accepted and could not deliver ends as bounced.
    Raises RuleError, changing nothing, when the actor may not do this.
    """
    require(actor, Act.RESOLVE)
    uncertain: dict[DeliveryId, Delivery | None] = {}
    for event in events:
        if event.delivery_id is None:
            continue
        if event.delivery_id not in uncertain:
            delivery = ledger.deliveries.find(event.delivery_id)
            is_uncertain = delivery is not None and delivery.status is DeliveryStatus.UNCERTAIN
            uncertain[event.delivery_id] = delivery if is_uncertain else None
        if uncertain[event.delivery_id] is not None:
            record(event, ledger=ledger, now=now)
    return list(
        _journal_resolved(
            uncertain.values(), evidence=evidence, ledger=ledger, actor=actor, now=now
        )
    )


def _journal_resolved(
    deliveries: Iterable[Delivery | None],
    *,
    evidence: str,
    ledger: Ledger,
    actor: Actor,
    now: datetime,
) -> Iterator[ResolvedByEvidence]:
    """Journal and yield each delivery that is no longer uncertain."""
    for delivery in deliveries:
        current = delivery and ledger.deliveries.find(delivery.id)
        if not delivery or not current or current.status is DeliveryStatus.UNCERTAIN:
            continue
        mailing = ledger.mailings.get(delivery.mailing_id)
        ledger.journal.add(
            at=now,
            actor=actor,
            action="settle",
            subject=f"{mailing.campaign}/{mailing.step}",
            detail=f"{delivery.id}: {current.status} ({evidence})",
        )
        yield ResolvedByEvidence(delivery, current.status)


def queued_without_events(
    ledger: Ledger, *, now: datetime, older_than: timedelta = PATIENCE
) -> Sequence[Delivery]:
    """Return deliveries that a provider queued `older_than` ago and has not reported on since.

    A message that was lost there gives no other sign. Nothing is resent, because a person looks.
    """
    return ledger.deliveries.queued_without_events(before=now - older_than)
