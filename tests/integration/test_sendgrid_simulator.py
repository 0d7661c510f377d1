"""The simulator is as strict as the service it plays, and reports as it does."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import urllib.request
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.error import HTTPError

import pytest

from mailer.model.address import Address
from mailer.model.feedback.event import EventKind
from mailer.model.team.secret import Secret
from mailer.providers.sendgrid.events import read_events
from mailer.providers.sendgrid.settings import SendGridSettings
from mailer.providers.sendgrid.signatures import TIMESTAMP_HEADER, SendGridVerifier
from mailer.providers.sendgrid.suppressions import SendGridSuppressions
from tests.counterparts.builders import a_delivery_id
from tests.counterparts.sendgrid_sending import kinds, messages, send
from tests.sendgrid_simulator import Pump, Service, Simulator

ROOT = Path(__file__).resolve().parents[2]
NOW_S = 1_512_388_800.0
PERSON = {"to": [{"email": "ada@press.example"}]}
REQUEST = {
    "personalizations": [PERSON],
    "from": {"email": "press@office.example"},
    "subject": "Invitation",
    "content": [{"type": "text/plain", "value": "Bonjour"}],
}


class Time:
    """A clock that is set by hand."""

    now_s = NOW_S

    def __call__(self):
        return self.now_s


def call(server, method, path, content=None, key="SG.key"):
    request = urllib.request.Request(
        f"{server.url}{path}",
        None if content is None else json.dumps(content).encode(),
        {"Authorization": f"Bearer {key}", "Connection": "close"},
        method=method,
    )
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            body = answer.read()
            return answer.status, json.loads(body) if body else None
    except HTTPError as refused:
        with refused:
            return refused.code, json.loads(refused.read())


@pytest.fixture
def server():
    with Simulator(Service(clock=Time(), key="SG.key")) as running:
        yield running


def refusal(server, **changes):
    status, answer = call(server, "POST", "/v3/mail/send", REQUEST | changes)
    assert status == 400, answer
    return {error["field"] for error in answer["errors"]}


# Requests


def test_a_request_without_fault_is_queued_under_a_name(server):
    assert call(server, "POST", "/v3/mail/send", REQUEST) == (202, None)
    assert server.service.received == {"ada@press.example": 1}


def people(count):
    return [{"to": [{"email": f"r{number}@press.example"}]} for number in range(count)]


def test_a_thousand_people_are_taken_and_one_more_is_not(server):
    assert call(server, "POST", "/v3/mail/send", REQUEST | {"personalizations": people(1000)}) == (
        202,
        None,
    )
    assert refusal(server, personalizations=people(1001)) == {"personalizations"}


def person(**fields):
    return {"personalizations": [PERSON | fields]}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"personalizations": []}, "personalizations"),
        ({"personalizations": [PERSON, PERSON]}, "personalizations.1"),
        ({"from": {"email": "nobody"}}, "from.email"),
        ({"subject": ""}, "subject"),
        ({"content": []}, "content"),
        ({"content": [{"type": "text/html", "value": ""}]}, "content.0"),
        ({"send_at": NOW_S}, "send_at"),
        ({"send_at": int(NOW_S) + 72 * 3600 + 1}, "send_at"),
        ({"tracking_settings": {"open_tracking": {"enable": "no"}}}, "tracking_settings.open_tracking"),
        ({"attachments": [{"content": "*", "filename": "a"}]}, "attachments.0.content"),
        ({"categories": ["a", "a"]}, "categories"),
        ({"categories": [str(number) for number in range(11)]}, "categories"),
        ({"categories": ["x" * 256]}, "categories"),
        ({"to": []}, "to"),
        (person(to=[{"email": "two words@x.example"}]), "personalizations.0.to.0.email"),
        (person(to=[{"email": "a@x.example", "name": "Doe, J"}]), "personalizations.0.to.0.name"),
        (person(substitutions={"-a-": 3}), "personalizations.0.substitutions"),
        (person(substitutions={"-a-": "x" * 10_000}), "personalizations.0.substitutions"),
        (person(custom_args={"a": "x" * 10_000}), "personalizations.0.custom_args"),
        (person(headers={"Subject": "no"}), "personalizations.0.headers.Subject"),
    ],
)  # fmt: skip
def test_what_the_documentation_forbids_is_refused_with_its_field(server, changes, field):
    assert refusal(server, **changes) == {field}
    assert server.service.received == {}


def test_the_sandbox_checks_and_takes_nothing(server):
    sandbox = {"mail_settings": {"sandbox_mode": {"enable": True}}}

    assert call(server, "POST", "/v3/mail/send", REQUEST | sandbox)[0] == 200
    assert refusal(server, subject="", **sandbox) == {"subject"}
    assert server.service.received == {}


@pytest.mark.parametrize("key", ["", "None", "SG.other"])
def test_nobody_is_served_without_the_key(server, key):
    assert call(server, "POST", "/v3/mail/send", REQUEST, key=key)[0] == 401


# Lists


def test_lists_are_read_in_pages_and_entries_are_lifted(server):
    for number in range(5):
        server.service.suppress("bounces", f"r{number}@press.example", reason="550")
        server.service.clock.now_s += 1

    path = "/v3/suppression/bounces"
    _, first = call(server, "GET", f"{path}?limit=2")
    _, rest = call(server, "GET", f"{path}?limit=500&offset=2")
    assert [entry["email"][:2] for entry in first + rest] == ["r4", "r3", "r2", "r1", "r0"]
    _, window = call(server, "GET", f"{path}?start_time={int(NOW_S) + 1}&end_time={int(NOW_S) + 2}")
    assert [entry["email"][:2] for entry in window] == ["r2", "r1"]

    assert call(server, "DELETE", f"{path}/r4@press.example")[0] == 204
    assert call(server, "DELETE", path, {"emails": ["r3@press.example"]})[0] == 204
    assert len(call(server, "GET", path)[1]) == 3
    assert call(server, "DELETE", path, {"delete_all": True})[0] == 204
    assert call(server, "GET", path) == (200, [])
    assert call(server, "GET", "/v3/suppression/nothing")[0] == 404


def test_whoever_is_on_a_list_is_dropped_and_not_written_to(server):
    server.service.suppress("unsubscribes", "Ada@press.example")
    call(server, "POST", "/v3/mail/send", REQUEST)

    (fate,) = server.service.reports
    assert (fate.event["event"], fate.event["reason"]) == ("dropped", "Unsubscribed Address")


def test_the_programs_own_reader_of_lists_gets_along_with_it(server):
    for name in ("bounces", "spam_reports", "unsubscribes"):
        server.service.suppress(name, "ada@press.example", reason="550")
    lists = SendGridSuppressions(SendGridSettings(Secret("SG.key"), base_url=server.url))

    assert [str(entry.address) for entry in lists.listed()] == ["ada@press.example"] * 3
    assert lists.remove(Address("ada", "press.example")) == 3
    assert list(lists.listed()) == []


# Events


class Receiver(HTTPServer):
    """Checks each post as the program does; answers 500 the first `refusing` times."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Hook)
        self.events, self.posts, self.refusing, self.keys = [], 0, 0, ()
        self.thread = threading.Thread(target=self.serve_forever, args=(0.02,))

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.thread.join()
        self.server_close()


