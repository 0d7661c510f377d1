"""Rehearse a whole campaign on a simulated clock, without any effect on the real ledger.

It runs the operations of a real launch on a separate ledger and a backend that writes files.
Journalists' answers and bounces are simulated. They are always the same for the same list, so
that two rehearsals can be compared.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mailer.model.accreditation import Accreditation, AccreditationState
from mailer.model.actor import PROGRAM
from mailer.model.delivery import DeliveryStatus
from mailer.model.event import Deadness, DeliveryEvent, EventKind, Match
from mailer.operations.feedback.record import record
from mailer.operations.sending.serve import run_tick

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from mailer.model.delivery import Delivery
    from mailer.model.mailing import Mailing, MailingSummary
    from mailer.model.message import Message
    from mailer.operations.sending.serve import Tick
    from mailer.ports import Backend, Clock, Engine, Ledger

LEAD_TIME = timedelta(hours=1)
"""How long before the first step a rehearsal begins."""


@dataclass(frozen=True, slots=True)
class SimulatedReaction:
    """One simulated reaction, and the percentage of recipients who react like this."""

    percent: int
    state: AccreditationState | None = None
    kind: EventKind | None = None
    reason: str = ""
    dead: Deadness = Deadness.UNSURE
    quote: str = ""


ANSWERS = "answers"
"""What the mails are called that answers trigger, whatever their step."""

SIMULATED_REACTIONS = (
    SimulatedReaction(34, state=AccreditationState.ACCEPTED),
    SimulatedReaction(9, state=AccreditationState.DECLINED),
    SimulatedReaction(
        5,
        kind=EventKind.BOUNCED,
        reason="user-unknown",
        dead=Deadness.YES,
        quote="550 5.1.1 User unknown",
    ),
    SimulatedReaction(
        3,
        kind=EventKind.DEFERRED,
        reason="mailbox-full",
        dead=Deadness.NO,
        quote="452 4.2.2 Mailbox full",
    ),
    SimulatedReaction(2, kind=EventKind.OPTED_OUT, reason="reply"),
)
"""The percentages follow what press offices report. The other recipients do not react."""


def rehearse(
    *,
    ledger: Ledger,
    clock: Clock,
    engine: Engine,
    backend_for: Callable[[MailingSummary], Backend],
    message_for: Callable[[Mailing, Delivery], Message],
    accreditation_until: datetime | None,
) -> Iterator[Tick]:
    """Run every launched mailing of `ledger` to its end. Yields the result of each tick.

    `accreditation_until` is the accreditation deadline, or None if there is no accreditation.
    """

    def tick_for(mailing: MailingSummary) -> Tick:
        return run_tick(
            ledger=ledger,
            backend=backend_for(mailing),
            engine=engine,
            clock=clock,
            message_for=message_for,
            worker="rehearsal",
        )

    while (due_at := ledger.mailings.next_due_at()) is not None:
        clock.wait_until(due_at)
        due = ledger.mailings.summaries(overdue_at=clock.now()) or ledger.mailings.summaries()
        tick = tick_for(due[0])
        yield tick
        for started in tick.started:
            if not started.mailing.rule.on:
                _react(started.mailing, ledger=ledger, clock=clock, until=accreditation_until)
        if any(each.rule.on for each in ledger.mailings.summaries()):
            clock.wait_until(_after_reactions(ledger, clock))
            yield tick_for(replace(due[0], step=ANSWERS))


def _after_reactions(ledger: Ledger, clock: Clock) -> datetime:
    """Return when the people have answered, but no later than the next departure."""
    answered_at = clock.now() + timedelta(hours=2)
    next_at = ledger.mailings.next_due_at()
    return min(answered_at, next_at) if next_at else answered_at


def _react(mailing: Mailing, *, ledger: Ledger, clock: Clock, until: datetime | None) -> None:
    """Record the simulated reactions to one mailing, two hours after it left."""
    at = clock.now() + timedelta(hours=2)
    for delivery in list(ledger.deliveries.of_mailing(mailing.id)):
        if delivery.status is not DeliveryStatus.ACCEPTED:
            continue
        invention = _invented(delivery, mailing)
        if invention is None:
            continue
        if invention.state is not None:
            if until is not None and at < until and _is_first_list(delivery, mailing):
                ledger.accreditations.save(
                    Accreditation(
                        campaign=mailing.campaign,
                        address=delivery.address,
                        state=invention.state,
                        at=at,
                        name=delivery.name,
                        organisation=delivery.fields.get("organisation", ""),
                        note="rehearsal",
                    ),
                    actor=PROGRAM,
                )
        elif invention.kind is not None:
            record(
                DeliveryEvent(
                    kind=invention.kind,
                    at=at,
                    source="rehearsal",
                    key=f"rehearsal:{delivery.id}:{invention.kind}",
                    delivery_id=delivery.id,
                    address=delivery.address,
                    match=Match.DELIVERY_ID,
                    reason=invention.reason,
                    dead=invention.dead,
                    quote=invention.quote,
                ),
                ledger=ledger,
                now=at,
            )


def _is_first_list(delivery: Delivery, mailing: Mailing) -> bool:
    """Return whether this person is on the step's first list, whose members are asked to accredit."""
    return bool(mailing.rule.to) and delivery.fields.get("list") == mailing.rule.to[0]


def _invented(delivery: Delivery, mailing: Mailing) -> SimulatedReaction | None:
    """Return the reaction of this address, chosen by a hash so that it is always the same."""
    digest = hashlib.sha256(f"{mailing.campaign}/{mailing.step}/{delivery.address.key}".encode())
    drawn = int.from_bytes(digest.digest()[:4]) % 100
    for invention in SIMULATED_REACTIONS:
        if drawn < invention.percent:
            return invention
        drawn -= invention.percent
    return None
