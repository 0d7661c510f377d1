"""Resolve uncertain deliveries by evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.feedback.relay_log import events_in
from mailer.model.team.permission import Act, require
from mailer.operations.feedback.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from mailer.model.feedback.event import DeliveryEvent
    from mailer.model.mailings.delivery import Delivery, DeliveryStatus
    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger


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
    events = events_in(lines, at=now)
    return resolve_from_events(events, evidence=name, ledger=ledger, actor=actor, now=now)


def resolve_from_events(
    events: Iterable[DeliveryEvent], *, evidence: str, ledger: Ledger, actor: Actor, now: datetime
) -> list[ResolvedByEvidence]:
    """Record the `events` that concern uncertain deliveries, and only those.

    `evidence` names their source for the journal, such as a log file. All events of a delivery
    count, so that a message which the relay accepted and could not deliver ends as bounced. The
    deliveries are resolved and journalled in one transaction; then the policy is applied to the
    events, and a crash in between leaves that to the next reading of stored events.
    Raises RuleError, changing nothing, when the actor may not do this.
    """
    require(actor, Act.RESOLVE)
    uncertain = {delivery.id: delivery for delivery in ledger.uncertain.find()}
    about_them = [event for event in events if event.delivery_id in uncertain]
    resolved = ledger.uncertain.resolve_by_events(
        about_them, evidence=evidence, actor=actor, at=now
    )
    for event in about_them:
        record(event, ledger=ledger, now=now)
    return [ResolvedByEvidence(uncertain[each], status) for each, status in resolved.items()]
