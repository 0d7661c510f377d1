"""From rehearsal to report: everything that sends, or watches over sending."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli import show
from mailer.cli.campaigns import AsJson, Campaign, tell_plan
from mailer.cli.language import N_, language
from mailer.cli.opening import opened
from mailer.model.delivery import Accepted, DeliveryStatus
from mailer.model.mailing import MailingState
from mailer.model.naming import name_of
from mailer.wording import _, _n

if TYPE_CHECKING:
    from mailer.model.report import Report
    from mailer.operations.record import Judged
    from mailer.operations.serve import Turn
    from mailer.rehearsal import Rehearsal

By = Annotated[str, typer.Option(help=N_("Your name, for the journal."))]
Why = Annotated[str, typer.Option(help=N_("The reason, for the journal."))]
At = Annotated[
    str,
    typer.Option(
        help=N_("Act as if it were this instant, e.g. 2017-12-04T09:30; for trials only."),
        show_default=False,
    ),
]


def rehearse(
    context: typer.Context,
    campaign: Campaign,
    out: Annotated[Path, typer.Option(help=N_("Folder for the messages, preview and report."))],
    start: Annotated[
        str,
        typer.Option(
            "--from", help=N_("When the rehearsal begins; default: before the first step.")
        ),
    ] = "",
) -> None:
    from mailer.rehearsal import rehearse_campaign

    with opened(context) as app, show.progress(_("Rehearsing"), None):
        played = rehearse_campaign(app, campaign, out=out, start=start, language=language())
    tell_rehearsal(played)
    tell_report(played.report)


def proof(
    context: typer.Context,
    campaign: Campaign,
    step: Annotated[str, typer.Argument(help=N_("The step, e.g. announcement."))],
    by: By = "",
) -> None:
    from mailer.operations.proof import proofs, send_proofs

    with opened(context) as app:
        draft = app.draft(campaign)
        messages = list(proofs(draft, step, team=app.settings.team.proofs, composer=app.composer))
        outcomes = send_proofs(
            messages,
            backend=app.backend,
            ledger=app.ledger,
            campaign=draft.campaign.slug,
            by=by,
            now=app.clock.now(),
        )
        destination = app.destination
    accepted = sum(isinstance(outcome, Accepted) for _id, outcome in outcomes)
    show.tell(
        _n(
            "{accepted} of {count} test message handed over: {destination}",
            "{accepted} of {count} test messages handed over: {destination}",
            count=len(outcomes),
            accepted=accepted,
            destination=destination,
        )
    )
    for _id, outcome in outcomes:
        if not isinstance(outcome, Accepted):
            show.warn(str(outcome))
    if accepted < len(outcomes):
        raise typer.Exit(1)


def approve(
    context: typer.Context,
    campaign: Campaign,
    by: Annotated[str, typer.Option(help=N_("Who signs this exact version off."))],
) -> None:
    from mailer.operations.launch import approve as approve_draft

    with opened(context) as app:
        draft = app.draft(campaign)
        sign_off = approve_draft(
            draft, findings=app.findings(draft), by=by, ledger=app.ledger, now=app.clock.now()
        )
    show.tell(
        _(
            "{by} signed off version {version}. Any change to texts, lists or times voids it.",
            by=sign_off.by,
            version=sign_off.fingerprint[:12],
        )
    )


def launch(
    context: typer.Context,
    campaign: Campaign,
    confirm: Annotated[
        int | None,
        typer.Option(help=N_("The number of people the first step goes to."), show_default=False),
    ] = None,
    by: By = "",
    at: At = "",
) -> None:
    from mailer.operations.launch import launch as launch_draft

    with opened(context, at=at) as app:
        draft = app.draft(campaign)
        if confirm is None and sys.stdin.isatty():
            tell_plan(draft)
            confirm = typer.prompt(
                show.words(_("Type the number of people the first step goes to")), type=int
            )
        mailings = launch_draft(
            draft,
            findings=app.findings(draft),
            confirm=confirm,
            signatures_required=app.settings.team.signatures_required,
            by=by,
            ledger=app.ledger,
            now=app.clock.now(),
        )
        destination = app.destination
    show.tell(
        _n(
            "Launched: {count} step. Destination: {destination}",
            "Launched: {count} steps. Destination: {destination}",
            count=len(mailings),
            destination=destination,
        )
    )
    show.tell(_("Each leaves when its time comes, while the service runs: mailer run"))


def run(
    context: typer.Context,
    until_idle: Annotated[bool, typer.Option(help=N_("Do what is due now, then end."))] = False,
    at: At = "",
) -> None:
    with opened(context, at=at) as app:
        if until_idle or at:
            with show.progress(_("Sending"), None):
                turns = list(app.turns_until_idle())
            for turn in turns:
                tell_turn(turn)
            return
        show.tell(_("The service runs. Stop it with Ctrl-C; nothing is lost."))
        app.serve(tell_turn, lambda error: show.problems(error.problems), tell_judged)


def receive(context: typer.Context) -> None:
    from mailer.receiver import serve

    with opened(context) as app:
        serve(app, told=show.tell)


def tell_turn(turn: Turn) -> None:
    """What one turn of the service did, if anything."""
    for missed in turn.missed:
        show.warn(
            _(
                "{campaign}, {step}: too late to be useful; not sent.",
                campaign=missed.mailing.campaign,
                step=missed.mailing.step,
            )
        )
    for started in turn.started:
        show.tell(
            _n(
                "{campaign}, {step}: {count} recipient.",
                "{campaign}, {step}: {count} recipients.",
                campaign=started.mailing.campaign,
                step=started.mailing.step,
                count=len(started.audience.recipients),
            )
        )


def tell_judged(judged: Judged) -> None:
    """What a fact that came back calls for, if it needs a person's eye."""
    from mailer.feedback.explain import explain

    for alarm in judged.alarms:
        show.warn(
            _(
                "Alarm, {name}: {count} refusals aimed at us. {why} Look before going on.",
                name=alarm.name,
                count=alarm.refused,
                why=explain(alarm.reason),
            )
        )


