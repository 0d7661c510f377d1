"""Send a step again: to those whom it did not reach, and to newcomers since.

Who has it never gets it again. Of an uncertain delivery nobody knows: it is sent again only to
somebody who is named.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from mailer.errors import Place, Problem, RuleError
from mailer.labels import label_of, why_left_out
from mailer.model.mailings.delivery import NOT_DELIVERED, UNSENT, DeliveryStatus
from mailer.model.mailings.mailing import MailingState
from mailer.model.team.permission import Act, require
from mailer.operations.sending.start import audience_and_deliveries
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import Text, _, _n

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import datetime

    from mailer.model.address import Address
    from mailer.model.mailings.delivery import Delivery
    from mailer.model.mailings.mailing import Mailing
    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger

_NO_MORE = frozenset({MailingState.CANCELLED, MailingState.MISSED})
_HAS_NEW_VERSION = _("they have had the new version alone, in which nothing is to be corrected")
_NAMED = 20
"""How many people the error names: enough to recognise a list, and it still fits one screen."""


class ResendTo(StrEnum):
    """Which people a step is sent to again, when nobody is named."""

    MISSED = "missed"
    """Those whom it did not reach, and who may be written to now."""
    NEW = "new"
    """Those who are in its audience now, and were not when it left."""


class NotResent(NamedTuple):
    """Somebody who was named and does not get the step, and why."""

    address: Address
    why: Text


@dataclass(frozen=True, slots=True)
class Resend:
    """What is sent again: new deliveries, those that failed, and uncertain ones of named people."""

    added: tuple[Delivery, ...] = ()
    requeued: tuple[Delivery, ...] = ()
    uncertain: tuple[Delivery, ...] = ()
    refused: tuple[NotResent, ...] = field(default=())

    @property
    def people(self) -> tuple[Delivery, ...]:
        return (*self.added, *self.requeued, *self.uncertain)


def what_to_resend(
    campaign: str,
    step: str,
    *,
    to: ResendTo | Sequence[Address],
    ledger: Ledger,
    now: datetime,
) -> Resend:
    """Return who would get the step again, by its frozen rule and the directory of now.

    Raises RuleError when the step has not begun, was cancelled, or is no longer useful.
    """
    if isinstance(to, ResendTo):
        return groups_to_resend(campaign, step, ledger=ledger, now=now)[to]
    mailing = _sendable(campaign, step, ledger, now)
    audience, found = audience_and_deliveries(mailing, ledger=ledger, now=now)
    new = _who_are_to_know(found, mailing, ledger)
    reasons = {
        each.contact.address.key: why_left_out(each.reason, each.detail)
        for each in audience.exclusions
    } | {each.address.key: _HAS_NEW_VERSION for each in found if each not in new}
    people = _Reached.of_mailing(mailing, ledger)
    return _named(to, {each.address.key: each for each in new}, people, reasons)


def groups_to_resend(
    campaign: str, step: str, *, ledger: Ledger, now: datetime
) -> Mapping[ResendTo, Resend]:
    """Return the people of each group; raises RuleError as `what_to_resend`."""
    mailing = _sendable(campaign, step, ledger, now)
    _audience, found = audience_and_deliveries(mailing, ledger=ledger, now=now)
    new = _who_are_to_know(found, mailing, ledger)
    people = _Reached.of_mailing(mailing, ledger)
    return {
        ResendTo.MISSED: _sorted([each for each in new if people.is_missed(each.address)], people),
        ResendTo.NEW: Resend(added=tuple(each for each in new if not people.of(each.address))),
    }


def _who_are_to_know(
    found: Sequence[Delivery], mailing: Mailing, ledger: Ledger
) -> Sequence[Delivery]:
    """Return those of an audience who may be told what a mailing tells: of a correction, nobody
    who has only the corrected version, and to whom it would correct what they never had.
    """
    if not mailing.rule.informed:
        return found
    holders = ledger.amendments.holders(mailing.campaign)
    own = {each.address.key for each in ledger.deliveries.of_mailing(mailing.id)}
    return [
        each
        for each in found
        if each.address.key in own
        or all(
            holders[address.key].version < mailing.version
            for address in (each.address, *ledger.contacts.addresses_of_person(each.address))
            if address.key in holders
        )
    ]


@dataclass(frozen=True, slots=True)
class _Reached:
    """The deliveries of a mailing, found under each address of a person."""

    ledger: Ledger
    by_key: Mapping[str, Delivery]

    @classmethod
    def of_mailing(cls, mailing: Mailing, ledger: Ledger) -> _Reached:
        deliveries = ledger.deliveries.of_mailing(mailing.id)
        return cls(ledger, {each.address.key: each for each in deliveries})

    def of(self, address: Address) -> list[Delivery]:
        """Return the deliveries of the mailing to the person who has this address."""
        known = self.by_key.get(address.key)
        if known is not None and known.status not in NOT_DELIVERED:
            return [known]  # it answers the question
        keys = {each.key for each in self.ledger.contacts.addresses_of_person(address)}
        return [self.by_key[key] for key in sorted(keys) if key in self.by_key]

    def is_missed(self, address: Address) -> bool:
        """Return whether the person has deliveries, and none that reached or may reach them."""
        found = self.of(address)
        return bool(found) and all(each.status in NOT_DELIVERED for each in found)


def _sorted(wanted: Sequence[Delivery], people: _Reached) -> Resend:
    """Return these people with the delivery that failed, or a new one at another address."""
    failed = {each.address.key: people.by_key.get(each.address.key) for each in wanted}
    return Resend(
        added=tuple(each for each in wanted if failed[each.address.key] is None),
        requeued=tuple(each for each in failed.values() if each is not None),
    )


def _named(
    named: Sequence[Address],
    new: Mapping[str, Delivery],
    people: _Reached,
    reasons: Mapping[str, Text],
) -> Resend:
    wanted: list[Delivery] = []
    uncertain: list[Delivery] = []
    refused: list[NotResent] = []
    for address in dict.fromkeys(named):
        found = people.of(address)
        has_it = [each for each in found if each.status not in NOT_DELIVERED]
        if len(has_it) == 1 and has_it[0].status is DeliveryStatus.UNCERTAIN:
            uncertain.append(has_it[0])
        elif has_it:
            refused.append(NotResent(address, _why_has_it(has_it)))
        elif address.key in new:
            wanted.append(new[address.key])
        else:
            reason = reasons.get(address.key, _("on none of the lists of this step"))
            refused.append(NotResent(address, reason))
    found_again = _sorted(wanted, people)
    return Resend(found_again.added, found_again.requeued, tuple(uncertain), tuple(refused))


def _why_has_it(deliveries: Sequence[Delivery]) -> Text:
    first = deliveries[0]
    if first.status in UNSENT or first.status is DeliveryStatus.SENDING:
        return _("it is about to leave to them")
    return _("they have it already: {state}", state=label_of(first.status))


def resend(
    campaign: str,
    step: str,
    *,
    to: ResendTo | Sequence[Address],
    confirm: int | None,
    actor: Actor,
    why: str,
    ledger: Ledger,
    now: datetime,
) -> Resend:
    """Send a step again. Journalled. Returns those who get it, and who of the named does not.

    `confirm` is the number of people; named people need no number. Raises RuleError, changing
    nothing, when the actor may not do this, the number is another, or somebody who is named
    cannot be written to.
    """
    require(actor, Act.LAUNCH)
    require(actor, Act.SEE_EVERYBODY)
    found = what_to_resend(campaign, step, to=to, ledger=ledger, now=now)
    where = Place(f"{campaign}/{step}")
    if found.refused:
        raise RuleError(*(_not_resent(where, each) for each in found.refused))
    if isinstance(to, ResendTo) and confirm != len(found.people):
        raise RuleError(_miscounted(where, found, confirm))
    if found.uncertain:
        require(actor, Act.RESOLVE)
    return Resend(
        added=tuple(
            each
            for each in found.added
            if ledger.deliveries.add(each, actor=actor, why=why or "resend", at=now)
        ),
        requeued=_among(
            found.requeued,
            ledger.deliveries.requeue(
                [each.id for each in found.requeued], actor=actor, why=why, at=now
            ),
        ),
        uncertain=_among(
            found.uncertain,
            ledger.uncertain.resolve(
                [each.id for each in found.uncertain], resend=True, actor=actor, why=why, at=now
            ),
        ),
    )


def _among(deliveries: Sequence[Delivery], ids: Collection[str]) -> tuple[Delivery, ...]:
    return tuple(each for each in deliveries if each.id in ids)


def _sendable(campaign: str, step: str, ledger: Ledger, now: datetime) -> Mailing:
    """Return a mailing of which more may be sent; raises RuleError with the reason otherwise."""
    found = next((each for each in ledger.mailings.summaries(campaign) if each.step == step), None)
    if found is None or not found.has_started:
        raise RuleError(_not_sendable(campaign, step, _("this step has not begun to leave")))
    if found.state in _NO_MORE:
        raise RuleError(_not_sendable(campaign, step, label_of(found.state)))
    if now >= found.expires_at:
        late = _("it is too late for this step: it was useful until {at}", at=found.expires_at)
        raise RuleError(_not_sendable(campaign, step, late))
    return ledger.mailings.get(found.id)


def _not_sendable(campaign: str, step: str, what: Text) -> Problem:
    return Problem(
        Place(f"{campaign}/{step}"),
        what,
        _("The status shows what was launched. Late news is told by a new campaign."),
        Remedy(RemedyAct.SEE_STATUS),
    )


def _not_resent(where: Place, refused: NotResent) -> Problem:
    return Problem(
        where,
        _("{address}: {why}", address=refused.address, why=refused.why),
        _("Nothing was sent again. Leave this address out."),
    )


def _miscounted(where: Place, found: Resend, confirm: int | None) -> Problem:
    people = found.people
    names = ", ".join(each.name or str(each.address) for each in people[:_NAMED])
    return Problem(
        where,
        _n(
            "{count} person would get it, and {confirm} was confirmed: {names}",
            "{count} people would get it, and {confirm} was confirmed: {names}",
            count=len(people),
            confirm=_("nothing") if confirm is None else confirm,
            names=names or "-",
        ),
        _("Nothing was sent again. Look at the names, then confirm their number."),
    )


def resendable(campaign: str, *, ledger: Ledger, now: datetime) -> Iterator[str]:
    """Yield the steps of a campaign of which more may be sent, by the time they left."""
    for mailing in ledger.mailings.summaries(campaign):
        if mailing.has_started and mailing.state not in _NO_MORE and now < mailing.expires_at:
            yield mailing.step
