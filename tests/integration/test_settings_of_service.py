"""Each setting of the service changes how it works, what it keeps, or where it is watched."""

import json
import socket
from contextlib import ExitStack, nullcontext, redirect_stderr, suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO
from threading import Thread

import pytest

from mailer.errors import MailerError
from mailer.log_context import LOGGER
from mailer.model.address import Address
from mailer.model.feedback.event import EventKind, Match
from mailer.model.feedback.inbox import MAILBOX
from mailer.model.feedback.reply import ReplySort
from mailer.model.mailings.mailing import AudienceRule
from mailer.model.team.actor import PROGRAM
from mailer.operations.dumps import DUMP
from mailer.press_room.application import PressRoomApp
from mailer.press_room.live import LivePressRoom
from mailer.press_room.serving import serve
from mailer.render.fingerprint import content_hash
from mailer.service.daily_backup import dump_database
from mailer.service.rounds import intervals_of
from mailer.service.service import Service
from mailer.wiring.monitored import monitored
from tests.counterparts.builders import (
    ACTOR,
    COMPILED,
    FRENCH,
    NOON,
    a_mailing,
    after,
    an_event,
    started,
    statuses,
)
from tests.counterparts.desk import Browser
from tests.counterparts.tried_settings import Workplace, trials_of, with_an_empty_ledger
from tests.counterparts.webhook import free_port

PORT = free_port()
CONFIG = f"""\
[office]
name = "Institut"

[transport]
backend = "file"

[ledger]
dumps_at = 02:30:00

[press_room]
port = {free_port()}

[monitoring]
port = {PORT}
"""
THIS_MORNING = after(hours=-4)
SIGNED = replace(COMPILED, content_hash=content_hash(COMPILED))
SENDING = {"role": "worker", "sends": True}
DATABASE = '"postgresql://presse@127.0.0.1:9/mailer"'


def delivered(at):
    """What has left of a mailing, and how long that took by a clock that jumps where one waits."""
    with with_an_empty_ledger(at) as app:
        mailing, _ = started(app.ledger, count=4, variants={FRENCH: SIGNED})
        Service(app).deliver_chunks()
        return app.clock.now(), statuses(app.ledger, mailing)


def delivered_beside_another(at):
    """What leaves while another host has a connection open."""
    with with_an_empty_ledger(at) as app:
        first, _ = started(app.ledger, count=1, variants={FRENCH: SIGNED})
        second, _ = started(app.ledger, count=1, step="reminder", variants={FRENCH: SIGNED})
        app.ledger.sending.claim(worker="elsewhere", now=NOON)
        Service(app).deliver_chunks()
        return statuses(app.ledger, first), statuses(app.ledger, second)


def asked_for_work(at):
    """How many workers look for work."""
    asked = []
    with at.opened() as app:
        app.engine.drain(lambda: bool(asked.append(1)))
    return len(asked)


def shared(at):
    """Whether hosts ring for each other, and over which address."""
    with at.having("ledger.url", DATABASE).opened() as app:
        return app.bell is not None and app.bell._address


def rung(at):
    return shared(at.having("engine.kind", '"procrastinate"'))


def kept(at):
    """The files of a workspace that was opened once."""
    with with_an_empty_ledger(at) as app:
        app.open_ledger()
        return sorted(each.name for each in at.folder.rglob("*.db"))


def rounds(at):
    """What the service does beside the sending."""
    with at.having("ledger.url", DATABASE).opened() as app:
        return sorted(intervals_of(app.settings))


def dumped(at):
    """What comes at noon of the dump of a database that nobody reaches, after one in the morning."""
    at = at.having("ledger.dumps", '"copies"').having("ledger.url", DATABASE)
    with with_an_empty_ledger(at, is_apart=True) as app:
        app.ledger.journal.add(at=THIS_MORNING, actor=PROGRAM, action=DUMP, subject="ledger")
        try:
            dump_database(app, stopping=lambda: False)
        except MailerError:
            return "tried"
        return "not due"


def in_the_press_room(at):
    with with_an_empty_ledger(at) as app:
        return Browser(PressRoomApp(LivePressRoom(app))).get("/").body


class _SeenError(Exception):
    """The press room was seen, and is to end."""


