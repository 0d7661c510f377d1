"""Find what needs attention: no service runs, a mailing is stuck, or a mailing was stopped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mailer.labels import label_of, step_title
from mailer.model.actor import Via
from mailer.model.delivery import DeliveryStatus
from mailer.model.mailing import MailingState
from mailer.model.progress import Task
from mailer.operations.alerts.clock import SHOWN_FOR, what_jumped
from mailer.operations.feedback.receive import UNSUBSCRIBE_KEYS
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import Text, _, _n, from_note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from mailer.model.ledger_place import Elsewhere
    from mailer.model.mailing import MailingSummary
    from mailer.model.progress import MailingProgress, TaskState
    from mailer.ports import Ledger

SILENT_FOR = timedelta(minutes=5)
"""A service records a heartbeat every few seconds, and more rarely while it sends."""
IDLE_FOR = timedelta(minutes=15)
"""A task that ended no round for so long, beyond the time between two, does nothing any more. A
relay may take ten minutes to answer."""
STUCK_FOR = timedelta(minutes=30)
WARN_BEFORE = timedelta(hours=24)
"""An alert is raised when no service runs and a mailing is due within this time."""
_MAX_FAILED_LINKS = 100
REMEMBERED_FOR = timedelta(days=7)
"""How long a mailing that has ended is still examined."""


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing that needs attention, and its remedy. `key` identifies the occurrence."""

    key: str
    what: Text
    remedy: Text
    act: Remedy | None = None
    """The act that the remedy asks for, if an interface can offer it."""
    by_mail: bool = True
    """False for what a person did, and for what no running service could mail."""

    @property
    def in_short(self) -> Text:
        return Text("{what} — {remedy}", {"what": self.what, "remedy": self.remedy})


def alerts(
    ledger: Ledger, *, now: datetime, zone: str = "UTC", reporter: str = ""
) -> Iterator[Alert]:
    """Yield all alerts, the most serious first. Instants are written in `zone`.

    `reporter` names the provider whose events reach us, or "" if missing events mean nothing.
    """
    in_progress = ledger.progress.of_mailings(
        since=now - REMEMBERED_FOR, queued_before=now - STUCK_FOR if reporter else None
    )
    if (found := ledger.home.elsewhere()) is not None:
        yield _not_here(found)
    else:
        yield from _clock_alerts(ledger, now=now, zone=zone)
        tasks = ledger.heartbeat.tasks()
        yield from _service_alerts(ledger, in_progress, tasks, now=now, zone=zone)
        yield from _task_alerts(tasks, now=now, zone=zone)
    for progress in in_progress:
        yield from _mailing_alerts(progress, now=now, reporter=reporter)
    yield from _proposal_alerts(ledger)
    yield from _unsubscribe_alerts(ledger, now=now)


def _unsubscribe_alerts(ledger: Ledger, *, now: datetime) -> Iterator[Alert]:
    """Yield an alert if people could not unsubscribe by the link in their message."""
    lines = ledger.journal.page(UNSUBSCRIBE_KEYS, limit=_MAX_FAILED_LINKS)
    recent = [line for line in lines if now - line.at < REMEMBERED_FOR]
    if recent:
        yield Alert(
            f"unsubscribe {recent[0].at.date().isoformat()}",
            _n(
                "{count} person could not unsubscribe: the key or the ledger of their link is"
                " not the present one",
                "{count} people could not unsubscribe: the key or the ledger of their links is"
                " not the present one",
                count=len(recent),
            ),
            _(
                "write the former key below the present one in [unsubscribe] keys, and suppress"
                " those whom the journal names: {deliveries}",
                deliveries=", ".join(line.subject.rpartition("/")[2] for line in recent[:5]),
            ),
        )


def service_seen_at(*, ledger: Ledger) -> datetime | None:
    """Return when the service last completed a cycle, to the minute; None when it never did."""
    return ledger.heartbeat.last()


def downtime(ledger: Ledger, *, now: datetime, zone: str = "UTC") -> Iterator[Alert]:
    """Yield an alert if something was due while no service ran. Called on service start."""
    seen_at = ledger.heartbeat.last()
    if seen_at is None or now - seen_at <= SILENT_FOR:
        return
    in_progress = ledger.progress.of_mailings(since=now)
    if _is_sending(in_progress, now):
        return
    late = [_mailing_name(mailing) for mailing in ledger.mailings.summaries(overdue_at=now)]
    late += [_mailing_name(each) for each in in_progress if each.state is MailingState.ACTIVE]
    if late:
        yield Alert(
            f"absent {seen_at.isoformat()}",
            _(
                "The service did not run from {start} to {end}",
                start=_local(seen_at, zone),
                end=_local(now, zone),
            ),
            _(
                "late because of it: {names}. They leave now, unless it is too late to be useful; "
                "the status shows them",
                names=tuple(dict.fromkeys(late)),
            ),
            Remedy(RemedyAct.SEE_STATUS),
        )


