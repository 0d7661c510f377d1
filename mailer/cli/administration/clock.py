"""The command that says whether the clock has jumped, and confirms it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from mailer.cli.terminal import show
from mailer.cli.terminal.language import N_
from mailer.cli.terminal.workspace import By, current_actor, opened
from mailer.labels import step_title
from mailer.wording import _


def clock(
    context: typer.Context,
    confirm: Annotated[
        bool, typer.Option("--confirm", help=N_("The clock is right: let what is due leave."))
    ] = False,
    by: By = "",
) -> None:
    from mailer.calendar.timetable import in_zone
    from mailer.operations.alerts.clock import (
        confirm_clocks,
        held_clocks,
        notice_jump,
        what_jumped,
    )

    with opened(context) as app:
        # What the machine says now, whatever is trusted.
        wall_at, zone = datetime.now(UTC), app.settings.office.time_zone
        # No service may have noticed it yet.
        notice_jump(app.clock, ledger=app.ledger)
        held = held_clocks(ledger=app.ledger, wall_at=wall_at)
        if confirm:
            confirm_clocks(actor=current_actor(app, by), ledger=app.ledger, now=wall_at)
            held_then = held_clocks(ledger=app.ledger, wall_at=wall_at)
        else:
            held_then = held
    show.print_line(
        _("The clock of this machine says {at}.", at=show.wall_time(in_zone(wall_at, zone)))
    )
    for trusted in held_then.clocks:
        show.print_line(what_jumped(trusted, zone=zone))
    for mailing in held.mailings:
        show.print_line(
            _(
                "This makes due: {campaign}, {step}.",
                campaign=mailing.campaign,
                step=step_title(mailing.step),
            )
        )
    if not held.clocks:
        show.print_line(_("Nothing is held: the clock has made no jump that is to be confirmed."))
    elif not confirm:
        show.print_line(
            _("If that is right: mailer clock --confirm. If not, set the clock of the machine.")
        )
