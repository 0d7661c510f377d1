"""What only SQLite can do wrong: the file, its rights, its disk."""

import resource
import shutil
import stat
import subprocess
import sys
from contextlib import suppress

import pytest
from sqlalchemy import event

from mailer.clock import SimulatedClock
from mailer.errors import LedgerError, LedgerReplaced
from mailer.ledger import open_ledger
from mailer.ledger.storage.file_systems import file_system_of, refuse_network_file_systems
from mailer.model.mailings.delivery import Accepted
from mailer.providers.smtp.connection import SmtpBackend
from mailer.providers.smtp.settings import SmtpSettings
from tests.counterparts.builders import (
    ACTOR,
    NOON,
    a_bar,
    a_contact,
    after,
    started,
    statuses,
)
from tests.counterparts.scripted_smtp import ScriptedServer
from tests.counterparts.sender import deliver_chunk


@pytest.fixture
def path(tmp_path):
    return tmp_path / "var" / "ledger.db"


def test_the_ledger_and_its_side_files_are_private(path):
    ledger = open_ledger(f"sqlite:///{path}")
    ledger.contacts.save([a_contact()], at=NOON, actor=ACTOR)

    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}

    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert "ledger.db-wal" in modes
    ledger.close()


def test_commits_survive_a_power_cut_and_erased_people_are_gone(path):
    ledger = open_ledger(f"sqlite:///{path}")

    with ledger._database.reading() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }

    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
    }
    ledger.close()


def test_a_file_that_is_no_ledger_is_left_alone(path):
    path.parent.mkdir()
    path.write_text("Ceci n'est pas un registre. " * 100)

    with pytest.raises(LedgerError, match="damaged, or is not a ledger"):
        open_ledger(f"sqlite:///{path}")

    assert path.read_text().startswith("Ceci")


def test_a_folder_that_cannot_be_made_is_said_with_its_reason(tmp_path):
    (tmp_path / "var").write_text("a file where a folder should be")

    with pytest.raises(
        LedgerError, match="cannot be created: there is something of this name already"
    ):
        open_ledger(f"sqlite:///{tmp_path / 'var' / 'ledger.db'}")


def test_on_a_full_disk_nothing_more_is_marked_and_no_outcome_is_lost(path):
    ledger = open_ledger(f"sqlite:///{path}")
    mailing, deliveries = started(ledger, count=3)
    claim = ledger.sending.claim(worker="w", now=NOON)
    ledger.sending.mark(claim, [deliveries[0].id], now=NOON)
    limits = []

    # A disk without space, for every transaction of the ledger: it may not grow by a page.
    @event.listens_for(ledger._database.engine, "begin")
    def limit(connection):
        if limits:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {limits[-1]}")

    limits.append(1)  # SQLite takes the present size when it is larger
    large = Accepted("250 " + "x" * 50_000)
    ledger.sending.settle(claim, deliveries[0].id, large, now=NOON)
    with pytest.raises(LedgerError, match="disk is full") as refused:
        ledger.sending.mark(claim, [deliveries[1].id], now=NOON)
    assert refused.value.exit_code == 74
    assert statuses(ledger, mailing) == ["sending", "pending", "pending"]

    limits.append(1_000_000)  # somebody has made room
    assert ledger.sending.mark(claim, [deliveries[2].id], now=NOON)
    assert statuses(ledger, mailing) == ["accepted", "pending", "sending"]
    ledger.close()


def test_outcomes_that_cannot_be_written_at_the_end_are_not_lost_in_silence(path):
    ledger = open_ledger(f"sqlite:///{path}", patience_s=0.1)
    _, deliveries = started(ledger, count=1)
    claim = ledger.sending.claim(worker="w", now=NOON)
    ledger.sending.mark(claim, [deliveries[0].id], now=NOON)
    other = open_ledger(f"sqlite:///{path}")

    with other._database.writing():
        ledger.sending.settle(claim, deliveries[0].id, Accepted(), now=NOON)
        with pytest.raises(LedgerError, match="Another program is holding the ledger"):
            ledger.close()
    other.close()


