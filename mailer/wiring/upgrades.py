"""The upgrade of a workspace's ledger, which is not opened for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailer import __version__
from mailer.ledger.upgrading import check_upgrade, upgrade

if TYPE_CHECKING:
    from mailer.model.service.upgrade import UpgradeCheck
    from mailer.wiring.app import App


def check_ledger_upgrade(app: App) -> UpgradeCheck:
    """Return what an upgrade of the ledger and of the tables of the engine would do.

    Raises LedgerError as `ledger.check_upgrade` does.
    """
    found = check_upgrade(_url_of(app), now=app.clock.now())
    if app.bell is None:
        return found
    missing, waiting = app.bell.pending(others_work=_others_work(found))
    return replace(found, engine_missing=missing, engine_waiting=waiting)


def upgrade_ledger(app: App) -> UpgradeCheck:
    """Apply the migrations that the ledger misses, and those of the tables of the engine.

    Returns what was done. Raises LedgerError as `ledger.upgrade` does.
    """
    done = upgrade(_url_of(app), now=app.clock.now())
    if app.bell is None:
        return done
    applied, waiting = app.bell.migrate(others_work=_others_work(done))
    return replace(done, engine_applied=applied, engine_waiting=waiting)


def _others_work(check: UpgradeCheck) -> bool:
    """Return whether a host has another version of ours, each of which names the version of the
    engine's package that it is installed with.
    """
    return any(process.version != __version__ for process in check.at_work)


def _url_of(app: App) -> str:
    ledger = app.settings.ledger
    return ledger.direct_url or ledger.url_in(app.workspace)
