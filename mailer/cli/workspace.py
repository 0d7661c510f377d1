"""Open the workspace for a command, and find out who acts."""

from __future__ import annotations

import getpass
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.language import N_
from mailer.errors import Place, Problem, RuleError
from mailer.model.actor import Via
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.app import App
    from mailer.model.actor import Actor


By = Annotated[
    str,
    typer.Option(
        help=N_("Your name or id, for the journal; default: [team] me in config.toml."),
        show_default=False,
    ),
]

At = Annotated[
    str,
    typer.Option(
        help=N_("Act as if it were this instant, e.g. 2017-12-04T09:30; for trials only."),
        show_default=False,
    ),
]


def named_actor(app: App, by: str, *, is_signing: bool = False) -> Actor:
    """Return who acts on this command line, as named by `--by` or by `[team] me`.

    If the workspace names nobody, it is the name of the system account. A sign-off requires
    `--by`.
    """
    from mailer.operations.people.who import actor_called

    team = app.settings.team
    name = by if by.strip() or is_signing else team.me or ("" if team.known else _login())
    return actor_called(name, people=team.known, via=Via.CLI)


def current_actor(app: App, by: str, *, is_signing: bool = False) -> Actor:
    """Return who acts (see `named_actor`), and journal the workspace's people if they changed."""
    from mailer.operations.people.who import note_people

    actor = named_actor(app, by, is_signing=is_signing)
    note_people(app.settings.team.known, ledger=app.ledger, now=app.clock.now())
    return actor


def _login() -> str:
    """Return the name of the system account, or "" if there is none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


@contextmanager
def opened(context: typer.Context, *, at: str = "") -> Iterator[App]:
    """Open the `App` for the workspace of this command line.

    With `at`, the clock starts at that instant. That is for trials and refused in production.
    """
    # Imported here so that `mailer --help` stays under 0.3 s.
    from mailer.app import App
    from mailer.clock import SimulatedClock
    from mailer.instants import read_instant

    with App(context.obj) as app:
        if at:
            if app.settings.transport.production:
                raise RuleError(
                    Problem(
                        Place("config.toml", key="transport.production"),
                        _("--at is for trials; in production nothing leaves before its time"),
                        _("Leave --at out, or set production = false."),
                    )
                )
            app.clock = SimulatedClock(read_instant(at, zone=app.settings.office.time_zone))
        yield app