def test_a_writer_waits_for_its_turn_and_no_longer_than_its_patience(path):
    ledger = open_ledger(f"sqlite:///{path}", patience_s=0.1)

    with (
        ledger._database.writing(),
        pytest.raises(LedgerError, match="Another program is holding the ledger"),
        ledger._database.writing(),
    ):
        pass

    assert ledger.suppressions.add(a_bar("ada@press.example"), actor=ACTOR)
    ledger.close()


def test_after_a_crash_the_next_process_goes_on_at_once(path):
    url = f"sqlite:///{path}"
    crashed = open_ledger(url)
    mailing, deliveries = started(crashed, count=2)
    claim = crashed.sending.claim(worker="w", now=NOON)
    crashed.sending.mark(claim, [deliveries[0].id], now=NOON)
    crashed.close()  # without giving the chunk back: to the lock file, a death

    heir = open_ledger(url)
    inherited = heir.sending.claim(worker="w", now=NOON)

    assert statuses(heir, mailing) == ["uncertain", "pending"]
    assert [delivery.id for delivery in inherited.deliveries] == [deliveries[1].id]
    heir.close()


def test_while_one_process_is_sending_another_takes_nothing_from_it(path):
    url = f"sqlite:///{path}"
    sending = open_ledger(url)
    mailing, deliveries = started(sending, count=2)
    claim = sending.sending.claim(worker="w", now=NOON)
    sending.sending.mark(claim, [deliveries[0].id], now=NOON)
    other = open_ledger(url)

    assert other.sending.claim(worker="w", now=NOON) is None
    assert statuses(other, mailing) == ["sending", "pending"]
    for ledger in (other, sending):
        ledger.close()


def test_when_two_services_overlapped_the_second_is_still_known_to_send(path):
    url = f"sqlite:///{path}"
    first, second = open_ledger(url), open_ledger(url)
    mailing, deliveries = started(first, count=2)
    first.sending.claim(worker="one", now=NOON)
    assert second.sending.claim(worker="two", now=NOON) is None
    first.close()  # without giving the chunk back
    claim = second.sending.claim(worker="two", now=after(minutes=1))
    second.sending.mark(claim, [deliveries[0].id], now=after(minutes=1))

    third = open_ledger(url)

    assert third.sending.claim(worker="three", now=after(minutes=1)) is None
    assert statuses(third, mailing) == ["sending", "pending"]
    second.sending.settle(claim, deliveries[0].id, Accepted(), now=after(minutes=1))
    second.sending.release(claim, now=after(minutes=1))
    assert statuses(third, mailing) == ["accepted", "pending"]
    for ledger in (third, second):
        ledger.close()


def test_what_is_written_after_another_file_was_put_in_the_ledgers_place_is_refused(path):
    ledger = open_ledger(f"sqlite:///{path}")
    shutil.copy(path, path.with_name("other.db"))
    path.with_name("other.db").replace(path)

    for act in (
        lambda: ledger.suppressions.add(a_bar("ada@press.example"), actor=ACTOR),
        lambda: ledger.contacts.save([a_contact()], at=NOON, actor=ACTOR),
        ledger.mailings.all,
        lambda: ledger.sending.claim(worker="w", now=NOON),
    ):
        with pytest.raises(LedgerReplaced, match="Start this program again"):
            act()
    ledger.close()


def test_a_ledger_that_was_removed_under_a_program_is_not_written_any_more(path):
    ledger = open_ledger(f"sqlite:///{path}")
    path.unlink()

    with pytest.raises(LedgerReplaced):
        ledger.suppressions.add(a_bar("ada@press.example"), actor=ACTOR)
    ledger.close()


def fill(folder):
    with suppress(OSError), (folder / "filling").open("wb", buffering=0) as filling:
        while True:
            filling.write(bytes(4096))


