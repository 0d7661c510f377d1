"""The commands of the bad days, and of the day after: correct, move, cancel --tell, follow-up."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.calendar.timetable import in_zone
from mailer.cli.campaigns.campaigns import Campaign
from mailer.cli.terminal import show
from mailer.cli.terminal.language import N_, language
from mailer.cli.terminal.remedies import command_line
from mailer.cli.terminal.workspace import At, By, current_actor, opened
from mailer.labels import label_of, step_title
from mailer.model.mailings.amendment import AmendmentKind
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import _, _n

if TYPE_CHECKING:
    from mailer.operations.amendments.draft import AmendmentDraft
    from mailer.operations.campaigns.drafts.drafts import Drafts
    from mailer.wiring.app import App

Note = Annotated[
    str | None,
    typer.Option(help=N_("What the office adds in its own words."), show_default=False),
]
Confirm = Annotated[
    int | None,
    typer.Option(
        help=N_("Launch it: the number of messages that leave at once."), show_default=False
    ),
]
Rehearse = Annotated[
    Path | None,
    typer.Option(
        help=N_("Write every message and a preview into this folder; sends nothing."),
        file_okay=False,
        show_default=False,
    ),
]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a command of the bad days was asked to do."""

    kind: AmendmentKind
    note: str | None
    confirm: int | None
    rehearse: Path | None
    by: str
    is_trial: bool


def correct(
    context: typer.Context,
    campaign: Campaign,
    note: Note = None,
    confirm: Confirm = None,
    rehearse: Rehearse = None,
    drop: Annotated[
        bool,
        typer.Option(
            "--drop", help=N_("Drop what is drafted, of whatever kind, and tell nothing.")
        ),
    ] = False,
    by: By = "",
    at: At = "",
) -> None:
    if drop:
        with opened(context, at=at) as app:
            _drop(app, campaign, by)
        return
    asked = Asked(AmendmentKind.CORRECTION, note, confirm, rehearse, by, is_trial=bool(at))
    with opened(context, at=at) as app:
        amend(app, campaign, asked)


def move(
    context: typer.Context,
    campaign: Campaign,
    to: Annotated[
        str,
        typer.Option(
            help=N_("The new beginning, e.g. 2026-04-02 09:30; it is written into campaign.toml."),
            show_default=False,
        ),
    ] = "",
    note: Note = None,
    confirm: Confirm = None,
    rehearse: Rehearse = None,
    by: By = "",
    at: At = "",
) -> None:
    from mailer.operations.amendments.new_date import NewDate

    asked = Asked(AmendmentKind.MOVE, note, confirm, rehearse, by, is_trial=bool(at))
    with opened(context, at=at) as app:
        if to:
            new_date = NewDate(app.editing, app.drafts)
            new_date.write(app.campaigns.slug(campaign), to, actor=current_actor(app, by))
        amend(app, campaign, asked)


def follow_up(
    context: typer.Context,
    campaign: Campaign,
    note: Note = None,
    confirm: Confirm = None,
    rehearse: Rehearse = None,
    by: By = "",
    at: At = "",
) -> None:
    asked = Asked(AmendmentKind.FOLLOW_UP, note, confirm, rehearse, by, is_trial=bool(at))
    with opened(context, at=at) as app:
        amend(app, campaign, asked)


def _drop(app: App, campaign: str, by: str) -> None:
    from mailer.operations.amendments.act import drop_amendment

    dropped = drop_amendment(campaign, actor=current_actor(app, by), drafts=app.drafts)
    show.print_line(_("Dropped: {kind}. Nothing of it was told.", kind=label_of(dropped.kind)))


def tell_cancellation(app: App, campaign: str, asked: Asked) -> None:
    """Cancel the event and tell people; a second time does nothing and says so."""
    from mailer.operations.amendments.act import cancelled_before

    before = cancelled_before(app.campaigns.slug(campaign), ledger=app.ledger)
    if before is not None and before.launched_at is not None:
        show.print_line(
            _(
                "The event was cancelled on {at}, and people were told. Nothing was done.",
                at=show.wall_time(in_zone(before.launched_at, app.settings.office.time_zone)),
            )
        )
        return
    amend(app, campaign, asked)


