"""What follows from a fact: stop writing to an address, raise an alarm, ask a person.

Pure rules over one fact and what was known before. A refusal of us (blocked, policy,
spam …) never touches an address; an automatic reply never touches anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from mailer.errors import ConfigError, Place, Problem
from mailer.feedback.reading import Reason
from mailer.model.event import EVERYTHING, Deadness, DeliveryEvent, EventKind, Match
from mailer.model.suppression import EVERYWHERE, Suppression, SuppressionReason
from mailer.wording import _

_TOO_SMALL = _("This must be 1 or more.")
_USUAL = _("Leave the key out for the usual value.")


@dataclass(frozen=True, slots=True)
class FeedbackSettings:
    """`[feedback]`: thresholds. Days are calendar days in UTC."""

    unsure_days: int = 2
    """A doubtful "this address is dead" must be said on so many days before it counts."""
    soft_days: int = 5
    """So many days with a full mailbox, a dead line … pause an address,"""
    soft_span_days: int = 14
    """when the first and the last lie so far apart,"""
    soft_memory_days: int = 30
    """none is older than this, and nothing was delivered in between."""
    pause_days: int = 30
    alarm_count: int = 5
    """So many refusals of us within `alarm_minutes` raise an alarm,"""
    alarm_minutes: int = 10
    alarm_share: float = 0.05
    """and so does a larger share of one provider's recipients, from `alarm_least` on."""
    alarm_least: int = 20
    alarm_pauses: bool = True
    """An alarm about a mailing pauses it, until a person lets it go on."""
    match_days: int = 14
    """A late bounce that names nothing but an address is about the last message sent to it,
    when that is no older.
    """
    provider_lists: bool = True
    """A provider's own suppression lists are imported, and mended when a bar is lifted here."""

    def check(self) -> None:
        """Raises ConfigError with everything that is wrong."""
        days = ("unsure_days", "soft_days", "soft_span_days", "soft_memory_days", "pause_days")
        counts = (*days, "alarm_count", "alarm_minutes", "alarm_least", "match_days")
        problems = [
            Problem(Place("config.toml", key=f"feedback.{key}"), _TOO_SMALL, _USUAL)
            for key in counts
            if getattr(self, key) < 1
        ]
        if not 0 < self.alarm_share <= 1:
            where = Place("config.toml", key="feedback.alarm_share")
            problems.append(Problem(where, _("A share lies between 0 and 1."), _USUAL))
        if problems:
            raise ConfigError(*problems)


@dataclass(frozen=True, slots=True)
class Recent:
    """Of one mailing or provider: how many refused us within `alarm_minutes`, this fact
    included; how many refused us and how many were tried in the mailing as a whole.
    """

    name: str = ""
    refused_lately: int = 0
    refused: int = 0
    tried: int = 0


@dataclass(frozen=True, slots=True)
class History:
    """What is known beside the fact: earlier events of the same address, and the counts.

    `scope` is the list the mailing went to, for opt-outs; everywhere when it is not known.
    """

    events: tuple[DeliveryEvent, ...] = ()
    scope: str = EVERYWHERE
    mailing: Recent = field(default_factory=Recent)
    provider: Recent = field(default_factory=Recent)


class AlarmScope(StrEnum):
    """What an alarm is about, and what may be paused."""

    MAILING = "mailing"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class Suppress:
    """Add this bar."""

    suppression: Suppression


@dataclass(frozen=True, slots=True)
class Alarm:
    """Receivers refuse us: look, and perhaps pause `name`, a mailing or a provider."""

    scope: AlarmScope
    name: str
    reason: str
    refused: int


@dataclass(frozen=True, slots=True)
class Review:
    """A person should look: nothing is done by itself."""

    reason: str


Action = Suppress | Alarm | Review

_ABOUT_THE_ADDRESS = {
    Reason.USER_UNKNOWN,
    Reason.HOST_UNKNOWN,
    Reason.MOVED,
    Reason.NO_MAIL_HERE,
    Reason.DISABLED,
}
_SOFT = {
    Reason.MAILBOX_FULL,
    Reason.EXPIRED,
    Reason.NETWORK,
    Reason.GREYLISTED,
    Reason.SYSTEM,
}
ABOUT_US = {
    Reason.SENDER_REFUSED,
    Reason.BLOCKED,
    Reason.AUTHENTICATION,
    Reason.POLICY,
    Reason.SPAM,
    Reason.VIRUS,
    Reason.CONTENT,
    Reason.TOO_BIG,
    Reason.RELAYING,
    Reason.RATE,
    Reason.ENCRYPTION,
    Reason.PROTOCOL,
}
_IMPORTED = {
    Reason.PROVIDER_BOUNCED: SuppressionReason.DEAD,
    Reason.PROVIDER_OPTED_OUT: SuppressionReason.OPT_OUT,
    Reason.PROVIDER_COMPLAINED: SuppressionReason.COMPLAINT,
}
REFUSALS = {EventKind.BOUNCED, EventKind.REJECTED, EventKind.DEFERRED}
SILENT = (EventKind.ACCEPTED, EventKind.DELIVERED)
"""From these nothing follows, whatever they say."""


