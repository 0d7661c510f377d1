"""What changes several files, interrupted at each of its steps: by SIGKILL or a disk that fills up."""

import multiprocessing
import os
import shutil
import signal
import sys
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path

from sqlalchemy import Engine, delete
from sqlalchemy.event import listen

from mailer.errors import LedgerError
from mailer.ledger import open_ledger
from mailer.ledger.restoring import restore
from mailer.ledger.storage.definitions import service_tables
from mailer.model.mailings.delivery import Accepted
from mailer.operations.restore import restore_ledger
from mailer.operations.sending.start import start_due
from tests.counterparts.builders import ACTOR, NOON, a_contact, a_mailing, after, started

_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["tests.kills.restores"])

PEOPLE = 6
KILLED = -signal.SIGKILL
REFUSED = 3
LATER = after(hours=2)
# Python tells its audit hooks what is done with files; what is done inside a call of SQLite or of
# the kernel lies between two of these steps.
_STEPS = ("open", "os.", "shutil.", "sqlite3.connect")


@dataclass(frozen=True)
class Before:
    """A ledger whose last outcomes are in its log alone, a backup of it, and whom it had mailed."""

    folder: Path
    sent: frozenset[str]


def before(folder, *, has_home=False):
    """Make such a ledger in `folder`, in a process that ends without closing it.

    Its copies are copies to it only when it `has_home`.
    """
    folder.mkdir()
    reader, writer = _PROCESSES.Pipe(duplex=False)
    process = _PROCESSES.Process(target=_make, args=(folder, writer, has_home))
    process.start()
    writer.close()
    sent = reader.recv()
    process.join()
    return Before(folder, frozenset(sent))


def interrupt(made, folder, *, act=None, with_signal=None, fill=None, first=1, every=1):
    """Interrupt an act (default: a restore) on a copy of the ledger at each step; check the promise.

    Returns how many steps there were. `fill` fills the disk of `folder`; it is emptied again.
    Only each `every`-th step is interrupted, from the `first` on.
    """
    act = act or Restore()
    for step in count(first, every):
        if folder.exists():
            shutil.rmtree(folder)
        shutil.copytree(made.folder, folder)
        ended = _in_child(act, folder, step=step, with_signal=with_signal, fill=fill)
        told = f"{act.name}, step {step}: {ended}"
        assert ended in {0, KILLED, REFUSED}, told
        (folder / "filling").unlink(missing_ok=True)
        act.check(made, folder, told)
        if ended == 0 and not (folder / "reached").exists():
            return step - 1
    raise AssertionError


class Restore:
    """A backup in the ledger's place."""

    name = "restore"
    steps = "files"

    def do(self, folder):
        _restore(f"sqlite:///{folder / 'ledger.db'}")

    def check(self, made, folder, told):
        _check(made, folder, told)


def _check(made, folder, told):
    """Whatever is in the ledger's place, nobody is written to twice and nothing is forgotten."""
    url = f"sqlite:///{folder / 'ledger.db'}"
    sent = sent_from(url, told)
    assert not made.sent.intersection(sent), told
    assert _restore(url).backup, told
    ledger = open_ledger(url)
    assert not send_all(ledger), told
    rows = [each.status.value for each in deliveries_of(ledger, "announcement")]
    assert sorted(rows) == ["accepted"] * 2 + ["uncertain"] * (PEOPLE - 2), told
    rows = [each.status.value for each in deliveries_of(ledger, "reminder")]
    assert rows == ["uncertain"] * PEOPLE, told
    assert [each.action for each in ledger.journal.entries("ledger")] == ["restore"], told
    ledger.close()
    assert made.sent <= _kept(folder), told
    left = {each.name for each in folder.iterdir() if "restor" in each.name}
    assert not left, told


def sent_from(url, told):
    """Send from the ledger, if it may be opened; returns the ids."""
    try:
        ledger = open_ledger(url)
    except LedgerError as error:
        refusal = str(error)
    else:
        with closing(ledger):
            return send_all(ledger)
    assert "interrupted" in refusal, told
    return []