class Hook(BaseHTTPRequestHandler):
    def do_POST(self):
        server = self.server
        body = self.rfile.read(int(self.headers["Content-Length"]))
        server.posts += 1
        now = datetime.fromtimestamp(int(self.headers[TIMESTAMP_HEADER]), UTC)
        refused = server.verifier.refusal(body, headers=self.headers, now=now)
        assert refused is None
        status = 204 if server.posts > server.refusing else 500
        if status == 204:
            server.events += json.loads(body)
        self.send_response(status)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def pumped():
    """A service that has taken mail for seven fates, its pump, and a receiver."""
    service = Service(clock=Time())
    request = REQUEST | {
        "personalizations": [
            {
                "to": [{"email": f"{word}@press.example"}],
                "custom_args": {"mailer_delivery": a_delivery_id(word)},
            }
            for word in ("ada", "unknown", "full", "late", "spam", "stop", "slow")
        ]
    }
    assert service.send(json.dumps(request).encode())[0] == 202
    with Receiver() as receiver:
        url = f"http://127.0.0.1:{receiver.server_port}/events"
        pump = Pump(service, url, random.Random(1))
        receiver.verifier = SendGridVerifier([pump.public_key])
        yield service, pump, receiver


def read(receiver):
    body = json.dumps(receiver.events).encode()
    return read_events(body, received_at=datetime.now(UTC))


