"""The dress rehearsal: a whole campaign on a simulated clock, leaving no trace.

The same operations as for a real launch, on a ledger of its own and with a backend that
writes files. Journalists' answers and dead addresses are invented, always the same ones
for the same list, so that two rehearsals can be compared.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
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
    from mailer.model.mailing import Mailing
    from mailer.model.message import Message
    from mailer.operations.sending.serve import Tick
    from mailer.ports import Backend, Clock, Engine, Ledger

HEADSTART = timedelta(hours=1)
"""How long before the first step a rehearsal begins."""


@dataclass(frozen=True, slots=True)
class InventedAnswers:
    """One invented reaction: its share of recipients in percent, and what it is."""

    percent: int
    state: AccreditationState | None = None
    kind: EventKind | None = None
    reason: str = ""
    dead: Deadness = Deadness.UNSURE
    quote: str = ""


INVENTIONS = (
    InventedAnswers(34, state=AccreditationState.ACCEPTED),
    InventedAnswers(9, state=AccreditationState.DECLINED),
    InventedAnswers(
        5,
        kind=EventKind.BOUNCED,
        reason="user-unknown",
        dead=Deadness.YES,
        quote="550 5.1.1 User unknown",
    ),
    InventedAnswers(
        3,
        kind=EventKind.DEFERRED,
        reason="mailbox-full",
        dead=Deadness.NO,
        quote="452 4.2.2 Mailbox full",
    ),
    InventedAnswers(2, kind=EventKind.OPTED_OUT, reason="reply"),
)
"""Shares drawn from what press offices report; the rest stay silent, as most do."""


def rehearse(
    *,
    ledger: Ledger,
    clock: Clock,
    engine: Engine,
    backend_for: Callable[[Mailing], Backend],
    message_for: Callable[[Mailing, Delivery], Message],
    accreditation_until: datetime | None,
) -> Iterator[Tick]:
    """Plays every launched mailing of `ledger` to its end; yields what each turn did.

    `accreditation_until` is when answers stop being accepted (None: nobody accredits).
    """
    while (due_at := ledger.mailings.next_due_at()) is not None:
        clock.wait_until(due_at)
        due = ledger.mailings.due(clock.now())
        turn = run_tick(
            ledger=ledger,
            backend=backend_for(due[0]) if due else backend_for(ledger.mailings.all()[0]),
            engine=engine,
            clock=clock,
            message_for=message_for,
            worker="rehearsal",
        )
        yield turn
        for started in turn.started:
            _react(started.mailing, ledger=ledger, clock=clock, until=accreditation_until)


def _react(mailing: Mailing, *, ledger: Ledger, clock: Clock, until: datetime | None) -> None:
    """The inventions for one mailing, two hours after it left."""
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
    """Whether this person is of the list a step is made for: those are asked to accredit."""
    return bool(mailing.rule.to) and delivery.fields.get("list") == mailing.rule.to[0]


def _invented(delivery: Delivery, mailing: Mailing) -> InventedAnswers | None:
    """The reaction that falls to this address: a number from 0 to 99 drawn by hashing."""
    digest = hashlib.sha256(f"{mailing.campaign}/{mailing.step}/{delivery.address.key}".encode())
    drawn = int.from_bytes(digest.digest()[:4]) % 100
    for invention in INVENTIONS:
        if drawn < invention.percent:
            return invention
        drawn -= invention.percent
    return None