def decide(
    event: DeliveryEvent, history: History, settings: FeedbackSettings, now: datetime
) -> tuple[Action, ...]:
    """What follows from `event`, which is not yet among `history.events`.

    `event.address` must be the address we wrote to: the ledger puts it in place of the one
    a report names, when it knows the delivery.
    """
    match event.kind:
        case EventKind.COMPLAINED:
            return _stop(event, SuppressionReason.COMPLAINT, now)
        case EventKind.OPTED_OUT:
            scope = EVERYWHERE if event.reason == EVERYTHING else history.scope
            return _stop(event, SuppressionReason.OPT_OUT, now, scope=scope)
        case EventKind.SUPPRESSED if event.reason in _IMPORTED:
            return _stop(event, _IMPORTED[Reason(event.reason)], now)
        case EventKind.BOUNCED | EventKind.REJECTED | EventKind.DEFERRED:
            return _refused(event, history, settings, now)
        case _ if event.kind is EventKind.UNKNOWN or event.reason == Reason.STOP_ASKED:
            return (Review(event.reason),)
        case _:
            return ()


def _refused(
    event: DeliveryEvent, history: History, settings: FeedbackSettings, now: datetime
) -> tuple[Action, ...]:
    if event.reason in ABOUT_US:
        return _alarms(event, history, settings)
    if event.reason in _SOFT:
        return _pause(event, history, settings, now)
    is_certain = event.match in {Match.DELIVERY_ID, Match.MESSAGE_ID}
    if event.dead is Deadness.YES and is_certain:
        return _stop(event, SuppressionReason.DEAD, now)
    if event.kind is not EventKind.DEFERRED and event.reason in _ABOUT_THE_ADDRESS:
        days = {one.at.date() for one in (*history.events, event) if _says_dead(one)}
        if len(days) >= settings.unsure_days:
            return _stop(event, SuppressionReason.DEAD, now)
    return (Review(event.reason),)


def _says_dead(event: DeliveryEvent) -> bool:
    return (
        event.kind in {EventKind.BOUNCED, EventKind.REJECTED}
        and event.reason in _ABOUT_THE_ADDRESS
        and event.dead is not Deadness.NO
    )


def _pause(
    event: DeliveryEvent, history: History, settings: FeedbackSettings, now: datetime
) -> tuple[Action, ...]:
    """At most one point a day; a delivery since then, or time, makes it good."""
    oldest = event.at - timedelta(days=settings.soft_memory_days)
    delivered = [one.at for one in history.events if one.kind is EventKind.DELIVERED]
    since = max([oldest, *delivered])
    days = {
        one.at.date()
        for one in (*history.events, event)
        if one.kind in REFUSALS and one.reason in _SOFT and one.at > since
    }
    is_long = bool(days) and (max(days) - min(days)).days >= settings.soft_span_days
    if len(days) < settings.soft_days or not is_long:
        return ()
    until = now + timedelta(days=settings.pause_days)
    return _stop(event, SuppressionReason.UNREACHABLE, now, until=until)


def _alarms(
    event: DeliveryEvent, history: History, settings: FeedbackSettings
) -> tuple[Action, ...]:
    scopes = ((AlarmScope.MAILING, history.mailing), (AlarmScope.PROVIDER, history.provider))
    return tuple(
        Alarm(scope, recent.name, event.reason, max(recent.refused, recent.refused_lately))
        for scope, recent in scopes
        if _is_alarming(recent, settings)
    )


def _is_alarming(recent: Recent, settings: FeedbackSettings) -> bool:
    if recent.refused_lately >= settings.alarm_count:
        return True
    share = recent.refused / recent.tried if recent.tried else 0.0
    return recent.tried >= settings.alarm_least and share > settings.alarm_share


def _stop(
    event: DeliveryEvent,
    reason: SuppressionReason,
    now: datetime,
    *,
    scope: str = EVERYWHERE,
    until: datetime | None = None,
) -> tuple[Action, ...]:
    if event.address is None:
        return (Review(event.reason or reason.value),)
    evidence = event.quote or event.rule or event.kind.value
    by = event.source
    bar = Suppression(event.address, reason, now, scope, evidence=evidence, by=by, until=until)
    return (Suppress(bar),)
