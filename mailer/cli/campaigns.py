"""The commands for writing a campaign: new, check, preview, render, plan."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli import show
from mailer.cli.language import N_, language
from mailer.cli.remedies import command_line
from mailer.cli.status import print_since_launch
from mailer.cli.steps import Step, step_id
from mailer.cli.workspace import opened
from mailer.labels import label_of, step_title
from mailer.model.finding import Severity
from mailer.wording import Text, _, _n

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.model.address import Address
    from mailer.model.finding import Finding
    from mailer.model.since_launch import SinceLaunch
    from mailer.operations.campaigns.plan import CampaignPlan

Campaign = Annotated[str, typer.Argument(help=N_("The campaign: its folder, or its name."))]
AsJson = Annotated[bool, typer.Option("--json", help=N_("For other programs: JSON."))]


def new(  # noqa: PLR0917 - Typer calls it by keyword; each is an option
    context: typer.Context,
    slug: Annotated[
        str, typer.Argument(help=N_("Name of the folder, e.g. 2026-03-31-meeting."))
    ] = "",
    kind: Annotated[str, typer.Option(help=N_("What kind of document it is."))] = "",
    title: Annotated[str, typer.Option(help=N_("The headline."))] = "",
    event: Annotated[
        str, typer.Option(help=N_("Date and hour of the event, e.g. 2026-03-31 09:30."))
    ] = "",
    venue: Annotated[str, typer.Option(help=N_("Where it takes place."))] = "",
    contact: Annotated[str, typer.Option(help=N_("Whom a journalist can call."))] = "",
    phone: Annotated[str, typer.Option(help=N_("That person's direct number."))] = "",
    address: Annotated[str, typer.Option(help=N_("Where to ask for accreditation."))] = "",
) -> None:
    from mailer.cli.questions import asked
    from mailer.files.campaigns.scaffold import Answers, new_campaign

    answers = asked(
        kind,
        Answers(
            title=title,
            event=event,
            venue=venue,
            contact=contact,
            phone=phone,
            address=address,
            language=language(),
        ),
        slug=slug,
    )
    with opened(context) as app:
        folder = new_campaign(
            app.workspace / "campaigns" / answers.slug,
            answers.kind,
            answers.answers,
            today=app.clock.now().date(),
        )
    show.print_line(_("Written: {folder}", folder=folder))
    show.print_line(_("Next: fill in the texts, then mailer preview {slug}", slug=answers.slug))


def check(context: typer.Context, campaign: Campaign, json: AsJson = False) -> None:
    with opened(context) as app:
        found = app.drafts.findings(campaign)
    if json:
        for finding in found:
            show.as_json(_finding_as_json(finding))
    else:
        show.findings(found)
        show.print_line(show.verdict(found))
    if any(finding.severity is Severity.ERROR for finding in found):
        raise typer.Exit(1)


def _finding_as_json(finding: Finding) -> dict[str, object]:
    return {
        "check": finding.check,
        "severity": finding.severity,
        "file": finding.where.file,
        "line": finding.where.line,
        "what": show.translated(finding.what),
        "why": show.translated(finding.why),
        "remedy": show.translated(finding.remedy),
        "command": finding.act and command_line(finding.act),
    }


def preview(
    context: typer.Context,
    campaign: Annotated[
        str, typer.Argument(help=N_("The campaign; without one, every campaign."))
    ] = "",
    out: Annotated[
        Path | None, typer.Option(help=N_("Folder to write the pages to."), show_default=False)
    ] = None,
    browser: Annotated[bool, typer.Option(help=N_("Open the page in the browser."))] = True,
) -> None:
    from mailer.files.outputs import claim_folder
    from mailer.operations.campaigns.preview import preview_campaign
    from mailer.pages.preview import write_preview

    with opened(context) as app:
        for reference in [campaign] if campaign else app.campaigns.names():
            shown = preview_campaign(reference, drafts=app.drafts, composer=app.composer)
            slug = shown.draft.campaign.slug
            page = write_preview(
                claim_folder(out / slug) if out else app.workspace / "var" / "preview" / slug,
                draft=shown.draft,
                samples=shown.samples,
                findings=shown.findings,
                say=show.translated,
                language=language(),
            )
            show.print_line(_("Preview: {page}", page=page))
            if browser:
                typer.launch(page.as_uri())


def render(
    context: typer.Context,
    campaign: Campaign,
    step: Step,
    out: Annotated[Path, typer.Option(help=N_("Folder to write the .eml files to."))],
    to: Annotated[
        list[str] | None, typer.Option(help=N_("Only for this address; may be repeated."))
    ] = None,
) -> None:
    from mailer.operations.campaigns.samples import messages_of_step

    with opened(context) as app:
        messages = messages_of_step(
            campaign, step_id(step), only=to or (), drafts=app.drafts, composer=app.composer
        )
        connection = app.eml_files(out).connect()
        with show.progress(_("Writing"), len(messages)) as advance:
            for _written in connection.deliver(messages):
                advance(1)
    show.print_line(
        _n(
            "{count} message written to {out}; nothing was sent.",
            "{count} messages written to {out}; nothing was sent.",
            count=len(messages),
            out=out,
        )
    )


def plan(context: typer.Context, campaign: Campaign, json: AsJson = False) -> None:
    from mailer.operations.campaigns.plan import plan_campaign

    with opened(context) as app:
        planned = plan_campaign(campaign, drafts=app.drafts)
    if json:
        show.as_json(_plan_as_json(planned))
    else:
        print_plan(planned)


def print_plan(plan: CampaignPlan) -> None:
    """Print every step with its time, recipients and exclusions, and the sign-off state."""
    show.print_line(plan.campaign.title)
    if plan.since_launch is not None:
        print_since_launch(plan.since_launch)
        _print_launched(plan.since_launch)
    show.table(
        (_("Step"), _("Leaves"), _("Lists"), _("Receive"), _("Do not receive")),
        (
            (
                step_title(each.planned.step.id),
                show.wall_time(each.planned.local),
                ", ".join(each.planned.step.to),
                each.recipients,
                show.counts(each.exclusions),
            )
            for each in plan.steps
        ),
    )
    for remark in (*_remarks(plan), *_comparisons(plan), *_open_answers(plan)):
        show.print_line(remark)
    print_not_carried(plan.not_carried)
    show.print_line(_("Time zone: {zone}.", zone=plan.campaign.time_zone))
    show.print_line(_("Who receives a later step is worked out again when it leaves."))
    show.print_line(plan.sign_off_state)


def print_not_carried(addresses: Sequence[Address]) -> None:
    """Warn of recipients whose address the provider does not take, or may not take."""
    if addresses:
        show.warn(
            _n(
                "{count} address may not be carried by the relay (letters beyond ASCII before the"
                " @); its message will wait: {addresses}",
                "{count} addresses may not be carried by the relay (letters beyond ASCII before the"
                " @); their messages will wait: {addresses}",
                count=len(addresses),
                addresses=", ".join(map(str, addresses)),
            )
        )


def _print_launched(launch: SinceLaunch) -> None:
    """Print the steps as they were launched, before those of the folder."""
    show.table(
        (_("Step"), _("As launched"), _("State")),
        (
            (step_title(step.step), show.wall_time(step.local_time), label_of(step.state))
            for step in launch.steps
        ),
    )
    if launch.changes:
        show.print_line(_("What the folder says now, and would need a launch of its own:"))


def _remarks(plan: CampaignPlan) -> Iterator[Text]:
    """Yield what there is to say about the hour of each step."""
    for each in plan.steps:
        step = step_title(each.planned.step.id)
        if each.is_past:
            yield _(
                "{step}: its hour is past; it must be given another before a launch.", step=step
            )
        if each.planned.moved_from is not None:
            yield _(
                "{step}: moved from {day}, which is not a working day.",
                step=step,
                day=show.wall_time(each.planned.moved_from),
            )
        for advice in each.advice:
            yield _("{step}: {advice}", step=step, advice=advice)


def _comparisons(plan: CampaignPlan) -> Iterator[Text]:
    for each in plan.steps:
        if each.compared is not None:
            yield _(
                "{step}: {count} people; the same lists had {before} with {mailing}.",
                step=step_title(each.compared.step),
                count=each.compared.count,
                before=each.compared.count_before,
                mailing=f"{each.compared.before.campaign}/{each.compared.before.step}",
            )


def _open_answers(plan: CampaignPlan) -> Iterator[Text]:
    for each in plan.open_answers:
        yield _(
            "{unknown} has answered, and nobody in the directory has this address. Is it {name}, "
            "{address}? Decide with: {command}",
            unknown=each.unknown,
            name=each.name or each.address,
            address=each.address,
            command=f"mailer accreditations list {plan.campaign.slug}",
        )


def _plan_as_json(plan: CampaignPlan) -> dict[str, object]:
    return {
        "campaign": plan.campaign.slug,
        "fingerprint": plan.fingerprint,
        "time_zone": plan.campaign.time_zone,
        "open_answers": [asdict(each) for each in plan.open_answers],
        "not_carried": [str(each) for each in plan.not_carried],
        "steps": [
            {
                "step": each.planned.step.id,
                "local": each.planned.local.isoformat(),
                "due_at": each.planned.due_at.isoformat(),
                "expires_at": each.planned.expires_at.isoformat(),
                "to": each.planned.step.to,
                "recipients": each.recipients,
                "recipients_last_time": each.compared and each.compared.count_before,
                "exclusions": each.exclusions,
                "advice": [show.translated(advice) for advice in each.advice],
                "is_past": each.is_past,
            }
            for each in plan.steps
        ],
    }
