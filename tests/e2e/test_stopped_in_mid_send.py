"""The service asked to stop while it sends: what is in hand is finished, the rest waits."""

import json
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mailer.ledger import open_ledger
from mailer.render.fingerprint import content_hash
from tests.counterparts.builders import COMPILED, FRENCH, started, statuses
from tests.counterparts.scripted_smtp import ScriptedServer
from tests.counterparts.waiting import wait_until
from tests.e2e.commands import PLAIN, ROOT, mailer

COUNT = 400


class Leisurely(ScriptedServer):
    """Takes its time for each message, and says when it has taken ten."""

    def __post_init__(self):
        super().__post_init__()
        self.has_ten = threading.Event()

    def action_at(self, phase, words):
        if phase == "dot":
            time.sleep(0.02)
            if len(self.taken) >= 10:
                self.has_ten.set()
        return super().action_at(phase, words)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
@pytest.mark.parametrize("options", [(), ("--until-idle",)], ids=["service", "once"])
def test_asked_to_stop_in_mid_send_it_ends_soon_without_a_doubt(tmp_path, number, options):
    workspace = tmp_path / "bureau"
    mailer("init", workspace)
    ledger = open_ledger(f"sqlite:///{workspace / 'var' / 'ledger.db'}")
    mailing, _ = started(
        ledger,
        count=COUNT,
        expires_at=datetime.now(UTC) + timedelta(days=1),
        variants={FRENCH: replace(COMPILED, content_hash=content_hash(COMPILED))},
    )
    with Leisurely() as server:
        config = workspace / "config.toml"
        text = config.read_text("utf-8").replace('backend = "file"', 'backend = "smtp"')
        text = re.sub(
            r"allow_list = \[.*\]", f"allow_list = {json.dumps(['@press.example'])}", text
        )
        relay = f'[transport.smtp]\nhost = "127.0.0.1"\nport = {server.port}\ntls = "none"\n\n['
        config.write_text(re.sub(r"(?ms)^\[transport\.smtp\].*?^\[", relay, text, count=1), "utf-8")
        command = [sys.executable, "-m", "mailer", "--workspace", str(workspace), "run", *options]
        running = subprocess.Popen(command, cwd=ROOT, env=PLAIN)

        try:
            wait_until(server.has_ten.is_set, process=running)
            running.send_signal(number)
            assert running.wait() == 0
        finally:
            running.kill()
            running.wait()
        taken = len(server.taken)

        assert 10 <= taken < COUNT
        assert Counter(statuses(ledger, mailing)) == {"accepted": taken, "pending": COUNT - taken}

        mailer("run", "--until-idle", workspace=workspace)

    assert set(server.received.values()) == {1}
    assert statuses(ledger, mailing) == ["accepted"] * COUNT
    ledger.close()
