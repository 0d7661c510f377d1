"""What a running process tells of itself, and what it never tells."""

import base64
import io
import json
import logging
import os
import re
import socket
import struct
import threading
import urllib.error
import urllib.request
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from mailer.clock import SimulatedClock
from mailer.errors import BackendMisconfigured, Place, Problem
from mailer.ledger.storage.database import Database
from mailer.log_context import LOGGER
from mailer.model.mailings.progress import Task
from mailer.monitoring.logs import json_log
from mailer.monitoring.port import Readiness, ask_readiness, monitoring_port
from mailer.monitoring.pulse import ServiceManager
from mailer.operations.alerts.tasks import TaskMonitor
from mailer.operations.campaigns.approval.approval import approve_campaign
from mailer.operations.campaigns.launching.launch import first_audience_size, launch_campaign
from mailer.operations.figures import figures
from mailer.service.service import Service
from mailer.wiring.app import App
from mailer.wiring.monitored import Monitor, monitored
from mailer.wording import _
from tests.counterparts.builders import ACTOR, a_contact
from tests.counterparts.desk import PORT, Browser, desk_of
from tests.counterparts.scripted_smtp import Rule, ScriptedServer
from tests.counterparts.workspaces import workspace_with_ledger

ROOT = Path(__file__).resolve().parents[2]
CAMPAIGN = "2017-12-09-recherche-associations"
NOW = datetime(2017, 12, 1, 9, tzinfo=UTC)
MAILS = int(os.environ.get("MAILER_LOG_MAILS", "120"))
"""How many mails the log is searched after; 10000 takes minutes."""
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

[unsubscribe]
base_url = "https://presse.institut.example/"
keys = ["env:MAILER_TEST_KEY"]