def amend(app: App, campaign: str, asked: Asked) -> None:
    """Draft, show, rehearse, sign off and launch, as far as the command asks for it."""
    from mailer.operations.amendments.act import draft_amendment

    actor = current_actor(app, asked.by)
    found = draft_amendment(campaign, asked.kind, note=asked.note, actor=actor, drafts=app.drafts)
    print_amendment(found, drafts=app.drafts)
    if asked.rehearse is not None:
        _rehearse(app, found, asked.rehearse)
    if asked.confirm is not None:
        _launch(app, campaign, asked, count=asked.confirm)
    elif asked.rehearse is None:
        show.print_line(
            _(
                "Nothing has left. To sign it off: {approve}. To launch it, the same command with"
                " --confirm {count}.",
                approve=command_line(Remedy(RemedyAct.APPROVE, {"campaign": campaign})),
                count=found.count,
            )
        )


def print_amendment(found: AmendmentDraft, *, drafts: Drafts) -> None:
    """Print what changes, who is told at once, and what becomes of the steps to come."""
    from mailer.operations.amendments.act import findings_of
    from mailer.operations.amendments.changed import changes_in_words

    for change in changes_in_words(found):
        show.print_line(change)
    for planned in found.now_told:
        show.print_line(
            _n(
                "At once, “{step}”: {count} message.",
                "At once, “{step}”: {count} messages.",
                count=len(found.draft.audiences[planned.step.id].recipients),
                step=step_title(planned.step.id),
            )
        )
    for planned in found.later:
        show.print_line(
            _(
                "{step}: it leaves on {at}, in its new version.",
                step=step_title(planned.step.id),
                at=show.wall_time(planned.local),
            )
        )
    for mailing in found.given_up:
        show.print_line(_("{step}: it comes no more.", step=step_title(mailing.step)))
    for finding in findings_of(found, drafts=drafts):
        show.warn(f"{finding.where.file}: {show.translated(finding.what)}")
        show.warn(f"  → {show.translated(finding.remedy)}")


def _rehearse(app: App, found: AmendmentDraft, out: Path) -> None:
    from mailer.files.outputs import claim_folder
    from mailer.operations.amendments.act import findings_of
    from mailer.operations.campaigns.previews.preview import all_samples
    from mailer.operations.campaigns.previews.samples import messages_for
    from mailer.pages.preview import write_preview

    folder = claim_folder(out)
    count = 0
    for planned in found.now_told:
        messages = messages_for(found.draft, planned.step.id, composer=app.composer)
        connection = app.eml_files(folder / "messages" / planned.step.id).connect()
        count += sum(1 for _written in connection.deliver(messages))
    page = write_preview(
        folder / "preview",
        draft=found.draft,
        samples=all_samples(found.draft, composer=app.composer),
        findings=findings_of(found, drafts=app.drafts),
        say=show.translated,
        language=language(),
    )
    show.print_line(
        _n(
            "{count} message written to {out}; nothing was sent.",
            "{count} messages written to {out}; nothing was sent.",
            count=count,
            out=folder,
        )
    )
    show.print_line(_("Preview: {page}", page=page))


def _launch(app: App, campaign: str, asked: Asked, *, count: int) -> None:
    from mailer.operations.amendments.act import launch_amendment

    app.settings.require_secrets()
    launched = launch_amendment(
        campaign,
        confirm=count,
        signatures_required=app.settings.team.signatures_required,
        actor=current_actor(app, asked.by),
        drafts=app.drafts,
        back_up=not asked.is_trial,
    )
    if launched.backup_failure is not None:
        show.problems(launched.backup_failure.problems)
    show.print_line(
        _n(
            "Launched: {count} step. Destination: {destination}",
            "Launched: {count} steps. Destination: {destination}",
            count=len(launched.mailings),
            destination=app.destination,
        )
    )