def _kept(folder):
    """Whom the former ledgers, which are kept beside the restored one, know to have mail."""
    known = set()
    for former in folder.glob("ledger.db.damaged*"):
        if not former.name.endswith(("-wal", "-shm", ".open", ".sending")):
            ledger = open_ledger(f"sqlite:///{former}")
            known |= {
                each.id
                for each in deliveries_of(ledger, "announcement")
                if each.status.value == "accepted"
            }
            ledger.close()
    return known


def _make(folder, writer, has_home):
    url = f"sqlite:///{folder / 'ledger.db'}"
    ledger = open_ledger(url)
    people = [a_contact(f"reader{number}@press.example") for number in range(PEOPLE)]
    ledger.contacts.save(
        [replace(each, lists=frozenset({"press"})) for each in people], actor=ACTOR, at=NOON
    )
    started(ledger, count=PEOPLE)
    ledger.mailings.launch([a_mailing("reminder", due_at=after(hours=1))], actor=ACTOR, at=NOON)
    sent = send_all(ledger, at=NOON, most=2)
    ledger.backups.create(at=NOON)
    ledger.close()  # writes the log into the file, which knows of two people from now on
    ledger = open_ledger(url)
    sent += send_all(ledger, at=NOON, most=2)
    if not has_home:
        with ledger._database.writing() as connection:
            connection.execute(delete(service_tables.home))
        (folder / "ledger.db.last").unlink()
    writer.send(sent)
    os._exit(0)  # without closing: the log stays


def send_all(ledger, *, at=LATER, most=1000):
    """Send what may be sent, to at most so many people; returns the ids."""
    sent = []
    list(start_due(ledger, now=at))
    while len(sent) < most and (claim := ledger.sending.claim(worker="w", now=at)) is not None:
        ids = [each.id for each in claim.deliveries][: most - len(sent)]
        for delivery_id in ledger.sending.mark(claim, ids, now=at):
            ledger.sending.settle(claim, delivery_id, Accepted("250 OK"), now=at)
            sent.append(delivery_id)
        ledger.sending.release(claim, now=at)
    ledger.mailings.finish(at)
    return sent


def deliveries_of(ledger, step):
    return list(ledger.deliveries.of_mailing(a_mailing(step).id))


def _restore(url):
    opened = []

    def open_again():
        opened.append(open_ledger(url))
        return opened[0]

    restored = restore_ledger(
        None, restore=partial(restore, url), open_ledger=open_again, actor=ACTOR, now=LATER
    )
    for ledger in opened:
        ledger.close()
    return restored


def _in_child(act, folder, *, step, with_signal, fill):
    process = _PROCESSES.Process(target=_interrupted, args=(act, folder, step, with_signal, fill))
    process.start()
    process.join()
    return process.exitcode


def _interrupted(act, folder, step, with_signal, fill):
    """Act on the ledger of `folder`, and let something happen at its step number `step`."""
    left, inside = [step], [False]

    def passes():
        left[0] -= 1
        if inside[0] or left[0]:
            return
        inside[0] = True
        (folder / "reached").touch()
        if with_signal is not None:
            os.kill(os.getpid(), with_signal)
        if fill is not None:
            fill(folder)
        inside[0] = False

    def at_step(event, arguments):
        if not inside[0] and event.startswith(_STEPS) and _is_in(folder, arguments):
            passes()

    sys.addaudithook(at_step)
    if act.steps == "files and statements":
        for each in ("before_cursor_execute", "commit"):
            listen(Engine, each, lambda *_: passes())
    try:
        act.do(folder)
    except (LedgerError, OSError):
        os._exit(REFUSED)
    os._exit(0)


def _is_in(folder, arguments):
    """Return whether an event is about a file in the folder."""
    names = (os.fsdecode(each) for each in arguments if isinstance(each, str | bytes | os.PathLike))
    return any(str(folder) in name for name in names)


def fill_disk(folder):
    """Fill the disk to its last octet."""
    with (folder / "filling").open("wb", buffering=0) as filling:
        for size in (2**20, 4096, 1):
            try:
                while True:
                    filling.write(bytes(size))
            except OSError:
                continue
