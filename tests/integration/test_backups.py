"""Copies of a SQLite ledger, and a damaged one replaced: nobody twice, nobody forgotten."""

import os
import shutil
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Barrier

import pytest

from mailer.clock import SimulatedClock
from mailer.errors import LedgerError
from mailer.ledger import open_ledger
from mailer.ledger.restoring import restore
from mailer.ledger.storage.backups import BACKUPS_KEPT
from mailer.model.address import Address
from mailer.model.mailings.mailing import MailingState
from mailer.operations.restore import restore_ledger
from mailer.operations.sending.deliver import run_chunk
from mailer.operations.sending.start import Started, start_due
from mailer.providers.smtp.connection import SmtpBackend
from mailer.providers.smtp.settings import SmtpSettings
from tests.counterparts.builders import (
    ACTOR,
    NOON,
    a_bar,
    a_contact,
    a_mailing,
    a_message,
    after,
    started,
    statuses,
)
from tests.counterparts.scripted_smtp import ScriptedServer

DAY = timedelta(days=1)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "var" / "ledger.db"


@pytest.fixture
def url(path):
    return f"sqlite:///{path}"


def copies(path):
    return sorted(path.parent.glob("backups/*.db"))


def damage(path):
    """All but the first page is gone, as after a bad disk."""
    content = bytearray(path.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    path.write_bytes(content)


def deliver(ledger, server, *, at=NOON, stopping=lambda: False):
    clock = SimulatedClock(at)
    while not stopping() and run_chunk(
        ledger=ledger,
        backend=SmtpBackend(SmtpSettings("127.0.0.1", server.port, "none")),
        message_for=lambda mailing, delivery: a_message(delivery, mailing=mailing),
        clock=clock,
        worker="w",
        stopping=stopping,
    ):
        pass
    ledger.mailings.finish(at)


def test_a_backup_is_whole_private_and_made_while_others_write(path, url):
    ledger = open_ledger(url)
    started(ledger, count=3)

    with ledger._database.writing() as connection:
        connection.exec_driver_sql("UPDATE delivery SET status = 'accepted'")
        made = Path(ledger.backups.create(at=NOON))

    assert [made] == copies(path)
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.parent.stat().st_mode) == 0o700
    ledger.close()
    path.unlink()
    restore(url, made, actor=ACTOR, at=NOON)
    again = open_ledger(url)
    assert statuses(again, again.mailings.all()[0]) == ["uncertain"] * 3
    again.close()


def test_there_is_one_backup_a_day_and_the_last_ones_are_kept(path, url):
    ledger = open_ledger(url)

    made = [
        ledger.backups.create(at=after(hours=hour), unless_within=DAY) for hour in range(0, 240, 6)
    ]

    assert sum(map(bool, made)) == 10
    assert len(copies(path)) == BACKUPS_KEPT
    assert str(copies(path)[-1]) == made[-4]
    ledger.close()


def test_several_processes_that_find_a_backup_due_at_one_moment_make_one(path, url):
    ledgers = [open_ledger(url) for _ in range(4)]
    together = Barrier(len(ledgers))

    def back_up(ledger):
        together.wait()
        return ledger.backups.create(at=NOON, unless_within=DAY)

    with ThreadPoolExecutor(len(ledgers)) as pool:
        made = list(pool.map(back_up, ledgers))

    assert [each for each in made if each] == [str(copy) for copy in copies(path)]
    assert len(copies(path)) == 1
    for ledger in ledgers:
        ledger.close()


def test_a_database_that_has_an_administrator_is_left_to_its_own_backups(postgres_url):
    if postgres_url is None:
        pytest.skip("no PostgreSQL to test against")
    ledger = open_ledger(postgres_url)

    assert not ledger.backups.create(at=NOON)
    with pytest.raises(LedgerError, match="PostgreSQL"):
        restore(postgres_url, actor=ACTOR, at=NOON)
    ledger.close()


def test_a_backup_is_not_opened_as_if_it_knew_what_left_since(path, url):
    ledger = open_ledger(url)
    started(ledger)
    made = ledger.backups.create(at=NOON)
    ledger.close()

    shutil.copy(made, path)

    with pytest.raises(LedgerError, match="does not know what left after it was made"):
        open_ledger(url)


