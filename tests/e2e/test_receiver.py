"""The receiver as a process: forged posts, floods, kills, and the unsubscribe page."""

import json
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from mailer.clock import WallClock
from mailer.ledger import open_ledger
from mailer.model.feedback.event import EventKind
from mailer.model.mailings.message import proof_id
from mailer.model.team.secret import Secret
from mailer.operations.alerts.watch import alerts
from mailer.operations.feedback.collect import read_webhook_posts
from mailer.operations.feedback.record import process_stored_events
from mailer.providers.registry import post_readers
from mailer.receiver.serving import receiving
from mailer.signed_links.unsubscribe import UnsubscribeTokens
from mailer.wiring.app import App
from tests.counterparts.builders import ACTOR, NOON, started, statuses
from tests.counterparts.settable_clocks import SettableClocks
from tests.counterparts.waiting import wait_for_port, wait_until
from tests.counterparts.webhook import (
    an_event_of,
    body_of,
    free_port,
    post,
    public_text,
    receiver,
    signed,
)
from tests.endurance.clock import COMPILER, MISSING, MachineClock

OURS, EMPTY = "k" * 40, {}


class Bench:
    """A workspace with both ports configured, and its ledger."""

    def __init__(self, folder):
        self.folder = folder
        self.hook, self.page = free_port(), free_port()
        (folder / "var").mkdir()
        key = folder / "var" / "unsubscribe.key"
        key.write_text(OURS)
        key.chmod(0o600)
        (folder / "config.toml").write_text(
            f'[office]\nname = "Institut <b>&"\n'
            f'[unsubscribe]\nbase_url = "https://stop.institut.example/u"\n'
            f'keys = ["file:var/unsubscribe.key"]\nport = {self.page}\n'
            f'[feedback.webhook]\nkeys = ["{public_text()}"]\nport = {self.hook}\nqueue = 50\n'
        )
        self.ledger = open_ledger(f"sqlite:///{folder / 'var' / 'ledger.db'}")
        self.mailing, (self.delivery,) = started(self.ledger, count=1)
        self.token = UnsubscribeTokens([Secret(OURS)]).sign(self.delivery.id)

    def digest(self):
        """What the service does with what was stored."""
        read_webhook_posts(post_readers(), ledger=self.ledger, now=NOON)
        list(process_stored_events(ledger=self.ledger, now=NOON))


@pytest.fixture
def bench(tmp_path):
    bench = Bench(tmp_path)
    yield bench
    bench.ledger.close()


@pytest.fixture
def running(bench):
    with receiver(bench.folder, bench.hook, bench.page):
        yield bench


def signed_at(bench, instant):
    """The status of a post that was signed at this instant."""
    body = body_of(an_event_of(bench.delivery.id))
    return post(bench.hook, body, signed(body, at=instant.timestamp()))[0]


def test_while_nobody_has_confirmed_the_clock_a_post_of_either_hour_is_taken_once(bench):
    clocks = SettableClocks()
    service = WallClock(clocks)
    service.check(bench.ledger.trusted_time.observe)
    with (
        App(bench.folder, clock=WallClock(clocks)) as app,
        receiving(app, print_line=print) as opened,
        ThreadPoolExecutor(1) as serving,
        ExitStack() as at_the_end,
    ):
        at_the_end.callback(opened.stop)
        serving.submit(opened.serve, shutdown_s=1)
        wait_for_port(bench.hook, None)
        right_at = clocks.wall_at
        assert signed_at(bench, right_at + timedelta(hours=2)) == 403

        clocks.is_set(hours=2)
        service.check(bench.ledger.trusted_time.observe)
        assert signed_at(bench, right_at) == 204
        assert signed_at(bench, clocks.wall_at) == 204
        assert signed_at(bench, right_at + timedelta(hours=1)) == 204  # as late as it may be
        assert signed_at(bench, clocks.wall_at + timedelta(minutes=6)) == 403
        assert signed_at(bench, right_at - timedelta(hours=26)) == 403

        bench.ledger.trusted_time.confirm(actor=ACTOR, at=clocks.wall_at)
        service.check(bench.ledger.trusted_time.observe)
        clocks.passes(seconds=2)
        assert signed_at(bench, clocks.wall_at) == 204

    bench.digest()
    assert len(list(bench.ledger.events.all())) == 1


