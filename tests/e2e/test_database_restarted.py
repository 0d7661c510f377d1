"""PostgreSQL crashed and started again in mid-send: nobody twice, nobody forgotten."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from mailer.clock import WallClock
from mailer.engine.threads import ThreadEngine
from mailer.errors import LedgerError
from mailer.ledger import open_ledger
from mailer.model.mailings.delivery import DeliveryStatus
from mailer.providers.smtp.connection import SmtpBackend
from mailer.providers.smtp.settings import SmtpSettings
from tests.counterparts.builders import started
from tests.counterparts.postgres import MISSING, mortal_server
from tests.counterparts.scripted_smtp import ScriptedServer
from tests.counterparts.sender import deliver_chunk

CONNECTIONS = 3
RESTARTS = 2


class Crashing(ScriptedServer):
    """Crashes the database when it has taken so many messages."""

    def __init__(self, restart, at):
        super().__init__()
        self._restart, self._at = restart, list(at)

    def action_at(self, phase, words):
        with self._lock:
            is_time = phase == "dot" and self._at and len(self.taken) >= self._at[0]
            if is_time:
                self._at.pop(0)
        if is_time:
            self._restart()
        return super().action_at(phase, words)


def test_a_database_that_crashes_in_mid_send_stops_it_and_it_goes_on_by_itself():
    with mortal_server() as server_or_none:
        if server_or_none is None:
            pytest.skip(MISSING)
        url, restart = server_or_none
        ledger = open_ledger(url, lease_s=5)
        clock = WallClock()
        mailing, _ = started(ledger, count=200, expires_at=datetime.now(UTC) + timedelta(days=1))
        with Crashing(restart, at=(30, 100)) as server:
            backend = SmtpBackend(SmtpSettings("127.0.0.1", server.port, "none"))

            def one_chunk():
                return deliver_chunk(ledger, backend, clock=clock)

            stops = 0
            while (due_at := ledger.mailings.next_due_at()) is not None:
                clock.wait_until(due_at)
                try:
                    ThreadEngine(CONNECTIONS).drain(one_chunk)
                except LedgerError:
                    stops += 1
        deliveries = list(ledger.deliveries.of_mailing(mailing.id))
        # The last outcomes may have been owed until now.
        with suppress(LedgerError):
            ledger.close()

    received = server.received
    accepted = [each for each in deliveries if each.status is DeliveryStatus.ACCEPTED]
    doubtful = [each for each in deliveries if each.status is DeliveryStatus.UNCERTAIN]
    assert stops >= 1
    assert set(received.values()) == {1}
    assert all(received[each.id] for each in accepted)
    assert len(accepted) + len(doubtful) == 200
    assert len(doubtful) <= RESTARTS * CONNECTIONS
