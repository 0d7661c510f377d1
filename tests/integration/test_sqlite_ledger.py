"""What only SQLite can do wrong: the file, its rights, its disk."""

import stat

import pytest
from sqlalchemy import event

from mailer.errors import LedgerError
from mailer.ledger import open_ledger
from mailer.model.delivery import Accepted
from tests.counterparts.builders import NOON, a_bar, a_contact, started, statuses


@pytest.fixture
def path(tmp_path):
    return tmp_path / "var" / "ledger.db"


def test_the_ledger_and_its_side_files_are_private(path):
    ledger = open_ledger(f"sqlite:///{path}")
    ledger.save_contacts([a_contact()], at=NOON)

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

    with pytest.raises(LedgerError, match="cannot be created: File exists"):
        open_ledger(f"sqlite:///{tmp_path / 'var' / 'ledger.db'}")


def test_on_a_full_disk_nothing_more_is_marked_and_no_outcome_is_lost(path):
    ledger = open_ledger(f"sqlite:///{path}")
    mailing, deliveries = started(ledger, count=3)
    claim = ledger.claim(worker="w", now=NOON)
    ledger.mark(claim, [deliveries[0].id], now=NOON)
    limits = []

    # A disk without space, for every transaction of the ledger: it may not grow by a page.
    @event.listens_for(ledger._database.engine, "begin")
    def limit(connection):
        if limits:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {limits[-1]}")

    limits.append(1)  # SQLite takes the present size when it is larger
    large = Accepted("250 " + "x" * 50_000)
    ledger.settle(claim, deliveries[0].id, large, now=NOON)
    with pytest.raises(LedgerError, match="disk is full") as refused:
        ledger.mark(claim, [deliveries[1].id], now=NOON)
    assert refused.value.exit_code == 74
    assert statuses(ledger, mailing) == ["sending", "pending", "pending"]

    limits.append(1_000_000)  # somebody has made room
    assert ledger.mark(claim, [deliveries[2].id], now=NOON)
    assert statuses(ledger, mailing) == ["accepted", "pending", "sending"]
    ledger.close()


def test_outcomes_that_cannot_be_written_at_the_end_are_not_lost_in_silence(path):
    ledger = open_ledger(f"sqlite:///{path}", patience_s=0.1)
    _, deliveries = started(ledger, count=1)
    claim = ledger.claim(worker="w", now=NOON)
    ledger.mark(claim, [deliveries[0].id], now=NOON)
    other = open_ledger(f"sqlite:///{path}")

    with other._database.writing():
        ledger.settle(claim, deliveries[0].id, Accepted(), now=NOON)
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

    assert ledger.suppress(a_bar("ada@press.example"))
    ledger.close()


def test_after_a_crash_the_next_process_goes_on_at_once(path):
    url = f"sqlite:///{path}"
    crashed = open_ledger(url)
    mailing, deliveries = started(crashed, count=2)
    claim = crashed.claim(worker="w", now=NOON)
    crashed.mark(claim, [deliveries[0].id], now=NOON)
    crashed.close()  # without giving the chunk back: to the lock file, a death

    heir = open_ledger(url)
    inherited = heir.claim(worker="w", now=NOON)

    assert statuses(heir, mailing) == ["uncertain", "pending"]
    assert [delivery.id for delivery in inherited.deliveries] == [deliveries[1].id]
    heir.close()


def test_while_one_process_is_sending_another_takes_nothing_from_it(path):
    url = f"sqlite:///{path}"
    sending = open_ledger(url)
    mailing, deliveries = started(sending, count=2)
    claim = sending.claim(worker="w", now=NOON)
    sending.mark(claim, [deliveries[0].id], now=NOON)
    other = open_ledger(url)

    assert other.claim(worker="w", now=NOON) is None
    assert statuses(other, mailing) == ["sending", "pending"]
    for ledger in (other, sending):
        ledger.close()
