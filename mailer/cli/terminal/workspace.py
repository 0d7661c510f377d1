"""Open the workspace for a command, and find out who acts."""

from __future__ import annotations

import getpass
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.terminal import show
from mailer.cli.terminal.language import N_
from mailer.errors import Place, Problem, RuleError
from mailer.model.team.actor import Via
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.model.team.actor import Actor
    from mailer.model.team.person import Person
    from mailer.wiring.app import App


By = Annotated[
    str,
    typer.Option(
        help=N_("Your name or id, for the journal; default: [team] me in config.toml."),
        show_default=False,
    ),
]

Why = Annotated[str, typer.Option(help=N_("The reason, for the journal."))]

At = Annotated[
    str,
    typer.Option(
        help=N_("Act as if it were this instant, e.g. 2017-12-04T09:30; for trials only."),
        show_default=False,
    ),
]


def configured_actor(app: App, by: str) -> Actor:
    """Return who acts on a ledger that may be damaged: only the people of config.toml are asked."""
    return _actor(app, by, people=app.settings.team.known)


def current_actor(app: App, by: str, *, is_signing: bool = False) -> Actor:
    """Return who acts on this command line, as named by `--by` or by `[team] me`.

    If the workspace names nobody, it is the name of the system account. A sign-off requires
    `--by`. If the people of config.toml have changed, the journal gets a line.
    """
    from mailer.operations.people.who import note_people

    actor = _actor(app, by, people=app.roster.people(), is_signing=is_signing)
    note_people(app.settings.team.known, ledger=app.ledger, now=app.clock.now())
    return actor


def onlooker(app: App) -> Actor:
    """Return who looks: the person of `[team] me`, limited to their lists, if one is named.

    Otherwise it is the account of the machine, which holds the ledger and sees everybody.
    """
    from mailer.model.team.actor import Actor

    if app.settings.team.me:
        return _actor(app, "", people=app.roster.people())
    return Actor("", _login(), Via.CLI)


def _actor(app: App, by: str, *, people: Sequence[Person], is_signing: bool = False) -> Actor:
    from mailer.operations.people.who import actor_called

    me = app.settings.team.me or ("" if people else _login())
    return actor_called(by if by.strip() or is_signing else me, people=people, via=Via.CLI)


def _login() -> str:
    """Return the name of the system account, or "" if there is none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


@contextmanager
def opened(
    context: typer.Context,
    *,
    at: str = "",
    needs_workspace: bool = True,
    forks_child: bool = False,
) -> Iterator[App]:
    """Open the `App` for the workspace of this command line. Raises ConfigError for a folder that
    is none, unless the command keeps nothing and takes the defaults.

    With `at`, the clock starts at that instant. That is for trials and refused in production.
    `forks_child` is for a command that reads and ends, and is to answer soon.
    """
    # Imported here so that `mailer --help` stays under 0.3 s.
    from mailer.calendar.instants import read_instant
    from mailer.clock import SimulatedClock
    from mailer.files.workspace import require_workspace
    from mailer.wiring.app import App

    if needs_workspace:
        require_workspace(context.obj)
    show.stand_in(context.obj)
    with App(context.obj) as app:
        app.forks_child = forks_child
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
