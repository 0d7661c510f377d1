"""The doctor on a whole workspace: a real message, a real relay, a real name server."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import dkim
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from mailer.ledger import open_ledger
from mailer.model.health.health import HealthVerdict
from mailer.model.team.actor import PROGRAM
from mailer.operations.campaigns.previews.samples import samples_of
from mailer.operations.doctor.examination import examine
from mailer.wiring.app import App
from mailer.wiring.examining import _parts, examine_workspace, refused_at_launch
from tests.counterparts.desk import signed_in
from tests.counterparts.dns_server import SERVFAIL, dns_server
from tests.counterparts.postgres import MISSING as NO_POSTGRES
from tests.counterparts.sender_setups import published, right_zone, rsa_key
from tests.counterparts.smtp_sink import MISSING, SINK, smtp_sink
from tests.counterparts.team import ADA
from tests.counterparts.workspaces import workspace_with_ledger

CAMPAIGN = "2017-12-09-recherche-associations"
CONFIG = """\
[office]
name = "Institut"
postal_address = "1 rue de l’Exemple"

[sender]
from = "Presse <presse@institut.example>"
return_path = "retours.institut.example"

[transport]
backend = "smtp"
production = true

[transport.smtp]
host = "127.0.0.1"
port = {port}
tls = "none"
sends_from = ["192.0.2.25"]

[dkim]
domain = "institut.example"
key = "file:var/dkim.pem"

