"""What names people is its owner's alone, wherever the workspace is and whatever it is called."""

import os
import stat
from contextlib import contextmanager

import pytest

from mailer.config.sections import sqlite_url
from mailer.ledger import open_ledger
from tests.counterparts.builders import NOON
from tests.e2e.commands import EXAMPLE, a_workspace, launched_example, mailer

NAMES = ["100%20 é", "why?mode=ro#[1]"]


@contextmanager
def usual_umask():
    before = os.umask(0o022)
    yield
    os.umask(before)


def open_to_others(folder):
    """The files and folders below that anybody but their owner may use."""
    return [
        str(each.relative_to(folder))
        for each in folder.rglob("*")
        if stat.S_IMODE(each.lstat().st_mode) & 0o077
    ]


def test_what_names_people_can_be_read_by_its_owner_alone(tmp_path):
    workspace, out = a_workspace(tmp_path / "press"), tmp_path / "out"
    where = {"workspace": workspace}
    odd = tmp_path / "odd.csv"
    odd.write_text("email;name\nada@press.example;Ada\nnot an address;Bea\n", encoding="utf-8")

    with usual_umask():
        mailer("preview", EXAMPLE, "--out", out / "preview", **where)
        mailer("render", EXAMPLE, "announcement", "--out", out / "eml", **where)
        mailer("rehearse", EXAMPLE, "--out", out / "rehearsal", **where)
        mailer("contacts", "export", "--out", out / "tables" / "all.csv", **where)
        mailer("contacts", "import", odd, "--list", "press", expect=None, **where)
        launched_example(workspace)
        mailer("run", "--until-idle", "--at", "2017-12-04T09:30", **where)
        mailer("report", EXAMPLE, "--out", out / "report", **where)

    assert open_to_others(out) == []
    assert stat.S_IMODE(out.stat().st_mode) == 0o700
    assert open_to_others(workspace / "var") == []
    assert list((workspace / "var" / "outbox").rglob("*.eml"))


def test_who_wrote_people_into_files_stands_in_the_journal(tmp_path):
    workspace = a_workspace(tmp_path / "press")
    launched_example(workspace)
    where = {"workspace": workspace}
    mailer("run", "--until-idle", "--at", "2017-12-04T09:30", **where)

    mailer(
        "render",
        EXAMPLE,
        "announcement",
        "--out",
        tmp_path / "eml",
        "--by",
        "Claire Delmas",
        **where,
    )
    mailer("report", EXAMPLE, "--out", tmp_path / "report", "--by", "Claire Delmas", **where)
    mailer("report", EXAMPLE, **where)

    lines = mailer("journal", "list", **where).stdout
    assert lines.count("a exporté des personnes") == 2


def test_the_demonstration_can_be_entered_by_its_owner_alone(tmp_path):
    with usual_umask():
        mailer("demo", "--out", tmp_path / "demo")

    assert stat.S_IMODE((tmp_path / "demo").stat().st_mode) == 0o700
    assert not [name for name in open_to_others(tmp_path / "demo") if "workspace" not in name]


@pytest.mark.parametrize("name", NAMES)
def test_a_workspace_may_be_called_anything(tmp_path, name):
    workspace = a_workspace(tmp_path / name)

    mailer("rehearse", EXAMPLE, "--out", tmp_path / f"{name} too", workspace=workspace)
    (backup,) = backups(workspace)
    mailer("restore", "--by", "amina benali", "--from", backup, workspace=workspace)

    assert (workspace / "var" / "ledger.db").stat().st_size > 4096
    assert list((tmp_path / f"{name} too" / "messages").rglob("*.eml"))
    assert {each.name for each in tmp_path.iterdir()} == {name, f"{name} too"}


def backups(workspace):
    ledger = open_ledger(sqlite_url(workspace / "var" / "ledger.db"))
    ledger.backups.create(at=NOON)
    ledger.close()
    return (workspace / "var" / "backups").glob("*.db")
