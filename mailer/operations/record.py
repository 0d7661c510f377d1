"""Facts that come back: stored first, judged after.

A fact is durable before anybody thinks about it; what follows from it (a bar, an alarm) is
decided in a second step that can be repeated, so that nothing is lost between the two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mailer.feedback.classify import classify
from mailer.feedback.policy import (
    ABOUT_US,
    Alarm,
    AlarmScope,
    FeedbackSettings,
    History,
    Recent,
    Review,
    Suppress,
    decide,
)
from mailer.model.event import EventKind, Match
from mailer.model.mailing import MailingState
from mailer.model.suppression import EVERYWHERE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mailer.model.delivery import Delivery
    from mailer.model.event import DeliveryEvent
    from mailer.model.mailing import Mailing
    from mailer.model.suppression import Suppression
    from mailer.ports import Ledger

BY_PROGRAM = "mailer"
ALARM = "alarm"
"""The journal's word for receivers that refuse us."""

_KEPT_FOR = timedelta(hours=24)
"""How long a fact waits for the delivery it names: providers repeat for as long."""
_GIVEN_UP = re.compile(r"given up at attempt \d+: ")


@dataclass(frozen=True, slots=True)
class Judged:
    """What followed from one fact."""

    event: DeliveryEvent
    bars: tuple[Suppression, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    reviews: tuple[Review, ...] = ()


def record(
    event: DeliveryEvent,
    *,
    ledger: Ledger,
    now: datetime,
    settings: FeedbackSettings | None = None,
) -> bool:
    """Stores the fact and does what follows from it; False when it was known already.

    Safe to repeat: a fact has a natural key.
    """
    is_new = ledger.take_in([event], at=now) == 1
    _judge(event, ledger=ledger, settings=settings or FeedbackSettings(), now=now)
    return is_new


def judge_waiting(
    *, ledger: Ledger, now: datetime, settings: FeedbackSettings | None = None
) -> Iterator[Judged]:
    """Decides about every stored fact that nobody has judged yet, in the order they came.

    A fact that names a delivery we do not know is left for later, for a day.
    """
    settings = settings or FeedbackSettings()
    last = ""
    while batch := ledger.waiting(after=last):
        last = batch[-1].key
        for event in batch:
            judged = _judge(event, ledger=ledger, settings=settings, now=now)
            if judged is not None:
                yield judged


def _judge(
    event: DeliveryEvent, *, ledger: Ledger, settings: FeedbackSettings, now: datetime
) -> Judged | None:
    """None when the fact has to wait, or somebody else was faster."""
    delivery = ledger.find_delivery(event.delivery_id) if event.delivery_id else None
    if delivery is None and event.delivery_id and now - event.at < _KEPT_FOR:
        return None
    event = _placed(_classified(event), delivery, ledger, settings, now)
    delivery = delivery or (ledger.find_delivery(event.delivery_id) if event.delivery_id else None)
    mailing = ledger.mailing(delivery.mailing_id) if delivery else None
    history = _history(event, delivery, mailing, ledger, settings, now)
    actions = decide(event, history, settings, now)
    bars = tuple(
        bar
        for action in actions
        if isinstance(action, Suppress)
        for bar in _for_each_list(action.suppression, event, delivery, mailing, ledger)
    )
    if not ledger.judged(event, bars=bars, at=now):
        return None
    alarms = tuple(
        action
        for action in actions
        if isinstance(action, Alarm) and _raise_alarm(action, mailing, ledger, settings, now)
    )
    reviews = tuple(action for action in actions if isinstance(action, Review))
    return Judged(event, bars, alarms, reviews)


def _classified(event: DeliveryEvent) -> DeliveryEvent:
    """A refusal while sending, read like a bounce: its reply is all there is."""
    if event.source != "smtp" or event.reason or event.kind is not EventKind.REJECTED:
        return event
    reply = _GIVEN_UP.sub("", event.quote)
    verdict = classify(reply, recipient=str(event.address or ""))
    return replace(
        event,
        reason=verdict.reason.value,
        dead=verdict.dead,
        status_code=verdict.status,
        rule=verdict.rule,
    )


def _placed(
    event: DeliveryEvent,
    delivery: Delivery | None,
    ledger: Ledger,
    settings: FeedbackSettings,
    now: datetime,
) -> DeliveryEvent:
    """The fact about the address we wrote to; without a name, about the last message there.

    A report may name whatever it likes: an alias, a member of it, or somebody a stranger
    wants to be rid of.
    """
    if delivery is not None:
        return replace(event, address=delivery.address)
    if event.address is None:
        return replace(event, delivery_id=None, match=Match.NONE)
    latest = ledger.latest_delivery(event.address, since=now - timedelta(days=settings.match_days))
    return replace(event, delivery_id=latest.id if latest else None, match=Match.ADDRESS)


def _history(
    event: DeliveryEvent,
    delivery: Delivery | None,
    mailing: Mailing | None,
    ledger: Ledger,
    settings: FeedbackSettings,
    now: datetime,
) -> History:
    memory = timedelta(days=max(settings.soft_memory_days, settings.soft_span_days) * 2)
    earlier = (
        tuple(ledger.earlier(event.address, since=event.at - memory, besides=event.key))
        if event.address
        else ()
    )
    scopes = _lists_of(delivery, mailing, ledger)
    history = History(earlier, scope=scopes[0] if scopes else EVERYWHERE)
    if mailing is None or event.reason not in ABOUT_US:
        return history
    return replace(
        history,
        mailing=_recent(f"{mailing.campaign}/{mailing.step}", mailing, ledger, settings, now),
        provider=_recent(
            event.address.domain, mailing, ledger, settings, now, domain=event.address.domain
        )
        if event.address
        else Recent(),
    )


def _recent(
    name: str,
    mailing: Mailing,
    ledger: Ledger,
    settings: FeedbackSettings,
    now: datetime,
    *,
    domain: str = "",
) -> Recent:
    lately, refused, tried = ledger.refusals(
        mailing.id,
        reasons=[reason.value for reason in ABOUT_US],
        since=now - timedelta(minutes=settings.alarm_minutes),
        domain=domain,
    )
    return Recent(name, refused_lately=lately, refused=refused, tried=tried)


def _lists_of(
    delivery: Delivery | None, mailing: Mailing | None, ledger: Ledger
) -> tuple[str, ...]:
    """The lists of this mailing that the person is on: what "this list" means to them."""
    if delivery is None or mailing is None:
        return ()
    contact = ledger.contact(delivery.contact_id)
    on = contact.lists if contact else frozenset()
    lists = tuple(name for name in mailing.rule.to if name in on)
    by = delivery.fields.get("list", "")
    return lists or ((by,) if by else mailing.rule.to)


def _for_each_list(
    bar: Suppression,
    event: DeliveryEvent,
    delivery: Delivery | None,
    mailing: Mailing | None,
    ledger: Ledger,
) -> Iterator[Suppression]:
    """An opt-out from a mailing to several lists of theirs must end that mailing for them."""
    if event.kind is not EventKind.OPTED_OUT or bar.scope == EVERYWHERE:
        yield bar
        return
    for name in _lists_of(delivery, mailing, ledger):
        yield replace(bar, scope=name)


def _raise_alarm(
    alarm: Alarm,
    mailing: Mailing | None,
    ledger: Ledger,
    settings: FeedbackSettings,
    now: datetime,
) -> bool:
    """Journals it, and pauses the mailing; False when that was done a moment ago."""
    quiet = now - timedelta(minutes=settings.alarm_minutes)
    if any(
        action == ALARM and at > quiet
        for at, _by, action, _subject, _d in ledger.journal(alarm.name)
    ):
        return False
    detail = f"{alarm.scope}: {alarm.refused} × {alarm.reason}"
    ledger.note(at=now, by=BY_PROGRAM, action=ALARM, subject=alarm.name, detail=detail)
    if mailing is not None and alarm.scope is AlarmScope.MAILING and settings.alarm_pauses:
        ledger.move(mailing.id, to=MailingState.PAUSED, by=BY_PROGRAM, why=detail, at=now)
    return True
