"""The team is told by the command itself, and by the service that runs beside it."""

import email
import email.policy
import os
import signal
import subprocess
import sys

from tests.counterparts.scripted_smtp import Rule, ScriptedServer
from tests.counterparts.waiting import wait_until
from tests.e2e.commands import EXAMPLE, PLAIN, a_workspace, answer, launched_example, mailer
from tests.e2e.test_walk import ANNOUNCED, everybody, send_by_smtp


def notices(server):
    """The notices a relay has taken: (to, subject)."""
    mails = [
        email.message_from_bytes(taken.content, policy=email.policy.SMTP) for taken in server.taken
    ]
    return [(mail["To"], mail["Subject"]) for mail in mails if "[mailer]" in mail["Subject"]]


def test_a_relay_that_refuses_us_pauses_the_mailing_and_the_team_hears_of_it_when_it_can(tmp_path):
    workspace = a_workspace(tmp_path / "bureau")
    launched_example(workspace)
    with ScriptedServer([Rule("MAIL", "550 5.7.1 Sender denied")]) as server:
        allowed = everybody(workspace) | {"@institut.example"}
        send_by_smtp(workspace, server.port, allowed=allowed)
        run = ("run", "--until-idle", "--at")
        refused = mailer(*run, ANNOUNCED, workspace=workspace, expect=69)
        assert server.taken == []
        server.rules.clear()
        mailer(*run, "2017-12-04T09:40", workspace=workspace)
        mailer(*run, "2017-12-04T09:50", workspace=workspace)

    # The worry, what kept the notice from leaving, and what ended the command.
    assert f"L’envoi {EXAMPLE}, Annonce est suspendu" in refused.stderr
    ((to, subject),) = notices(server)
    assert to == "presse@institut.example"
    assert subject.startswith(f"[mailer] L’envoi {EXAMPLE}, Annonce est suspendu")
    (worry,) = [
        each for each in answer("status", workspace=workspace)["worries"] if "suspendu" in each
    ]
    assert "Sender denied" in worry
    assert f"mailer resume {EXAMPLE}" in worry


def test_the_service_tells_the_team_what_it_missed_while_it_was_away(tmp_path):
    workspace = a_workspace(tmp_path / "bureau")
    launched_example(workspace)
    mailer("run", "--until-idle", "--at", "2017-12-04T08:30", workspace=workspace)
    outbox = workspace / "var" / "outbox"
    command = [sys.executable, "-m", "mailer", "--workspace", str(workspace), "run"]
    with subprocess.Popen(
        command, env={**os.environ, **PLAIN}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as service:
        wait_until(lambda: list(outbox.glob("presse@*.eml")), process=service)
        service.send_signal(signal.SIGTERM)
        assert service.wait() == 0

    (notice,) = outbox.glob("presse@*.eml")
    told = email.message_from_bytes(notice.read_bytes(), policy=email.policy.SMTP)
    text = told.get_body(("plain",)).get_content()
    assert "Le service n’a pas tourné du 04/12/2017 à 08\u00a0h\u00a030" in text
    assert f"{EXAMPLE}, Annonce" in text
