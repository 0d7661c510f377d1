"""`mailer restore`: replace a damaged ledger by a backup."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mailer.cli import show
from mailer.cli.language import N_
from mailer.cli.workspace import By, named_actor, opened
from mailer.wording import _


def restore(
    context: typer.Context,
    backup: Annotated[
        Path | None,
        typer.Option(
            "--from",
            help=N_("The backup; default: the newest that is whole."),
            show_default=False,
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    by: By = "",
) -> None:
    from mailer.operations.restore import restore_ledger

    with opened(context) as app:
        chosen = restore_ledger(
            backup, restore=app.restore, actor=named_actor(app, by), now=app.clock.now()
        )
    show.print_line(_("The ledger is again what it was in {backup}.", backup=chosen))
    show.print_line(
        _(
            "Whoever was still to be written to then is uncertain now, and nobody is written to"
            " again by itself: see mailer status."
        )
    )
    show.print_line(
        _("Opt-outs and answers that came in since are not in it: enter them before you send.")
    )