def test_every_fate_is_reported_signed_and_understood(pumped):
    service, pump, receiver = pumped
    for _ in range(3):
        service.clock.now_s += 1800
        pump.turn()

    events = read(receiver)
    by_word = {
        word: {event.kind for event in events if event.delivery_id == a_delivery_id(word)}
        for word in ("ada", "unknown", "full", "spam", "stop", "slow")
    }
    assert by_word == {
        "ada": {EventKind.ACCEPTED, EventKind.DELIVERED},
        "unknown": {EventKind.ACCEPTED, EventKind.BOUNCED},
        "full": {EventKind.ACCEPTED, EventKind.BOUNCED},
        "spam": {EventKind.ACCEPTED, EventKind.DELIVERED, EventKind.COMPLAINED},
        "stop": {EventKind.ACCEPTED, EventKind.DELIVERED, EventKind.OPTED_OUT},
        "slow": {EventKind.ACCEPTED, EventKind.DEFERRED, EventKind.DELIVERED},
    }
    assert {name: len(entries) for name, entries in service.lists.items() if entries} == {
        "bounces": 2, "blocks": 1, "spam_reports": 1, "unsubscribes": 1,
    }  # fmt: skip


def test_events_come_in_no_order(pumped):
    service, pump, receiver = pumped
    service.clock.now_s += 600
    pump.turn()

    happened = [told["timestamp"] for told in receiver.events]
    assert happened != sorted(happened)
    assert len(read(receiver)) == len(happened)


def test_a_bounce_that_comes_back_late_carries_no_id(pumped):
    service, pump, receiver = pumped
    pump.turn()
    service.clock.now_s += 3600
    pump.turn()

    (late,) = [event for event in read(receiver) if event.delivery_id is None]
    assert str(late.address) == "late@press.example"
    assert late.kind is EventKind.BOUNCED


def test_doubles_have_new_ids_and_the_key_of_the_fact(pumped):
    service, pump, receiver = pumped
    pump.doubles = 1.0
    service.clock.now_s += 10
    pump.turn()

    ids = [told["sg_event_id"] for told in receiver.events]
    keys = [event.key for event in read(receiver)]
    assert len(set(ids)) == len(ids) == 2 * len(set(keys))


def test_what_is_not_taken_is_sent_again_and_given_up_after_a_day(pumped):
    service, pump, receiver = pumped
    receiver.refusing = 2
    service.clock.now_s += 10
    assert (pump.turn(), pump.turn()) == (0, 0)
    assert receiver.posts == 1, "not before its time"

    service.clock.now_s += 30
    assert pump.turn() == 0
    service.clock.now_s += 60
    assert pump.turn() == len(receiver.events) > 0
    assert pump.waiting == 0

    receiver.refusing = 10**6
    service.clock.now_s += 3600
    pump.turn()
    waiting = pump.waiting
    for _ in range(20):
        service.clock.now_s += 7200
        pump.turn()
    assert waiting > 0
    assert (pump.waiting, pump.given_up) == (0, waiting)


def test_events_leave_this_machine_never():
    with pytest.raises(ValueError, match="this machine"):
        Pump(Service(clock=Time()), "http://hook.example/", random.Random())


def test_it_shows_whom_it_would_write_to_until_it_is_stopped():
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.sendgrid_simulator", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    with process:
        said = process.stdout.readline() + process.stdout.readline()
        url = re.search(r"http://127\.0\.0\.1:\d+", said)[0]
        outcomes, _ = send(url, messages(2), connect_timeout_s=60, answer_timeout_s=60)
        shown = process.stdout.readline() + process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate()

    assert kinds(outcomes) == ["Accepted", "Accepted"]
    assert "reader0@press.example" in shown
    assert (process.returncode, complaints) == (0, "")