def _not_here(found: Elsewhere) -> Alert:
    problem = found.problem
    return Alert(
        f"elsewhere {found.since.isoformat()}",
        problem.what,
        problem.remedy,
        problem.act,
        by_mail=False,
    )


def _clock_alerts(ledger: Ledger, *, now: datetime, zone: str) -> Iterator[Alert]:
    """Yield an alert for each clock whose jump is held, or was followed within a day."""
    for trusted in ledger.trusted_time.all():
        if trusted.jumped_at is None:
            continue
        key = f"clock {trusted.boot} {trusted.jumped_at.isoformat()}"
        what = what_jumped(trusted, zone=zone)
        if trusted.is_held:
            yield Alert(
                key,
                what,
                _("set the clock right; or, if it is right now, confirm it"),
                Remedy(RemedyAct.CONFIRM_CLOCK),
            )
        elif abs(now - trusted.jumped_at) < SHOWN_FOR:
            yield Alert(
                f"{key} followed",
                what,
                _("see that it is right now; what was waiting waits no longer for it"),
                Remedy(RemedyAct.SEE_STATUS),
            )


def _task_alerts(tasks: Sequence[TaskState], *, now: datetime, zone: str) -> Iterator[Alert]:
    """Yield an alert for each task of a running service that fails, or does nothing any more.

    A failure is mailed when it was seen twice, and once a day however often it comes back.
    """
    for state in tasks:
        if state.failures:
            failure = from_note(state.failure)
            yield Alert(
                f"failing {state.task} {now.date()} {_kind_of(failure)}",
                _(
                    "{task} fails since {at}: {reason}",
                    task=label_of(state.task),
                    at=_local(state.failing_since or now, zone),
                    reason=failure,
                ),
                _("it is tried again by itself, and everything else goes on"),
                Remedy(RemedyAct.SEE_STATUS),
                by_mail=state.failures > 1,
            )
        elif _runs_service(tasks, now) and _does_nothing(state, now):
            yield Alert(
                f"idle {state.task} {state.ended_at.isoformat()}",
                _(
                    "{task} has done nothing since {at}, while the service runs",
                    task=label_of(state.task),
                    at=_local(state.ended_at, zone),
                ),
                _("stop the service and start it again; nothing is lost"),
                Remedy(RemedyAct.RUN_SERVICE),
            )


def _kind_of(failure: Text) -> str:
    """Return what is the same each time: the sentence, and its reason without numbers and names."""
    reason = str(failure.values.get("reason", ""))
    return f"{failure.sentence} {reason.partition(':')[0]}"


def _runs_service(tasks: Sequence[TaskState], now: datetime) -> bool:
    """Return whether some task of a service has ended a round lately."""
    return any(now - state.ended_at <= SILENT_FOR for state in tasks)


def _does_nothing(state: TaskState, now: datetime) -> bool:
    """Return whether a task ends no round any more. The sending and the backups have no fixed
    interval: the sending is examined with its mailings.
    """
    is_regular = state.every_s > 0
    return is_regular and now - state.ended_at > IDLE_FOR + timedelta(seconds=2 * state.every_s)


def _service_alerts(
    ledger: Ledger,
    in_progress: Sequence[MailingProgress],
    tasks: Sequence[TaskState],
    *,
    now: datetime,
    zone: str,
) -> Iterator[Alert]:
    next_at = ledger.mailings.next_due_at()
    heartbeat_at = ledger.heartbeat.last()
    is_silent = heartbeat_at is None or now - heartbeat_at > SILENT_FOR
    if is_silent and not _is_sending(in_progress, now):
        if heartbeat_at is not None and _runs_service(tasks, now):
            if now - heartbeat_at > IDLE_FOR:
                yield _idle_sending(heartbeat_at, zone)
            return
        if next_at is not None and next_at < now + WARN_BEFORE:
            yield Alert(
                "silent",
                _(
                    "Nothing is running that would send (last seen: {at})",
                    at=_local(heartbeat_at, zone) if heartbeat_at else "-",
                ),
                _("start the service"),
                Remedy(RemedyAct.RUN_SERVICE),
                by_mail=False,
            )
        return
    stuck = [each for each in in_progress if _is_stuck(each, now)]
    for each in stuck:
        yield Alert(
            f"stuck {each.mailing_id} {_last_change_at(each).isoformat()}",
            _n(
                "{mailing}: {count} message has been waiting since {at} and does not leave",
                "{mailing}: {count} messages have been waiting since {at} and do not leave",
                count=each.by_status[DeliveryStatus.PENDING],
                mailing=_mailing_name(each),
                at=_local(_last_change_at(each), zone),
            ),
            _("see what the service says"),
            Remedy(RemedyAct.SEE_STATUS),
        )
    if not stuck and next_at is not None and next_at < now - STUCK_FOR:
        yield Alert(
            f"due {next_at.isoformat()}",
            _(
                "Something has been due since {at} and does not leave",
                at=_local(next_at, zone),
            ),
            _("see what the service says"),
            Remedy(RemedyAct.SEE_STATUS),
        )


