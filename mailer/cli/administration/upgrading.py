"""The commands that bring the ledger up to date: upgrade, migrate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.terminal import show
from mailer.cli.terminal.language import N_
from mailer.cli.terminal.workspace import opened
from mailer.wording import _, _n

if TYPE_CHECKING:
    from mailer.model.service.upgrade import UpgradeCheck


def upgrade(
    context: typer.Context,
    check: Annotated[
        bool,
        typer.Option("--check", help=N_("Only say what would be done, and what is in the way.")),
    ] = False,
) -> None:
    from mailer.wiring.upgrades import check_ledger_upgrade, upgrade_ledger

    with opened(context) as app:
        found = check_ledger_upgrade(app)
        _print_check(found)
        if found.missing and found.at_work:
            show.warn(
                _("Other hosts work. To add the migrations while they go on: mailer migrate.")
                if not found.is_blocked
                else _("Stop them first: they could no longer use the ledger.")
            )
            raise typer.Exit(1)
        if not check and found.is_due:
            _print_done(upgrade_ledger(app))


def migrate(context: typer.Context) -> None:
    from mailer.wiring.upgrades import upgrade_ledger

    with opened(context) as app:
        _print_done(upgrade_ledger(app))


def _print_check(found: UpgradeCheck) -> None:
    if not found.is_due:
        show.print_line(_("Nothing to do: the ledger has had every migration of this version."))
    if found.missing:
        _print_missing(found)
    if found.engine_missing:
        show.print_line(
            _n(
                "The engine’s tables miss {count} migration.",
                "The engine’s tables miss {count} migrations.",
                count=found.engine_missing,
            )
        )
    _warn_of_waiting(found)


def _print_missing(found: UpgradeCheck) -> None:
    for each in found.missing:
        show.print_line(f"{each.revision}  {each.what.splitlines()[0]}")
    if found.tried_s is not None:
        show.print_line(
            _("On a copy of the ledger this took {seconds} s.", seconds=f"{found.tried_s:.1f}")
        )
    else:
        show.print_line(
            _n(
                "It was not tried: a database cannot be copied as a file. Its largest table has"
                " {count} row.",
                "It was not tried: a database cannot be copied as a file. Its largest table has"
                " {count} rows.",
                count=found.deliveries,
            )
        )
    for process in found.at_work:
        show.print_line(
            _(
                "At work: {host}, version {version}.",
                host=process.host,
                version=process.version,
            )
        )


def _print_done(done: UpgradeCheck) -> None:
    show.print_line(
        _n(
            "{count} migration was applied.",
            "{count} migrations were applied.",
            count=len(done.missing),
        )
        if done.missing
        else _("Nothing to do: the ledger has had every migration of this version.")
    )
    if done.engine_applied:
        show.print_line(
            _n(
                "{count} migration of the engine’s tables was applied.",
                "{count} migrations of the engine’s tables were applied.",
                count=done.engine_applied,
            )
        )
    _warn_of_waiting(done)


def _warn_of_waiting(found: UpgradeCheck) -> None:
    if found.engine_waiting:
        show.warn(
            _n(
                "{count} migration of the engine’s tables waits until no host has the former"
                " version. Then once more: mailer migrate.",
                "{count} migrations of the engine’s tables wait until no host has the former"
                " version. Then once more: mailer migrate.",
                count=found.engine_waiting,
            )
        )