def test_after_a_damaged_ledger_was_replaced_nobody_is_written_to_twice(path, url):
    ledger = open_ledger(url)
    mailing, _ = started(ledger, count=6)
    later = a_mailing("reminder", due_at=after(hours=1))
    last = a_mailing("morning", due_at=after(days=2))
    ledger.mailings.launch([later, last], actor=ACTOR, at=NOON)
    with ScriptedServer() as server:
        deliver(ledger, server, stopping=lambda: len(server.taken) >= 2)
        made = ledger.backups.create(at=NOON)
        deliver(ledger, server, stopping=lambda: len(server.taken) >= 4)
        ledger.close()
        damage(path)

        with pytest.raises(LedgerError, match=f"damaged.*\n.*{made}.*in the ledger's place"):
            deliver(open_ledger(url), server)
        assert len(server.taken) == 4

        restored = restore(url, actor=ACTOR, at=after(hours=2))
        assert (restored.backup, restored.held) == (made, (later.id,))
        ledger = open_ledger(url)
        started_since = list(start_due(ledger, now=after(hours=2)))
        deliver(ledger, server, at=after(hours=2))

    assert server.received.total() == len(server.received) == 4
    assert statuses(ledger, mailing) == ["accepted"] * 2 + ["uncertain"] * 4
    assert not any(isinstance(each, Started) for each in started_since)
    states = {each.step: each.state for each in ledger.mailings.all()}
    assert states == {
        "announcement": MailingState.DONE,
        "reminder": MailingState.PAUSED,
        "morning": MailingState.SCHEDULED,
    }
    assert [line.action for line in ledger.journal.entries("ledger")] == ["restore"]
    assert Path(f"{path}.damaged").is_file()
    ledger.close()


def test_what_left_before_the_clock_was_set_back_is_held_in_the_restored_ledger(path, url):
    with closing(open_ledger(url)) as ledger:
        people = [a_contact(lists=frozenset({"press"}))]
        ledger.contacts.save(people, at=after(hours=-2), actor=ACTOR)
        left, ahead = a_mailing(), a_mailing("reminder", due_at=after(hours=1))
        ledger.mailings.launch([left, ahead], actor=ACTOR, at=after(hours=-1))
        made = ledger.backups.create(at=after(hours=-1))
        with ScriptedServer() as server:
            assert len(list(start_due(ledger, now=NOON))) == 1
            deliver(ledger, server)
    set_back_at = after(hours=-2)

    with ExitStack() as opened:
        restored = restore_ledger(
            Path(made),
            restore=partial(restore, url),
            open_ledger=lambda: opened.enter_context(closing(open_ledger(url))),
            actor=ACTOR,
            now=set_back_at,
        )

    assert [each.mailing.id for each in restored.uncertain] == [left.id]
    with closing(open_ledger(url)) as ledger:
        assert statuses(ledger, left) == ["uncertain"]
        assert [
            each.step for each in ledger.mailings.all() if each.state is MailingState.SCHEDULED
        ] == ["reminder"]


def test_what_somebody_had_paused_stays_paused_in_the_restored_ledger(path, url):
    with closing(open_ledger(url)) as ledger:
        people = [a_contact(lists=frozenset({"press"}))]
        ledger.contacts.save(people, at=after(hours=-2), actor=ACTOR)
        mailing = a_mailing()
        ledger.mailings.launch([mailing], actor=ACTOR, at=after(hours=-1))
        ledger.mailings.change_state(
            mailing.id, to=MailingState.PAUSED, actor=ACTOR, why="", at=after(hours=-1)
        )
        made = ledger.backups.create(at=after(hours=-1))

    with ExitStack() as opened:
        restore_ledger(
            Path(made),
            restore=partial(restore, url),
            open_ledger=lambda: opened.enter_context(closing(open_ledger(url))),
            actor=ACTOR,
            now=after(hours=1),
        )

    with closing(open_ledger(url)) as ledger, ScriptedServer() as server:
        assert statuses(ledger, mailing) == ["uncertain"]
        (doubt,) = ledger.deliveries.of_mailing(mailing.id)
        now = after(hours=1)
        ledger.uncertain.resolve([doubt.id], resend=True, actor=ACTOR, why="", at=now)
        deliver(ledger, server, at=now)
        assert server.taken == []
        ledger.mailings.change_state(
            mailing.id, to=MailingState.ACTIVE, actor=ACTOR, why="", at=now
        )
        deliver(ledger, server, at=now)
        assert len(server.taken) == 1


def test_a_backup_that_is_damaged_itself_is_passed_over(path, url):
    ledger = open_ledger(url)
    started(ledger, count=300)
    good = ledger.backups.create(at=NOON)
    damage(Path(ledger.backups.create(at=after(days=1))))
    ledger.close()
    damage(path)

    assert restore(url, actor=ACTOR, at=after(days=1)).backup == good


def test_a_damaged_ledger_gives_no_backup(path, url):
    ledger = open_ledger(url)
    started(ledger, count=300)
    good = ledger.backups.create(at=NOON)
    ledger.close()
    damage(path)

    with pytest.raises(LedgerError, match="damaged"):
        open_ledger(url).backups.create(at=after(days=1))
    assert copies(path) == [Path(good)]


def test_without_a_backup_nothing_is_replaced(path, url):
    open_ledger(url).close()
    before = path.read_bytes()

    with pytest.raises(LedgerError, match="no backup"):
        restore(url, actor=ACTOR, at=NOON)
    assert path.read_bytes() == before


def test_while_somebody_sends_the_ledger_is_not_replaced_under_them(url):
    ledger = open_ledger(url)
    started(ledger)
    ledger.backups.create(at=NOON)
    ledger.sending.claim(worker="w", now=NOON)

    with pytest.raises(LedgerError, match="Another program is holding the ledger"):
        restore(url, actor=ACTOR, at=NOON)
    ledger.close()


