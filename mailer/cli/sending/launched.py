"""The commands for a launched campaign: status, report, pause, resume, cancel."""

from __future__ import annotations

import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.campaigns.campaigns import AsJson, Campaign
from mailer.cli.sending.amending import Asked, Note, Rehearse, tell_cancellation
from mailer.cli.sending.probe import print_probe
from mailer.cli.sending.status import print_status, status_as_json
from mailer.cli.terminal import show
from mailer.cli.terminal.asking import asked_number
from mailer.cli.terminal.language import N_, language
from mailer.cli.terminal.results import print_report, report_as_json
from mailer.cli.terminal.workspace import At, By, Why, current_actor, onlooker, opened
from mailer.labels import label_of, step_title
from mailer.model.mailings.amendment import AmendmentKind
from mailer.model.mailings.mailing import MailingState
from mailer.wording import _, _n

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mailer.model.mailings.mailing import MailingSummary
    from mailer.operations.sending.hold import CancelledStep
    from mailer.wiring.app import App


def status(
    context: typer.Context,
    json: AsJson = False,
    probe: Annotated[
        bool,
        typer.Option(
            "--probe", help=N_("Only ask whether the service is ready: 0 if so, else 75.")
        ),
    ] = False,
) -> None:
    if probe:
        print_probe(context)
        return
    from mailer.operations.alerts.status import status as status_of_all
    from mailer.operations.alerts.watch import alerts
    from mailer.operations.campaigns.approval.awaited_signatures import awaited_signatures

    with opened(context) as app:
        zone, now = app.settings.office.time_zone, app.clock.now()
        found = status_of_all(
            ledger=app.ledger,
            now=now,
            reporter=app.reporter,
            alerts=alerts(
                ledger=app.ledger,
                now=now,
                zone=zone,
                reporter=app.reporter,
                fresh_for=app.settings.answers.fresh_for,
                reply_within=app.settings.answers.reply_within,
                provider=app.settings.provider.name,
            ),
            since_launch=app.drafts.since_launch,
            awaited=partial(
                awaited_signatures,
                app.campaigns.names(),
                signatures_required=app.settings.team.signatures_required,
                drafts=app.drafts,
            ),
        )
    if json:
        show.as_json(status_as_json(found))
    else:
        print_status(found, zone=zone)


def report(
    context: typer.Context,
    campaign: Campaign,
    out: Annotated[
        Path | None,
        typer.Option(
            help=N_("Folder for the printable page."), file_okay=False, show_default=False
        ),
    ] = None,
    json: AsJson = False,
    by: By = "",
) -> None:
    from mailer.files.outputs import claim_folder
    from mailer.operations.campaigns.results.report import export_report, report_for
    from mailer.operations.sending.hold import name_of_launched
    from mailer.pages.report import write_report

    with opened(context) as app:
        name = name_of_launched(campaign, slug_of=app.campaigns.slug, ledger=app.ledger)
        title = app.drafts.title(name)
        if out is None:
            made = report_for(
                onlooker(app), name, title=title, ledger=app.ledger, now=app.clock.now()
            )
        else:
            folder = claim_folder(out)
            made = export_report(
                name,
                title=title,
                actor=current_actor(app, by),
                ledger=app.ledger,
                now=app.clock.now(),
            )
            page = write_report(folder, made, say=show.translated, language=language())
    if json:
        show.as_json(report_as_json(made))
        return
    print_report(made)
    if out is not None:
        show.print_line(_("Report: {page}", page=page))


def archive(
    context: typer.Context,
    campaign: Campaign,
    out: Annotated[
        Path, typer.Option(help=N_("Folder in which the dated folder is made."), file_okay=False)
    ] = Path("archives"),
    with_people: Annotated[
        bool, typer.Option("--with-people", help=N_("Keep the list of recipients too."))
    ] = False,
    by: By = "",
) -> None:
    from mailer.files.outputs import claim_folder
    from mailer.operations.campaigns.results.archive import archive_campaign
    from mailer.operations.sending.hold import name_of_launched
    from mailer.pages.archive import archive_files, archive_name, write_archive

    with opened(context) as app:
        name = name_of_launched(campaign, slug_of=app.campaigns.slug, ledger=app.ledger)
        made = archive_campaign(
            name,
            with_people=with_people,
            drafts=app.drafts,
            revisions=app.revisions,
            composer=app.composer,
            ledger=app.ledger,
            actor=current_actor(app, by),
            now=app.clock.now(),
        )
        files = archive_files(made, say=show.translated)
        folder = claim_folder(out / archive_name(made))
        write_archive(folder, files)
    show.print_line(
        _n(
            "Archived in {folder}: {count} file.",
            "Archived in {folder}: {count} files.",
            folder=folder,
            count=len(files),
        )
    )


def pause(
    context: typer.Context, campaign: Campaign, by: By = "", why: Why = "", at: At = ""
) -> None:
    from mailer.operations.sending.hold import pause_campaign

    with opened(context, at=at) as app:
        changed = _changed(app, campaign, pause_campaign, by=by, why=why)
        _print_changed(changed, app.clock.now())
    if changed:
        show.print_line(
            _("Nothing leaves until it is resumed: mailer resume {name}", name=campaign)
        )