# The clock of a real process is set by a small C library, which is compiled here: a machine without
# a compiler has no other means to set it.
@pytest.mark.skipif(COMPILER is None, reason=MISSING)
@pytest.mark.parametrize("hours", [2, 400 * 24])
def test_a_receiver_whose_machine_was_set_forward_takes_what_is_signed_at_the_true_hour(
    hours, bench, tmp_path_factory, monkeypatch
):
    clock = MachineClock(tmp_path_factory.mktemp("clock"))
    for name, value in clock.environment.items():
        monkeypatch.setenv(name, value)
    with receiver(bench.folder, bench.hook):
        assert signed_at(bench, clock.now()) == 204
        right_at = clock.now()

        clock.is_set(hours * 3600)

        assert signed_at(bench, right_at) == 204
        assert signed_at(bench, clock.now()) == 204
        assert signed_at(bench, clock.now() + timedelta(minutes=10)) == 403
        assert signed_at(bench, right_at - timedelta(hours=26)) == 403
    clock.close()


def test_a_signed_post_is_stored_as_it_came_and_then_becomes_facts(running):
    body = body_of(an_event_of(running.delivery.id))

    status, _text, _headers = post(running.hook, body)

    assert status == 204
    assert [each.body for each in running.ledger.inbox.posts()] == [body]
    running.digest()
    assert running.ledger.inbox.posts() == []
    assert statuses(running.ledger, running.mailing) == ["delivered"]


def test_what_is_forged_altered_or_stale_is_refused_and_leaves_nothing(running):
    body = body_of(an_event_of(running.delivery.id))
    stranger = ec.generate_private_key(ec.SECP256R1())
    right = signed(body)
    without = {name: value for name, value in right.items() if "Signature" not in name}

    refused = [
        post(running.hook, body, signed(body, key=stranger))[0],
        post(running.hook, body + b" ", right)[0],
        post(running.hook, body[:-5], right)[0],
        post(running.hook, body, without)[0],
        post(running.hook, body, right | {"X-Twilio-Email-Event-Webhook-Signature": "AAAA"})[0],
        post(running.hook, body, signed(body, at=time.time() - 26 * 3600))[0],
        post(running.hook, body, signed(body, at=time.time() + 3600))[0],
    ]

    assert refused == [403] * 7
    assert running.ledger.inbox.posts() == []


def test_only_the_one_route_of_each_port_is_there(running):
    body = body_of(an_event_of(running.delivery.id))

    assert post(running.hook, body, path="/")[0] == 404
    assert post(running.hook, body, path=f"/u/{running.token}")[0] == 404
    assert post(running.hook, b"", EMPTY, method="GET")[0] == 405
    assert post(running.page, body, path="/sendgrid")[0] == 400


def test_what_is_too_large_compressed_or_cut_off_is_refused(running):
    large = b"[" + b" " * 2_000_001 + b"]"
    small = body_of(an_event_of(running.delivery.id))

    assert post(running.hook, large)[0] == 413
    assert post(running.hook, small, signed(small) | {"Content-Encoding": "gzip"})[0] == 415
    with socket.create_connection(("127.0.0.1", running.hook)) as line:
        line.sendall(b"POST /sendgrid HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n[{")
    assert post(running.hook, small)[0] == 204
    assert len(running.ledger.inbox.posts()) == 1


def test_a_post_of_five_thousand_events_replayed_under_new_ids_counts_once(running):
    _mailing, deliveries = started(running.ledger, count=5000, step="large")
    events = [an_event_of(each.id, sg_event_id=f"a{n}") for n, each in enumerate(deliveries)]
    again = [event | {"sg_event_id": f"b{n}"} for n, event in enumerate(events)]

    assert post(running.hook, body_of(*events))[0] == 204
    assert post(running.hook, body_of(*again))[0] == 204
    running.digest()

    stored = list(running.ledger.events.all())
    assert len(stored) == 5000
    assert {event.kind for event in stored} == {EventKind.DELIVERED}


def test_a_post_with_one_event_too_many_is_parked_for_a_person(running):
    body = body_of(*[{"event": "delivered"}] * 5001)
    assert post(running.hook, body)[0] == 204

    running.digest()

    (parked,) = running.ledger.inbox.dead_letters()
    assert running.ledger.inbox.dead_letter_bytes(parked.key) == body
    assert running.ledger.inbox.posts() == []