[dns]
holds_launch = false
"""


@pytest.fixture
def office(tmp_path, monkeypatch):
    """A workspace that sends to a server which refuses some, naming them in its reply."""
    monkeypatch.setenv("MAILER_TEST_KEY", "une-clef-longue-et-secrete-0123456789")
    workspace = workspace_with_ledger(tmp_path / "bureau")
    rules = [
        Rule("RCPT", f"550 5.1.1 <lectrice.{n:05}@redaction.example>: unknown", f"lectrice.{n:05}")
        for n in (3, 7)
    ]
    with ScriptedServer(rules=rules) as server:
        (workspace / "config.toml").write_text(CONFIG.format(port=server.port), "utf-8")
        with App(workspace, clock=SimulatedClock(NOW)) as app:
            yield app, server


def launched(app):
    people = [
        a_contact(
            f"lectrice.{n:05}@redaction.example",
            id=f"c{n}",
            lists=frozenset({"press", "associations"}),
            language="fr",
        )
        for n in range(MAILS)
    ]
    app.ledger.contacts.save(people, actor=ACTOR, at=NOW)
    approve_campaign(CAMPAIGN, actor=ACTOR, drafts=app.drafts)
    draft = app.drafts.draft(CAMPAIGN)
    launch_campaign(
        CAMPAIGN,
        confirm=first_audience_size(draft),
        signatures_required=1,
        actor=ACTOR,
        drafts=app.drafts,
        back_up=False,
    )
    app.clock.wait_until(draft.scheduled[0].due_at + timedelta(minutes=1))
    return people


def forms_of(secret):
    """A text as it may stand in a log: plain, percent-encoded, VERP, base64 at each offset, hex."""
    octets = secret.encode()
    yield secret
    yield quote(secret, safe="")
    yield secret.replace("@", "=")
    yield octets.hex()
    for offset in range(3):
        # What stands before and after changes the letters at both ends.
        encoded = base64.b64encode(b"\0" * offset + octets).decode().rstrip("=")
        yield encoded[(offset + 2) // 3 * 4 : -4]


_GRAM = 12


def shown_in(log, secrets):
    """The secrets that stand in a log in some form; one pass over it, whatever their number."""
    said = f"{log}\n{log.lower()}"
    grams = {said[at : at + _GRAM] for at in range(len(said))}
    return [
        secret
        for secret in secrets
        if any(form[:_GRAM] in grams and form in said for form in forms_of(secret))
    ]


def test_issue_17_the_log_of_a_mailing_names_nobody_and_holds_no_secret(office):
    app, server = office
    people = launched(app)
    log = io.StringIO()
    monitor = Monitor(app, ServiceManager(""), sends=True)
    app.watched = monitor.watch
    failed = BackendMisconfigured(
        Problem(
            Place("relay"),
            _("The relay refuses: {reply}.", reply=f"no {people[0].address}"),
            _("-"),
        )
    )
    desk = Browser(desk_of(app, port=PORT))
    sign_in = "jeton-de-bienvenue-qui-ne-doit-pas-paraitre"

    with json_log(log):
        for _tick in Service(app, beat=monitor.beat).ticks_until_idle():
            pass
        TaskMonitor(lambda: app.ledger, app.clock, lambda _error: None).run(
            Task.SENDING, lambda: (_ for _ in ()).throw(failed)
        )
        desk.get(f"/bienvenue/{sign_in}")
        logging.getLogger("uvicorn.error").error("GET /u/%s by %s", sign_in, people[1].address)

    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    delivered = [line for line in lines if line["event"] == "delivery"]
    assert len(server.taken) == MAILS - 2
    assert len(delivered) == MAILS
    assert all(line["claim"] and line["mailing"] and line["delivery"] for line in delivered)
    assert {"claimed", "delivery", "failure", "request", "library"} <= {e["event"] for e in lines}
    assert next(each for each in lines if each["event"] == "request")["request"]
    links = set(re.findall(rb"presse\.institut\.example/[^\s\"<>=]{12,}", b"".join(t.content for t in server.taken)))  # fmt: skip
    secrets = [*(str(each.address) for each in people), sign_in, "une-clef-longue-et-secrete"]
    secrets += [link.decode().rpartition("/")[2] for link in links]
    assert len(links) >= 1
    assert shown_in(log.getvalue(), secrets) == []
    assert shown_in(log.getvalue() + base64.b64encode(b"x" + secrets[0].encode()).decode(), secrets)


def test_an_error_of_the_database_shows_no_parameter(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'ledger.db'}", patience_s=1)

    with pytest.raises(SQLAlchemyError) as error, database.engine.begin() as connection:
        connection.execute(text("SELECT * FROM nowhere WHERE a = :a"), {"a": "ada@press.example"})

    assert "ada@press.example" not in str(error.value)
    database.close()


def get(port, path):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def families_of(app, *, monitor=None):
    monitor = monitor or Monitor(app, ServiceManager(""), sends=True)
    return {
        each.name: each for each in text_string_to_metric_families(monitor.metrics.page().decode())
    }


def test_issue_17_metrics_tell_what_happened_and_name_nobody(office):
    app, _server = office
    people = launched(app)
    monitor = Monitor(app, ServiceManager(""), sends=True)
    app.watched = monitor.watch

    for _tick in Service(app, beat=monitor.beat).ticks_until_idle():
        pass
    monitor.answered("/campagnes/{slug}", 0.2)

    families = families_of(app, monitor=monitor)
    sent = {s.labels["outcome"]: s.value for s in families["mailer_deliveries"].samples if s.name.endswith("_total")}  # fmt: skip
    assert sent == {"accepted": MAILS - 2, "rejected": 2}
    by_status = {s.labels["status"]: s.value for s in families["mailer_ledger_deliveries"].samples}
    assert by_status["accepted"] == MAILS - 2
    assert families["mailer_due_age_seconds"].samples[0].value == 0
    assert len(families) >= 18
    labels = {
        value
        for family in families.values()
        for sample in family.samples
        for value in sample.labels.values()
    }
    assert not any("@" in each or CAMPAIGN in each for each in labels)
    assert not labels & {str(person.address) for person in people}


def expressions():
    """The expressions of the alert rules and of the dashboard."""
    rules = (ROOT / "docs/monitoring/alerts.yml").read_text("utf-8")
    for found in re.finditer(r"expr: (>-\n((?:          .*\n)+)|.*\n)", rules):
        yield (found[2] or found[1]).replace("\n", " ").strip()
    for panel in json.loads((ROOT / "docs/monitoring/dashboard.json").read_text("utf-8"))["panels"]:
        yield from (target["expr"] for target in panel["targets"])


OPTIONAL = {"mailer_backup_age_seconds", "mailer_clock_offset_seconds"}
"""Told only once there is a backup, or on PostgreSQL."""


def test_issue_17_every_alert_and_panel_asks_for_metrics_and_labels_that_exist(office):
    app, _server = office
    app.ledger.backups.create(at=datetime.now(UTC))
    app.ledger.heartbeat.record(at=datetime.now(UTC))
    monitor = Monitor(app, ServiceManager(""), sends=True)
    monitor.metrics.sent(outcome="accepted", provider="smtp", seconds=0.1)
    monitor.answered("/", 0.1)
    samples = [s for f in families_of(app, monitor=monitor).values() for s in f.samples]
    names = {s.name for s in samples} | set(families_of(app, monitor=monitor)) | OPTIONAL

    asked = list(expressions())
    assert len(asked) >= 30
    for expression in asked:
        used = set(re.findall(r"\bmailer_\w+", expression))
        assert used <= names, expression
        assert used or 'up{job="mailer"}' in expression
        assert expression.count("(") == expression.count(")"), expression
        assert expression.count("{") == expression.count("}"), expression
        for label in re.findall(r"\{(\w+)=", expression):
            assert label == "job" or any(label in s.labels for s in samples), expression


def test_each_alert_has_a_name_of_its_own_a_severity_and_a_remedy():
    rules = (ROOT / "docs/monitoring/alerts.yml").read_text("utf-8").split("- alert: ")[1:]

    assert len({rule.splitlines()[0] for rule in rules}) == len(rules) >= 12
    for rule in rules:
        assert re.search(r"severity: (page|ticket)\}", rule), rule
        assert re.search(r"summary: .+\n +remedy: .+", rule), rule


def test_issue_17_live_and_ready_are_answered_on_a_port_of_their_own(office):
    app, _server = office
    monitor = Monitor(app, ServiceManager(""), sends=True)

    with monitoring_port(
        "127.0.0.1", 0, metrics=monitor.metrics.page, readiness=monitor.readiness
    ) as port:
        live, ready = get(port, "/healthz/live"), get(port, "/healthz/ready")
        metrics, unknown = get(port, "/metrics"), get(port, "/")
        monitor._beat_at_s -= 61
        silent, probed = get(port, "/healthz/ready"), ask_readiness("127.0.0.1", port)

    assert (live, ready[0], metrics[0], unknown[0]) == ((200, "live\n"), 200, 200, 404)
    assert "mailer_info" in metrics[1]
    assert silent[0] == 503
    assert (probed.is_ready, "no tick" in probed.why) == (False, True)
    assert not ask_readiness("127.0.0.1", port).is_ready  # closed


def test_a_client_that_hangs_up_before_its_answer_writes_nothing_into_the_log(capfd):
    def metrics():
        raise ValueError("unforeseen")

    with monitoring_port(
        "127.0.0.1", 0, metrics=metrics, readiness=lambda: Readiness(is_ready=True)
    ) as port:
        for asked in (b"GET", b"x\r\n\r\n", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 50):
            line = socket.create_connection(("127.0.0.1", port))
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            line.sendall(asked)
            line.close()
        with pytest.raises(OSError, match=r"closed|reset"):
            get(port, "/metrics")
        assert get(port, "/healthz/live")[0] == 200

    assert capfd.readouterr().err == ""


def test_a_process_whose_ledger_is_gone_lives_and_is_not_ready(office):
    app, _server = office
    monitor = Monitor(app, ServiceManager(""), sends=True)
    path = app.workspace / "var" / "ledger.db"
    figures(app.ledger, now=NOW)
    path.rename(path.with_suffix(".gone"))
    path.write_bytes(b"")

    with monitoring_port(
        "127.0.0.1", 0, metrics=monitor.metrics.page, readiness=monitor.readiness
    ) as port:
        live, ready, metrics = (
            get(port, p) for p in ("/healthz/live", "/healthz/ready", "/metrics")
        )

    assert (live[0], ready[0]) == (200, 503)
    assert "mailer_ledger_up 0.0" in metrics[1]


def test_the_service_manager_hears_ready_each_beat_and_the_end(office, tmp_path, monkeypatch):
    app, _server = office
    address = str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(address)
        monkeypatch.setenv("NOTIFY_SOCKET", address)

        with monitored(app, role="worker", sends=True) as monitor:
            monitor.beat()
            monitor.beat()  # within the second: said once

        said = [heard.recv(100) for _each in range(3)]

    assert said == [b"READY=1", b"WATCHDOG=1", b"STOPPING=1"]
    assert "NOTIFY_SOCKET" not in os.environ


def test_spans_reach_a_collector_and_name_nobody(office):
    app, _server = office
    received = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self):
            received.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_args):
            pass

    from mailer.monitoring.traces import traces

    with HTTPServer(("127.0.0.1", 0), Collector) as server, ExitStack() as stack:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        stack.callback(thread.join)
        stack.callback(server.shutdown)
        with traces(f"http://127.0.0.1:{server.server_address[1]}", role="desk") as span:
            app.span = span
            Browser(desk_of(app, port=PORT)).get("/entrer?nom=ada@press.example")

    assert [path for path, _body in received] == ["/v1/traces"]
    assert b"/entrer" in received[0][1]
    assert b"mailer-desk" in received[0][1]
    assert b"ada@press" not in received[0][1]


def test_without_a_handler_nothing_is_logged():
    assert not LOGGER.isEnabledFor(logging.INFO)
