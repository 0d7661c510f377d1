"""The file STOP in the workspace, and the command that suspends everything (D9, M20)."""

import json
import re
import subprocess
import sys
import threading
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

COUNT = 50


class Gate(ScriptedServer):
    """Says when it has three messages, and answers none further until the gate is opened."""

    def __post_init__(self):
        super().__post_init__()
        self.has_three, self.gate = threading.Event(), threading.Event()

    def action_at(self, phase, words):
        if phase == "dot" and len(self.taken) >= 3:
            self.has_three.set()
            self.gate.wait()
        return super().action_at(phase, words)


@pytest.fixture
def workspace(tmp_path):
    made = tmp_path / "bureau"
    mailer("init", made)
    return made


@pytest.fixture
def ledger(workspace):
    ledger = open_ledger(f"sqlite:///{workspace / 'var' / 'ledger.db'}")
    yield ledger
    ledger.close()


def to_relay(workspace, port):
    config = workspace / "config.toml"
    text = config.read_text("utf-8").replace('backend = "file"', 'backend = "smtp"')
    text = re.sub(r"allow_list = \[.*\]", f"allow_list = {json.dumps(['@press.example'])}", text)
    relay = f'[transport.smtp]\nhost = "127.0.0.1"\nport = {port}\ntls = "none"\n\n['
    text = re.sub(r"(?ms)^\[transport\.smtp\].*?^\[", relay, text, count=1)
    config.write_text(text, "utf-8")


def a_launched_mailing(ledger):
    return started(
        ledger,
        count=COUNT,
        expires_at=datetime.now(UTC) + timedelta(days=1),
        variants={FRENCH: replace(COMPILED, content_hash=content_hash(COMPILED))},
    )[0]


@pytest.mark.parametrize("by", ["file", "command"])
def test_everything_stops_in_mid_send_and_goes_on_when_it_is_lifted(workspace, ledger, by):
    mailing = a_launched_mailing(ledger)
    with Gate() as server:
        to_relay(workspace, server.port)
        command = [sys.executable, "-m", "mailer", "--workspace", workspace]
        running = subprocess.Popen(
            [*command, "run", "--until-idle"], cwd=ROOT, env=PLAIN, stdout=subprocess.PIPE
        )
        try:
            wait_until(server.has_three.is_set, process=running)
            if by == "file":
                (workspace / "STOP").touch()
            else:
                mailer("suspend", "--why", "mauvaise salle", workspace=workspace)
            in_flight = Counter(statuses(ledger, mailing))["sending"]
            server.gate.set()
            assert running.wait() == 0
        finally:
            running.kill()
            running.wait()
            running.stdout.close()
        stopped_at = len(server.taken)

        assert stopped_at <= 3 + in_flight < COUNT
        mailer("run", "--until-idle", workspace=workspace)
        assert len(server.taken) == stopped_at
        (workspace / "STOP").unlink(missing_ok=True)
        mailer("run", "--until-idle", workspace=workspace)
        assert len(server.taken) == stopped_at

        mailer("suspend", "--lift", workspace=workspace)
        mailer("run", "--until-idle", workspace=workspace)

    assert set(server.received.values()) == {1}
    assert statuses(ledger, mailing) == ["accepted"] * COUNT


def test_the_status_says_first_that_everything_is_suspended(workspace):
    mailer("suspend", "--why", "mauvaise salle", workspace=workspace)

    said = mailer("status", workspace=workspace)

    assert said.stderr.startswith("TOUT EST SUSPENDU depuis le")
    assert "mauvaise salle" in said.stderr
    assert json.loads(mailer("status", "--json", workspace=workspace).stdout)["suspended_since"]


def test_a_ledger_that_does_not_answer_is_suspended_by_the_file(workspace):
    (workspace / "var").mkdir(exist_ok=True)
    (workspace / "var" / "ledger.db").write_bytes(b"not a ledger" * 100)

    said = mailer("suspend", workspace=workspace, expect=74)

    assert (workspace / "STOP").exists()
    assert "STOP" in said.stderr