def _idle_sending(heartbeat_at: datetime, zone: str) -> Alert:
    return Alert(
        f"idle {Task.SENDING} {heartbeat_at.isoformat()}",
        _(
            "{task} has done nothing since {at}, while the service runs",
            task=label_of(Task.SENDING),
            at=_local(heartbeat_at, zone),
        ),
        _("stop the service and start it again; nothing is lost"),
        Remedy(RemedyAct.RUN_SERVICE),
    )


def _mailing_alerts(progress: MailingProgress, *, now: datetime, reporter: str) -> Iterator[Alert]:
    name, campaign = _mailing_name(progress), progress.campaign
    rows = sum(progress.by_status.values())
    if rows != progress.audience:
        yield Alert(
            f"rows {progress.mailing_id} {rows}",
            _(
                "{mailing}: the ledger has {rows} rows for {audience} recipients",
                mailing=name,
                rows=rows,
                audience=progress.audience,
            ),
            _("pause the campaign, and compare with the newest backup before it goes on"),
            Remedy(RemedyAct.PAUSE, {"campaign": campaign}),
        )
    if progress.state is MailingState.PAUSED:
        yield Alert(
            f"paused {progress.mailing_id} {progress.state_changed_at.isoformat()}",
            _(
                "{mailing} is paused: {reason}",
                mailing=name,
                reason=from_note(progress.note or "-"),
            ),
            _("put it right, then resume the campaign"),
            Remedy(RemedyAct.RESUME, {"campaign": campaign}),
            by_mail=progress.state_changed_via is Via.PROGRAM,
        )
    elif progress.state is MailingState.MISSED:
        yield Alert(
            f"missed {progress.mailing_id}",
            _("{mailing} was missed: {reason}", mailing=name, reason=from_note(progress.note)),
            _("nothing was sent; write a new campaign if it still has something to say"),
        )
    elif progress.state is not MailingState.ACTIVE:
        yield from _uncertain_after_end(progress, now=now)
    if progress.without_feedback:
        yield Alert(
            f"unheard {progress.mailing_id}",
            _n(
                "{mailing}: {count} message was accepted by {provider}, and no sign of life since",
                "{mailing}: {count} messages were accepted by {provider}, and no sign of life since",
                count=progress.without_feedback,
                mailing=name,
                provider=reporter,
            ),
            _("look at {provider}’s own pages; nothing is sent again", provider=reporter),
        )


def _uncertain_after_end(progress: MailingProgress, *, now: datetime) -> Iterator[Alert]:
    """Yield an alert for deliveries that are still uncertain some time after the end."""
    uncertain = progress.by_status.get(DeliveryStatus.UNCERTAIN, 0)
    if uncertain and now - progress.state_changed_at >= STUCK_FOR:
        yield Alert(
            f"uncertain {progress.mailing_id} {progress.state_changed_at.isoformat()}",
            _n(
                "{mailing} has ended, and {count} delivery is still uncertain",
                "{mailing} has ended, and {count} deliveries are still uncertain",
                count=uncertain,
                mailing=_mailing_name(progress),
            ),
            _n(
                "the status names it; resolve it",
                "the status names them; resolve each of them, or all at once",
                count=uncertain,
            ),
            Remedy(RemedyAct.RESOLVE_STEP, {"campaign": progress.campaign, "step": progress.step}),
        )


def _proposal_alerts(ledger: Ledger) -> Iterator[Alert]:
    """Yield an alert when mails wait for a decision; a new one at most once a day.

    Anybody can send such mails, and should not be able to send a notice with each.
    """
    waiting = ledger.proposals.tally()
    if waiting.newest_at is not None:
        yield Alert(
            f"proposals {waiting.newest_at:%Y-%m-%d}",
            _n(
                "A mail asks that somebody be no longer written to, and nothing proves who wrote it",
                "Mails ask that {count} people be no longer written to, and nothing proves who"
                " wrote them",
                count=waiting.count,
            ),
            _("read them, and accept or dismiss each"),
            Remedy(RemedyAct.SEE_PROPOSALS),
        )


def _is_stuck(progress: MailingProgress, now: datetime) -> bool:
    return (
        progress.state is MailingState.ACTIVE
        and bool(progress.by_status.get(DeliveryStatus.PENDING))
        and now - _last_change_at(progress) > STUCK_FOR
    )


def _last_change_at(progress: MailingProgress) -> datetime:
    return max(progress.last_journal_at, progress.settled_at or progress.last_journal_at)


def _is_sending(in_progress: Sequence[MailingProgress], now: datetime) -> bool:
    """Return whether a mailing is being sent now: during a long tick there is no heartbeat."""
    return any(
        each.state is MailingState.ACTIVE and each.settled_at and now - each.settled_at < SILENT_FOR
        for each in in_progress
    )


def _mailing_name(mailing: MailingProgress | MailingSummary) -> Text:
    return _("{campaign}, {step}", campaign=mailing.campaign, step=step_title(mailing.step))


def _local(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone))
