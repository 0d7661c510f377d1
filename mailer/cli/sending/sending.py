"""The commands that send: rehearse, proof, approve, launch, run, receive."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.campaigns.campaigns import AsJson, Campaign
from mailer.cli.sending.launching import print_launch_summary
from mailer.cli.sending.planning import print_not_carried, print_plan
from mailer.cli.terminal import show
from mailer.cli.terminal.asking import asked_number
from mailer.cli.terminal.language import N_, language
from mailer.cli.terminal.remedies import command_line
from mailer.cli.terminal.results import (
    print_alert,
    print_outcome,
    print_rehearsal,
    print_report,
    print_rescheduled,
    print_tick,
    report_as_json,
)
from mailer.cli.terminal.steps import Step, step_id
from mailer.cli.terminal.workspace import At, By, current_actor, onlooker, opened
from mailer.errors import (
    BackendMisconfigured,
    ConfigError,
    MailerError,
    Place,
    Problem,
    RuleError,
)
from mailer.model.mailings.amendment import BadDay
from mailer.model.service.service_role import ServiceRole
from mailer.model.team.person import is_partner
from mailer.wording import _, _n

if TYPE_CHECKING:
    from collections.abc import Collection

    from mailer.model.mailings.mailing import SignOff
    from mailer.model.team.actor import Actor
    from mailer.service.service import Service
    from mailer.wiring.app import App


def rehearse(
    context: typer.Context,
    campaign: Campaign,
    out: Annotated[
        Path, typer.Option(help=N_("Folder for the messages, preview and report."), file_okay=False)
    ],
    start: Annotated[
        str,
        typer.Option(
            "--from", help=N_("When the rehearsal begins; default: before the first step.")
        ),
    ] = "",
    seed: Annotated[
        int, typer.Option(help=N_("Draws other answers; the same number, the same answers."))
    ] = 0,
    bad_day: Annotated[
        BadDay | None,
        typer.Option(
            help=N_("What goes wrong once people have answered the first mailing."),
            show_default=False,
        ),
    ] = None,
    json: AsJson = False,
) -> None:
    from mailer.wiring.rehearsal import rehearse_campaign

    with opened(context) as app, show.progress(_("Rehearsing"), None):
        played = rehearse_campaign(
            app,
            campaign,
            out=out,
            start=start,
            seed=seed,
            bad_day=bad_day,
            language=language(),
        )
    if json:
        show.as_json(report_as_json(played.report))
        return
    print_rehearsal(played)
    print_report(played.report)


def proof(
    context: typer.Context,
    campaign: Campaign,
    step: Step,
    by: By = "",
) -> None:
    from mailer.operations.campaigns.previews.proof import send_test
    from mailer.operations.campaigns.previews.proof_results import outcome_in_words

    with opened(context) as app:
        sent = send_test(
            campaign,
            step_id(step),
            team=app.settings.team.proofs,
            actor=current_actor(app, by),
            drafts=app.drafts,
            composer=app.composer,
            backend=lambda: app.backend,
            requests=app.sign_off_requests,
        )
        destination = app.destination
    show.print_line(
        _n(
            "{accepted} of {count} test message handed over: {destination}",
            "{accepted} of {count} test messages handed over: {destination}",
            count=len(sent.outcomes),
            accepted=len(sent.outcomes) - len(sent.refused),
            destination=destination,
        )
    )
    for address, outcome in sent.refused:
        answer = outcome_in_words(outcome)
        show.warn(_("{address}: {answer}", address=str(address), answer=answer))
    if sent.refused:
        raise typer.Exit(1)


def approve(
    context: typer.Context,
    campaign: Campaign,
    by: Annotated[str, typer.Option(help=N_("Who signs this exact version off."))],
    refuse: Annotated[
        bool, typer.Option("--refuse", help=N_("Refuse it instead: it cannot be launched."))
    ] = False,
    why: Annotated[str, typer.Option(help=N_("Why it is refused, for those who correct it."))] = "",
    at: At = "",
) -> None:
    from mailer.operations.amendments.act import approve_what_is_open
    from mailer.operations.campaigns.approval.approval import refuse_campaign
    from mailer.operations.campaigns.approval.late_signature import held_without_signature
    from mailer.operations.campaigns.drafts.accepted_findings import accepted_of
    from mailer.operations.campaigns.sign_offs.partner_sign_offs import asked_partners

    with opened(context, at=at) as app:
        actor = current_actor(app, by, is_signing=True)
        if is_partner(actor.roles):
            _decide_as_partner(app, campaign, actor, why=why if refuse else None)
            return
        if refuse:
            refusal = refuse_campaign(campaign, why=why, actor=actor, drafts=app.drafts)
            _print_refusal(refusal)
            return
        sign_off = approve_what_is_open(
            campaign,
            actor=actor,
            drafts=app.drafts,
            signatures_required=app.settings.team.signatures_required,
        )
        held = held_without_signature(campaign, drafts=app.drafts)
        accepted = accepted_of(campaign, drafts=app.drafts)
        draft = app.drafts.draft(campaign)
        partners = asked_partners(draft) if draft.since_launch is None else ()
    show.accepted(accepted)
    show.print_line(
        _(
            "{by} signed off version {version}. Any change to texts, lists or times voids it.",
            by=sign_off.by,
            version=sign_off.fingerprint[:12],
        )
    )
    for each in partners:
        show.print_line(each.state)
    if held is not None:
        show.print_line(held)


def _decide_as_partner(app: App, campaign: str, actor: Actor, *, why: str | None) -> None:
    """Sign off for another institution, or refuse with a reason, and say what was decided."""
    from mailer.operations.campaigns.approval.partner_approval import (
        refuse_as_partner,
        sign_as_partner,
    )
    from mailer.operations.campaigns.sign_offs.partner_sign_offs import asked_of
    from mailer.operations.campaigns.sign_offs.partner_words import PART_NAMES

    if why is None:
        sign_as_partner(campaign, actor=actor, drafts=app.drafts)
    else:
        refuse_as_partner(campaign, why=why, actor=actor, drafts=app.drafts)
    for each in asked_of(actor.person, app.drafts.draft(campaign)):
        show.print_line(each.state)
        for word in each.words.words if each.words else ():
            show.print_line(f"  {show.translated(PART_NAMES[word.part])}: {' · '.join(word.lines)}")


def _print_refusal(refusal: SignOff) -> None:
    show.print_line(
        _(
            "{by} refused version {version}. It is not launched until it is corrected, or {by} signs"
            " it.",
            by=refusal.by,
            version=refusal.fingerprint[:12],
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
    from mailer.operations.campaigns.launching.launch import launch_campaign
    from mailer.wiring.examining import refused_at_launch

    with opened(context, at=at) as app:
        app.settings.require_secrets()  # the mailing leaves later, when nobody is there to help
        if confirm is None and sys.stdin.isatty():
            confirm = _ask_for_the_number(campaign, app)
        launched = launch_campaign(
            campaign,
            confirm=confirm,
            signatures_required=app.settings.team.signatures_required,
            actor=current_actor(app, by),
            drafts=replace(app.drafts, refused_mail=partial(refused_at_launch, app)),
            again=again,
            back_up=not at,
        )
        destination = app.destination
    print_not_carried(launched.not_carried)
    if launched.backup_failure is not None:
        _print_failure(launched.backup_failure)
    show.print_line(
        _n(
            "Launched: {count} step. Destination: {destination}",
            "Launched: {count} steps. Destination: {destination}",
            count=len(launched.mailings),
            destination=destination,
        )
    )
    show.print_line(_("Each leaves when its time comes, while the service runs: mailer run"))


def _ask_for_the_number(campaign: str, app: App) -> int:
    """Show what would leave, and let a person type how many people the first step goes to."""
    from mailer.operations.campaigns.launching.launch_summary import launch_summary
    from mailer.operations.campaigns.plans.plan_for_person import plan_for

    print_plan(plan_for(onlooker(app), campaign, drafts=app.drafts))
    summary = launch_summary(
        campaign, actor=onlooker(app), drafts=app.drafts, composer=app.composer
    )
    if summary is not None:
        print_launch_summary(summary)
    question = _("Type the number of people the first step goes to")
    return asked_number(question)


def run(
    context: typer.Context,
    until_idle: Annotated[
        bool, typer.Option("--until-idle", help=N_("Do what is due now, then end."))
    ] = False,
    only: Annotated[
        list[ServiceRole] | None,
        typer.Option(
            help=N_("Do only this part of the service, on one of several hosts; may be repeated."),
            show_default=False,
        ),
    ] = None,
    at: At = "",
) -> None:
    from mailer.service.service import Service
    from mailer.wiring.monitored import monitored

    with opened(context, at=at) as app, monitored(app, role="worker", sends=True) as monitor:
        app.settings.require_secrets()
        if only and (until_idle or at or app.bell is None):
            raise _no_parts()
        service = Service(app, instruct=command_line, beat=monitor.beat)
        service.require_in_place()
        if not at:
            service.backup.make_sometimes(_print_failure)
        for rescheduled in service.reschedule_changed():
            print_rescheduled(rescheduled)
        if until_idle or at:
            _run_until_idle(service)
        else:
            show.print_line(_("The service runs. Stop it with Ctrl-C; nothing is lost."))
            _serve(app, service, roles=only or tuple(ServiceRole))


def _serve(app: App, service: Service, *, roles: Collection[ServiceRole]) -> None:
    from mailer.service.shared import SharedService
    from mailer.wiring.jobs import JobRunner

    told = (print_tick, _print_failure, print_outcome, print_alert)
    if app.bell is None:
        service.serve(*told)
    else:
        do_long_work = JobRunner(app).do_on_host
        SharedService(app, service, roles=roles, do_long_work=do_long_work).serve(*told)


def _no_parts() -> ConfigError:
    return ConfigError(
        Problem(
            Place("config.toml", key="engine.kind"),
            _("--only shares the service among hosts, and here one process does all of it."),
            _("Leave --only out, or write kind = {example}.", example='"procrastinate"'),
        )
    )


def _run_until_idle(service: Service) -> None:
    """Do what is due now, then notify the team of alerts, even if the sending failed."""
    from mailer.engine.signals import until_signalled

    try:
        with show.progress(_("Sending"), None), until_signalled(service.stop):
            ticks = list(service.ticks_until_idle())
        for tick in ticks:
            print_tick(tick)
        if service.is_stopping:
            show.warn(_("Stopped. Nothing is lost: start again to go on."))
        held = [each for tick in ticks for each in tick.held]
        if held:
            is_asked = any(each.is_paused for each in held)
            refused = RuleError if is_asked else BackendMisconfigured
            raise typer.Exit(refused.exit_code)
    finally:
        service.leave()
        try:
            service.notify_team(print_alert)
        except MailerError as error:
            _print_failure(error)


def _print_failure(error: MailerError) -> None:
    show.problems(error.problems)


def receive(context: typer.Context) -> None:
    from mailer.receiver import serve
    from mailer.wiring.monitored import monitored

    with opened(context) as app, monitored(app, role="receiver", sends=False):
        serve(app, print_line=show.print_line)