def test_a_flood_is_answered_or_put_off_and_what_was_answered_is_there(running):
    bodies = [body_of(an_event_of(running.delivery.id, attempt=str(n))) for n in range(300)]

    with ThreadPoolExecutor(40) as pool:
        answers = list(pool.map(lambda body: post(running.hook, body)[0], bodies))

    assert set(answers) <= {204, 503}
    assert answers.count(204) == len(running.ledger.inbox.posts(limit=1000))
    assert answers.count(204) >= 100


def test_killed_in_the_middle_of_a_flood_nothing_that_was_answered_is_lost(bench):
    answered, stop = [], threading.Event()

    def pump(start):
        number = start
        while not stop.is_set():
            body = body_of(an_event_of(bench.delivery.id, attempt=str(number)))
            try:
                if post(bench.hook, body)[0] == 204:
                    answered.append(body)
            except OSError:
                pass
            number += 10

    with ThreadPoolExecutor(10) as pool:
        for start in range(10):
            pool.submit(pump, start)
        try:
            for _ in range(3):
                with receiver(bench.folder, bench.hook) as process:
                    goal = len(answered) + random.randint(5, 60)
                    wait_until(lambda: len(answered) >= goal, process=process)  # noqa: B023 - called at once
                    process.send_signal(signal.SIGKILL)
                    process.wait()
        finally:
            stop.set()

    stored = {each.body for each in bench.ledger.inbox.posts(limit=100_000)}
    assert answered
    assert set(answered) <= stored


