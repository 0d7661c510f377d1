"""The command that opens the desk."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from mailer.cli.terminal import show
from mailer.cli.terminal.language import N_
from mailer.cli.terminal.remedies import command_line
from mailer.cli.terminal.results import print_alert, print_outcome, print_tick
from mailer.cli.terminal.workspace import opened
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.errors import MailerError
    from mailer.wiring.app import App


def web(
    context: typer.Context,
    port: Annotated[
        int, typer.Option(help=N_("Where it listens; default: [web] port."), show_default=False)
    ] = 0,
    with_service: Annotated[
        bool | None,
        typer.Option(
            "--with-service/--without-service",
            help=N_("Send what is due too; default: yes, where only this machine is served."),
            show_default=False,
        ),
    ] = None,
    browser: Annotated[bool, typer.Option(help=N_("Open the page in the browser."))] = True,
    workspace: Annotated[
        list[Path] | None,
        typer.Option(
            help=N_(
                "The folder of an office; named twice or more, each gets a desk under a host name of"
                " its own, strictly apart."
            ),
            show_default=False,
        ),
    ] = None,
) -> None:
    if workspace and len(workspace) > 1:
        if with_service:
            raise typer.BadParameter(show.translated(_ONE_SERVICE))
        _serve_offices(workspace, port=port, browser=browser)
        return
    context.obj = workspace[0] if workspace else context.obj
    with opened(context) as app:
        is_asked = serve_desk(app, port=port, with_service=with_service, browser=browser)
    if is_asked:
        start_again()


_ONE_SERVICE = _("Several offices are each sent for by a service of their own: mailer run.")


def _serve_offices(workspaces: Sequence[Path], *, port: int, browser: bool) -> None:
    from mailer.files.workspace import require_workspace
    from mailer.wiring.app import App

    for folder in workspaces:
        require_workspace(folder)
    offices = import_module("mailer.web.offices")
    with ExitStack() as stack:
        apps = [stack.enter_context(App(folder)) for folder in workspaces]
        open_page = typer.launch if browser else None
        offices.serve_offices(apps, _console(), port=port, open_page=open_page)


def serve_desk(app: App, *, browser: bool, **options: Any) -> bool:
    """Serve the desk until it is stopped, and print what its service does.

    Returns whether somebody asked there to start it again.
    """
    # A door of its own: the two know each other by name only, so that neither uses the other.
    serving = import_module("mailer.web.serving")
    return bool(
        serving.serve(app, _console(), open_page=typer.launch if browser else None, **options)
    )


def start_again() -> NoReturn:
    """Start this command anew, in place of this process, without opening the browser.

    Nothing of the process stays, so that no thread of it goes by the former configuration.
    """
    command = [sys.executable, *sys.orig_argv[1:], "--no-browser"]
    sys.stdout.flush()
    if sys.platform == "win32":  # there the console would get its prompt back at once
        import subprocess

        sys.exit(subprocess.run(command, check=False).returncode)  # noqa: S603 - as this was started
    os.execv(sys.executable, command)  # noqa: S606 - the command line that started this process


def _console() -> Any:
    return import_module("mailer.web.serving").Console(
        print_line=show.print_line,
        failed=_print_failure,
        on_tick=print_tick,
        on_outcome=print_outcome,
        on_alert=print_alert,
        instruct=command_line,
    )


def _print_failure(error: MailerError) -> None:
    show.problems(error.problems)
