"""The receiver beside a restore, under a replaced ledger, and with clients that hold its port."""

import shutil
import socket
from contextlib import ExitStack, closing
from http.client import HTTPConnection

import pytest

from mailer.ledger import open_ledger
from tests.counterparts.builders import NOON
from tests.counterparts.webhook import an_event_of, body_of, post, receiver, signed
from tests.e2e.commands import mailer
from tests.e2e.test_receiver import Bench, act, opt_outs

HALF_A_POST = b"POST /sendgrid HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n[{"
HALF_A_HEADER = b"POST /sendgrid HTTP/1.1\r\nHost: x\r\nX-"


@pytest.fixture
def bench(tmp_path):
    bench = Bench(tmp_path)
    yield bench
    bench.ledger.close()


def test_a_restore_beside_the_receiver_is_refused_and_no_opt_out_is_lost(bench):
    bench.ledger.backups.create(at=NOON)
    bench.ledger.close()
    by = ("restore", "--by", "amina benali")

    with receiver(bench.folder, bench.hook, bench.page) as running:
        refused = mailer(*by, workspace=bench.folder, lang="en", expect=74)
        assert act(bench, bench.token)[0] == 200

    assert f"process numbers {running.pid}" in refused.stderr
    bench.ledger = open_ledger(f"sqlite:///{bench.folder / 'var' / 'ledger.db'}")
    assert opt_outs(bench) == [("opt-out", "press")]
    bench.ledger.close()
    assert "is again what it was" in mailer(*by, workspace=bench.folder, lang="en").stdout


def test_a_receiver_under_which_the_ledger_was_replaced_confirms_nothing_and_ends(bench, tmp_path):
    ledger = bench.folder / "var" / "ledger.db"
    bench.ledger.close()
    log = tmp_path / "log"
    with (
        log.open("wb") as output,
        receiver(bench.folder, bench.hook, bench.page, output=output) as running,
    ):
        shutil.copy(ledger, ledger.with_name("other.db"))
        ledger.with_name("other.db").replace(ledger)

        status, _text, _headers = act(bench, bench.token)
        ended = running.wait()

    assert status == 503
    assert ended == 74
    assert b"Another file was put in the ledger" in log.read_bytes()


@pytest.mark.parametrize("half", [HALF_A_POST, HALF_A_HEADER, b""])
def test_three_hundred_half_open_posts_keep_no_genuine_one_out_and_fill_no_log(
    bench, tmp_path, half
):
    body = body_of(an_event_of(bench.delivery.id))
    log = tmp_path / "log"

    with (
        log.open("wb") as output,
        receiver(bench.folder, bench.hook, bench.page, descriptors=256, output=output),
        ExitStack() as lines,
    ):
        for _ in range(300):
            line = lines.enter_context(socket.create_connection(("127.0.0.1", bench.hook)))
            line.sendall(half)
        statuses = [post(bench.hook, body)[0] for _ in range(5)]
        bar = act(bench, bench.token)[0]

    assert statuses == [204] * 5
    assert bar == 200
    assert len(log.read_bytes().splitlines()) < 10


def test_a_flood_from_the_same_address_keeps_no_slow_post_out(bench):
    """The hardest case: as behind a proxy, both have the same address."""
    body = body_of(an_event_of(bench.delivery.id))
    with (
        receiver(bench.folder, bench.hook, bench.page),
        ExitStack() as lines,
        closing(HTTPConnection("127.0.0.1", bench.hook)) as slow,
    ):
        slow.putrequest("POST", "/sendgrid")
        for name, value in {"Content-Length": str(len(body)), **signed(body)}.items():
            slow.putheader(name, value)
        slow.endheaders(body[:-1])
        assert post(bench.hook, body)[0] == 204  # so what came before it was read
        for _ in range(400):
            lines.enter_context(socket.create_connection(("127.0.0.1", bench.hook)))
        assert post(bench.hook, body)[0] == 204  # so all of them were seen
        slow.send(body[-1:])

        assert slow.getresponse().status == 204
