"""The commands to go on with a backup or a copy: restore, adopt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.terminal import show
from mailer.cli.terminal.language import N_
from mailer.cli.terminal.remedies import command_line
from mailer.cli.terminal.results import INSTEAD
from mailer.cli.terminal.workspace import At, By, configured_actor, current_actor, opened
from mailer.labels import step_title
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import _, _n

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.operations.restore import UncertainMailing


def restore(
    context: typer.Context,
    backup: Annotated[
        Path | None,
        typer.Option(
            "--from",
            help=N_("The backup; default: the newest that is whole."),
            show_default=False,
        ),
    ] = None,
    by: By = "",
) -> None:
    from mailer.files.given_files import require_readable
    from mailer.operations.restore import restore_ledger

    if backup is not None:
        require_readable(backup)
    with opened(context) as app:
        restored = restore_ledger(
            backup,
            restore=app.restore,
            open_ledger=app.open_ledger,
            actor=configured_actor(app, by),
            now=app.clock.now(),
        )
    show.print_line(_("The ledger is again what it was in {backup}.", backup=restored.backup))
    _print_uncertain(restored.uncertain)
    show.print_line(
        _(
            "Whoever was still to be written to then is uncertain now, and nobody is written to"
            " again by itself: see mailer status."
        )
    )
    show.print_line(
        _("Opt-outs and answers that came in since are not in it: enter them before you send.")
    )
    show.print_line(
        _("What was launched since is not in it either, and may have left: do not launch it again.")
    )


def adopt(
    context: typer.Context,
    by: By = "",
    nothing_sent_since: Annotated[
        bool,
        typer.Option(
            "--nothing-sent-since",
            help=N_("The other one has sent nothing since this copy was made."),
        ),
    ] = False,
    at: At = "",
) -> None:
    from mailer.operations.restore import adopt_ledger

    with opened(context, at=at) as app:
        uncertain = adopt_ledger(
            nothing_sent_since=nothing_sent_since,
            actor=current_actor(app, by),
            ledger=app.ledger,
            now=app.clock.now(),
        )
    if uncertain is None:
        show.print_line(_("Nothing to change: the ledger is used here."))
        return
    show.print_line(_("From now on the ledger is used here. The other one must not run again."))
    _print_uncertain(uncertain)


def _print_uncertain(uncertain: Sequence[UncertainMailing]) -> None:
    for each in uncertain:
        show.print_line(
            _n(
                "{mailing}: {count} person may have received it. Once you know, resolve it with:"
                " {command}",
                "{mailing}: {count} people may have received it. Once you know, resolve it with:"
                " {command}",
                count=each.people,
                mailing=_(
                    "{campaign}, {step}",
                    campaign=each.mailing.campaign,
                    step=step_title(each.mailing.step),
                ),
                command=command_line(
                    Remedy(
                        RemedyAct.RESOLVE_STEP,
                        {
                            "campaign": each.mailing.campaign,
                            "step": each.mailing.step,
                            "number": str(each.people),
                        },
                    )
                ),
            )
        )
    if uncertain:
        show.print_line(INSTEAD)
