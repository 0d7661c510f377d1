"""Addresses that the relay cannot carry are named by the plan and at the launch."""

import pytest

from tests.counterparts.scripted_smtp import ScriptedServer
from tests.e2e.commands import EXAMPLE, a_workspace, answer, mailer
from tests.e2e.test_walk import everybody, send_by_smtp


@pytest.fixture
def workspace(tmp_path):
    workspace = a_workspace(tmp_path / "bureau")
    people = tmp_path / "autres.csv"
    people.write_text("Nom;Mail\nZoé Noël;зоя@presse.example\n", encoding="utf-8")
    mailer("contacts", "import", people, "--list", "press", workspace=workspace)
    return workspace


@pytest.mark.parametrize("offered", [(), ("SMTPUTF8",)], ids=["ascii", "smtputf8"])
def test_addresses_that_the_relay_cannot_carry_are_named_by_the_plan_and_at_the_launch(
    workspace, offered
):
    allowed = everybody(workspace)
    with ScriptedServer(extensions=offered) as server:
        send_by_smtp(workspace, server.port, allowed=allowed, launched=False)
        planned = mailer("plan", EXAMPLE, workspace=workspace)
        plan = answer("plan", EXAMPLE, workspace=workspace)
        mailer("approve", EXAMPLE, "--by", "C. Delmas", workspace=workspace)
        count = plan["steps"][0]["recipients"]
        launch = ("launch", EXAMPLE, "--confirm", count, "--by", "C. Delmas")
        launched = mailer(*launch, "--at", "2017-12-01T09:00", workspace=workspace)

    named = [] if offered else ["зоя@presse.example"]
    assert plan["not_carried"] == named
    for shown in (planned.stderr, launched.stderr):
        assert ("зоя@presse.example" in shown) is bool(named)


def test_without_such_an_address_the_relay_is_not_asked(tmp_path):
    workspace = a_workspace(tmp_path / "bureau")
    with ScriptedServer() as server:
        send_by_smtp(workspace, server.port, allowed=everybody(workspace), launched=False)
        plan = answer("plan", EXAMPLE, workspace=workspace)

    assert plan["not_carried"] == []
    assert server.connections == 0
