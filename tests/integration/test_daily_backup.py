"""The backup that the service makes once a day: what it says that it has done."""

from datetime import timedelta

import pytest

from mailer.clock import SimulatedClock
from mailer.service.daily_backup import DailyBackup
from mailer.wiring.app import App
from tests.counterparts.builders import NOON
from tests.counterparts.workspaces import workspace_with_ledger


@pytest.fixture
def app(tmp_path, ledger, ledger_url):
    folder = workspace_with_ledger(tmp_path / "office")
    with App(folder, clock=SimulatedClock(NOON), ledger_url=str(ledger_url)) as app:
        yield app


def test_a_backup_is_said_to_be_made_where_the_service_makes_one(app, ledger_url):
    backup, failures, successes = DailyBackup(app), [], []

    for _hour in range(25):
        backup.make_sometimes(failures.append, lambda: successes.append(app.clock.now()))
        app.clock.wait_until(app.clock.now() + timedelta(hours=1))

    # PostgreSQL is backed up by its administrator: nobody may believe that we have done it.
    assert len(successes) == (25 if str(ledger_url).startswith("sqlite") else 0)
    assert failures == []