def test_when_the_disk_fills_up_in_mid_send_nothing_leaves_and_it_goes_on_by_itself(small_disk):
    ledger = open_ledger(f"sqlite:///{small_disk / 'ledger.db'}")
    clock = SimulatedClock(NOON)
    mailing, _ = started(ledger, count=400)

    class Filling(ScriptedServer):
        def action_at(self, phase, words):
            if phase == "dot" and len(self.taken) == 3:
                fill(small_disk)
            return super().action_at(phase, words)

    with Filling() as server:
        backend = SmtpBackend(SmtpSettings("127.0.0.1", server.port, "none"))

        def deliver():
            return deliver_chunk(ledger, backend, clock=clock)

        def deliver_all():
            while deliver():
                pass

        with pytest.raises(LedgerError, match="disk is full"):
            deliver_all()
        left = len(server.taken)
        with pytest.raises(LedgerError, match="disk is full"):
            deliver()
        assert len(server.taken) == left < 400

        (small_disk / "filling").unlink()
        while (due_at := ledger.mailings.next_due_at()) is not None:
            clock.wait_until(due_at)
            deliver_all()

    assert set(server.received.values()) == {1}
    assert statuses(ledger, mailing) == ["accepted"] * 400
    ledger.close()


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_when_the_disk_fails_in_mid_send_nothing_leaves_and_it_goes_on_by_itself(path):
    # A limit on the size of files makes the kernel fail our writes as a broken disk would:
    # SQLite is told EFBIG, which it reports as SQLITE_IOERR_WRITE.
    ledger = open_ledger(f"sqlite:///{path}")
    clock = SimulatedClock(NOON)
    mailing, _ = started(ledger, count=60)
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)

    class Failing(ScriptedServer):
        def action_at(self, phase, words):
            if phase == "dot" and len(self.taken) == 3:
                log_bytes = path.with_name("ledger.db-wal").stat().st_size
                resource.setrlimit(resource.RLIMIT_FSIZE, (log_bytes, usual[1]))
            return super().action_at(phase, words)

    with Failing() as server:
        backend = SmtpBackend(SmtpSettings("127.0.0.1", server.port, "none"))

        def deliver_all():
            while deliver_chunk(ledger, backend, clock=clock):
                pass

        try:
            with pytest.raises(LedgerError, match="disk failed") as failed:
                deliver_all()
            left = len(server.taken)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, usual)
        while (due_at := ledger.mailings.next_due_at()) is not None:
            clock.wait_until(due_at)
            deliver_all()

    assert left < 60
    assert "Check the disk" in str(failed.value)
    assert set(server.received.values()) == {1}
    assert statuses(ledger, mailing) == ["accepted"] * 60
    ledger.close()


def test_a_disk_that_may_only_be_read_is_refused(small_disk):
    url = f"sqlite:///{small_disk / 'ledger.db'}"
    open_ledger(url).close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)

    with pytest.raises(LedgerError, match="cannot be created: the disk is read-only"):
        open_ledger(url)


def test_with_hardly_any_room_left_nothing_is_begun(small_disk):
    ledger = open_ledger(f"sqlite:///{small_disk / 'ledger.db'}")
    started(ledger)
    (small_disk / "filling").write_bytes(bytes(20 * 2**20))

    with pytest.raises(LedgerError, match="disk is full"):
        ledger.sending.claim(worker="w", now=NOON)

    (small_disk / "filling").unlink()
    assert ledger.sending.claim(worker="w", now=NOON)
    ledger.close()


def test_a_network_drive_is_refused(tmp_path):
    mounts = tmp_path / "mounts"
    share = tmp_path / "a share"
    mounts.write_text(
        "/dev/sda1 / ext4 rw 0 0\n"
        f"server:/export {str(share).replace(' ', chr(92) + '040')} nfs4 rw,relatime 0 0\n"
    )

    with pytest.raises(LedgerError, match=r"network drive \(nfs4\)"):
        refuse_network_file_systems(share / "var" / "ledger.db", mounts)
    refuse_network_file_systems(tmp_path / "ledger.db", mounts)
    assert file_system_of(tmp_path / "ledger.db", mounts) == "ext4"
    assert file_system_of(tmp_path, tmp_path / "no such file") == ""


def test_a_ledger_that_is_damaged_in_use_sends_nothing_more(path):
    ledger = open_ledger(f"sqlite:///{path}")
    _, deliveries = started(ledger, count=600)
    claim = ledger.sending.claim(worker="w", now=NOON)
    ledger.close()
    content = bytearray(path.read_bytes())
    content[4096:] = bytes(len(content) - 4096)  # all but the first page
    path.write_bytes(content)

    with pytest.raises(LedgerError) as refused:
        open_ledger(f"sqlite:///{path}").sending.mark(claim, [deliveries[0].id], now=NOON)
    assert "damaged" in str(refused.value)
