"""Find what needs attention in the service: it is silent, or one of its tasks fails or idles."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from mailer.errors import UNFORESEEN
from mailer.labels import label_of, mailing_name
from mailer.model.mailings.delivery import DeliveryStatus
from mailer.model.mailings.mailing import MailingState
from mailer.model.mailings.progress import Task
from mailer.operations.alerts.alert import Alert, local
from mailer.operations.alerts.mailing_alerts import (
    STUCK_FOR,
    last_change_at,
    stuck_since,
)
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import Text, _, _n, from_note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from mailer.model.mailings.progress import MailingProgress, TaskState
    from mailer.ports import Ledger

SILENT_FOR = timedelta(minutes=5)
"""A service records a heartbeat every few seconds, and more rarely while it sends."""
IDLE_FOR = timedelta(minutes=15)
"""A task that ended no round for so long, beyond the time between two, does nothing any more. A
relay may take ten minutes to answer."""
WARN_BEFORE = timedelta(hours=24)
"""An alert is raised when no service runs and a mailing is due within this time."""


def service_seen_at(*, ledger: Ledger) -> datetime | None:
    """Return when the service last completed a cycle, to the minute; None when it never did."""
    return ledger.heartbeat.last()


def downtime(ledger: Ledger, *, now: datetime, zone: str = "UTC") -> Iterator[Alert]:
    """Yield an alert if something was due while no service ran. Called on service start."""
    seen_at = ledger.heartbeat.last()
    if seen_at is None or now - seen_at <= SILENT_FOR:
        return
    in_progress = ledger.progress.of_mailings(since=now)
    if is_sending(in_progress, now):
        return
    late = [mailing_name(mailing) for mailing in ledger.mailings.summaries(overdue_at=now)]
    late += [mailing_name(each) for each in in_progress if each.state is MailingState.ACTIVE]
    if late:
        yield Alert(
            f"absent {seen_at.isoformat()}",
            _(
                "The service did not run from {start} to {end}",
                start=local(seen_at, zone),
                end=local(now, zone),
            ),
            _(
                "late because of it: {names}. They leave now, unless it is too late to be useful; "
                "the status shows them",
                names=tuple(dict.fromkeys(late)),
            ),
            Remedy(RemedyAct.SEE_STATUS),
        )


def service_alerts(
    ledger: Ledger,
    in_progress: Sequence[MailingProgress],
    tasks: Sequence[TaskState],
    *,
    next_at: datetime | None,
    now: datetime,
    zone: str,
) -> Iterator[Alert]:
    """Yield an alert if nothing sends what is due. `next_at` is when the next mailing is."""
    heartbeat_at = next((each.ended_at for each in tasks if each.task is Task.SENDING), None)
    is_silent = heartbeat_at is None or now - heartbeat_at > SILENT_FOR
    if is_silent and not is_sending(in_progress, now):
        if heartbeat_at is not None and _runs_service(tasks, now):
            if now - heartbeat_at > IDLE_FOR:
                yield _idle_sending(heartbeat_at, zone)
            return
        if next_at is not None and next_at < now + WARN_BEFORE:
            yield Alert(
                "silent",
                _(
                    "Nothing is running that would send (last seen: {at})",
                    at=local(heartbeat_at, zone) if heartbeat_at else "-",
                ),
                _("start the service"),
                Remedy(RemedyAct.RUN_SERVICE),
                by_mail=False,
            )
        return
    if any(each.task is Task.SENDING and each.failures > 1 for each in tasks):
        return  # what fails is told with its reason
    jumps = [each.jumped_at for each in ledger.trusted_time.all() if each.jumped_at]
    stuck = [
        (each, since)
        for each in in_progress
        if (since := stuck_since(each, now=now, jumped_at=max(jumps, default=None)))
    ]
    for each, since in stuck:
        yield Alert(
            f"stuck {each.mailing_id} {last_change_at(each).isoformat()}",
            _n(
                "{mailing}: {count} message has been waiting since {at} and does not leave",
                "{mailing}: {count} messages have been waiting since {at} and do not leave",
                count=each.by_status[DeliveryStatus.PENDING],
                mailing=mailing_name(each),
                at=local(since, zone),
            ),
            _("see what the service says"),
            Remedy(RemedyAct.SEE_STATUS),
        )
    if not stuck and next_at is not None and next_at < now - STUCK_FOR:
        yield Alert(
            f"due {next_at.isoformat()}",
            _(
                "Something has been due since {at} and does not leave",
                at=local(next_at, zone),
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
            at=local(heartbeat_at, zone),
        ),
        _("stop the service and start it again; nothing is lost"),
        Remedy(RemedyAct.RUN_SERVICE),
    )


def task_alerts(tasks: Sequence[TaskState], *, now: datetime, zone: str) -> Iterator[Alert]:
    """Yield an alert for each trouble of a running service, and for each task that does nothing.

    What stops several tasks for the same reason is one trouble. It is mailed when it was seen
    twice: once however long it lasts, and once a day however often it comes back.
    """
    troubles: dict[str, list[TaskState]] = {}
    for state in tasks:
        if state.failures:
            troubles.setdefault(_trouble_of(state), []).append(state)
        elif _runs_service(tasks, now) and _does_nothing(state, now):
            yield Alert(
                f"idle {state.task} {state.ended_at.isoformat()}",
                _(
                    "{task} has done nothing since {at}, while the service runs",
                    task=label_of(state.task),
                    at=local(state.ended_at, zone),
                ),
                _("stop the service and start it again; nothing is lost"),
                Remedy(RemedyAct.RUN_SERVICE),
            )
    for trouble, failing in troubles.items():
        yield _failing(trouble, failing, now=now, zone=zone)


def _failing(trouble: str, failing: Sequence[TaskState], *, now: datetime, zone: str) -> Alert:
    since = min(state.failing_since or now for state in failing)
    return Alert(
        failing_key(since, trouble),
        _n(
            "{tasks} fails since {at}: {reason}",
            "{tasks} fail since {at}: {reason}",
            count=len(failing),
            tasks=tuple(label_of(state.task) for state in failing),
            at=local(since, zone),
            reason=from_note(failing[0].failure),
        ),
        _("it is tried again by itself, and everything else goes on"),
        Remedy(RemedyAct.SEE_STATUS),
        by_mail=any(state.failures > 1 for state in failing),
    )


def failing_key(since: datetime, trouble: str) -> str:
    """Return the key of the alert of a trouble that began at an instant."""
    return f"failing {since.date()} {trouble}"


def is_of_silence(key: str) -> bool:
    """Return whether a key is that of an alert of something that nothing moves any more."""
    return key.startswith(("idle ", "stuck ", "due "))


def is_about(key: str, trouble: str) -> bool:
    """Return whether a key is that of the alert of this trouble, whenever it began."""
    return key.startswith("failing ") and key.endswith(f" {trouble}")


def _trouble_of(state: TaskState) -> str:
    """Return what two tasks have in common that fail for the same reason.

    What nobody foresaw in one task says nothing about another.
    """
    failure = from_note(state.failure)
    kind = kind_of(failure)
    return f"{state.task} {kind}" if failure.sentence == UNFORESEEN else kind


def kind_of(failure: Text) -> str:
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


def is_sending(in_progress: Sequence[MailingProgress], now: datetime) -> bool:
    """Return whether a mailing is being sent now: during a long tick there is no heartbeat."""
    return any(
        each.state is MailingState.ACTIVE and each.settled_at and now - each.settled_at < SILENT_FOR
        for each in in_progress
    )
