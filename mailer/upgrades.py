"""The upgrade of a workspace's ledger, which is not opened for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.ledger import check_upgrade, upgrade

if TYPE_CHECKING:
    from mailer.app import App
    from mailer.model.upgrade import UpgradeCheck


def check_ledger_upgrade(app: App) -> UpgradeCheck:
    """Return what an upgrade of the ledger would do."""
    return check_upgrade(_url_of(app), now=app.clock.now())


def upgrade_ledger(app: App) -> UpgradeCheck:
    """Apply the migrations that the ledger misses, and make the tables of the engine.

    Returns what was done. Raises LedgerError as `ledger.upgrade` does.
    """
    done = upgrade(_url_of(app), now=app.clock.now())
    if app.bell is not None:
        app.bell.install()
    return done


def _url_of(app: App) -> str:
    ledger = app.settings.ledger
    return ledger.direct_url or ledger.url_in(app.workspace)
