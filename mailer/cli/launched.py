"""The commands for a launched campaign: status, report, pause, resume, cancel."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli import show
from mailer.cli.campaigns import AsJson, Campaign
from mailer.cli.language import N_, language
from mailer.cli.results import print_report, report_as_json
from mailer.cli.status import print_status, status_as_json
from mailer.cli.workspace import By, current_actor, opened
from mailer.labels import label_of, step_title
from mailer.model.mailing import MailingState
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mailer.model.mailing import MailingSummary

Why = Annotated[str, typer.Option(help=N_("The reason, for the journal."))]


def status(context: typer.Context, json: AsJson = False) -> None:
    from mailer.operations.alerts.status import status as status_of_all

    with opened(context) as app:
        found = status_of_all(
            ledger=app.ledger,
            now=app.clock.now(),
            zone=app.settings.office.time_zone,
            reporter=app.reporter,
        )
    if json:
        show.as_json(status_as_json(found))
    else:
        print_status(found)


def report(
    context: typer.Context,
    campaign: Campaign,
    out: Annotated[
        Path | None, typer.Option(help=N_("Folder for the printable page."), show_default=False)
    ] = None,
    json: AsJson = False,
) -> None:
    from mailer.operations.campaigns.report import report as report_on
    from mailer.pages.report import write_report

    with opened(context) as app:
        known = app.campaigns.load(campaign)
        made = report_on(known.slug, title=known.title, ledger=app.ledger, now=app.clock.now())
    if json:
        show.as_json(report_as_json(made))
        return
    print_report(made)
    if out is not None:
        page = write_report(out, made, say=show.translated, language=language())
        show.print_line(_("Report: {page}", page=page))


def pause(context: typer.Context, campaign: Campaign, by: By = "", why: Why = "") -> None:
    from mailer.operations.sending.hold import pause_campaign

    _change(context, campaign, pause_campaign, MailingState.PAUSED, by=by, why=why)


def resume(context: typer.Context, campaign: Campaign, by: By = "", why: Why = "") -> None:
    from mailer.operations.sending.hold import resume_campaign

    _change(context, campaign, resume_campaign, MailingState.ACTIVE, by=by, why=why)


def cancel(context: typer.Context, campaign: Campaign, by: By = "", why: Why = "") -> None:
    from mailer.operations.sending.hold import cancel_campaign

    _change(context, campaign, cancel_campaign, MailingState.CANCELLED, by=by, why=why)


def _change(
    context: typer.Context,
    campaign: str,
    operation: Callable[..., Sequence[MailingSummary]],
    to: MailingState,
    *,
    by: str,
    why: str,
) -> None:
    with opened(context) as app:
        changed = operation(
            app.campaigns.slug(campaign),
            actor=current_actor(app, by),
            why=why,
            ledger=app.ledger,
            now=app.clock.now(),
        )
    _print_changed(changed, to)


def _print_changed(moved: Sequence[MailingSummary], to: MailingState) -> None:
    for mailing in moved:
        show.print_line(_("{step}: {state}", step=step_title(mailing.step), state=label_of(to)))
    if not moved:
        show.print_line(_("Nothing to change."))
