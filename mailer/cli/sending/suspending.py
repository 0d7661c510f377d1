"""The command that stops everything in seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.terminal import show
from mailer.cli.terminal.language import N_
from mailer.cli.terminal.workspace import At, By, Why, current_actor, opened
from mailer.errors import LedgerError
from mailer.wording import _

if TYPE_CHECKING:
    from mailer.model.mailings.suspension import Suspension
    from mailer.wiring.app import App


def suspend(
    context: typer.Context,
    lift: Annotated[
        bool, typer.Option("--lift", help=N_("Let everything go on, and remove the file STOP."))
    ] = False,
    by: By = "",
    why: Why = "",
    at: At = "",
) -> None:
    with opened(context, at=at) as app:
        if lift:
            _lift(app, by, why)
        else:
            _suspend(app, by, why)


def print_suspension(suspension: Suspension) -> None:
    """Print since when everything is suspended, by whom and why."""
    from mailer.wording import from_note

    show.warn(
        _(
            "EVERYTHING IS SUSPENDED since {at}, by {name}: {why}",
            at=show.wall_time(suspension.at),
            name=suspension.by,
            why=from_note(suspension.why),
        )
        if suspension.why
        else _(
            "EVERYTHING IS SUSPENDED since {at}, by {name}",
            at=show.wall_time(suspension.at),
            name=suspension.by,
        )
    )
    show.warn(_("Nothing leaves until it is lifted: mailer suspend --lift"))


def _suspend(app: App, by: str, why: str) -> None:
    from mailer.files.stop_file import StopFile
    from mailer.operations.sending.suspend import suspend_everything, suspension_of

    try:
        suspend_everything(
            actor=current_actor(app, by), why=why, ledger=app.ledger, now=app.clock.now()
        )
        present = suspension_of(ledger=app.ledger)
    except LedgerError as error:
        # The file is obeyed before each message, whatever becomes of the ledger.
        stop = StopFile(app.workspace)
        stop.write()
        show.problems(error.problems)
        show.warn(
            _("The ledger does not answer, so the file {file} holds everything.", file=stop.path)
        )
        raise typer.Exit(error.exit_code) from None
    if present is not None:
        print_suspension(present)


def _lift(app: App, by: str, why: str) -> None:
    from mailer.files.stop_file import StopFile
    from mailer.operations.sending.suspend import lift_suspension

    stop = StopFile(app.workspace)
    lifted = lift_suspension(
        actor=current_actor(app, by), why=why, ledger=app.ledger, now=app.clock.now()
    )
    was_there = stop.is_there()
    stop.remove()
    show.print_line(
        _("Lifted: each campaign goes on in the state it has.")
        if lifted or was_there
        else _("Nothing was suspended.")
    )
