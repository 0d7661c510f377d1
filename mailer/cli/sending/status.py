"""Show the status of all mailings, for people and as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from mailer.calendar.timetable import in_zone
from mailer.cli.sending.suspending import print_suspension
from mailer.cli.terminal import show
from mailer.cli.terminal.remedies import command_line
from mailer.cli.terminal.results import alert_in_short, print_alert, print_uncertain
from mailer.labels import change_in_words, state_of, step_title, what_it_does
from mailer.model.mailings.delivery import DeliveryStatus
from mailer.wording import _, _n

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.model.mailings.since_launch import SinceLaunch
    from mailer.model.service.service_process import ServiceProcess
    from mailer.operations.alerts.status import MailingStatus, Status


def print_status(status: Status, *, zone: str) -> None:
    """Print the mailings as a table, then everything that needs a person."""
    if status.suspension is not None:
        print_suspension(status.suspension)
    show.table(
        (_("Campaign"), _("Step"), _("Leaves"), _("State"), _("Deliveries")),
        map(_row, status.mailings),
    )
    if status.processes:
        print_processes(status.processes, zone=zone)
    for launch in status.changed:
        print_since_launch(launch)
    _print_awaited(status)
    for alert in status.alerts:
        print_alert(alert)
    for campaign, uncertain in status.uncertain.items():
        print_uncertain(
            campaign,
            [(each.id, each.name or str(each.address)) for each in uncertain],
            reasons=[each.reply for each in uncertain],
        )
    for delivery in status.silent:
        show.print_line(
            _(
                "Accepted by {provider}, and no sign of life since: {delivery} ({name})",
                provider=status.reporter,
                delivery=delivery.id,
                name=delivery.name or delivery.address,
            )
        )
    if not status.mailings:
        show.print_line(_("Nothing was launched yet."))
    if status.journal_end.count:
        show.print_line(_("Anchor of the journal: {anchor}", anchor=str(status.journal_end)))


def _print_awaited(status: Status) -> None:
    """Print who has still to sign which campaign off."""
    for campaign, sentences in status.awaited.items():
        for each in sentences:
            show.print_line(_("{campaign}: {waits}", campaign=campaign, waits=each))


def print_processes(processes: Sequence[ServiceProcess], *, zone: str) -> None:
    """Print which processes of the service run, on which hosts, and what each does."""
    show.table(
        (_("Host"), _("Does"), _("Version"), _("Running since"), _("Last seen"), _("Holds")),
        (
            (
                each.host,
                show.translated(what_it_does(each)),
                each.version,
                show.wall_time(in_zone(each.started_at, zone)),
                show.wall_time(in_zone(each.seen_at, zone)),
                show.translated(_n("{count} chunk", "{count} chunks", count=each.chunks)),
            )
            for each in processes
        ),
    )


def print_since_launch(launch: SinceLaunch) -> None:
    """Print when a campaign was launched, what its folder says otherwise, and what leaves."""
    from mailer.checks.steps.differs_from_launch import act_after, what_to_do

    show.print_line(
        _(
            "{campaign} was launched on {at} by {name}.",
            campaign=launch.campaign,
            at=show.wall_time(launch.at),
            name=launch.by or "-",
        )
    )
    if not launch.changes:
        show.print_line(_("Its folder is as it was launched."))
        return
    show.warn(_("Its folder says otherwise since:"))
    for change in launch.changes:
        show.warn(f"  {show.translated(change_in_words(change))}")
    for step in launch.to_come:
        show.warn(
            _(
                "{step}: what leaves on {at} is what was signed off, not this folder.",
                step=step_title(step.step),
                at=show.wall_time(step.local_time),
            )
        )
    if launch.to_come:
        show.warn(what_to_do(launch))
        show.warn(f"  {command_line(act_after(launch))}")


def _row(each: MailingStatus) -> tuple[object, ...]:
    by_status = {DeliveryStatus(status): count for status, count in each.tally.by_status.items()}
    return (
        each.mailing.campaign,
        step_title(each.mailing.step),
        show.wall_time(datetime.fromisoformat(each.mailing.local_time)),
        state_of(each.mailing),
        show.counts(by_status),
    )


def status_as_json(status: Status) -> dict[str, object]:
    """Return the status as JSON, for other programs."""
    changed = {
        launch.campaign: [show.translated(change_in_words(change)) for change in launch.changes]
        for launch in status.changed
    }
    suspension = status.suspension
    return {
        **({"suspended_since": suspension.at.isoformat()} if suspension else {}),
        **({"changed_since_launch": changed} if changed else {}),
        "mailings": [
            {
                "campaign": each.mailing.campaign,
                "step": each.mailing.step,
                "state": each.mailing.state,
                "due_at": each.mailing.due_at.isoformat(),
                "late_s": int(each.mailing.late_by.total_seconds()) if each.mailing.late_by else 0,
                "by_status": dict(each.tally.by_status),
                "by_exclusion": dict(each.tally.by_exclusion),
            }
            for each in status.mailings
        ],
        **({"to_sign": _to_sign(status)} if status.awaited else {}),
        "uncertain": [each.id for several in status.uncertain.values() for each in several],
        "without_sign_of_life": [delivery.id for delivery in status.silent],
        "journal": str(status.journal_end),
        **(
            {"processes": list(map(_process_as_json, status.processes))} if status.processes else {}
        ),
        "worries": [alert_in_short(alert) for alert in status.alerts],
    }


def _to_sign(status: Status) -> dict[str, list[str]]:
    return {
        campaign: [show.translated(sentence) for sentence in sentences]
        for campaign, sentences in status.awaited.items()
    }


def _process_as_json(process: ServiceProcess) -> dict[str, object]:
    return {
        "id": process.id,
        "host": process.host,
        "version": process.version,
        "roles": list(process.roles),
        "started_at": process.started_at.isoformat(),
        "seen_at": process.seen_at.isoformat(),
        "chunks": process.chunks,
        "works": not process.trouble,
    }