def test_a_service_that_another_one_overlapped_still_keeps_the_ledger_in_its_place(url):
    first, second = open_ledger(url), open_ledger(url)
    started(first)
    first.backups.create(at=NOON)
    for ledger in (first, second):
        ledger.sending.claim(worker="w", now=NOON)
    first.close()

    with pytest.raises(LedgerError, match="Another program is holding the ledger"):
        restore(url, actor=ACTOR, at=NOON)
    second.close()


def test_each_former_ledger_is_kept_under_a_name_of_its_own(path, url):
    ledger = open_ledger(url)
    started(ledger)
    ledger.backups.create(at=NOON)
    ledger.close()

    for _ in range(3):
        restore(url, actor=ACTOR, at=NOON)

    kept = {each.name for each in path.parent.glob("*.damaged*")}
    assert kept == {f"{path.name}.damaged{number}" for number in ("", "-2", "-3")}


def test_a_former_ledger_is_taken_back_with_its_log(path, url):
    ledger = open_ledger(url)
    started(ledger)
    ledger.backups.create(at=NOON)
    ledger.suppressions.add(a_bar("ada@press.example"), actor=ACTOR)
    sides = {side: Path(f"{path}{side}").read_bytes() for side in ("", "-wal")}
    ledger.close()
    for side, content in sides.items():
        Path(f"{path}{side}").write_bytes(content)
    restore(url, actor=ACTOR, at=NOON)

    restore(url, Path(f"{path}.damaged"), actor=ACTOR, at=NOON)

    again = open_ledger(url)
    assert len(list(again.suppressions.all())) == 1
    again.close()


def test_when_somebody_took_the_files_of_an_interrupted_restore_away_it_begins_again(path, url):
    ledger = open_ledger(url)
    mailing, _ = started(ledger)
    ledger.backups.create(at=NOON)
    ledger.close()
    path.unlink()
    Path(f"{path}.restoring").write_text('{"former": "x", "backup": "y", "held": []}')

    with pytest.raises(LedgerError, match="interrupted"):
        open_ledger(url)
    restore(url, actor=ACTOR, at=NOON)

    again = open_ledger(url)
    assert statuses(again, mailing) == ["uncertain"] * 3
    again.close()


def test_without_room_for_all_of_it_a_restore_begins_nothing(small_disk):
    file = small_disk / "ledger.db"
    ledger = open_ledger(f"sqlite:///{file}")
    started(ledger, count=2000)
    size = Path(ledger.backups.create(at=NOON)).stat().st_size
    ledger.close()
    free = shutil.disk_usage(small_disk).free
    (small_disk / "filling").write_bytes(bytes(free - size * 2))
    before = {each.name: each.read_bytes() for each in small_disk.glob("ledger.db")}

    with pytest.raises(LedgerError, match="disk is full"):
        restore(f"sqlite:///{file}", actor=ACTOR, at=NOON)

    assert {each.name: each.read_bytes() for each in small_disk.glob("ledger.db")} == before
    open_ledger(f"sqlite:///{file}").close()


def test_no_backup_from_before_a_person_was_forgotten_survives_the_next_one(path, url):
    ledger = open_ledger(url)
    ledger.contacts.save([a_contact("ada@press.example")], at=NOON, actor=ACTOR)
    old = Path(ledger.backups.create(at=NOON))
    saved, modified = old.read_bytes(), old.stat().st_mtime_ns
    ledger.erasure.forget(
        Address.parse("ada@press.example"), actor=ACTOR, why="letter", at=after(hours=1)
    )
    # As if the program had been killed before it removed the backup.
    old.write_bytes(saved)
    os.utime(old, ns=(modified, modified))

    ledger.backups.create(at=after(hours=2), unless_within=DAY)

    assert not old.exists()
    assert copies(path)
    ledger.close()


def test_a_forgotten_person_is_in_no_backup(path, url):
    ledger = open_ledger(url)
    ledger.contacts.save(
        [a_contact("ada@press.example"), a_contact("bea@press.example")], at=NOON, actor=ACTOR
    )
    for hour in range(3):
        ledger.backups.create(at=after(hours=hour))

    ledger.erasure.forget(
        Address.parse("ada@press.example"), actor=ACTOR, why="letter", at=after(hours=4)
    )

    kept = b"".join(copy.read_bytes() for copy in copies(path))
    assert b"bea@press.example" in kept
    assert b"ada@press.example" not in kept
    ledger.close()


def test_without_room_there_is_no_backup_and_the_ledger_goes_on(small_disk):
    ledger = open_ledger(f"sqlite:///{small_disk / 'ledger.db'}")
    started(ledger, count=2000)
    size = sum(file.stat().st_size for file in small_disk.glob("ledger.db*"))
    free = shutil.disk_usage(small_disk).free
    (small_disk / "filling").write_bytes(bytes(free - size * 3 // 2))

    with pytest.raises(LedgerError, match="disk is full"):
        ledger.backups.create(at=NOON)

    assert ledger.contacts.save([a_contact()], at=NOON, actor=ACTOR)
    assert list((small_disk / "backups").iterdir()) == []
    ledger.close()
