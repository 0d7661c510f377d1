"""Backups of a PostgreSQL ledger, drilled: what is restored sends nothing by itself."""

import os
import subprocess
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from mailer.errors import RuleError
from mailer.ledger import open_ledger
from mailer.model.mailings.delivery import Accepted
from mailer.operations.restore import adopt_ledger
from tests.counterparts.builders import ACTOR, started, statuses
from tests.counterparts.postgres import MISSING, database_on
from tests.counterparts.postgres_recovery import archiving_server


def half_sent(ledger):
    """A mailing of four, two of which have left."""
    expires_at = datetime.now(UTC) + timedelta(days=1)
    mailing, deliveries = started(ledger, count=4, expires_at=expires_at)
    send(ledger, deliveries[:2])
    return mailing, deliveries


def send(ledger, deliveries):
    now = datetime.now(UTC)
    claim = ledger.sending.claim(worker="w", now=now)
    ledger.sending.mark(claim, [each.id for each in deliveries], now=now)
    for each in deliveries:
        ledger.sending.settle(claim, each.id, Accepted("250 ok"), now=now)
    ledger.sending.release(claim, now=now)


def is_disarmed(ledger):
    with pytest.raises(RuleError):
        ledger.sending.claim(worker="w", now=datetime.now(UTC))
    return ledger.home.elsewhere() is not None


def taken_over(ledger):
    """Go on with what was restored, as an administrator does."""
    adopt_ledger(
        nothing_sent_since=False,
        actor=ACTOR,
        ledger=ledger,
        now=datetime.now(UTC),
    )


def test_a_dump_that_is_restored_starts_disarmed_and_doubles_nobody(postgres_url):
    if postgres_url is None:
        # A contributor's machine may lack it; the gate installs it first, so that nothing is skipped there.
        pytest.skip(MISSING)
    with (
        database_on(postgres_url, name=f"mailer_from_{os.getpid()}") as first,
        database_on(postgres_url, name=f"mailer_to_{os.getpid()}") as second,
    ):
        ledger = open_ledger(first)
        mailing, deliveries = half_sent(ledger)
        dump = subprocess.run(["pg_dump", first], check=True, stdout=subprocess.PIPE).stdout
        send(ledger, deliveries[2:])  # after the dump, which does not know it
        ledger.close()

        subprocess.run(
            ["psql", "-q", "-v", "ON_ERROR_STOP=1", second],
            input=dump,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        restored = open_ledger(second)
        assert is_disarmed(restored)
        taken_over(restored)
        assert restored.sending.claim(worker="w", now=datetime.now(UTC)) is None
        assert Counter(statuses(restored, mailing)) == {"accepted": 2, "uncertain": 2}
        restored.close()


def test_a_recovery_to_a_point_in_time_starts_disarmed_and_doubles_nobody():
    with archiving_server() as server:
        if server is None:
            # A contributor's machine may lack it; the gate installs it first, so that nothing is skipped there.
            pytest.skip(MISSING)
        ledger = open_ledger(server.url)
        server.back_up()
        mailing, deliveries = half_sent(ledger)
        server.note_point("half")
        send(ledger, deliveries[2:])  # after the point, which does not know it
        ledger.close()

        server.recover_to("half")
        server.wait_for_promotion()
        restored = open_ledger(server.url)
        assert is_disarmed(restored)
        taken_over(restored)
        assert restored.sending.claim(worker="w", now=datetime.now(UTC)) is None
        assert Counter(statuses(restored, mailing)) == {"accepted": 2, "uncertain": 2}
        restored.close()
