"""From rehearsal to launch, and the service: everything that sends."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli import show
from mailer.cli.campaigns import Campaign, tell_plan
from mailer.cli.language import N_, language
from mailer.cli.opening import opened
from mailer.cli.telling import (
    tell_judged,
    tell_recomputed,
    tell_rehearsal,
    tell_report,
    tell_turn,
    tell_worry,
)
from mailer.errors import LedgerError, MailerError
from mailer.model.delivery import Accepted
from mailer.wording import _, _n

if TYPE_CHECKING:
    from mailer.app import App

By = Annotated[str, typer.Option(help=N_("Your name, for the journal."))]
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
    from mailer.operations.campaigns.proof import proofs, send_proofs

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
    from mailer.operations.campaigns.launch import approve as approve_draft

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
    again: Annotated[
        bool,
        typer.Option("--again", help=N_("Launch what people have already under another name.")),
    ] = False,
) -> None:
    from mailer.operations.campaigns.audience_size import compare_audiences
    from mailer.operations.campaigns.launch import launch as launch_draft

    with opened(context, at=at) as app:
        app.settings.require_secrets()  # what is launched leaves later, with nobody looking
        draft = app.draft(campaign)
        if confirm is None and sys.stdin.isatty():
            tell_plan(draft, compare_audiences(draft, ledger=app.ledger))
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
            again=again,
        )
        if not at:
            _back_up(app)
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
    from mailer.service import Service, until_signalled

    with opened(context, at=at) as app:
        app.settings.require_secrets()
        service = Service(app)
        if not at:
            service.back_up(_tell_failure)
        for recomputed in service.reschedule_changed():
            tell_recomputed(recomputed)
        if until_idle or at:
            try:
                with show.progress(_("Sending"), None), until_signalled(service.stop):
                    turns = list(service.turns_until_idle())
                for turn in turns:
                    tell_turn(turn)
                if service.is_stopping:
                    show.warn(_("Stopped. Nothing is lost: start again to go on."))
            finally:
                try:
                    service.tell_team(tell_worry)
                except MailerError as error:
                    _tell_failure(error)
            return
        show.tell(_("The service runs. Stop it with Ctrl-C; nothing is lost."))
        service.serve(tell_turn, _tell_failure, tell_judged, tell_worry)


def _tell_failure(error: MailerError) -> None:
    show.problems(error.problems)


def _back_up(app: App) -> None:
    """What was just launched is worth a copy; without one it is launched all the same."""
    try:
        app.ledger.backups.create(at=app.clock.now())
    except LedgerError as error:
        _tell_failure(error)


def receive(context: typer.Context) -> None:
    from mailer.receiver import serve

    with opened(context) as app:
        serve(app, told=show.tell)


COMMANDS = (
    ("rehearse", rehearse, N_("Play the whole campaign on a simulated clock; no trace.")),
    ("proof", proof, N_("Send a test to the team only, marked [TEST].")),
    ("approve", approve, N_("Sign off this exact version (bon à tirer).")),
    ("launch", launch, N_("Launch a signed-off campaign.")),
    ("run", run, N_("The service: sends each step when its time comes.")),
    ("receive", receive, N_("The receiver: the provider's webhook and the unsubscribe page.")),
)
GROUPS = ()
