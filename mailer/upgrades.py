"""The upgrade of a workspace's ledger, which is not opened for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailer import __version__
from mailer.ledger import check_upgrade, upgrade

if TYPE_CHECKING:
    from mailer.app import App
    from mailer.model.upgrade import UpgradeCheck


def check_ledger_upgrade(app: App) -> UpgradeCheck:
    """Return what an upgrade of the ledger would do."""
    return check_upgrade(_url_of(app), now=app.clock.now())


def upgrade_ledger(app: App) -> UpgradeCheck:
    """Apply the migrations that the ledger misses, and those of the tables of the engine.

    Returns what was done. Raises LedgerError as `ledger.upgrade` does.
    """
    done = upgrade(_url_of(app), now=app.clock.now())
    if app.bell is None:
        return done
    # Each version of ours names the version of the engine's package that it is installed with.
    others_work = any(process.version != __version__ for process in done.at_work)
    applied, waiting = app.bell.migrate(others_work=others_work)
    return replace(done, engine_applied=applied, engine_waiting=waiting)


def _url_of(app: App) -> str:
    ledger = app.settings.ledger
    return ledger.direct_url or ledger.url_in(app.workspace)
