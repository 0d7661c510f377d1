"""The database dies in mid-mailing and its synchronous standby takes its place: same zeros."""

import sys
from collections import Counter
from contextlib import suppress

import pytest

from mailer.errors import LedgerError, RuleError
from mailer.ledger import open_ledger
from mailer.model.mailings.mailing import MailingState
from mailer.model.service.ledger_home import Mismatch
from tests.counterparts.builders import ACTOR, NOON, statuses
from tests.counterparts.hosts import host, office, under_way
from tests.counterparts.postgres import MISSING
from tests.counterparts.postgres_standby import replicated_server
from tests.counterparts.scripted_smtp import ScriptedServer
from tests.counterparts.waiting import wait_until
from tests.e2e.commands import mailer

COUNT, WORKERS = 1_500, 2

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.fixture
def servers():
    with replicated_server() as servers:
        if servers is None:
            # A contributor's machine may lack it; the gate installs it first, so that nothing is skipped there.
            pytest.skip(MISSING)
        yield servers


def test_a_promoted_standby_waits_for_a_person_and_then_nobody_is_lost_or_written_to_twice(
    servers, tmp_path
):
    ledger = open_ledger(servers.url)
    mailing = under_way(ledger, count=COUNT)
    with ScriptedServer() as relay:
        workspace = office(tmp_path / "bureau", servers.url, port=relay.port, workers=WORKERS)
        with host(workspace) as one, host(workspace) as other:
            wait_until(lambda: len(relay.taken) >= COUNT // 3, process=one)
            servers.kill_primary()
            servers.promote()
            promoted = open_ledger(servers.url)
            assert promoted.home.elsewhere().mismatch is Mismatch.TIMELINE
            with pytest.raises(RuleError, match="a standby was promoted"):
                promoted.sending.claim(worker="w", now=NOON)
            taken = len(relay.taken)

            mailer("adopt", "--nothing-sent-since", "--by", "Ada", workspace=workspace)
            _wait_until_done(promoted, mailing, one, other)

    found = Counter(statuses(promoted, mailing))
    assert taken < COUNT
    assert set(relay.received.values()) == {1}
    assert found["accepted"] + found["uncertain"] == COUNT
    assert found["uncertain"] <= 2 * WORKERS
    for each in promoted.deliveries.of_mailing(mailing.id):
        assert relay.received[each.id] == 1 or each.status == "uncertain", each.id
    promoted.close()
    with suppress(LedgerError):
        ledger.close()


def _wait_until_done(ledger, mailing, *processes):
    def is_done():
        state = ledger.mailings.get(mailing.id).state
        if state is MailingState.PAUSED:  # it was trying one person when the line was cut
            ledger.mailings.change_state(
                mailing.id, to=MailingState.ACTIVE, actor=ACTOR, why="the cut is ours", at=NOON
            )
        return state is MailingState.DONE

    for process in processes:
        wait_until(is_done, process=process)
