"""A ledger sends from one place only; a copy of it starts disarmed: one suite for both databases."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from mailer.errors import RuleError
from mailer.ledger import open_ledger
from mailer.ledger.restoring import restore
from mailer.ledger.storage import home
from mailer.ledger.storage.database import Database
from mailer.ledger.storage.definitions import service_tables
from mailer.model.accreditations.accreditation import AccreditationState
from mailer.model.mailings.delivery import Accepted
from mailer.model.mailings.mailing import AudienceRule, MailingState
from mailer.model.service.ledger_home import LedgerHome, Mismatch
from mailer.operations.alerts.watch import alerts
from mailer.operations.people.accreditations import Ruling, register_accreditation
from mailer.operations.restore import adopt_ledger, restore_ledger
from mailer.operations.sending.resolve import resolve_all
from mailer.operations.sending.start import Started, answer_newcomers, start_due
from tests.counterparts.builders import (
    ACTOR,
    NOON,
    a_contact,
    a_mailing,
    after,
    started,
    statuses,
)

PEOPLE = [a_contact(f"reader{number}@press.example") for number in range(4)]


def launched(ledger):
    ledger.contacts.save(
        [replace(each, lists=frozenset({"press"})) for each in PEOPLE], actor=ACTOR, at=NOON
    )
    steps = [a_mailing(), a_mailing("reminder", due_at=after(days=2))]
    assert ledger.mailings.launch(steps, actor=ACTOR, at=after(hours=-4))


def send_all(ledger, *, at):
    sent = 0
    list(start_due(ledger, now=at))
    while (claim := ledger.sending.claim(worker="w", now=at)) is not None:
        ids = [each.id for each in claim.deliveries]
        for delivery_id in ledger.sending.mark(claim, ids, now=at):
            ledger.sending.settle(claim, delivery_id, Accepted("250 OK"), now=at)
            sent += 1
        ledger.sending.release(claim, now=at)
    ledger.mailings.finish(at)
    return sent


@pytest.fixture
def pretend(ledger_url):
    """A function that gives the ledger another home, as if this one were a copy of it."""

    def give(**values):
        database = Database(ledger_url, patience_s=5)
        with database.writing() as connection:
            connection.execute(update(service_tables.home).values(**values))
        database.close()

    return give


def test_a_ledger_belongs_nowhere_before_its_first_launch_and_here_after_it(ledger):
    assert ledger.home.elsewhere() is None
    assert not ledger.home.adopt(actor=ACTOR, at=NOON)

    launched(ledger)

    assert ledger.home.elsewhere() is None
    assert send_all(ledger, at=NOON) == 4


@pytest.mark.parametrize(
    ("values", "mismatch"),
    [
        ({"machine": "another"}, Mismatch.MACHINE),
        ({"folder": "another"}, Mismatch.FOLDER),
    ],
)
def test_in_a_copy_nothing_is_launched_started_claimed_or_marked_as_sent(
    ledger, pretend, values, mismatch
):
    launched(ledger)
    started(ledger, step="under-way", count=2)
    pretend(host="desk-12", location="elsewhere", **values)

    found = ledger.home.elsewhere()

    assert (found.mismatch, found.home.host) == (mismatch, "desk-12")
    for refused in (
        lambda: ledger.mailings.launch([a_mailing(campaign="new")], actor=ACTOR, at=NOON),
        lambda: list(start_due(ledger, now=NOON)),
        lambda: ledger.sending.claim(worker="w", now=NOON),
    ):
        with pytest.raises(RuleError, match="nothing leaves from here"):
            refused()
    assert [each.state for each in ledger.mailings.summaries()] == [
        MailingState.SCHEDULED,
        MailingState.ACTIVE,
        MailingState.SCHEDULED,
    ]
    (alert,) = alerts(ledger, now=NOON)
    assert str(alert.what).startswith("nothing leaves from here")


def test_an_adoption_that_was_interrupted_sends_nothing_and_is_done_again(ledger, pretend):
    launched(ledger)
    pretend(machine="another")
    held = ledger.home.hold_what_may_have_left(actor=ACTOR, at=after(hours=2))

    assert [each.id for each in held] == ["meeting-announcement"]
    assert ledger.home.elsewhere() is not None
    with pytest.raises(RuleError, match="nothing leaves from here"):
        send_all(ledger, at=after(hours=2))
    (doubt,) = adopt_ledger(
        nothing_sent_since=False, actor=ACTOR, ledger=ledger, now=after(hours=2)
    )
    assert doubt.people == 4
    assert ledger.home.elsewhere() is None
    assert send_all(ledger, at=after(hours=2)) == 0


def test_who_says_that_nothing_left_meanwhile_sends_what_was_still_to_come(ledger, pretend):
    launched(ledger)
    pretend(machine="another")

    uncertain = adopt_ledger(nothing_sent_since=True, actor=ACTOR, ledger=ledger, now=NOON)

    assert uncertain == ()
    assert ledger.home.elsewhere() is None
    assert send_all(ledger, at=NOON) == 4
    assert [line.action for line in ledger.journal.entries("ledger")] == ["adopt"]


def test_what_the_original_may_have_sent_is_uncertain_in_the_copy_and_named_by_number(
    ledger, pretend
):
    launched(ledger)
    under_way, _ = started(ledger, step="under-way", count=2)
    pretend(machine="another")

    (doubt,) = adopt_ledger(
        nothing_sent_since=False, actor=ACTOR, ledger=ledger, now=after(hours=2)
    )

    assert (doubt.mailing.step, doubt.people) == ("announcement", 4)
    assert send_all(ledger, at=after(hours=2)) == 0
    assert statuses(ledger, doubt.mailing) == ["uncertain"] * 4
    assert statuses(ledger, under_way) == ["uncertain"] * 2
    states = {each.step: each.state for each in ledger.mailings.summaries()}
    assert states == {
        "announcement": MailingState.DONE,
        "under-way": MailingState.DONE,
        "reminder": MailingState.SCHEDULED,
    }


def test_an_answer_that_the_original_may_have_confirmed_is_uncertain_in_the_copy(ledger, pretend):
    ledger.contacts.save(
        [replace(each, lists=frozenset({"press"})) for each in PEOPLE], actor=ACTOR, at=NOON
    )
    rule = AudienceRule(("press",), only=("asked",), on="asked")
    assert ledger.mailings.launch([a_mailing("asked", rule=rule)], actor=ACTOR, at=NOON)
    assert send_all(ledger, at=NOON) == 0
    asks_to_come(PEOPLE[0], ledger)
    pretend(machine="another")

    (doubt,) = adopt_ledger(
        nothing_sent_since=False, actor=ACTOR, ledger=ledger, now=after(hours=1)
    )
    asks_to_come(PEOPLE[1], ledger)
    list(answer_newcomers(ledger, now=after(hours=1)))

    assert (doubt.mailing.step, doubt.people) == ("asked", 1)
    assert send_all(ledger, at=after(hours=1)) == 1
    assert statuses(ledger, doubt.mailing) == ["uncertain", "accepted"]


def asks_to_come(person, ledger):
    ruling = Ruling(AccreditationState.ASKED)
    register_accreditation(
        "meeting", person.address, ruling=ruling, actor=ACTOR, ledger=ledger, now=NOON
    )


def test_what_is_known_not_to_have_left_is_sent_from_the_copy_at_once(ledger, pretend):
    launched(ledger)
    pretend(machine="another")
    adopt_ledger(nothing_sent_since=False, actor=ACTOR, ledger=ledger, now=NOON)

    resolve_all(
        "meeting",
        confirm=4,
        resend=True,
        actor=ACTOR,
        why="it was off",
        ledger=ledger,
        now=after(hours=1),
    )

    assert send_all(ledger, at=after(hours=1)) == 4


def test_a_restored_database_is_another_one(ledger, pretend):
    launched(ledger)
    pretend(file="1.2")

    if (found := ledger.home.elsewhere()) is not None:
        assert found.mismatch is Mismatch.FILE
    else:  # this file system numbers its files again at each mount
        assert "overlay" in Path("/proc/mounts").read_text(encoding="utf-8")


# Copies of a folder, as they are made.


@pytest.fixture
def original(tmp_path):
    """A ledger with a launched campaign, closed."""
    path = tmp_path / "desk" / "ledger.db"
    ledger = open_ledger(f"sqlite:///{path}")
    launched(ledger)
    ledger.close()
    return path


def at(path):
    return open_ledger(f"sqlite:///{path}")


def test_of_two_copies_of_a_workspace_one_sends(original, tmp_path):
    shutil.copytree(original.parent, tmp_path / "copy")
    ledger, copy = at(original), at(tmp_path / "copy" / "ledger.db")

    assert send_all(ledger, at=NOON) == 4
    with pytest.raises(RuleError, match="nothing leaves from here"):
        send_all(copy, at=after(hours=1))

    ledger.close()
    copy.close()


def test_a_copy_of_a_copy_is_a_copy_too(original, tmp_path):
    for name in ("first", "second"):
        shutil.copytree(original.parent, tmp_path / name)

    copy = at(tmp_path / "second" / "ledger.db")

    assert copy.home.elsewhere().mismatch is Mismatch.FOLDER
    copy.close()


def test_a_moved_folder_asks_once_and_one_that_came_back_does_not(original, tmp_path):
    moved = tmp_path / "moved"
    original.parent.rename(moved)
    ledger = at(moved / "ledger.db")
    assert ledger.home.elsewhere().mismatch is Mismatch.FOLDER
    ledger.close()
    moved.rename(original.parent)

    ledger = at(original)

    assert ledger.home.elsewhere() is None
    ledger.close()


def test_the_same_folder_by_another_name_is_the_same(original, tmp_path):
    (tmp_path / "link").symlink_to(original.parent, target_is_directory=True)

    ledger = at(tmp_path / "link" / "ledger.db")

    assert ledger.home.elsewhere() is None
    ledger.close()


def test_after_a_restore_the_number_of_those_who_may_have_received_it_is_told(original):
    ledger = at(original)
    ledger.backups.create(at=after(hours=-3))
    assert send_all(ledger, at=NOON) == 4
    ledger.close()
    url = f"sqlite:///{original}"

    restored = restore_ledger(
        None,
        restore=lambda copy, **by: restore(url, copy, **by),
        open_ledger=lambda: at(original),
        actor=ACTOR,
        now=after(hours=1),
    )

    (doubt,) = restored.uncertain
    assert (doubt.mailing.step, doubt.people) == ("announcement", 4)
    ledger = at(original)
    assert ledger.home.elsewhere() is None
    assert send_all(ledger, at=after(hours=1)) == 0
    assert statuses(ledger, doubt.mailing) == ["uncertain"] * 4
    ledger.close()


def test_an_older_copy_written_over_the_ledger_in_place_is_noticed(original, tmp_path):
    older = shutil.copy(original, tmp_path / "older.db")
    ledger = at(original)
    assert send_all(ledger, at=NOON) == 4
    ledger.close()
    original.write_bytes(Path(older).read_bytes())

    ledger = at(original)

    assert ledger.home.elsewhere().mismatch is Mismatch.FILE
    with pytest.raises(RuleError, match="does not know what left since"):
        send_all(ledger, at=after(hours=1))
    (doubt,) = adopt_ledger(
        nothing_sent_since=False, actor=ACTOR, ledger=ledger, now=after(hours=1)
    )
    assert doubt.people == 4
    assert ledger.home.elsewhere() is None
    ledger.close()


def test_an_older_copy_in_place_stays_disarmed_while_its_adoption_is_interrupted(
    original, tmp_path
):
    older = shutil.copy(original, tmp_path / "older.db")
    ledger = at(original)
    assert send_all(ledger, at=NOON) == 4
    ledger.close()
    original.write_bytes(Path(older).read_bytes())
    ledger = at(original)
    for number in range(20):  # as many lines as the older copy has forgotten
        ledger.journal.add(at=NOON, actor=ACTOR, action="note", subject=str(number))
        ledger.home.hold_what_may_have_left(actor=ACTOR, at=after(hours=1))

    assert ledger.home.elsewhere().mismatch is Mismatch.FILE
    adopt_ledger(nothing_sent_since=False, actor=ACTOR, ledger=ledger, now=after(hours=1))
    assert ledger.home.elsewhere() is None
    assert send_all(ledger, at=after(hours=1)) == 0
    ledger.close()


def test_a_step_paused_before_the_backup_may_have_been_resumed_since(original):
    ledger = at(original)
    for each in ledger.mailings.summaries():
        ledger.mailings.change_state(
            each.id, to=MailingState.PAUSED, actor=ACTOR, why="wait", at=after(hours=-4)
        )
    ledger.backups.create(at=after(hours=-3))
    ledger.close()

    held = restore(f"sqlite:///{original}", actor=ACTOR, at=after(hours=1)).held

    assert held == ("meeting-announcement",)


def test_a_home_recorded_by_an_older_version_is_the_first_place_that_starts(original):
    ledger = at(original)
    with ledger._database.writing() as connection:
        connection.execute(service_tables.home.delete())

    (first, *_others) = start_due(ledger, now=NOON)

    assert isinstance(first, Started)
    with ledger._database.reading() as connection:
        assert connection.execute(service_tables.home.select()).one().folder == str(
            original.resolve()
        )
        assert home.elsewhere(ledger._database, connection) is None
    ledger.close()


# What is compared.

HERE = LedgerHome("desk", "/srv/ledger.db", "m1", frozenset({"n1", "n2"}), "/srv/ledger.db", "7.1")


@pytest.mark.parametrize(
    ("changed", "mismatch"),
    [
        ({}, None),
        ({"host": "renamed", "location": "shown otherwise"}, None),
        ({"machine": "m2"}, Mismatch.MACHINE),
        ({"machine": ""}, Mismatch.MACHINE),
        ({"network": frozenset({"n3"})}, Mismatch.CLONE),
        ({"network": frozenset({"n2", "n3"})}, None),
        ({"network": frozenset()}, None),
        ({"folder": "/home/ledger.db"}, Mismatch.FOLDER),
        ({"file": "8.1"}, Mismatch.FILE),
        ({"file": "7.2"}, Mismatch.FILE),
        ({"file": ""}, None),
    ],
)
def test_a_place_is_another_one_by_its_machine_network_folder_or_file(changed, mismatch):
    assert HERE.mismatch(replace(HERE, **changed)) is mismatch


IN_A_DATABASE = replace(HERE, file="77.1.16384.16500")


@pytest.mark.parametrize(
    ("file", "mismatch"),
    [
        ("77.2.16384.16500", Mismatch.TIMELINE),
        (".2.16384.16500", Mismatch.TIMELINE),
        ("78.1.16384.16500", Mismatch.FILE),
        ("78.2.16384.16500", Mismatch.FILE),
        ("77.1.16385.16500", Mismatch.FILE),
        ("77.1.16384.16501", Mismatch.FILE),
        (".1.16384.16500", None),  # we may not ask the server who it is
        ("77..16384.16500", None),  # it is a standby, which writes no log
        ("16384.16500", None),  # as it was recorded by a version that asked for less
        ("16384.16501", Mismatch.FILE),
    ],
)
def test_of_a_database_what_both_know_is_compared(file, mismatch):
    there = replace(HERE, file=file)

    assert IN_A_DATABASE.mismatch(there) is there.mismatch(IN_A_DATABASE) is mismatch


def test_a_connection_that_was_made_anew_is_checked_before_its_first_claim(ledger, pretend):
    # It may lead to a standby that was promoted, although the former one was checked just now.
    started(ledger, count=2)
    ledger.sending.release(ledger.sending.claim(worker="w", now=NOON), now=NOON)
    pretend(machine="another")

    ledger._database.engine.dispose()

    with pytest.raises(RuleError, match="nothing leaves from here"):
        ledger.sending.claim(worker="w", now=NOON)


@pytest.mark.parametrize(
    ("hosts", "is_here"),
    [
        ("/run/db", True),
        ("/run/one,/run/two", True),
        ("localhost", True),
        ("db1.office.example", False),
        ("db1.office.example,db2.office.example", False),
        ("/run/db,db2.office.example", False),
    ],
)
def test_the_machine_counts_where_every_host_of_the_database_is_on_it(hosts, is_here):
    database = Database(f"postgresql://press@/press?host={hosts}", patience_s=1)

    assert home._is_on_this_machine(database) is is_here
    database.close()
