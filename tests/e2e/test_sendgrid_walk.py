"""A campaign through SendGrid, by commands: sent to the simulator, and heard back through our
own receiver.
"""

import json
import random
import time
from collections import Counter

import pytest

from tests.counterparts.webhook import free_port, receiver
from tests.e2e.commands import EXAMPLE, a_workspace, answer, answers, mailer
from tests.sendgrid_simulator import Fault, Pump, Service, Simulator

KEY = "SG.simulator.key"


class Time:
    """The simulator's clock: the wall's, and ahead of it when told."""

    ahead_s = 0.0

    def __call__(self):
        return time.time() + self.ahead_s


@pytest.fixture
def service():
    return Service(clock=Time(), key=KEY)


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    monkeypatch.setenv("MAILER_SENDGRID_KEY", KEY)
    return a_workspace(tmp_path / "bureau")


def configure(workspace, server, *, hook=(), **settings):
    """Sends through the simulator, to everybody of the directory; hears at `hook` (key, port)."""
    config = workspace / "config.toml"
    allowed = {
        "@" + contact["address"].rpartition("@")[2]
        for contact in answers("contacts", "list", workspace=workspace)
    } | {"@institut.example"}
    changes = {
        "backend": '"sendgrid"',
        "base_url": json.dumps(server.url),
        "batch_size": "7",
        "allow_list": json.dumps(sorted(allowed)),
    } | settings
    table, lines = "", []
    for line in config.read_text(encoding="utf-8").splitlines():
        table = line.split("]")[0][1:] if line.startswith("[") else table
        name = line.partition(" = ")[0]
        if table.startswith("transport") and name in changes:
            lines.append(f"{name} = {changes.pop(name)}")
        elif table == "feedback.webhook" and hook and name in {"keys", "port"}:
            key, port = hook
            lines.append(f"keys = [{json.dumps(key)}]" if name == "keys" else f"port = {port}")
        else:
            lines.append(line)
    assert changes == {}
    config.write_text("\n".join(lines), encoding="utf-8")


def by_status(workspace):
    return Counter(answer("status", workspace=workspace)["mailings"][0]["by_status"])


def test_a_campaign_leaves_and_what_comes_back_finds_its_delivery_even_after_a_lost_answer(
    workspace, service
):
    port = free_port()
    pump = Pump(service, f"http://127.0.0.1:{port}/sendgrid", random.Random(3), doubles=0.5)
    service.faults.append(Fault("take-and-drop", after=1))
    with Simulator(service) as server:
        configure(workspace, server, hook=(pump.public_key, port))
        recipients = answer("plan", EXAMPLE, workspace=workspace)["steps"][0]["recipients"]
        mailer("approve", EXAMPLE, "--by", "C. Delmas", workspace=workspace)
        launch = ("launch", EXAMPLE, "--confirm", recipients, "--at", "2017-12-04T08:00")
        mailer(*launch, workspace=workspace)
        # "The peer cannot be reached": what it was doing is written down, and it goes on later.
        mailer("run", "--at", "2017-12-04T09:30", workspace=workspace, expect=75)
        mailer("run", "--at", "2017-12-04T09:40", workspace=workspace)

    sent = by_status(workspace)
    assert 1 <= sent["uncertain"] <= 7
    assert sent["uncertain"] + sent["accepted"] == recipients
    assert set(service.received.values()) == {1}
    assert all("<mailto:" in taken.headers["List-Unsubscribe"] for taken in service.taken)

    service.clock.ahead_s = 60
    with receiver(workspace, port):
        while pump.turn():
            pass
    assert (pump.waiting, service.reports) == (0, [])
    mailer("run", "--at", "2017-12-04T09:45", workspace=workspace)

    assert by_status(workspace) == {"delivered": recipients}


def test_the_sandbox_proves_a_configuration_and_a_wrong_key_is_said_in_one_sentence(
    workspace, service
):
    proof = ("proof", EXAMPLE, "announcement")
    with Simulator(service) as server:
        configure(workspace, server, sandbox="true")
        told = mailer(*proof, workspace=workspace, lang="en")
        service.key = "SG.other"
        refused = mailer(*proof, workspace=workspace, lang="en", expect=69)

    assert "sandbox" in told.stdout
    assert service.taken == []
    assert "SendGrid refuses to serve us: 401" in refused.stderr
    assert KEY not in refused.stderr + refused.stdout