def test_at_its_end_it_says_once_how_many_it_has_refused(bench):
    command = [
        sys.executable,
        "-m",
        "mailer",
        "--lang",
        "en",
        "--workspace",
        str(bench.folder),
        "receive",
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    wait_for_port(bench.hook, process)
    for _again in range(3):
        assert post(bench.hook, b"[]", EMPTY)[0] == 403
    assert post(bench.hook, b"[]", {"Content-Encoding": "gzip"})[0] == 415

    process.send_signal(signal.SIGTERM)
    told, _none = process.communicate()

    assert process.returncode == 0, told
    assert re.findall(rb"Refused with \d+: \d+", told) == [
        b"Refused with 403: 3",
        b"Refused with 415: 1",
    ]


def test_without_a_key_or_a_page_nothing_listens(tmp_path):
    from tests.e2e.commands import mailer

    (tmp_path / "campaigns").mkdir()
    refused = mailer("receive", workspace=tmp_path, expect=78)

    assert "feedback.webhook" in refused.stderr


# The unsubscribe page

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
ONE_CLICK = b"List-Unsubscribe=One-Click"


def ask(bench, token, *, language="fr"):
    headers = {"Accept-Language": language}
    return post(bench.page, b"", headers, path=f"/u/{token}", method="GET")


def act(bench, token, body=ONE_CLICK, headers=FORM):
    return post(bench.page, body, headers, path=f"/u/{token}")


def opt_outs(bench):
    return [(bar.reason.value, bar.scope) for bar in bench.ledger.suppressions.all()]


def test_looking_at_the_page_changes_nothing_whoever_looks(running):
    for _ in range(3):
        status, page, headers = ask(running, running.token)

    assert status == 200
    assert opt_outs(running) == []
    assert 'name="scope" value="list"' in page
    assert 'name="scope" value="everything"' in page
    assert "Institut &lt;b&gt;&amp;" in page
    assert "set-cookie" not in {name.lower() for name in headers}
    assert headers["cache-control"] == "no-store"
    assert "<script" not in page


def test_the_page_speaks_the_reader_s_language(running):
    assert '<html lang="en"' in ask(running, running.token, language="en-GB,fr;q=0.5")[1]
    assert '<html lang="fr"' in ask(running, running.token, language="fr-FR,en;q=0.5")[1]
    assert '<html lang="fr"' in ask(running, running.token, language="")[1]


def test_a_mail_program_s_one_click_ends_the_list_at_once(running):
    assert act(running, running.token)[0] == 200

    assert opt_outs(running) == [("opt-out", "press")]


def test_one_click_as_multipart_counts_too(running):
    body = (
        b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\n'
        b"One-Click\r\n--x--\r\n"
    )

    assert act(running, running.token, body, {"Content-Type": "multipart/form-data; boundary=x"})

    assert opt_outs(running) == [("opt-out", "press")]


def test_everything_is_everything(running):
    assert act(running, running.token, b"scope=everything")[0] == 200

    assert opt_outs(running) == [("opt-out", "")]


@pytest.mark.parametrize("more", ["/", ".", ")", ">", "%3E", "&gt;", "/?x=1", "%E2%80%A6"])
def test_a_link_with_something_behind_it_still_unsubscribes(running, more):
    assert ask(running, running.token + more)[0] == 200

    status, page, _ = act(running, running.token + more)

    assert status == 200
    assert "Votre demande est enregistrée" in page
    assert opt_outs(running) == [("opt-out", "press")]


@pytest.mark.parametrize("spelling", ["cut", "upper", "invented", "none"])
def test_a_page_never_says_done_for_a_link_that_names_nobody(running, spelling):
    token = running.token
    link = {"cut": token[:-5], "upper": token.upper(), "invented": "x" * 70, "none": ""}[spelling]

    for status, page, _headers in (ask(running, link), act(running, link)):
        assert status == 404
        assert "Votre demande est enregistrée" not in page
        assert "n’est pas complet" in page
        assert 'href="mailto:press@mailer.invalid' in page
    assert opt_outs(running) == []


def test_a_link_with_a_removed_key_is_told_to_the_administrator(running):
    removed = UnsubscribeTokens([Secret("r" * 40)]).sign(running.delivery.id)

    status, page, _headers = act(running, removed)
    act(running, removed)

    (alert,) = [each for each in _alerts(running) if "unsubscribe" in str(each.what)]
    assert status == 404
    assert "n’est pas complet" in page
    assert "1 person could not unsubscribe" in str(alert.what)
    assert running.delivery.id in str(alert.remedy)


def test_a_delivery_that_the_ledger_does_not_know_is_not_said_to_be_recorded(running):
    unknown = UnsubscribeTokens([Secret(OURS)]).sign("a" * 26)

    status, page, _headers = act(running, unknown)

    assert status == 404
    assert "Votre demande est enregistrée" not in page
    assert any("could not unsubscribe" in str(each.what) for each in _alerts(running))


def test_the_link_of_a_test_says_so_and_nobody_is_told(running):
    of_a_test = UnsubscribeTokens([Secret(OURS)]).sign(proof_id("a" * 26))

    status, page, _headers = act(running, of_a_test)

    assert status == 200
    assert "Ce lien est celui d’un essai" in page
    assert not any("could not unsubscribe" in str(each.what) for each in _alerts(running))


def _alerts(bench):
    return list(alerts(bench.ledger, now=datetime.now(UTC)))


def test_a_post_that_asks_nothing_and_one_without_end_do_nothing(running):
    assert act(running, running.token, b"hello")[0] == 400
    assert act(running, running.token, b"scope=list&" + b"x" * 5000)[0] == 413

    assert opt_outs(running) == []


def test_pressing_twice_is_one_wish(running):
    act(running, running.token, b"scope=list")
    act(running, running.token, b"scope=list")

    assert len(list(running.ledger.events.all())) == 1
    assert re.fullmatch(r"[a-z2-7]{26}", running.delivery.id)
    assert json.dumps(opt_outs(running)) == '[["opt-out", "press"]]'


def test_the_service_reads_what_the_receiver_stored_and_ends_when_asked(bench):
    bench.ledger.inbox.keep_posts(
        [body_of(an_event_of(bench.delivery.id))], provider="sendgrid", at=NOON
    )
    command = [sys.executable, "-m", "mailer", "--workspace", str(bench.folder), "run"]
    service = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    wait_until(lambda: not bench.ledger.inbox.posts(), process=service)
    wait_until(lambda: not bench.ledger.events.unprocessed(), process=service)

    service.send_signal(signal.SIGTERM)
    told, _none = service.communicate()

    assert service.returncode == 0, told
    assert b"Traceback" not in told
    assert [event.kind for event in bench.ledger.events.all()] == [EventKind.DELIVERED]
    assert bench.ledger.inbox.posts() == []
