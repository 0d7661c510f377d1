"""`mailer bounces fetch`, killed for real at each step: nothing is lost, and nothing is done twice."""

import os
import signal
import sqlite3
import threading
from contextlib import closing, suppress
from pathlib import Path

import pytest

from mailer.ledger import open_ledger
from mailer.model.mailings.delivery import Accepted
from tests.counterparts import warm_start
from tests.counterparts.builders import NOON, started
from tests.counterparts.scripted_imap import DROP, ScriptedImap
from tests.e2e.commands import mailer

COUNT = 60
LETTER = (
    b"From: lea@press.example\r\nIn-Reply-To: <x@office.example>\r\nSubject: Re: x\r\n\r\nYes.\r\n"
)
NONSENSE = b"From: x@press.example\r\nSubject: lottery\r\n\r\nYou have won.\r\n"


def bounce(delivery):
    return (
        f"Delivered-To: b+{delivery.id}@retours.institut.example\r\nFrom: MAILER-DAEMON@relay.example\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; relay.example\r\n\r\n"
        f"Final-Recipient: rfc822; {delivery.address}\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 User unknown\r\n\r\n--b--\r\n"
    ).encode()


class Office:
    """A workspace that has written to 60 people, and the mailbox in which all bounced."""

    def __init__(self, folder, server):
        self.server, self.workspace = server, folder / "bureau"
        (self.workspace / "var").mkdir(parents=True)
        self.file = self.workspace / "var" / "ledger.db"
        imap = server.settings
        (self.workspace / "config.toml").write_text(
            f'[feedback.imap]\nhost = "{imap.host}"\nport = {imap.port}\nusername = "bounces"\n'
            f'password = "env:MAILER_TEST_IMAP"\nca_file = "{imap.ca_file}"\n'
        )
        with closing(self.ledger()) as ledger:
            _mailing, self.deliveries = started(ledger, count=COUNT)
            while (claim := ledger.sending.claim(worker="w", now=NOON)) is not None:
                ids = [delivery.id for delivery in claim.deliveries]
                ledger.sending.mark(claim, ids, now=NOON)
                for each in ids:
                    ledger.sending.settle(claim, each, Accepted("250"), now=NOON)
                ledger.sending.release(claim, now=NOON)
        mails = [*map(bounce, self.deliveries), LETTER, NONSENSE]
        server.mails.update(enumerate(mails, 1))

    def ledger(self):
        return open_ledger(f"sqlite:///{self.file}")

    def fetch(self, **how):
        secret = self.server.settings.password.value
        return mailer("bounces", "fetch", workspace=self.workspace, MAILER_TEST_IMAP=secret, **how)

    def judged(self):
        with closing(sqlite3.connect(self.file)) as database:
            query = "SELECT count(*) FROM event WHERE judged_at IS NOT NULL"
            return database.execute(query).fetchone()[0]

    def check(self):
        """Each mail was obeyed once, and is where it belongs."""
        with closing(self.ledger()) as ledger:
            assert len(list(ledger.events.all())) == COUNT + 2
            assert ledger.events.unprocessed() == []
            statuses = [
                each.status.value for each in ledger.deliveries.of_mailing("meeting-announcement")
            ]
            assert statuses == ["bounced"] * COUNT
            barred = sorted(str(bar.address) for bar in ledger.suppressions.all())
            assert barred == sorted(str(each.address) for each in self.deliveries)
            acts = [entry for entry in ledger.journal.entries() if entry.action == "suppress"]
            assert len(acts) == COUNT
            assert [each.subject for each in ledger.unknown_mails.page(limit=9)] == ["lottery"]
        folders = self.server.folders
        assert sorted(folders["Mailer-lus"]) == list(range(1, COUNT + 1))
        assert list(folders["INBOX"].values()) == [LETTER]
        assert list(folders["Mailer-inconnus"].values()) == [NONSENSE]


def kill_command():
    """Kill the command that runs now, and no other process."""
    parent = warm_start._loaded_program()._process.pid
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    # It is forked from its parent; the fork server beside it was started with words of its own.
    (child,) = (each for each in children if started_with(each) == started_with(parent))
    os.kill(int(child), signal.SIGKILL)


def started_with(process):
    """The command line of a process; nothing once it has ended."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except FileNotFoundError:
        return b""


@pytest.fixture
def office(tmp_path):
    with ScriptedImap(tmp_path) as server:
        yield Office(tmp_path, server)


STEPS = (
    "LOGIN", "SELECT", "UID SEARCH", "UID FETCH 1,", "UID FETCH 51,", "LIST", "NAMESPACE",
    "CREATE", "UID STORE", "UID MOVE 1:60", "UID MOVE 62", "LOGOUT",
)  # fmt: skip
DOES_SOMETHING = ("CREATE", "UID STORE", "UID MOVE 1:60", "UID MOVE 62")


@pytest.mark.parametrize(
    ("step", "is_done_first"),
    [*((step, False) for step in STEPS), *((step, True) for step in DOES_SOMETHING)],
)
def test_killed_at_any_step_of_fetching_nothing_is_lost_or_done_twice(office, step, is_done_first):
    server = office.server
    killed = []

    def kill_once(words):
        if not words.startswith(step) or killed:
            return None
        killed.append(words)
        if is_done_first:
            getattr(server, f"_{words.removeprefix('UID ').split(' ')[0].lower()}")(words)
        kill_command()
        return DROP

    server.rule = kill_once
    ended = office.fetch(expect=None)
    assert (ended.returncode, len(killed)) == (-signal.SIGKILL, 1), ended.stderr

    done = office.fetch()

    office.check()
    assert "1 courrier non compris attend au bureau" in done.stderr


@pytest.mark.parametrize("step", STEPS)
def test_killed_with_the_answer_in_hand_nothing_is_lost_or_done_twice(office, step):
    killed = []

    def kill_once(words):  # behind FETCH: while the mails are read and stored
        if words.startswith(step) and not killed:
            killed.append(words)
            with suppress(ValueError, ProcessLookupError):  # after LOGOUT it may have ended
                kill_command()

    office.server.after = kill_once
    ended = office.fetch(expect=None)
    assert killed
    assert ended.returncode == -signal.SIGKILL or step == "LOGOUT"

    office.fetch()

    office.check()


@pytest.mark.parametrize("after", [1, 26])
def test_killed_while_the_mails_are_obeyed_the_rest_is_obeyed_the_next_time(office, after):
    def kill_in_time():
        while not (office.file.exists() and office.judged() >= after):
            pass
        with suppress(ValueError, ProcessLookupError):  # it was faster: then nothing was left to do
            kill_command()

    killer = threading.Thread(target=kill_in_time)
    killer.start()
    ended = office.fetch(expect=None)
    killer.join()

    office.fetch()

    assert ended.returncode in {-signal.SIGKILL, 0}
    office.check()
