"""The press of a rehearsal: people who answer by the links of their messages, and mail that comes back.

They are always the same for the same list and seed, so that two rehearsals can be compared.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from mailer.model.address import Address
from mailer.model.feedback.event import Deadness, DeliveryEvent, EventKind, Match
from mailer.model.mailings.amendment import AmendmentKind
from mailer.model.mailings.delivery import DeliveryStatus
from mailer.operations.feedback.record import record
from mailer.operations.people.answers import AnswerAct, Wish, answer, invitation_of
from mailer.operations.people.registers import sweep_registers

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mailer.accreditations import Terms
    from mailer.model.campaigns.campaign import Campaign
    from mailer.model.mailings.delivery import Delivery
    from mailer.model.mailings.mailing import Mailing
    from mailer.ports import Clock, Ledger


@dataclass(frozen=True, slots=True)
class SimulatedReaction:
    """One simulated reaction, and the percentage of recipients who react like this."""

    percent: int
    act: AnswerAct | None = None
    kind: EventKind | None = None
    reason: str = ""
    dead: Deadness = Deadness.UNSURE
    quote: str = ""


SIMULATED_REACTIONS = (
    SimulatedReaction(31, act=AnswerAct.COMES),
    SimulatedReaction(3, act=AnswerAct.SUBSTITUTE),
    SimulatedReaction(9, act=AnswerAct.DECLINES),
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
MOST_ANSWERS = 500
"""How many people answer one mailing at most: each answer reads the whole register."""


@dataclass(frozen=True, slots=True)
class SimulatedPress:
    """The people who react, under the rules of the campaign. `seed` draws other reactions."""

    ledger: Ledger
    clock: Clock
    campaign: Callable[[], Campaign]
    """The campaign as it is at that moment: a move changes it."""
    terms: Callable[[], Terms]
    seed: int = 0

    def react(self, mailing: Mailing) -> None:
        """React to one mailing, two hours after it left."""
        at = self.clock.now() + timedelta(hours=2)
        is_called_off = any(
            each.kind is AmendmentKind.CANCELLATION and each.launched_at is not None
            for each in self.ledger.amendments.of_campaign(mailing.campaign)
        )
        answered = MOST_ANSWERS if is_called_off else 0
        for delivery in list(self.ledger.deliveries.of_mailing(mailing.id)):
            if delivery.status is not DeliveryStatus.ACCEPTED:
                continue
            invention = _invented(delivery, mailing, self.seed)
            if invention is None:
                continue
            if invention.kind is not None:
                _comes_back(delivery, invention, ledger=self.ledger, at=at)
            elif (
                invention.act is not None
                and answered < MOST_ANSWERS
                and _is_first_list(delivery, mailing)
            ):
                answered += 1
                self._answer(delivery, invention.act, at=at)

    def _answer(self, delivery: Delivery, act: AnswerAct, *, at: datetime) -> None:
        """Press the buttons of the page: to send somebody else, one asks for a place first."""
        if not self.campaign().accreditation.required:
            return
        acts = (AnswerAct.COMES, act) if act is AnswerAct.SUBSTITUTE else (act,)
        for each in acts:
            invitation = invitation_of(
                delivery.id, campaign_of=lambda _slug: self.campaign(), ledger=self.ledger, now=at
            )
            if invitation is not None:
                wish = _substitute_of(delivery) if each is AnswerAct.SUBSTITUTE else Wish(each)
                answer(invitation, wish, ledger=self.ledger, now=at)

    def let_time_pass(self) -> None:
        """Give the places that nobody confirmed to the next on the waiting list."""
        swept = sweep_registers(
            self.ledger, terms_for=lambda _slug: self.terms(), now=self.clock.now()
        )
        for _entry in swept:
            pass


def _substitute_of(delivery: Delivery) -> Wish:
    digest = hashlib.sha256(delivery.address.key.encode()).hexdigest()
    return Wish(
        AnswerAct.SUBSTITUTE,
        name="Camille Petit",
        address=Address.parse(f"camille.petit.{digest[:6]}@redaction.invalid"),
    )


def _comes_back(
    delivery: Delivery, invention: SimulatedReaction, *, ledger: Ledger, at: datetime
) -> None:
    assert invention.kind is not None
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


def _invented(delivery: Delivery, mailing: Mailing, seed: int) -> SimulatedReaction | None:
    """Return the reaction of this address, chosen by a hash so that it is always the same."""
    drawn_by = f"{mailing.campaign}/{mailing.step}/{delivery.address.key}"
    digest = hashlib.sha256((f"{seed}/{drawn_by}" if seed else drawn_by).encode())
    drawn = int.from_bytes(digest.digest()[:4]) % 100
    for invention in SIMULATED_REACTIONS:
        if drawn < invention.percent:
            return invention
        drawn -= invention.percent
    return None
