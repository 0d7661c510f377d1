"""Writing a campaign: new, check, preview, render, plan."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli import show
from mailer.cli.language import N_, language
from mailer.cli.opening import opened
from mailer.model.campaign import CampaignKind
from mailer.model.finding import Severity
from mailer.wording import Text, _, _n

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mailer.model.audience import Exclusion, ExclusionReason
    from mailer.model.contact import Addressee
    from mailer.model.draft import Draft
    from mailer.model.finding import Finding
    from mailer.operations.campaigns.audience_size import AudienceComparison

Campaign = Annotated[str, typer.Argument(help=N_("The campaign: its folder, or its name."))]
AsJson = Annotated[bool, typer.Option("--json", help=N_("For other programs: JSON."))]


def new(  # noqa: PLR0917 - Typer calls it by keyword; each is an option
    context: typer.Context,
    slug: Annotated[str, typer.Argument(help=N_("Name of the folder, e.g. 2026-03-31-meeting."))],
    kind: Annotated[CampaignKind, typer.Option(help=N_("What kind of document it is."))],
    title: Annotated[str, typer.Option(help=N_("The headline."), prompt=True)],
    event: Annotated[
        str, typer.Option(help=N_("Date and hour of the event, e.g. 2026-03-31 09:30."))
    ] = "",
    venue: Annotated[str, typer.Option(help=N_("Where it takes place."))] = "",
    contact: Annotated[str, typer.Option(help=N_("Whom a journalist can call."))] = "",
    phone: Annotated[str, typer.Option(help=N_("That person's direct number."))] = "",
    address: Annotated[str, typer.Option(help=N_("Where to ask for accreditation."))] = "",
) -> None:
    from mailer.files.campaigns.scaffold import Answers, new_campaign

    answers = Answers(
        title=title,
        event=event,
        venue=venue,
        contact=contact,
        phone=phone,
        address=address,
        language=language(),
    )
    with opened(context) as app:
        folder = new_campaign(
            app.workspace / "campaigns" / slug, kind, answers, today=app.clock.now().date()
        )
    show.tell(_("Written: {folder}", folder=folder))
    show.tell(_("Next: fill in the texts, then mailer preview {slug}", slug=slug))


def check(context: typer.Context, campaign: Campaign, json: AsJson = False) -> None:
    with opened(context) as app:
        found = app.judged(campaign)
    if json:
        for finding in found:
            show.as_json(_finding_as_json(finding))
    else:
        show.findings(found)
        show.tell(show.verdict(found))
    if any(finding.severity is Severity.ERROR for finding in found):
        raise typer.Exit(1)


def _finding_as_json(finding: Finding) -> dict[str, object]:
    return {
        "check": finding.check,
        "severity": finding.severity,
        "file": finding.where.file,
        "line": finding.where.line,
        "what": show.words(finding.what),
        "why": show.words(finding.why),
        "remedy": show.words(finding.remedy),
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
    with opened(context) as app:
        references = [campaign] if campaign else [f.name for f in app.campaign_folders()]
        for reference in references:
            draft = app.draft(reference)
            folder = (out or app.workspace / "var" / "preview") / draft.campaign.slug
            page = app.write_preview(
                draft, folder, findings=app.findings(draft), language=language()
            )
            show.tell(_("Preview: {page}", page=page))
            if browser:
                typer.launch(page.as_uri())


def render(
    context: typer.Context,
    campaign: Campaign,
    step: Annotated[str, typer.Argument(help=N_("The step, e.g. announcement."))],
    out: Annotated[Path, typer.Option(help=N_("Folder to write the .eml files to."))],
    to: Annotated[
        list[str] | None, typer.Option(help=N_("Only for this address; may be repeated."))
    ] = None,
) -> None:
    from mailer.operations.campaigns.samples import messages_for

    with opened(context) as app:
        draft = app.draft(campaign)
        messages = messages_for(draft, step, only=to or (), composer=app.composer)
        connection = app.file_writer(out).connect()
        with show.progress(_("Writing"), len(messages)) as advance:
            for _written in connection.deliver(messages):
                advance(1)
    show.tell(
        _n(
            "{count} message written to {out}; nothing was sent.",
            "{count} messages written to {out}; nothing was sent.",
            count=len(messages),
            out=out,
        )
    )


def plan(context: typer.Context, campaign: Campaign, json: AsJson = False) -> None:
    from mailer.operations.campaigns.audience_size import compare_audiences

    with opened(context) as app:
        draft = app.draft(campaign)
        compared = tuple(compare_audiences(draft, ledger=app.ledger))
    if json:
        show.as_json(_plan_as_json(draft, compared))
    else:
        tell_plan(draft, compared)


def tell_plan(draft: Draft, compared: Iterable[AudienceComparison]) -> None:
    """Every step with its time, its readers and the others; `compared` with the last time."""
    show.tell(draft.campaign.title)
    show.table(
        (_("Step"), _("Leaves"), _("Lists"), _("Receive"), _("Do not receive")),
        (
            (
                planned.step.id,
                show.wall_time(planned.local),
                ", ".join(planned.step.to),
                len(draft.audiences[planned.step.id].recipients),
                show.counts(_count(draft.audiences[planned.step.id].exclusions)),
            )
            for planned in draft.plan
        ),
    )
    for planned in draft.plan:
        if planned.moved_from is not None:
            show.tell(
                _(
                    "{step}: moved from {day}, which is not a working day.",
                    step=planned.step.id,
                    day=show.wall_time(planned.moved_from),
                )
            )
    for each in compared:
        show.tell(
            _(
                "{step}: {count} people; the same lists had {before} with {mailing}.",
                step=each.step,
                count=each.count,
                before=each.count_before,
                mailing=f"{each.before.campaign}/{each.before.step}",
            )
        )
    show.tell(_("Time zone: {zone}.", zone=draft.campaign.time_zone))
    show.tell(_("Who receives a later step is worked out again when it leaves."))
    show.tell(_sign_off_state(draft))


def _plan_as_json(draft: Draft, compared: Iterable[AudienceComparison]) -> dict[str, object]:
    before = {each.step: each.count_before for each in compared}
    return {
        "campaign": draft.campaign.slug,
        "fingerprint": draft.fingerprint,
        "time_zone": draft.campaign.time_zone,
        "steps": [
            {
                "step": planned.step.id,
                "local": planned.local.isoformat(),
                "due_at": planned.due_at.isoformat(),
                "expires_at": planned.expires_at.isoformat(),
                "to": planned.step.to,
                "recipients": len(draft.audiences[planned.step.id].recipients),
                "recipients_last_time": before.get(planned.step.id),
                "exclusions": _count(draft.audiences[planned.step.id].exclusions),
            }
            for planned in draft.plan
        ],
    }


def _count(exclusions: Sequence[Exclusion[Addressee]]) -> Counter[ExclusionReason]:
    return Counter(exclusion.reason for exclusion in exclusions)


def _sign_off_state(draft: Draft) -> Text:
    """Who signed what: this version, an earlier one, none."""
    from mailer.operations.campaigns.launch import signed_by

    signed = signed_by(draft)
    if signed:
        return _("Signed off by {names}.", names=", ".join(sorted(signed)))
    if draft.sign_offs:
        return _("Changed since it was signed off: it must be signed off again.")
    return _("Not signed off yet.")


COMMANDS = (
    ("new", new, N_("Start a campaign from a few questions.")),
    ("check", check, N_("Read a campaign over before it leaves, and say what to mend.")),
    ("preview", preview, N_("Look at every e-mail of a campaign; sends nothing.")),
    ("render", render, N_("Write the exact .eml files of one step; sends nothing.")),
    ("plan", plan, N_("When each step leaves, who receives it and who does not.")),
)
GROUPS = ()
