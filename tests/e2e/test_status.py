"""What `mailer status` says while a mailing is being sent."""

import json
import subprocess
import sys

from tests.counterparts.waiting import wait_until
from tests.e2e.commands import PLAIN, ROOT, mailer
from tests.e2e.test_stop_file import Gate, a_launched_mailing, ledger, to_relay, workspace

__all__ = ["ledger", "workspace"]


def test_the_status_answers_in_twenty_lines_while_a_mailing_is_sent(workspace, ledger):
    a_launched_mailing(ledger)
    with Gate() as server:
        to_relay(workspace, server.port)
        command = [sys.executable, "-m", "mailer", "--workspace", workspace]
        running = subprocess.Popen([*command, "run", "--until-idle"], cwd=ROOT, env=PLAIN)
        try:
            wait_until(server.has_three.is_set, process=running)
            said = mailer("status", workspace=workspace)
            known = json.loads(mailer("status", "--json", workspace=workspace).stdout)
            server.gate.set()
            assert running.wait() == 0
        finally:
            running.kill()
            running.wait()

    assert len((said.stdout + said.stderr).splitlines()) <= 20
    (mailing,) = known["mailings"]
    assert mailing["state"] == "active"
    assert set(mailing["by_status"]) & {"pending", "sending"}
    (after,) = json.loads(mailer("status", "--json", workspace=workspace).stdout)["mailings"]
    assert (after["state"], set(after["by_status"])) == ("done", {"accepted"})
