"""The command for designers of themes: look."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.terminal import show
from mailer.cli.terminal.language import N_, language
from mailer.cli.terminal.workspace import opened
from mailer.model.campaigns.theme import READABLE
from mailer.model.drafts.look import Look
from mailer.wording import Text, _, _n

if TYPE_CHECKING:
    from mailer.operations.campaigns.previews.look import SampleContent
    from mailer.wiring.app import App

EXAMPLE = "2017-12-09-recherche-associations"
"""The campaign whose facts and texts fill the pages."""


def look(
    context: typer.Context,
    theme: Annotated[
        str,
        typer.Option(help=N_("Name of the theme; default: [office] theme."), show_default=False),
    ] = "",
    template: Annotated[str, typer.Option(help=N_("Name of the template."))] = "press",
    out: Annotated[
        Path | None,
        typer.Option(help=N_("Folder to write the page to."), file_okay=False, show_default=False),
    ] = None,
    browser: Annotated[bool, typer.Option(help=N_("Open the page in the browser."))] = True,
) -> None:
    from mailer.files.outputs import claim_folder
    from mailer.look.fonts import rare_fonts
    from mailer.pages.look import write_look

    with opened(context, needs_workspace=out is None) as app:
        shown = _look(app, template, theme or app.settings.office.theme)
        folder = out or app.workspace / "var" / "look" / shown.theme.name
        page = write_look(
            claim_folder(folder), look=shown, say=show.translated, language=language()
        )
    show.print_line(_verdict(shown))
    for said in rare_fonts(shown.theme.fonts):
        show.print_line(said)
    show.print_line(_("Look: {page}", page=page))
    if browser:
        typer.launch(page.as_uri())


def _look(app: App, template: str, theme: str) -> Look:
    """Return the look of a theme. Raises ContentError with all that is wrong in its files."""
    from zoneinfo import ZoneInfo

    from mailer.files.bundled import bundled
    from mailer.files.templates import load_template
    from mailer.files.theme_files import read_theme
    from mailer.files.theme_names import themes_in
    from mailer.look.contrasts import contrasts
    from mailer.operations.campaigns.previews.look import sample_mails

    folders = (app.workspace / "templates", bundled("templates"))
    loaded = load_template(template, folders, theme)
    read = read_theme(template, folders, theme, problems=[]).theme
    mails = sample_mails(
        _sample(app),
        template=loaded,
        office=app.settings.office,
        letterhead=app.settings.letterhead,
        language=language(),
        zone=ZoneInfo(app.settings.office.time_zone),
        compile_=app.children.compile,
    )
    return Look(template, read, tuple(themes_in(template, folders)), contrasts(read), mails)


def _sample(app: App) -> SampleContent:
    from mailer.errors import ContentError
    from mailer.files.bundled import bundled
    from mailer.operations.campaigns.previews.look import PICTURE, SampleContent

    campaign, problems = app.children.survey(bundled("campaigns") / EXAMPLE)
    if campaign is None:
        raise ContentError(*problems)
    folder = bundled("templates") / "look"
    text = (folder / f"text.{language()}.md").read_text("utf-8")
    return SampleContent(campaign, text, {PICTURE: (folder / PICTURE).read_bytes()})


def _verdict(shown: Look) -> Text:
    weak = [it for it in shown.contrasts if it.ratio < READABLE]
    if not weak:
        return _("Every contrast of “{theme}” can be read.", theme=shown.theme.name)
    return _n(
        "{count} contrast of “{theme}” is too low; the page shows which.",
        "{count} contrasts of “{theme}” are too low; the page shows which.",
        count=len(weak),
        theme=shown.theme.name,
    )
