"""Record delivery events: store them first, then apply the feedback policy.

An event is stored durably before anything else. Its consequences (a suppression, an alarm) are
decided in a second step that can be repeated, so that nothing is lost between the two.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mailer.errors import MailerError, unexpected
from mailer.feedback.explain import explain
from mailer.feedback.policy import (
    ABOUT_US,
    KINDS_WITHOUT_ACTION,
    REFUSALS,
    Action,
    Alarm,
    AlarmScope,
    FeedbackSettings,
    History,
    Propose,
    RefusalStatistics,
    Review,
    Suppress,
    decide,
)
from mailer.model.contacts.suppression import EVERYWHERE
from mailer.model.feedback.event import DecidedEvent, EventKind, Match
from mailer.model.feedback.reply import SHOWN_SORTS
from mailer.model.mailings.mailing import MailingState
from mailer.model.mailings.message import is_proof_id
from mailer.model.team.actor import PROGRAM
from mailer.wording import _n, as_note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from mailer.errors import UnexpectedFailure
    from mailer.model.contacts.suppression import Suppression
    from mailer.model.feedback.event import DeliveryEvent
    from mailer.model.mailings.delivery import Delivery
    from mailer.model.mailings.mailing import Mailing, MailingId
    from mailer.ports import Ledger

ALARM = "alarm"
"""The action of a journal entry about receivers that refuse us."""

_CLOSED_AT_ONCE = 25
"""Enough to save the time of commits, and no other writer waits long for them."""
_KEPT_FOR = timedelta(hours=24)
"""How long an event waits for an unknown delivery it names. Providers repeat for as long."""


@dataclass(frozen=True, slots=True)
class EventOutcome:
    """The consequences of one event."""

    event: DeliveryEvent
    suppressions: tuple[Suppression, ...] = ()
    proposed: tuple[Suppression, ...] = ()
    """Suppressions that a mail asks for without proof: a person decides."""
    alarms: tuple[Alarm, ...] = ()
    reviews: tuple[Review, ...] = ()


def record(
    event: DeliveryEvent,
    *,
    ledger: Ledger,
    now: datetime,
    settings: FeedbackSettings | None = None,
) -> bool:
    """Store the event and apply the policy to it. Returns False if it was known already.

    It is safe to repeat, because an event has a natural key.
    """
    is_new = ledger.events.store([event], at=now) == 1
    processor = _EventProcessor(ledger, settings or FeedbackSettings(), now)
    processor.process(event)
    processor.close_decided()
    return is_new


def process_stored_events(
    *, ledger: Ledger, now: datetime, settings: FeedbackSettings | None = None
) -> Iterator[EventOutcome]:
    """Apply the policy to every stored event that was not processed yet, in order of arrival.

    An event that names an unknown delivery waits for up to a day. One that cannot be processed
    stops none of the others; it is tried again the next time, and the first such failure is
    raised at the end, as UnexpectedFailure.
    """
    failure: UnexpectedFailure | None = None
    processor = _EventProcessor(ledger, settings or FeedbackSettings(), now)
    # Most events need no action; they are closed together, at the cost of one.
    ledger.events.close_all_of_kinds([kind.value for kind in KINDS_WITHOUT_ACTION], at=now)
    last = ""
    while batch := ledger.events.unprocessed(after=last):
        last = batch[-1].key
        for event in batch:
            try:
                outcome = processor.process(event)
            except MailerError:
                raise
            except Exception as error:  # noqa: BLE001 — one event must not stop the others
                failure = failure or unexpected(error, doing=f"event {event.key}")
                continue
            if outcome is not None:
                yield outcome
        try:
            processor.close_decided()
        except MailerError:
            raise
        except Exception as error:  # noqa: BLE001 — as above
            failure = failure or unexpected(error, doing="events")
    for each in processor.failures:
        failure = failure or unexpected(each, doing="events")
    if failure is not None:
        raise failure


@dataclass(frozen=True, slots=True)
class _EventProcessor:
    """Applies the policy to events, one after another. Each mailing is looked up only once.

    Decided events are closed together, at the cost of one commit. None of them may matter for the
    decision of the next.
    """

    ledger: Ledger
    settings: FeedbackSettings
    now: datetime
    mailings: dict[MailingId, Mailing] = field(default_factory=dict)
    decided: list[DecidedEvent] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)

    def process(self, event: DeliveryEvent) -> EventOutcome | None:
        """Process one event. Returns None if it must wait, or another process was faster."""
        delivery = self.ledger.deliveries.find(event.delivery_id) if event.delivery_id else None
        is_known = delivery is not None or _is_about_test(event)
        if not is_known and event.delivery_id and self.now - event.at < _KEPT_FOR:
            return None
        event, delivery = self._matched(_classified(event), delivery)
        if self._may_depend_on_decided(event):
            self._close_what_can_be_closed()
        mailing = self._mailing(delivery.mailing_id) if delivery else None
        lists = self._lists(delivery, mailing) if event.kind is EventKind.OPTED_OUT else ()
        actions = decide(event, self._history(event, mailing, lists), self.settings, self.now)
        suppressions = _suppressions_of(Suppress, actions, lists)
        proposed = _suppressions_of(Propose, actions, lists)
        self.decided.append(DecidedEvent(event, suppressions, proposed))
        alarms = [action for action in actions if isinstance(action, Alarm)]
        if (alarms or len(self.decided) >= _CLOSED_AT_ONCE) and not self.close_decided():
            return None
        raised = tuple(alarm for alarm in alarms if self._raise_alarm(alarm, mailing))
        reviews = tuple(action for action in actions if isinstance(action, Review))
        return EventOutcome(event, suppressions, proposed, raised, reviews)

    def close_decided(self) -> bool:
        """Close the events that were decided. Returns False if another process closed the last."""
        decided = tuple(self.decided)
        self.decided.clear()
        if not decided:
            return True
        try:
            closed = self.ledger.events.close_all(decided, at=self.now)
        except MailerError:
            raise
        except Exception:  # noqa: BLE001 — one event that cannot be stored must not stop the others
            return self._close_each(decided)
        return decided[-1].event.key in closed

    def _close_what_can_be_closed(self) -> None:
        """Close the decided events. One that cannot be closed does not stop the event that follows;
        its failure is kept for the end.
        """
        try:
            self.close_decided()
        except MailerError:
            raise
        except Exception as error:  # noqa: BLE001 — as said
            self.failures.append(error)

    def _close_each(self, decided: Sequence[DecidedEvent]) -> bool:
        """Close each event alone, and raise the first failure at the end."""
        failure: Exception | None = None
        closed: frozenset[str] = frozenset()
        for each in decided:
            try:
                closed = self.ledger.events.close_all([each], at=self.now)
            except MailerError:
                raise
            except Exception as error:  # noqa: BLE001 — as above
                failure = failure or error
        if failure is not None:
            raise failure
        return decided[-1].event.key in closed

    def _may_depend_on_decided(self, event: DeliveryEvent) -> bool:
        """Return whether the history of `event` may include one that is not closed yet."""
        return event.reason in ABOUT_US or any(
            each.event.address == event.address for each in self.decided
        )

    def _matched(
        self, event: DeliveryEvent, delivery: Delivery | None
    ) -> tuple[DeliveryEvent, Delivery | None]:
        """Return the event with the address we wrote to, and its delivery.

        An event without a delivery id is about the latest delivery to its address. The address
        of a report is not trusted: it may be an alias, a member of a list, or forged. Nor is a
        delivery id that is nobody's; that of a test is kept, for the page that lists the tests.
        """
        if delivery is not None:
            # Somebody else may answer a message that was forwarded to them.
            is_theirs = event.reason in SHOWN_SORTS or event.kind is EventKind.UNKNOWN
            own = event.address if is_theirs else None
            return replace(event, address=own or delivery.address), delivery
        if event.address is None:
            kept_id = event.delivery_id if _is_about_test(event) else None
            return replace(event, delivery_id=kept_id, match=Match.NONE), None
        if _is_about_test(event):
            return replace(event, match=Match.ADDRESS), None
        since = self.now - timedelta(days=self.settings.match_days)
        latest = self.ledger.deliveries.latest(event.address, since=since)
        known_id = latest.id if latest else None
        match = Match.SENDER if event.match is Match.SENDER else Match.ADDRESS
        return replace(event, delivery_id=known_id, match=match), latest

    def _mailing(self, mailing_id: MailingId) -> Mailing:
        if mailing_id not in self.mailings:
            self.mailings[mailing_id] = self.ledger.mailings.get(mailing_id)
        return self.mailings[mailing_id]

    def _lists(self, delivery: Delivery | None, mailing: Mailing | None) -> tuple[str, ...]:
        """Return the lists of this mailing that the person is on, from which they unsubscribe."""
        if delivery is None or mailing is None:
            return ()
        contact = self.ledger.contacts.get(delivery.contact_id)
        on = contact.lists if contact else frozenset()
        by = delivery.fields.get("list", "")
        lists = tuple(name for name in mailing.rule.to if name in on)
        return lists or ((by,) if by else mailing.rule.to)

    def _history(
        self, event: DeliveryEvent, mailing: Mailing | None, lists: Sequence[str]
    ) -> History:
        scope = lists[0] if lists else EVERYWHERE
        if event.address is None or event.kind not in REFUSALS:
            return History(scope=scope)
        days = 2 * max(self.settings.soft_memory_days, self.settings.soft_span_days)
        since = event.at - timedelta(days=days)
        earlier = tuple(
            self.ledger.events.proven_about(event.address, since=since, except_key=event.key)
        )
        written_at = mailing.started_at if mailing else None
        if mailing is None or event.reason not in ABOUT_US:
            return History(earlier, scope, written_at)
        domain = event.address.domain
        return History(
            earlier,
            scope,
            written_at,
            mailing=self._recent(f"{mailing.campaign}/{mailing.step}", mailing.id),
            provider=self._recent(domain, mailing.id, domain=domain),
        )

    def _recent(self, name: str, mailing_id: MailingId, *, domain: str = "") -> RefusalStatistics:
        counts = self.ledger.events.refusals(
            mailing_id,
            reasons=[reason.value for reason in ABOUT_US],
            since=self.now - timedelta(minutes=self.settings.alarm_minutes),
            domain=domain,
        )
        return RefusalStatistics(
            name, refused_lately=counts.recent, refused=counts.total, tried=counts.tried
        )

    def _raise_alarm(self, alarm: Alarm, mailing: Mailing | None) -> bool:
        """Journal the alarm and pause its mailing. Returns False if that was done recently."""
        quiet_since = self.now - timedelta(minutes=self.settings.alarm_minutes)
        if any(
            entry.action == ALARM and entry.at > quiet_since
            for entry in self.ledger.journal.entries(alarm.name)
        ):
            return False
        why = as_note(
            _n(
                "{count} refusal aimed at us. {why}",
                "{count} refusals aimed at us. {why}",
                count=alarm.refused,
                why=explain(alarm.reason),
            )
        )
        self.ledger.journal.add(
            at=self.now, actor=PROGRAM, action=ALARM, subject=alarm.name, detail=why
        )
        if mailing and alarm.scope is AlarmScope.MAILING and self.settings.alarm_pauses:
            paused = MailingState.PAUSED
            self.ledger.mailings.change_state(
                mailing.id, to=paused, actor=PROGRAM, why=why, at=self.now
            )
        return True


def _is_about_test(event: DeliveryEvent) -> bool:
    return event.delivery_id is not None and is_proof_id(event.delivery_id)


def _suppressions_of(
    kind: type[Suppress | Propose], actions: Sequence[Action], lists: Sequence[str]
) -> tuple[Suppression, ...]:
    return tuple(
        suppression
        for action in actions
        if isinstance(action, kind)
        for suppression in _for_each_list(action.suppression, lists)
    )


def _for_each_list(suppression: Suppression, lists: Sequence[str]) -> Iterator[Suppression]:
    """Yield the suppression for each list, so that an opt-out ends the mailing to all of them."""
    if suppression.scope == EVERYWHERE:
        yield suppression
        return
    for name in lists:
        yield replace(suppression, scope=name)


def _classified(event: DeliveryEvent) -> DeliveryEvent:
    """Add to a refusal while sending the reason that its reply gives, as for a bounce."""
    if event.reason or event.kind is not EventKind.REJECTED:
        return event
    # Its rules take long to load, and most commands judge no event.
    from mailer.feedback.classify.classification import classify  # noqa: PLC0415 - as said

    verdict = classify(event.quote, recipient=str(event.address or ""), stage=event.stage)
    return replace(
        event,
        reason=verdict.reason.value,
        dead=verdict.dead,
        status_code=verdict.status,
        rule=verdict.rule,
    )