def resume(
    context: typer.Context,
    campaign: Campaign,
    provider: Annotated[
        str, typer.Option(help=N_("Let it leave by this provider, which the configuration names."))
    ] = "",
    by: By = "",
    why: Why = "",
    at: At = "",
) -> None:
    from mailer.operations.sending.hold import name_of_launched, resume_campaign, send_by

    with opened(context, at=at) as app:
        if provider:
            send_by(
                provider,
                name_of_launched(campaign, slug_of=app.campaigns.slug, ledger=app.ledger),
                configured=app.settings.provider.name,
                actor=current_actor(app, by),
                why=why,
                ledger=app.ledger,
                now=app.clock.now(),
            )
        _print_changed(_changed(app, campaign, resume_campaign, by=by, why=why), app.clock.now())


def cancel(  # noqa: PLR0917 - the options of the command, which Typer passes by name
    context: typer.Context,
    campaign: Campaign,
    confirm: Annotated[
        int | None,
        typer.Option(
            help=N_("The number of steps that this stops; with --tell, of messages that leave."),
            show_default=False,
        ),
    ] = None,
    tell: Annotated[
        bool,
        typer.Option(
            "--tell", help=N_("Cancel the event: everybody who has something, or asked, is told.")
        ),
    ] = False,
    step: Annotated[
        str,
        typer.Option(
            help=N_("Only this step, which has not begun; the others go on."), show_default=False
        ),
    ] = "",
    note: Note = None,
    rehearse: Rehearse = None,
    by: By = "",
    why: Why = "",
    at: At = "",
) -> None:
    from mailer.operations.sending.hold import (
        cancel_campaign,
        name_of_launched,
        require_confirmation,
        what_a_cancellation_stops,
    )

    with opened(context, at=at) as app:
        if tell:
            kind = AmendmentKind.CANCELLATION
            asked = Asked(kind, note, confirm, rehearse, by, is_trial=bool(at))
            tell_cancellation(app, campaign, asked)
            return
        name = name_of_launched(campaign, slug_of=app.campaigns.slug, ledger=app.ledger)
        stopped = what_a_cancellation_stops(name, ledger=app.ledger, step=step)
        _print_what_stops(stopped)
        if stopped and confirm is None and sys.stdin.isatty():
            question = _("Type the number of steps to cancel for good")
            confirm = asked_number(question)
        if stopped:
            require_confirmation(stopped, confirm)
        cancelling = partial(cancel_campaign, step=step)
        _print_changed(_changed(app, campaign, cancelling, by=by, why=why), app.clock.now())


def _print_what_stops(stopped: Sequence[CancelledStep]) -> None:
    for each in stopped:
        if each.mailing.has_started:
            show.print_line(
                _n(
                    "{step}: {count} message will not leave; {sent} have left or may have.",
                    "{step}: {count} messages will not leave; {sent} have left or may have.",
                    count=each.unsent,
                    step=step_title(each.mailing.step),
                    sent=each.sent,
                )
            )
        else:
            leaves = show.wall_time(datetime.fromisoformat(each.mailing.local_time))
            show.print_line(
                _(
                    "{step}: it will not leave on {at}.",
                    step=step_title(each.mailing.step),
                    at=leaves,
                )
            )


def _changed(
    app: App, campaign: str, operation: Callable[..., list[MailingSummary]], *, by: str, why: str
) -> list[MailingSummary]:
    from mailer.operations.sending.hold import name_of_launched

    return operation(
        name_of_launched(campaign, slug_of=app.campaigns.slug, ledger=app.ledger),
        actor=current_actor(app, by),
        why=why,
        ledger=app.ledger,
        now=app.clock.now(),
    )


def _print_changed(changed: Sequence[MailingSummary], now: datetime) -> None:
    for mailing in changed:
        if mailing.state is MailingState.SCHEDULED:
            leaves = show.wall_time(datetime.fromisoformat(mailing.local_time))
            show.print_line(
                _(
                    "{step}: it was due on {at} and leaves now.",
                    step=step_title(mailing.step),
                    at=leaves,
                )
                if mailing.due_at <= now
                else _("{step}: it leaves on {at}.", step=step_title(mailing.step), at=leaves)
            )
        else:
            state = label_of(mailing.state)
            show.print_line(_("{step}: {state}", step=step_title(mailing.step), state=state))
    if not changed:
        show.print_line(_("Nothing to change."))


COMMANDS = (
    ("status", status, N_("What was sent, what comes next, what needs a person.")),
    ("report", report, N_("What became of a campaign, person by person.")),
    ("pause", pause, N_("Hold a campaign: no further message leaves.")),
    ("resume", resume, N_("Let a paused campaign go on.")),
    ("cancel", cancel, N_("Stop a campaign for good.")),
)
GROUPS = ()
