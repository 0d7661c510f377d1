"""The command for social networks: social."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mailer.cli.terminal import show
from mailer.cli.terminal.language import N_, language
from mailer.cli.terminal.steps import step_id
from mailer.cli.terminal.workspace import opened
from mailer.wording import _n


def social(
    context: typer.Context,
    campaign: Annotated[str, typer.Argument(help=N_("The campaign: its folder, or its name."))],
    step: Annotated[str, typer.Argument(help=N_("The step; by default the first."))] = "",
    out: Annotated[
        Path | None,
        typer.Option(help=N_("Folder to write the files to."), file_okay=False, show_default=False),
    ] = None,
) -> None:
    from mailer.files.outputs import claim_folder
    from mailer.host.atomic_write import write_private
    from mailer.operations.campaigns.previews.social_cards import social_cards
    from mailer.pages.social_cards import card_files

    with opened(context) as app:
        slug = app.campaigns.slug(campaign)
        cards = social_cards(campaign, step=step_id(step), drafts=app.drafts)
        zone = app.drafts.readable_campaign(campaign).time_zone
        files = card_files(cards, zone=zone, say=show.translated, language=language())
        folder = claim_folder(out or app.workspace / "var" / "social" / slug)
        for name, content in files.items():
            write_private(folder / name, content)
    show.print_line(
        _n(
            "Written in {folder}: {count} file.",
            "Written in {folder}: {count} files.",
            folder=folder,
            count=len(files),
        )
    )
