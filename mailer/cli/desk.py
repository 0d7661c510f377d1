"""The command that opens the desk."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mailer.cli import show
from mailer.cli.language import N_
from mailer.cli.remedies import command_line
from mailer.cli.results import print_alert, print_outcome, print_tick
from mailer.cli.workspace import opened

if TYPE_CHECKING:
    from mailer.app import App
    from mailer.errors import MailerError


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
) -> None:
    with opened(context) as app:
        serve_desk(app, port=port, with_service=with_service, browser=browser)


def serve_desk(app: App, *, browser: bool, **options: Any) -> None:
    """Serve the desk until it is stopped, and print what its service does."""
    # A door of its own: the two know each other by name only, so that neither uses the other.
    serving = import_module("mailer.web.serving")
    serving.serve(
        app,
        serving.Console(
            print_line=show.print_line,
            failed=_print_failure,
            on_tick=print_tick,
            on_outcome=print_outcome,
            on_alert=print_alert,
            instruct=command_line,
        ),
        open_page=typer.launch if browser else None,
        **options,
    )


def _print_failure(error: MailerError) -> None:
    show.problems(error.problems)
