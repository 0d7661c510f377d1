"""Follow a launched campaign: what has left, what is to come, and whom it did not reach."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.model.mailings.delivery import DeliveryStatus
from mailer.model.mailings.mailing import HAS_ENDED, MailingState
from mailer.operations.sending.answers_seen import stale_answers
from mailer.operations.sight import sight_of
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from mailer.model.journal.line import JournalEntry
    from mailer.model.mailings.delivery import Delivery, Tally
    from mailer.model.mailings.mailing import MailingSummary
    from mailer.model.mailings.message import DeliveryId
    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger
    from mailer.wording import Text

PACE_OVER = timedelta(minutes=5)
"""Over how long the pace of a mailing is measured."""
_SHORTEST_PACE = timedelta(seconds=10)
_REFUSALS = 6
_NOT_REACHED = frozenset(
    {DeliveryStatus.BOUNCED, DeliveryStatus.REJECTED, DeliveryStatus.COMPLAINED}
)


@dataclass(frozen=True, slots=True)
class FollowedMailing:
    """A mailing with its counts. `pause` is the line of the journal about its last pause; `pace`
    counts what left `over` the last minutes, and `refusals` the newest answers that took no
    message.
    """

    mailing: MailingSummary
    tally: Tally
    pause: JournalEntry | None = None
    pace: int = 0
    over: timedelta = PACE_OVER
    refusals: Mapping[str, int] = field(default_factory=dict)
    held: Text | None = None
    """Why it has not begun, though its hour is past."""

    @property
    def ends_in(self) -> timedelta | None:
        """In how long the last message leaves if they go on as in the last minutes; None where
        that is not known.
        """
        is_leaving = self.mailing.state is MailingState.ACTIVE and self.tally.waiting
        return self.over * (self.tally.waiting / self.pace) if is_leaving and self.pace else None

    @property
    def left(self) -> int:
        """How many have left for certain."""
        return self.tally.left - self.uncertain

    @property
    def to_send(self) -> int:
        """How many were to leave, but for those that were stopped."""
        return self.tally.audience - self.tally.stopped

    @property
    def not_reached(self) -> int:
        return self.tally.of(_NOT_REACHED)

    @property
    def uncertain(self) -> int:
        return self.tally.by_status.get(DeliveryStatus.UNCERTAIN, 0)


@dataclass(frozen=True, slots=True)
class Following:
    """The mailings of a launched campaign by due time."""

    mailings: tuple[FollowedMailing, ...]

    @property
    def may_be_paused(self) -> bool:
        return any(
            each.mailing.state in {MailingState.SCHEDULED, MailingState.ACTIVE}
            for each in self.mailings
        )

    @property
    def is_paused(self) -> bool:
        return any(each.mailing.state is MailingState.PAUSED for each in self.mailings)

    @property
    def has_ended(self) -> bool:
        return all(each.mailing.state in HAS_ENDED for each in self.mailings)

    def left_to_others(self, provider: str) -> frozenset[str]:
        """Return the other providers by which steps that have not ended are to leave."""
        return frozenset(
            each.mailing.provider
            for each in self.mailings
            if each.mailing.state not in HAS_ENDED and each.mailing.provider not in {"", provider}
        )


@dataclass(frozen=True, slots=True)
class PeopleOfStep:
    """A page of the deliveries of a mailing. `came_back` quotes what was reported of those that did
    not arrive.
    """

    mailing: MailingSummary
    deliveries: Sequence[Delivery]
    came_back: Mapping[DeliveryId, str]


def follow(
    campaign: str, *, ledger: Ledger, now: datetime, fresh_for: timedelta = timedelta()
) -> Following:
    """Return the mailings of a campaign. Raises RuleError when nothing of it was launched.

    `fresh_for` is how long a look at the answers lasts, for the steps that need one.
    """
    mailings = ledger.mailings.summaries(campaign)
    if not mailings:
        raise RuleError(
            Problem(
                Place(""),
                _("this campaign was not launched"),
                _("Launch it first; then this page shows what has left."),
            )
        )
    is_paused = any(each.state is MailingState.PAUSED for each in mailings)
    lines = ledger.journal.entries(campaign, action=MailingState.PAUSED) if is_paused else ()
    pauses = {line.subject: line for line in lines}
    active = [each.id for each in mailings if each.state is MailingState.ACTIVE]
    pace = ledger.history.left_since(active, since=now - PACE_OVER) if active else {}
    refusals = ledger.history.last_refusals(active, limit=_REFUSALS) if active else {}
    return Following(
        tuple(
            FollowedMailing(
                each,
                ledger.deliveries.tally(each.id),
                pauses.get(f"{campaign}/{each.step}"),
                pace.get(each.id, 0),
                _since_it_began(each, now),
                refusals.get(each.id, {}),
                _held_because(each, fresh_for=fresh_for, ledger=ledger, now=now),
            )
            for each in mailings
        )
    )


def _held_because(
    mailing: MailingSummary, *, fresh_for: timedelta, ledger: Ledger, now: datetime
) -> Text | None:
    if mailing.state is not MailingState.SCHEDULED or mailing.due_at > now or not fresh_for:
        return None
    stale = stale_answers(mailing, at=now, fresh_for=fresh_for, ledger=ledger)
    return stale.what if stale else None


def _since_it_began(mailing: MailingSummary, now: datetime) -> timedelta:
    """Return over how long its pace is measured: less than usual when it has just begun."""
    began = now - mailing.started_at if mailing.started_at else PACE_OVER
    return min(PACE_OVER, max(began, _SHORTEST_PACE))


def last_pause(campaign: str, *, ledger: Ledger) -> JournalEntry | None:
    """Return who paused a campaign, or a step of it, last; None when nobody did."""
    return ledger.journal.newest_about([campaign], action=MailingState.PAUSED).get(campaign)


def people_of_step(
    campaign: str, step: str, *, after: str, limit: int, actor: Actor, ledger: Ledger
) -> PeopleOfStep:
    """Return one page of the deliveries of a mailing to people whom the actor sees, after the one
    with the id `after`.
    """
    found = next((m for m in ledger.mailings.summaries(campaign) if m.step == step), None)
    if found is None:
        raise RuleError(
            Problem(
                Place(""),
                _("this step was not launched"),
                _("Choose one of the steps that were launched."),
            )
        )
    begin: DeliveryId | None = after or None  # type: ignore[assignment]
    sight = sight_of(actor, ledger=ledger)
    seen: list[Delivery] = []
    while page := ledger.deliveries.page(found.id, after=begin, limit=limit):
        seen += (each for each in page if sight.shows(each.address))
        if len(seen) >= limit or len(page) < limit:
            break
        begin = page[-1].id
    shown = seen[:limit]
    failed = [each.id for each in shown if each.status in _NOT_REACHED]
    events = ledger.events.about(failed) if failed else ()
    return PeopleOfStep(
        found,
        shown,
        {each.delivery_id: each.quote for each in events if each.delivery_id and each.quote},
    )
