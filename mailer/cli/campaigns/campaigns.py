"""The commands for writing a campaign: new, check, preview, render, plan."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.terminal import show
from mailer.cli.terminal.language import N_, language
from mailer.cli.terminal.steps import Step, step_id
from mailer.cli.terminal.workspace import By, current_actor, opened
from mailer.errors import Place, Problem, RuleError
from mailer.model.campaigns.tracked_changes import TrackedChanges
from mailer.wording import _, _n

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.wiring.app import App

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
    document: Annotated[
        Path | None,
        typer.Option(
            "--from", help=N_("An old release to begin with: .docx, .odt, .html, .eml or .txt.")
        ),
    ] = None,
    changes: Annotated[
        TrackedChanges, typer.Option(help=N_("What becomes of tracked changes."))
    ] = TrackedChanges.ACCEPT,
) -> None:
    from mailer.cli.campaigns.taken_over import print_taken_over, taken_over
    from mailer.cli.terminal.questions import asked
    from mailer.files.campaigns.scaffold import Answers, new_campaign

    given = Answers(
        title=title,
        event=event,
        venue=venue,
        contact=contact,
        phone=phone,
        address=address,
        language=language(),
    )
    with opened(context) as app:
        taken = taken_over(app, document, changes, given, kind=kind) if document else None
        known = kind or (taken and taken.document.kind) or ""
        answers = asked(
            known, taken.answers if taken else given, slug=slug, is_document=taken is not None
        )
        folder = new_campaign(
            app.workspace / "campaigns" / answers.slug,
            answers.kind,
            answers.answers,
            today=app.clock.now().date(),
            document=taken.document if taken else None,
        )
    show.print_line(_("Written: {folder}", folder=folder))
    if taken:
        print_taken_over(taken)
        show.print_line(_("Next: compare, then mailer confirm {slug}", slug=answers.slug))
        return
    show.print_line(_("Next: fill in the texts, then mailer preview {slug}", slug=answers.slug))


def preview(
    context: typer.Context,
    campaign: Annotated[
        str, typer.Argument(help=N_("The campaign; --out without one: every campaign."))
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option(
            help=N_("Folder to write pages to that stay as they are."),
            file_okay=False,
            show_default=False,
        ),
    ] = None,
    static: Annotated[
        Path | None,
        typer.Option(
            help=N_("Write one page for whoever signs off: every version, nobody’s address."),
            show_default=False,
        ),
    ] = None,
    port: Annotated[
        int, typer.Option(help=N_("Where it listens; default: any."), show_default=False)
    ] = 0,
    browser: Annotated[bool, typer.Option(help=N_("Open the page in the browser."))] = True,
) -> None:
    if static and out:
        what, remedy = _("two different pages are asked for"), _("Give one of the two options.")
        raise RuleError(Problem(Place("--static, --out"), what, remedy))
    with opened(context) as app:
        if static:
            _write_static(app, campaign or only_campaign(app), static)
            return
        if out:
            for page in _written_previews(app, campaign, out):
                show.print_line(_("Preview: {page}", page=page))
                if browser:
                    typer.launch(page.as_uri())
            return
        # A door of its own: see `serve_desk`.
        room = import_module("mailer.web.preview_room")
        room.serve_preview(
            app,
            campaign or only_campaign(app),
            port=port,
            print_line=show.print_line,
            open_page=typer.launch if browser else None,
        )


def only_campaign(app: App) -> str:
    """Return the campaign of a workspace that has one. Raises RuleError for another number."""
    names = app.campaigns.names()
    if len(names) == 1:
        return names[0]
    known = ", ".join(names) or "–"
    what, remedy = _("no campaign is named"), _("Name one of these: {known}", known=known)
    raise RuleError(Problem(Place("campaign"), what, remedy))


def _write_static(app: App, campaign: str, file: Path) -> None:
    from mailer.files.outputs import refuse_foreign_page
    from mailer.host.atomic_write import write_private
    from mailer.operations.campaigns.previews.static_preview import static_preview
    from mailer.pages.static_preview import MARK, static_page

    refuse_foreign_page(file, mark=MARK)
    shown = static_preview(
        campaign, signed_texts=app.signed_texts, drafts=app.drafts, composer=app.composer
    )
    page = static_page(shown, say=show.translated, language=language())
    write_private(file, page.content)
    size = round(len(page.content) / 1000)
    show.print_line(_("For sign-off: {page} ({size} kB)", page=file, size=size))
    if not page.has_pictures:
        show.print_line(_("Pictures are left out: with them this page would be larger than 2 MB."))
    if page.is_too_large:
        show.print_line(_("It is larger than 2 MB all the same: some mailboxes do not take it."))


def _written_previews(app: App, campaign: str, out: Path) -> Iterator[Path]:
    """Write the page of a campaign, or of every one, and yield where it is."""
    from mailer.files.outputs import claim_folder
    from mailer.operations.campaigns.previews.preview import preview_campaign
    from mailer.pages.preview import write_preview

    for reference in [campaign] if campaign else app.campaigns.names():
        shown = preview_campaign(reference, drafts=app.drafts, composer=app.composer)
        yield write_preview(
            claim_folder(out / shown.draft.campaign.slug),
            draft=shown.draft,
            samples=shown.samples,
            findings=shown.findings,
            say=show.translated,
            language=language(),
        )


def render(
    context: typer.Context,
    campaign: Campaign,
    step: Step,
    out: Annotated[
        Path, typer.Option(help=N_("Folder to write the .eml files to."), file_okay=False)
    ],
    to: Annotated[
        list[str] | None, typer.Option(help=N_("Only for this address; may be repeated."))
    ] = None,
    by: By = "",
) -> None:
    from mailer.operations.campaigns.previews.samples import export_messages

    with opened(context) as app:
        connection = app.eml_files(out).connect()
        messages = export_messages(
            campaign,
            step_id(step),
            only=to or (),
            actor=current_actor(app, by),
            drafts=app.drafts,
            composer=app.composer,
        )
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
