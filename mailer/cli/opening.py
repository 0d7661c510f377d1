"""How a command opens the workspace."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    import typer

    from mailer.app import App


@contextmanager
def opened(context: typer.Context, *, at: str = "") -> Iterator[App]:
    """The program's parts, connected for the workspace of this command line.

    With `at`, time stands at that instant: for trials, hence refused in production.
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
