"""The history of campaign files is linear, and written with its line of the journal."""

import threading
from dataclasses import replace
from hashlib import sha256

import pytest

from mailer.ledger import open_ledger
from mailer.ledger.storage.definitions import desk_tables as tables
from mailer.model.drafts.revision import Scratch
from mailer.model.mailings.mailing import SignOff
from mailer.model.team.actor import Via
from tests.counterparts.builders import ACTOR, NOON, a_revision, after, an_entry


def digest(content):
    return sha256(content).hexdigest()


def add(ledger, number, files, **more):
    revision = a_revision(number, files={path: digest(each) for path, each in files.items()})
    contents = {digest(each): each for each in files.values()}
    return ledger.revisions.add(revision, contents=contents, **more)


def test_a_revision_gives_back_its_files_and_who_made_it(ledger):
    revision = a_revision(1, files={"a.md": digest(b"one")}, why="first")
    ledger.revisions.add(revision, contents={digest(b"one"): b"one"})

    assert ledger.revisions.head("meeting") == revision
    assert ledger.revisions.get("meeting", 1) == revision
    assert ledger.revisions.contents(revision.files.values()) == {digest(b"one"): b"one"}
    assert list(ledger.journal.entries("meeting")) == [an_entry("edit", "meeting", "1: first")]


def test_only_the_next_number_can_be_added(ledger):
    assert add(ledger, 1, {"a.md": b"one"})

    assert not add(ledger, 1, {"a.md": b"two"})
    assert not add(ledger, 3, {"a.md": b"three"})
    assert add(ledger, 2, {"a.md": b"two"})
    assert [each.number for each in ledger.revisions.history("meeting")] == [2, 1]
    assert len(ledger.journal.entries("meeting")) == 2


def test_of_writers_at_once_one_gets_the_number(ledger_url):
    results, ready = [], threading.Barrier(4)

    def write(who):
        ledger = open_ledger(ledger_url)
        ready.wait()
        results.append(add(ledger, 1, {"a.md": who.encode()}))
        ledger.close()

    threads = [threading.Thread(target=write, args=(who,)) for who in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results) == [False, False, False, True]


def test_an_unknown_revision_is_a_key_error(ledger):
    with pytest.raises(KeyError):
        ledger.revisions.get("meeting", 1)
    assert ledger.revisions.head("meeting") is None


def test_the_history_is_read_in_pages(ledger):
    for number in range(1, 6):
        add(ledger, number, {"a.md": b"%d" % number})

    newest = ledger.revisions.history("meeting", limit=2)
    older = ledger.revisions.history("meeting", before=newest[-1].number, limit=9)

    assert [each.number for each in (*newest, *older)] == [5, 4, 3, 2, 1]


def test_each_folder_is_recorded_with_the_revision_or_alone(ledger):
    add(ledger, 1, {"a.md": b"one"}, in_folder={"a.md": digest(b"one")}, folder="here")
    ledger.revisions.record_written("meeting", {"b.md": "x", "c.md": "y"}, folder="here")
    ledger.revisions.record_written("meeting", {"b.md": None, "c.md": "z"}, folder="here")
    ledger.revisions.record_written("meeting", {"a.md": "old"}, folder="there")

    assert ledger.revisions.written("meeting", "here") == {"a.md": digest(b"one"), "c.md": "z"}
    assert ledger.revisions.written("meeting", "there") == {"a.md": "old"}
    assert ledger.revisions.written("meeting", "nowhere") is None
    assert ledger.revisions.written("other", "here") is None


def test_what_an_older_version_recorded_of_the_only_folder_it_knew_is_read_until_there_is_more(
    ledger,
):
    with ledger._database.writing() as connection:
        row = {"campaign": "meeting", "path": "a.md", "sha256": "old"}
        connection.execute(tables.working_copy.insert(), row)

    assert ledger.revisions.written("meeting", "here") == {"a.md": "old"}
    ledger.revisions.record_written("meeting", {"a.md": "new"}, folder="here")
    assert ledger.revisions.written("meeting", "here") == {"a.md": "new"}
    assert ledger.revisions.written("meeting", "there") is None


def a_scratch(tab="t1", person="id-ada", text="écrit", at=NOON, path="a.md"):
    return Scratch(
        person=person, name="Ada", tab=tab, campaign="meeting", path=path, base=3, text=text, at=at
    )


def test_an_unsaved_text_is_kept_for_each_person_and_tab(ledger):
    for scratch in (
        a_scratch(text="début"),
        a_scratch(text="suite", at=after(seconds=2)),
        a_scratch(tab="t2", at=after(seconds=1)),
        a_scratch(person="id-bea", path="b.md"),
    ):
        ledger.revisions.save_scratch(scratch)

    assert list(ledger.revisions.scratches("meeting", "a.md")) == [
        a_scratch(text="suite", at=after(seconds=2)),
        a_scratch(tab="t2", at=after(seconds=1)),
    ]
    assert len(ledger.revisions.scratches("meeting")) == 3
    assert not ledger.journal.entries("meeting")


def test_an_unsaved_text_is_discarded_by_its_own_tab_only(ledger):
    ledger.revisions.save_scratch(a_scratch())
    its = {"campaign": "meeting", "path": "a.md"}

    assert not ledger.revisions.discard_scratch(person="id-ada", tab="t2", **its)
    assert not ledger.revisions.discard_scratch(person="id-bea", tab="t1", **its)
    assert ledger.revisions.discard_scratch(person="id-ada", tab="t1", **its)
    assert not ledger.revisions.scratches("meeting")


def test_a_sign_off_keeps_the_number_of_the_revision(ledger):
    signed = SignOff("meeting", "f", "Ada", NOON, "id-ada", revision=7)

    ledger.mailings.sign(signed, actor=ACTOR)

    assert ledger.mailings.sign_offs("meeting") == [signed]


def test_the_last_edit_is_that_of_a_person_and_not_what_was_found_in_the_folder(ledger):
    add(ledger, 1, {"a.md": b"typed"})
    found = a_revision(2, files={"a.md": digest(b"typed")})
    ledger.revisions.add(replace(found, via=Via.PROGRAM), contents={})

    assert ledger.revisions.last_edit("meeting").number == 1
    assert ledger.revisions.last_edit("other") is None


def test_the_last_edits_of_many_campaigns_are_those_of_each(ledger):
    for number in (1, 2):
        add(ledger, number, {"a.md": b"typed"})
    ledger.revisions.add(replace(a_revision(1, files={}), campaign="other"), contents={})

    found = ledger.revisions.last_edits(["meeting", "other", "nothing", *map(str, range(1200))])

    assert {name: each.number for name, each in found.items()} == {"meeting": 2, "other": 1}
