"""A launched campaign: where it stands, how to hold it, and what became of it."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli import show
from mailer.cli.campaigns import AsJson, Campaign
from mailer.cli.language import N_, language
from mailer.cli.opening import opened
from mailer.cli.sending import By
from mailer.cli.telling import report_as_json, tell_doubts, tell_report, tell_worry
from mailer.labels import label_of
from mailer.model.delivery import DeliveryStatus
from mailer.model.mailing import MailingState
from mailer.wording import _

if TYPE_CHECKING:
    from mailer.model.delivery import Delivery

Why = Annotated[str, typer.Option(help=N_("The reason, for the journal."))]


def status(context: typer.Context, json: AsJson = False) -> None:
    from mailer.operations.alerts.watch import alerts
    from mailer.operations.feedback.settle import without_sign_of_life
    from mailer.operations.sending.resolve import uncertain_deliveries

    with opened(context) as app:
        mailings = app.ledger.mailings.all()
        tallies = {mailing.id: app.ledger.deliveries.tally(mailing.id) for mailing in mailings}
        uncertain: defaultdict[str, list[Delivery]] = defaultdict(list)
        for mailing in mailings:
            uncertain[mailing.campaign] += uncertain_deliveries(mailing, ledger=app.ledger)
        # Silence says something only where events would be heard.
        reporter = app.reporter
        silent = list(without_sign_of_life(app.ledger, now=app.clock.now())) if reporter else []
        zone = app.settings.office.time_zone
        worrying = list(alerts(app.ledger, now=app.clock.now(), zone=zone, reporter=reporter))
    if json:
        show.as_json(
            {
                "mailings": [
                    {
                        "campaign": mailing.campaign,
                        "step": mailing.step,
                        "state": mailing.state,
                        "due_at": mailing.due_at.isoformat(),
                        "by_status": dict(tallies[mailing.id].by_status),
                        "by_exclusion": dict(tallies[mailing.id].by_exclusion),
                    }
                    for mailing in mailings
                ],
                "uncertain": [each.id for doubts in uncertain.values() for each in doubts],
                "without_sign_of_life": [delivery.id for delivery in silent],
                "worries": [show.words(worry.in_short) for worry in worrying],
            }
        )
        return
    show.table(
        (_("Campaign"), _("Step"), _("Leaves"), _("State"), _("Deliveries")),
        (
            (
                mailing.campaign,
                mailing.step,
                show.wall_time(datetime.fromisoformat(mailing.local_time)),
                label_of(mailing.state),
                show.counts(
                    {
                        DeliveryStatus(status): count
                        for status, count in tallies[mailing.id].by_status.items()
                    }
                ),
            )
            for mailing in mailings
        ),
    )
    for worry in worrying:
        tell_worry(worry)
    for campaign, doubts in uncertain.items():
        tell_doubts(campaign, [(each.id, each.name or str(each.address)) for each in doubts])
    for delivery in silent:
        show.tell(
            _(
                "Accepted by {provider}, and no sign of life since: {delivery} ({name})",
                provider=reporter,
                delivery=delivery.id,
                name=delivery.name or delivery.address,
            )
        )
    if not mailings:
        show.tell(_("Nothing was launched yet."))


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
        known = app.campaign(campaign)
        made = report_on(known.slug, title=known.title, ledger=app.ledger, now=app.clock.now())
    if json:
        show.as_json(report_as_json(made))
        return
    tell_report(made)
    if out is not None:
        page = write_report(out, made, say=show.words, language=language())
        show.tell(_("Report: {page}", page=page))


def pause(context: typer.Context, campaign: Campaign, by: By = "", why: Why = "") -> None:
    _move(context, campaign, MailingState.PAUSED, by=by, why=why)


def resume(context: typer.Context, campaign: Campaign, by: By = "", why: Why = "") -> None:
    _move(context, campaign, MailingState.ACTIVE, by=by, why=why)


def cancel(context: typer.Context, campaign: Campaign, by: By = "", why: Why = "") -> None:
    _move(context, campaign, MailingState.CANCELLED, by=by, why=why)


def _move(context: typer.Context, campaign: str, to: MailingState, *, by: str, why: str) -> None:
    with opened(context) as app:
        moved = [
            mailing
            for mailing in app.ledger.mailings.all(app.campaign_folder(campaign).name)
            if app.ledger.mailings.change_state(
                mailing.id, to=to, by=by, why=why, at=app.clock.now()
            )
        ]
    for mailing in moved:
        show.tell(_("{step}: {state}", step=mailing.step, state=label_of(to)))
    if not moved:
        show.tell(_("Nothing to change."))


COMMANDS = (
    ("status", status, N_("What was sent, what comes next, what needs a person.")),
    ("report", report, N_("What became of a campaign, person by person.")),
    ("pause", pause, N_("Hold a campaign: no further message leaves.")),
    ("resume", resume, N_("Let a paused campaign go on.")),
    ("cancel", cancel, N_("Stop a campaign for good.")),
)
GROUPS = ()
