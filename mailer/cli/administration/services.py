"""The command that lets the operating system keep the program running."""

from __future__ import annotations

import getpass
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.terminal import show
from mailer.cli.terminal.asking import confirmed
from mailer.cli.terminal.language import N_
from mailer.cli.terminal.workspace import opened
from mailer.files.services import (
    Installation,
    OfficeProcess,
    System,
    service_files,
    write_service_files,
)
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.files.services import ServiceFile
    from mailer.wiring.app import App

_CREDENTIAL = "credential:"


def install_service(
    context: typer.Context,
    only: Annotated[
        list[OfficeProcess] | None,
        typer.Option(
            help=N_("run, web, receive, pressroom; default: those that the configuration uses."),
            show_default=False,
        ),
    ] = None,
    system: Annotated[
        System | None,
        typer.Option(
            help=N_("systemd, launchd or windows; default: this one."), show_default=False
        ),
    ] = None,
    user: Annotated[
        str, typer.Option(help=N_("The account that runs it; default: yours."), show_default=False)
    ] = "",
    office: Annotated[
        str,
        typer.Option(
            help=N_("What the files are named after, where a machine serves several offices."),
            show_default=False,
        ),
    ] = "",
    to: Annotated[
        Path | None,
        typer.Option(
            help=N_("Another folder than the system's."), file_okay=False, show_default=False
        ),
    ] = None,
    install: Annotated[
        bool, typer.Option("--install", help=N_("Write the files, after a yes; else print them."))
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help=N_("Do not ask."))] = False,
) -> None:
    with opened(context) as app:
        files = service_files(
            _installation(app, user=user, office=office),
            system=system or _this_system(),
            roles=only or _processes_used(app),
            folder=to,
        )
    for file in files:
        _print_file(file)
    if install:
        _install(files, is_told=yes)
    show.print_line(_("Then:"))
    for command in dict.fromkeys(each for file in files for each in file.then):
        show.print_line(f"  {command}")


def _processes_used(app: App) -> tuple[OfficeProcess, ...]:
    """Return the processes of the office; a press room without an address has no readers."""
    has_public = bool(app.settings.press_room.public_url)
    return tuple(
        each for each in OfficeProcess if has_public or each is not OfficeProcess.PRESS_ROOM
    )


def _print_file(file: ServiceFile) -> None:
    show.print_line(f"# {file.path}")
    show.print_line(file.content)


def _install(files: Sequence[ServiceFile], *, is_told: bool) -> None:
    if not _is_wanted(files, is_told=is_told):
        show.print_line(_("Nothing was written: it takes a yes, or --yes."))
        raise typer.Exit(1)
    write_service_files(files)
    for file in files:
        show.print_line(_("Written: {path}", path=str(file.path)))


def _is_wanted(files: Sequence[ServiceFile], *, is_told: bool) -> bool:
    if is_told:
        return True
    names = ", ".join(str(file.path) for file in files)
    question = _("Write these files: {names}?", names=names)
    return sys.stdin.isatty() and confirmed(question)


def _installation(app: App, *, user: str, office: str) -> Installation:
    return Installation(
        program=Path(shutil.which(sys.argv[0]) or sys.argv[0]).absolute(),
        workspace=app.workspace,
        user=user or getpass.getuser(),
        office=office,
        writes=_written_elsewhere(app),
        credentials=tuple(
            dict.fromkeys(
                secret.origin.removeprefix(_CREDENTIAL)
                for secret in app.settings.secrets
                if secret.origin.startswith(_CREDENTIAL)
            )
        ),
    )


def _written_elsewhere(app: App) -> tuple[Path, ...]:
    """Return the folders outside the workspace that the configuration lets the service write into.

    A folder of pages is put in place of the one before, so it is written to beside it too.
    """
    settings, workspace = app.settings, app.workspace
    named = [workspace / settings.ledger.dumps, workspace / settings.transport.folder]
    if settings.press_room.folder:
        named.append((workspace / settings.press_room.folder).parent)
    here = workspace.resolve()
    return tuple(dict.fromkeys(each for each in named if not each.resolve().is_relative_to(here)))


def _this_system() -> System:
    return {"darwin": System.LAUNCHD, "win32": System.WINDOWS}.get(sys.platform, System.SYSTEMD)
