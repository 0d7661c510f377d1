"""A sender that hangs beyond its lease, and wakes: another has taken over, nobody hears twice."""

import os
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest

from tests.counterparts.builders import started, statuses
from tests.counterparts.scripted_smtp import ScriptedServer
from tests.counterparts.waiting import wait_until

COUNT = 80
SENDER = "import sys; from tests.counterparts.sender import main; main(*sys.argv[1:], 1, 1)"


class Freezing(ScriptedServer):
    """Freezes the first sender when it waits for its answer to the twentieth message."""

    def __post_init__(self):
        super().__post_init__()
        self.frozen = threading.Event()
        self.first = None

    def action_at(self, phase, words):
        if phase == "dot" and len(self.taken) == 19 and not self.frozen.is_set():
            self.first.send_signal(signal.SIGSTOP)
            # Its threads run on until one of them takes the signal: on a busy machine it would
            # receive our answer, and freeze inside its next transaction.
            os.waitpid(self.first.pid, os.WUNTRACED)
            self.frozen.set()
        return super().action_at(phase, words)

    def sender(self, url):
        return subprocess.Popen([sys.executable, "-c", SENDER, url, str(self.port)])


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_frozen_beyond_its_lease_and_awake_again_it_tells_what_it_sent_and_sends_no_more(
    ledger, ledger_url
):
    expires_at = datetime.now(UTC) + timedelta(days=1)
    mailing, _ = started(ledger, count=COUNT, expires_at=expires_at)
    with Freezing() as server:
        server.first = server.sender(ledger_url)
        try:
            wait_until(server.frozen.is_set, process=server.first)
            with server.sender(ledger_url) as second:
                assert second.wait() == 0
            while_frozen = statuses(ledger, mailing)
            server.first.send_signal(signal.SIGCONT)
            assert server.first.wait() == 0
        finally:
            server.first.kill()
            server.first.wait()

    assert (while_frozen.count("accepted"), while_frozen.count("uncertain")) == (COUNT - 1, 1)
    assert statuses(ledger, mailing) == ["accepted"] * COUNT
    assert set(server.received.values()) == {1}
