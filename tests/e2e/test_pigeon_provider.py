"""A provider that nothing but its folder and the tuple names, walked from end to end."""

import json
from base64 import b64encode
from collections import Counter

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from mailer.providers import registry
from mailer.service.service import Service
from mailer.wiring.app import App
from tests.counterparts.webhook import free_port, post, receiver
from tests.e2e.commands import EXAMPLE, a_workspace, answer, answers, mailer
from tests.pigeon_provider.loft import RING, Loft
from tests.pigeon_provider.provider import PIGEON

PROGRAM = "tests.pigeon_provider"
BY = ("--by", "C. Delmas")
KEY = Ed25519PrivateKey.generate()


@pytest.fixture
def loft():
    with Loft() as loft:
        yield loft


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    monkeypatch.setenv("PIGEON_RING", RING)
    return a_workspace(tmp_path / "bureau")


def configure(workspace, loft, *, hears_at):
    """Sends by pigeon to everybody of the directory, and hears what the loft reports."""
    config = workspace / "config.toml"
    allowed = {
        "@" + contact["address"].rpartition("@")[2]
        for contact in answers("contacts", "list", workspace=workspace)
    }
    public = b64encode(KEY.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()
    text = config.read_text("utf-8")
    for old, new in (
        ('backend = "file"', 'backend = "pigeon"'),
        ("allow_list = [", f"allow_list = {json.dumps(sorted(allowed))} # ["),
        ("keys = [] #", f'keys = ["{public}"] #'),
        ("port = 8766", f"port = {hears_at}"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    pigeon = f'[transport.pigeon]\nring = "env:PIGEON_RING"\nport = {loft.port}\n'
    config.write_text(f"{text}\n{pigeon}", "utf-8")


def command(*arguments, workspace, **how):
    return mailer(*arguments, workspace=workspace, program=PROGRAM, **how)


def report(port, letter, came):
    body = json.dumps({"id": letter["id"], "came": came, "at": "2017-12-04T09:00:00+00:00"})
    seal = b64encode(KEY.sign(body.encode())).decode()
    status, _, _ = post(port, body.encode(), {"Seal": seal}, path="/pigeon")
    return status


def by_status(workspace):
    status = answer("status", workspace=workspace, program=PROGRAM)
    return Counter(status["mailings"][0]["by_status"])


def test_a_new_provider_sends_reports_and_keeps_lists_without_a_change_elsewhere(
    workspace, loft, monkeypatch
):
    port = free_port()
    configure(workspace, loft, hears_at=port)
    plan = answer("plan", EXAMPLE, workspace=workspace, program=PROGRAM)
    recipients = plan["steps"][0]["recipients"]

    command("approve", EXAMPLE, *BY, workspace=workspace)
    launch = ("launch", EXAMPLE, "--confirm", recipients, *BY, "--at", "2017-12-04T08:00")
    launched = command(*launch, workspace=workspace, lang="en")
    command("run", "--at", "2017-12-04T09:30", workspace=workspace)

    assert "pigeon, to the allow-list only" in launched.stdout
    assert len({letter["to"] for letter in loft.taken}) == len(loft.taken) == recipients
    assert by_status(workspace) == {"accepted": recipients}

    first, *others = loft.taken
    with receiver(workspace, port, program=PROGRAM):
        assert post(port, b"{}", {"Seal": "forged"}, path="/pigeon")[0] == 403
        assert report(port, first, "back") == 204
        assert {report(port, letter, "home") for letter in others} == {204}
    command("run", "--at", "2017-12-04T09:45", workspace=workspace)

    assert by_status(workspace) == {"bounced": 1, "delivered": recipients - 1}

    loft.closed[others[0]["to"]] = "2017-12-04T10:00:00+00:00"
    monkeypatch.setattr(registry, "PROVIDERS", (*registry.PROVIDERS, PIGEON))
    with App(workspace) as app:
        assert app.reporter == "Pigeon Post"
        list(Service(app).events.collect(mailbox=True))
        barred = {str(bar.address): bar.reason.value for bar in app.ledger.suppressions.all()}
        sources = {event.source for event in app.ledger.events.all()}
    assert barred.items() >= {first["to"]: "dead", others[0]["to"]: "opt-out"}.items()
    assert sources == {"pigeon"}

    lifted = ("contacts", "lift", others[0]["to"], "--by", "a.benali", "--why", "asked")
    command(*lifted, workspace=workspace)

    assert loft.closed == {}
