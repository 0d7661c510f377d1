"""Decides what follows from an event: suppress the address, raise an alarm, or ask a person.

Pure rules over one event and its history. A refusal of our mail as such (blocked, policy, spam …)
never affects an address; an automatic reply never has any effect. A mail that proves nothing is
never obeyed: what it asks for is proposed to a person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from mailer.errors import ConfigError, Place, Problem
from mailer.feedback.reading import Reason
from mailer.feedback.trust import Trust
from mailer.model.contacts.suppression import EVERYWHERE, Suppression, SuppressionReason
from mailer.model.feedback.event import EVERYTHING, Deadness, DeliveryEvent, EventKind, Match
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOO_SMALL = _("This must be 1 or more.")
_SENDER = re.compile(r"(?:[^\s@*]+@|@)?[^\s@.*]+(?:\.[^\s@.*]+)+")
_USUAL = _("Leave the key out for the usual value.")


@dataclass(frozen=True, slots=True)
class FeedbackSettings:
    """`[feedback]`: thresholds. The days of soft bounces are calendar days in UTC."""

    unsure_days: int = 2
    """An uncertain "this address is dead" counts once it was reported again this many days of 24
    hours later, about something that we wrote to the address in between.
    """
    soft_days: int = 5
    """An address is paused after soft bounces (mailbox full, host
    unreachable …) on this many days,
    """
    soft_span_days: int = 14
    """if the first and the last are at least this far apart,"""
    soft_memory_days: int = 30
    """none is older than this, and nothing was delivered in between."""
    pause_days: int = 30
    alarm_count: int = 5
    """This many refusals of our mail within `alarm_minutes` raise an alarm,"""
    alarm_minutes: int = 10
    alarm_share: float = 0.05
    """and so does a larger share of one provider's recipients, if at least
    `alarm_least` were tried.
    """
    alarm_least: int = 20
    alarm_pauses: bool = True
    """An alarm about a mailing pauses it until a person resumes it."""
    match_days: int = 14
    """A late bounce that names only an address is attributed to the last message sent to it, if
    that message is at most this old.
    """
    authserv_id: str = ""
    """The name with which the server of our mailbox signs its `Authentication-Results` (RFC 8601)."""
    trusted_senders: tuple[str, ...] = ()
    """Addresses, or whole domains, whose reports by mail are obeyed without a token of ours, if
    that server has proven who wrote them. Everybody else's are proposed to a person.
    """
    provider_lists: bool = True
    """Import the provider's own suppression lists, and remove an entry there when the
    suppression is lifted here.
    """

    def check(self) -> None:
        """Raise ConfigError with everything that is wrong."""
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
        problems += self._trust_problems()
        if problems:
            raise ConfigError(*problems)

    @property
    def trust(self) -> Trust:
        """Whose reports are believed without a token of ours."""
        return Trust(self.authserv_id, self.trusted_senders)

    def _trust_problems(self) -> Iterator[Problem]:
        if self.trusted_senders and not self.authserv_id:
            yield Problem(
                Place("config.toml", key="feedback.authserv_id"),
                _("Senders are trusted, but no server is named that proves who they are."),
                _("Write the name that begins the Authentication-Results header of mails you get."),
            )
        for sender in self.trusted_senders:
            if not _SENDER.fullmatch(sender):
                yield Problem(
                    Place("config.toml", key="feedback.trusted_senders"),
                    _("“{sender}” is neither an address nor a domain.", sender=sender),
                    _("Write an address such as {example}.", example="reports@provider.example"),
                )


@dataclass(frozen=True, slots=True)
class RefusalStatistics:
    """How often one mailing or provider was refused.

    `refused_lately` counts refusals within `alarm_minutes`, this event included; `refused` and
    `tried` count over the whole mailing.
    """

    name: str = ""
    refused_lately: int = 0
    refused: int = 0
    tried: int = 0


@dataclass(frozen=True, slots=True)
class History:
    """What is known besides the event: earlier proven events of the same address, and the refusal
    counts.

    `scope` is the list the mailing was sent to, for opt-outs; `EVERYWHERE` if the list is unknown.
    `written_at` is when the mailing started that the event is about; None if that is unknown.
    """

    events: tuple[DeliveryEvent, ...] = ()
    scope: str = EVERYWHERE
    written_at: datetime | None = None
    mailing: RefusalStatistics = field(default_factory=RefusalStatistics)
    provider: RefusalStatistics = field(default_factory=RefusalStatistics)


class AlarmScope(StrEnum):
    """What an alarm is about and can pause."""

    MAILING = "mailing"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class Suppress:
    """Add this suppression."""

    suppression: Suppression


@dataclass(frozen=True, slots=True)
class Propose:
    """Ask a person whether to add this suppression: nothing proves the mail that asks for it."""

    suppression: Suppression


@dataclass(frozen=True, slots=True)
class Alarm:
    """Receivers refuse our mail: a person should look, and may pause `name`, a
    mailing or a provider.
    """

    scope: AlarmScope
    name: str
    reason: str
    refused: int


@dataclass(frozen=True, slots=True)
class Review:
    """A person should look; nothing happens automatically."""

    reason: str


Action = Suppress | Propose | Alarm | Review

_ADDRESS_REASONS = {
    Reason.USER_UNKNOWN,
    Reason.HOST_UNKNOWN,
    Reason.MOVED,
    Reason.NO_MAIL_HERE,
    Reason.DISABLED,
}
SOFT_REASONS = {
    Reason.MAILBOX_FULL,
    Reason.EXPIRED,
    Reason.NETWORK,
    Reason.GREYLISTED,
    Reason.SYSTEM,
}
"""Why a message did not arrive although the next one may."""
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
_REASON_OF_PROVIDER_LIST = {
    Reason.PROVIDER_BOUNCED: SuppressionReason.DEAD,
    Reason.PROVIDER_OPTED_OUT: SuppressionReason.OPT_OUT,
    Reason.PROVIDER_COMPLAINED: SuppressionReason.COMPLAINT,
}
REFUSALS = {EventKind.BOUNCED, EventKind.REJECTED, EventKind.DEFERRED}
KINDS_WITHOUT_ACTION = (EventKind.ACCEPTED, EventKind.DELIVERED)
"""Event kinds that never have a consequence."""


def decide(
    event: DeliveryEvent, history: History, settings: FeedbackSettings, now: datetime
) -> tuple[Action, ...]:
    """Return the actions that follow from `event`, which is not yet in `history.events`.

    `event.address` must be the address we wrote to: if the delivery is known, the ledger replaces
    the address given in the report with it.
    """
    if event.is_proven:
        return _consequences(event, history, settings, now)
    return _proposed(event, history, now)


def _consequences(
    event: DeliveryEvent, history: History, settings: FeedbackSettings, now: datetime
) -> tuple[Action, ...]:
    match event.kind:
        case EventKind.COMPLAINED:
            return _suppress(event, SuppressionReason.COMPLAINT, now)
        case EventKind.OPTED_OUT:
            scope = EVERYWHERE if event.reason == EVERYTHING else history.scope
            return _suppress(event, SuppressionReason.OPT_OUT, now, scope=scope)
        case EventKind.SUPPRESSED if event.reason in _REASON_OF_PROVIDER_LIST:
            return _suppress(event, _REASON_OF_PROVIDER_LIST[Reason(event.reason)], now)
        case EventKind.BOUNCED | EventKind.REJECTED | EventKind.DEFERRED:
            return _refused(event, history, settings, now)
        case _ if event.kind is EventKind.UNKNOWN or event.reason == Reason.STOP_ASKED:
            return (Review(event.reason),)
        case _:
            return ()


def _proposed(event: DeliveryEvent, history: History, now: datetime) -> tuple[Action, ...]:
    """Return what a person is asked to decide about an event that nothing proves."""
    match event.kind:
        case EventKind.COMPLAINED:
            actions = _suppress(event, SuppressionReason.COMPLAINT, now)
        case EventKind.OPTED_OUT:
            scope = EVERYWHERE if event.reason == EVERYTHING else history.scope
            actions = _suppress(event, SuppressionReason.OPT_OUT, now, scope=scope)
        case _ if _says_dead(event):
            actions = _suppress(event, SuppressionReason.DEAD, now)
        case _ if event.kind in (*REFUSALS, EventKind.UNKNOWN):
            actions = (Review(event.reason),)
        case _ if event.reason == Reason.STOP_ASKED:
            actions = (Review(event.reason),)
        case _:
            actions = ()
    return tuple(
        Propose(action.suppression) if isinstance(action, Suppress) else action
        for action in actions
    )


def _refused(
    event: DeliveryEvent, history: History, settings: FeedbackSettings, now: datetime
) -> tuple[Action, ...]:
    if event.reason in ABOUT_US:
        return _alarms(event, history, settings) if event.names_delivery else ()
    if event.reason in SOFT_REASONS:
        return _after_soft_bounce(event, history, settings, now)
    is_certain = event.names_delivery or event.match is Match.SENDER
    if event.dead is Deadness.YES and is_certain:
        return _suppress(event, SuppressionReason.DEAD, now)
    if _says_dead(event) and _is_said_again(event, history, settings):
        return _suppress(event, SuppressionReason.DEAD, now)
    return (Review(event.reason),)


def _is_said_again(event: DeliveryEvent, history: History, settings: FeedbackSettings) -> bool:
    """Return whether the address was said to be dead at least `unsure_days` before, and again about
    something that we wrote to it since.

    Two reports about one message are one opinion, however many hours or midnights lie between.
    """
    if history.written_at is None:
        return False
    latest = min(event.at - timedelta(days=settings.unsure_days), history.written_at)
    return any(one.at <= latest for one in history.events if _says_dead(one))


def _says_dead(event: DeliveryEvent) -> bool:
    return (
        event.kind in {EventKind.BOUNCED, EventKind.REJECTED}
        and event.reason in _ADDRESS_REASONS
        and event.dead is not Deadness.NO
    )


def _after_soft_bounce(
    event: DeliveryEvent, history: History, settings: FeedbackSettings, now: datetime
) -> tuple[Action, ...]:
    """Suppress the address for a while after too many soft bounces.

    At most one per day counts; a delivery resets the count, and old bounces expire.
    """
    oldest = event.at - timedelta(days=settings.soft_memory_days)
    delivered = [one.at for one in history.events if one.kind is EventKind.DELIVERED]
    since = max([oldest, *delivered])
    days = {
        one.at.date()
        for one in (*history.events, event)
        if one.kind in REFUSALS and one.reason in SOFT_REASONS and one.at > since
    }
    is_long = bool(days) and (max(days) - min(days)).days >= settings.soft_span_days
    if len(days) < settings.soft_days or not is_long:
        return ()
    until = now + timedelta(days=settings.pause_days)
    return _suppress(event, SuppressionReason.UNREACHABLE, now, until=until)


def _alarms(
    event: DeliveryEvent, history: History, settings: FeedbackSettings
) -> tuple[Action, ...]:
    scopes = ((AlarmScope.MAILING, history.mailing), (AlarmScope.PROVIDER, history.provider))
    return tuple(
        Alarm(scope, counts.name, event.reason, max(counts.refused, counts.refused_lately))
        for scope, counts in scopes
        if _is_alarming(counts, settings)
    )


def _is_alarming(counts: RefusalStatistics, settings: FeedbackSettings) -> bool:
    if counts.refused_lately >= settings.alarm_count:
        return True
    # `alarm_least` is one or more: nothing is divided by nothing.
    return (
        counts.tried >= settings.alarm_least
        and counts.refused / counts.tried > settings.alarm_share
    )


def _suppress(
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
