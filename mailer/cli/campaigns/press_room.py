"""The commands of the public press room: serve it, write it as files, withdraw a text."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mailer.cli.campaigns.campaigns import Campaign
from mailer.cli.terminal import show
from mailer.cli.terminal.language import N_
from mailer.cli.terminal.workspace import By, current_actor, opened
from mailer.wording import _


def pressroom(
    context: typer.Context,
    static: Annotated[
        Path | None,
        typer.Option(
            help=N_("Write the same pages as files here instead, and end."), file_okay=False
        ),
    ] = None,
    port: Annotated[
        int,
        typer.Option(help=N_("Where it listens; default: [press_room] port."), show_default=False),
    ] = 0,
) -> None:
    with opened(context) as app:
        if static is None:
            from mailer.press_room.serving import serve
            from mailer.wiring.monitored import monitored

            watched = monitored(app, role="press-room", sends=False)
            serve(app, watched, print_line=show.print_line, port=port)
            return
        from mailer.press_room.exporting import StaticPressRoom

        has_changed = StaticPressRoom(app, static).write()
    show.print_line(
        _("Press room written: {folder}", folder=static)
        if has_changed
        else _("Nothing has changed: {folder}", folder=static)
    )


def withdraw(
    context: typer.Context,
    campaign: Campaign,
    why: Annotated[str, typer.Option(help=N_("The reason, which the page says to everybody."))],
    by: By = "",
) -> None:
    from mailer.operations.press_room.withdraw import withdraw_release

    with opened(context) as app:
        was_done = withdraw_release(
            app.campaigns.slug(campaign),
            why=why,
            actor=current_actor(app, by),
            ledger=app.ledger,
            now=app.clock.now(),
        )
    show.print_line(
        _("Withdrawn: the press room says so within a minute.")
        if was_done
        else _("It was withdrawn before; nothing has changed.")
    )