def tell_rehearsal(played: Rehearsal) -> None:
    """Where a rehearsal left its files."""
    show.tell(
        _n(
            "{count} message written, nothing sent: {folder}",
            "{count} messages written, nothing sent: {folder}",
            count=sum(mailing.audience for mailing in played.report.mailings),
            folder=played.messages,
        )
    )
    show.tell(_("Preview: {page}", page=played.preview))
    show.tell(_("Report: {page}", page=played.page))


def tell_report(made: Report) -> None:
    """A campaign in one screen."""
    from mailer.feedback.explain import explain

    show.tell(made.title)
    show.table(
        (_("Step"), _("Leaves"), _("State"), _("Receive"), _("Do not receive")),
        (
            (
                mailing.step,
                show.wall_time(mailing.local_time),
                name_of(mailing.state),
                show.counts(mailing.by_status),
                show.counts(Counter(line.reason for line in mailing.not_mailed)),
            )
            for mailing in made.mailings
        ),
    )
    if made.accreditations:
        show.tell(_("Accreditations: {counts}.", counts=show.counts(made.accreditations)))
    for person in made.to_call_back:
        show.tell(
            _(
                "To call back: {name}, {organisation} ({phone}): {why}",
                name=person.name or person.address,
                organisation=person.organisation or "–",
                phone=person.phone or "–",
                why=explain(person.reason) if person.reason else person.quote,
            )
        )
    for person in made.uncertain:
        show.tell(
            _(
                "Uncertain: {delivery} ({name}). Settle it with: mailer resolve {delivery}",
                delivery=person.delivery_id,
                name=person.name or person.address,
            )
        )


def report_as_json(made: Report) -> dict[str, object]:
    """The figures and the people, for another program."""
    return {
        "campaign": made.campaign,
        "made_at": made.made_at.isoformat(),
        "mailings": [
            {
                "step": mailing.step,
                "state": mailing.state,
                "local_time": mailing.local_time.isoformat(),
                "audience": mailing.audience,
                "by_status": dict(mailing.by_status),
                "by_exclusion": dict(Counter(line.reason for line in mailing.not_mailed)),
                "people": [
                    {
                        "delivery": p.delivery_id,
                        "address": p.address,
                        "status": p.status,
                        "reason": p.reason,
                    }
                    for p in mailing.people
                ],
            }
            for mailing in made.mailings
        ],
        "accreditations": dict(made.accreditations),
        "to_call_back": [person.address for person in made.to_call_back],
        "uncertain": [person.delivery_id for person in made.uncertain],
    }


def status(context: typer.Context, json: AsJson = False) -> None:
    from mailer.config.sections import WebhookSettings
    from mailer.operations.settle import without_sign_of_life

    with opened(context) as app:
        mailings = app.ledger.mailings()
        tallies = {mailing.id: app.ledger.tally(mailing.id) for mailing in mailings}
        uncertain = [
            delivery
            for mailing in mailings
            for delivery in app.ledger.deliveries(mailing.id)
            if delivery.status is DeliveryStatus.UNCERTAIN
        ]
        # Silence says something only where events would be heard.
        listens = bool(app.settings.part(WebhookSettings).keys)
        silent = list(without_sign_of_life(app.ledger, now=app.clock.now())) if listens else []
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
                "uncertain": [delivery.id for delivery in uncertain],
                "without_sign_of_life": [delivery.id for delivery in silent],
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
                name_of(mailing.state),
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
    for delivery in uncertain:
        show.tell(
            _(
                "Uncertain: {delivery} ({name}). Settle it with: mailer resolve {delivery}",
                delivery=delivery.id,
                name=delivery.name or delivery.address,
            )
        )
    for delivery in silent:
        show.tell(
            _(
                "Accepted by SendGrid, and no sign of life since: {delivery} ({name})",
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
    from mailer.operations.report import report as report_on
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
            for mailing in app.ledger.mailings(app.campaign_folder(campaign).name)
            if app.ledger.move(mailing.id, to=to, by=by, why=why, at=app.clock.now())
        ]
    for mailing in moved:
        show.tell(_("{step}: {state}", step=mailing.step, state=name_of(to)))
    if not moved:
        show.tell(_("Nothing to change."))


COMMANDS = (
    ("rehearse", rehearse, N_("Play the whole campaign on a simulated clock; no trace.")),
    ("proof", proof, N_("Send a test to the team only, marked [TEST].")),
    ("approve", approve, N_("Sign off this exact version (bon à tirer).")),
    ("launch", launch, N_("Launch a signed-off campaign.")),
    ("run", run, N_("The service: sends each step when its time comes.")),
    ("receive", receive, N_("The receiver: the provider's webhook and the unsubscribe page.")),
    ("status", status, N_("What was sent, what comes next, what needs a person.")),
    ("report", report, N_("What became of a campaign, person by person.")),
    ("pause", pause, N_("Hold a campaign: no further message leaves.")),
    ("resume", resume, N_("Let a paused campaign go on.")),
    ("cancel", cancel, N_("Stop a campaign for good.")),
)
GROUPS = ()