[dns]
servers = ["{dns}"]
"""


@pytest.fixture
def workspace(tmp_path):
    workspace = workspace_with_ledger(tmp_path / "bureau")
    key = workspace / "var" / "dkim.pem"
    key.write_bytes(
        rsa_key().private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    )
    key.chmod(0o600)
    return workspace


def configured(workspace, *, port, dns, **changes):
    text = CONFIG.format(port=port, dns=dns)
    for before, after in changes.values():
        assert before in text
        text = text.replace(before, after)
    (workspace / "config.toml").write_text(text, "utf-8")
    return App(workspace)


def by_name(lines):
    found = {}
    for line in lines:
        found.setdefault(line.question.name, []).append(line)
    return found


# A contributor's machine may lack it; the gate installs it first, so that nothing is skipped there.
@pytest.mark.skipif(SINK is None, reason=MISSING)
def test_issue_17_a_right_workspace_is_examined_on_a_real_signed_message(workspace):
    with (
        dns_server(right_zone()) as (dns, zone),
        smtp_sink() as port,
        configured(workspace, port=port, dns=dns) as app,
    ):
        lines = by_name(examine_workspace(app))

    said = str(lines["message"][0].found)
    assert said == (
        "From institut.example, return path retours.institut.example, signed by institut.example"
    )
    for name in ("spf", "spf-relay", "dkim", "dmarc", "dmarc-alignment", "relay", "ledger"):
        assert [line.verdict for line in lines[name]] == [HealthVerdict.RIGHT], name
    assert ("mailer._domainkey.institut.example", "txt") in zone.asked
    assert not any(line.is_wrong for several in lines.values() for line in several)


def test_what_the_doctor_finds_right_an_independent_verifier_accepts(workspace):
    zone = right_zone()
    with configured(workspace, port=25, dns="127.0.0.1:9") as app:
        draft = app.drafts.draft(CAMPAIGN)
        _variant, message = samples_of(draft, draft.plan[0].step.id, composer=app.composer)[0]
        raw = _parts(app).sign(message.raw)

    assert dkim.verify(
        raw, dnsfunc=lambda name, **_: zone[f"{name.decode().rstrip('.')} TXT"][0].encode()
    )


@pytest.mark.parametrize(
    ("change", "records", "refused"),
    [
        ({}, {}, False),
        ({}, {"retours.institut.example TXT": ["v=spf1 -all"]}, True),
        ({}, {"retours.institut.example TXT": SERVFAIL}, False),
        (
            {"switched": ("[dns]", "[dns]\nholds_launch = false")},
            {"retours.institut.example TXT": ["v=spf1 -all"]},
            False,
        ),
        (
            {"trial": ("production = true", 'production = false\nallow_list = ["@x.example"]')},
            {"retours.institut.example TXT": ["v=spf1 -all"]},
            False,
        ),
    ],
    ids=["right", "wrong", "not answered", "not to hold", "outside production"],
)
def test_a_launch_is_held_only_where_receivers_would_refuse(workspace, change, records, refused):
    with (
        dns_server({**right_zone(), **records}) as (dns, _zone),
        configured(workspace, port=25, dns=dns, **change) as app,
    ):
        problems = refused_at_launch(app, app.drafts.draft(CAMPAIGN))

    assert bool(problems) == refused
    assert all(str(problem.remedy) for problem in problems)


def forge_a_line(workspace):
    """Change who did something, as somebody with the file at hand could."""
    written = open_ledger(f"sqlite:///{workspace / 'var' / 'ledger.db'}")
    written.team.add([ADA], actor=PROGRAM, at=datetime.now(tz=UTC))
    written.close()
    with closing(sqlite3.connect(workspace / "var" / "ledger.db", isolation_level=None)) as ledger:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal'"
        for (name,) in ledger.execute(query).fetchall():
            ledger.execute(f"DROP TRIGGER {name}")
        assert ledger.execute("UPDATE journal SET \"by\" = 'Somebody else'").rowcount


@pytest.mark.parametrize(
    ("break_it", "name", "exit_code"),
    [
        (lambda workspace: (workspace / "var" / "dkim.pem").chmod(0o644), "secrets", 78),
        (lambda workspace: (workspace / "var" / "dkim.pem").unlink(), "secrets", 78),
        (lambda _workspace: None, "relay", 69),
        (lambda workspace: (workspace / "var" / "ledger.db").write_bytes(b"x" * 9000), "ledger", 1),
        (forge_a_line, "journal", 1),
    ],
    ids=["readable by others", "secret gone", "relay gone", "ledger damaged", "journal forged"],
)
def test_what_is_broken_in_the_workspace_is_told(workspace, break_it, name, exit_code):
    with dns_server(right_zone()) as (dns, _zone):
        app = configured(workspace, port=9, dns=dns)  # where nothing listens
        break_it(workspace)
        with app:
            lines = by_name(examine_workspace(app))

    assert exit_code in {line.exit_code for line in lines[name] if line.is_wrong}


def test_the_desk_shows_the_health_with_its_remedies_and_at_a_launch_what_holds_it(workspace):
    records = {"retours.institut.example TXT": ["v=spf1 -all"]}
    with (
        dns_server({**right_zone(), **records}) as (dns, _zone),
        configured(workspace, port=9, dns=dns) as app,
    ):
        app.ledger.team.add([ADA], actor=PROGRAM, at=app.clock.now())
        browser = signed_in(app, ADA)
        at_once = browser.get("/sante")
        whole, answers = browser.get("/sante?tout=1"), browser.get("/sante/examen")
        launch = browser.get(f"/campagnes/{CAMPAIGN}/lancement/sante")

    assert {each.status for each in (at_once, whole, answers, launch)} == {200}
    assert "examen" in at_once.text
    for page in (whole, answers, launch):
        assert "pas autorisé à envoyer pour retours.institut.example" in page.text
        assert "Ajoutez-les à l’enregistrement de retours.institut.example" in page.text
    assert answers.text.lstrip().startswith('<div class="answers" data-live')


def test_a_secret_in_git_is_told(workspace):
    import subprocess

    for command in (["init", "-q"], ["add", "-f", "var/dkim.pem"]):
        subprocess.run(["git", "-C", str(workspace), *command], check=True)

    with configured(workspace, port=9, dns="127.0.0.1:9") as app:
        lines = by_name(examine_workspace(app, is_offline=True))

    assert [line.is_wrong for line in lines["secrets"]] == [True]
    assert "git" in str(lines["secrets"][0].found)


def test_old_backups_rules_and_clocks_are_told(workspace):
    with configured(workspace, port=9, dns="127.0.0.1:9") as app:
        app.ledger.backups.create(at=app.clock.now() - timedelta(days=3))
        parts = _parts(app, is_offline=True)
        host = replace(
            parts.host, is_time_synchronised=lambda: False, time_zone_release=lambda: "2019a"
        )
        later = datetime.now(UTC) + timedelta(days=3)
        lines = by_name(examine(replace(parts, host=host), now=later))

    assert all(lines[name][0].is_wrong for name in ("backup", "clock", "time-zones"))


def test_a_slow_examination_is_no_fault_of_the_clock_of_the_database(workspace, postgres_url):
    if postgres_url is None:
        pytest.skip(NO_POSTGRES)  # only a server has a clock of its own; CI installs one
    ledger = ("[dns]", f'[ledger]\nurl = "{postgres_url}"\n\n[dns]')
    with configured(workspace, port=9, dns="127.0.0.1:9", ledger=ledger) as app:
        parts = _parts(app, is_offline=True)
        begun = app.clock.now() - timedelta(minutes=1)
        lines = by_name(examine(parts, now=begun))
        ahead = replace(parts, clock=lambda: app.clock.now() + timedelta(minutes=1))
        wrong = by_name(examine(ahead, now=begun))

    assert [line.is_wrong for line in lines["database-clock"]] == [False]
    assert [line.is_wrong for line in wrong["database-clock"]] == [True]


def test_who_makes_the_backups_of_a_database_is_told_before_there_is_one(workspace, postgres_url):
    if postgres_url is None:
        pytest.skip(NO_POSTGRES)  # only of a server does somebody else make the backups; CI has one
    url = f'[ledger]\nurl = "{postgres_url}"\n'
    said = {}
    for dumps in ("", 'dumps = "var/dumps"\n'):
        ledger = ("[dns]", f"{url}{dumps}\n[dns]")
        with configured(workspace, port=9, dns="127.0.0.1:9", ledger=ledger) as app:
            said[bool(dumps)] = by_name(examine_workspace(app, is_offline=True))["backup"][0]

    assert "administrator of the database" in str(said[False].found)
    assert "none yet" in str(said[True].found)


def test_a_campaign_that_cannot_be_rendered_is_named(workspace):
    base = workspace / "templates" / "base"
    base.mkdir(parents=True)
    (base / "layout.mjml.j2").write_text("<mjml><mj-body>{{ nothing", "utf-8")
    with configured(workspace, port=9, dns="127.0.0.1:9") as app:
        line = by_name(examine_workspace(app, is_offline=True))["message"][0]

    assert "could be rendered" in str(line.found)
    assert max(app.campaigns.names()) in str(line.remedy)


def test_no_answer_shows_a_secret(workspace):
    with configured(workspace, port=9, dns="127.0.0.1:9") as app:
        shown = json.dumps([str(line) for line in examine_workspace(app, is_offline=True)])

    assert "PRIVATE KEY" not in shown
    assert published(rsa_key())[40:80] not in shown
