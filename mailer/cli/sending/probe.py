"""Ask whether the service of this workspace is ready, for monitors and containers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import typer

from mailer.cli.terminal import show
from mailer.cli.terminal.workspace import opened
from mailer.wording import Text, _

if TYPE_CHECKING:
    from mailer.wiring.app import App

EXIT_NOT_READY = 75
_SEEN_WITHIN = timedelta(minutes=5)
"""The ledger holds the heartbeat to the minute, and more rarely while a long mailing leaves."""


def print_probe(context: typer.Context) -> None:
    """Print whether the service is ready; the exit code is 75 if it is not."""
    with opened(context) as app:
        found = _asked_at_port(app) or _seen_in_ledger(app)
    show.print_line(found)
    if found != READY:
        raise typer.Exit(EXIT_NOT_READY)


READY = _("Ready.")


def _asked_at_port(app: App) -> Text | None:
    """Return what the monitoring port says; None without one."""
    from mailer.config.operation_sections import MonitoringSettings
    from mailer.monitoring.port import ask_readiness

    settings = app.settings.part(MonitoringSettings)
    if not settings.port:
        return None
    found = ask_readiness(settings.host, settings.port)
    return READY if found.is_ready else _("Not ready: {why}", why=found.why)


def _seen_in_ledger(app: App) -> Text:
    from mailer.operations.alerts.service_alerts import service_seen_at

    seen_at = service_seen_at(ledger=app.ledger)
    if seen_at is None:
        return _("Not ready: the service has never run")
    if app.clock.now() - seen_at > _SEEN_WITHIN:
        return _("Not ready: the service was last seen on {at}", at=show.wall_time(seen_at))
    return READY