def press_room_served(at):
    """Where the press room is while it is served."""
    seen = []

    def look(line):
        seen.append(str(line))
        raise _SeenError

    with with_an_empty_ledger(at) as app, suppress(_SeenError):
        serve(app, nullcontext(), print_line=look)
    return seen


def watched(at):
    """What a process that is watched writes, and where it answers."""
    log = StringIO()
    with with_an_empty_ledger(at) as app, redirect_stderr(log), monitored(app, **SENDING):
        LOGGER.info("tick")
        reached = [is_reached(host, PORT) for host in ("127.0.0.1", "::1")]
    return [json.loads(each)["event"] for each in log.getvalue().splitlines()], reached


def is_reached(host, port):
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as line:
        return line.connect_ex((host, port)) == 0


class Collected(BaseHTTPRequestHandler):
    """Takes what a collector is sent."""

    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        self.server.paths.append(self.path)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *said):
        """Say nothing."""


def traced(at):
    """What a collector gets of a span."""
    collector = HTTPServer(("127.0.0.1", 0), Collected)
    collector.paths = []
    thread = Thread(target=collector.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    if "traces_to" in at.config:
        at = at.having("monitoring.traces_to", f'"http://127.0.0.1:{collector.server_port}"')
    try:
        with with_an_empty_ledger(at) as app, monitored(app, **SENDING), ExitStack() as stack:
            stack.enter_context(app.span("tick"))
        return collector.paths
    finally:
        collector.shutdown()
        thread.join()
        collector.server_close()


def told(at):
    """What the team is told of a reply that nobody has treated for a day."""
    with with_an_empty_ledger(at) as app:
        reply = an_event(
            EventKind.REPLIED,
            key=f"{MAILBOX}:a",
            source=MAILBOX,
            address=Address.parse("ada@press.example"),
            reason=ReplySort.REQUEST.value,
            match=Match.ADDRESS,
            raw=b"a",
        )
        app.ledger.events.store([reply], at=NOON)
        assert app.ledger.events.close(reply, at=NOON)
        return alerts_at(app, after(hours=26))


def told_of_a_reminder(at):
    """What the team is told of a reminder that is due 30 hours after the invitation, whose answers nobody has read."""
    rule = AudienceRule(to=("press",), unless=("accredited",))
    due_at = after(hours=30)
    mailing = a_mailing("reminder", rule=rule, due_at=due_at, expires_at=after(days=9))
    with with_an_empty_ledger(at) as app:
        started(app.ledger, count=1, variants={FRENCH: SIGNED})
        Service(app).deliver_chunks()
        app.ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)
        return alerts_at(app, due_at)


def alerts_at(app, instant):
    app.clock.wait_until(instant)
    alerts = []
    Service(app).notify_team(alerts.append)
    return [each.key for each in alerts]


TRIED = {
    "pace.per_minute": ("1", delivered),
    "pace.per_hour": ("1", delivered),
    "pace.per_domain_per_minute": ("1", delivered),
    "pace.connections": ("1", delivered_beside_another),
    "engine.kind": ('"procrastinate"', shared),
    "engine.workers": ("2", asked_for_work),
    "answers.fresh_hours": ("48", told_of_a_reminder),
    "answers.reply_hours": ("48", told),
    "ledger.url": ('"var/autre.db"', kept),
    "ledger.direct_url": ('"postgresql://presse@127.0.0.1:10/mailer"', rung),
    "ledger.dumps": ('"copies"', rounds),
    "ledger.dumps_at": ("11:30:00", dumped),
    "press_room.title": ('"Le labo à la presse"', in_the_press_room),
    "press_room.host": ('"::1"', press_room_served),
    "press_room.port": (str(free_port()), press_room_served),
    "press_room.folder": ('"public"', rounds),
    "monitoring.host": ('"::1"', watched),
    "monitoring.port": (str(free_port()), watched),
    "monitoring.log": ('"json"', watched),
    "monitoring.traces_to": ('"http://127.0.0.1:4318"', traced),
}
"""By key: another value, and what shows it."""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    return Workplace(tmp_path_factory.mktemp("service"), CONFIG)


as_written, test_another_value_is_seen, test_the_same_values_show_the_same = trials_of(TRIED)
