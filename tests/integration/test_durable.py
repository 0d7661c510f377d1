"""Files written whole or not at all, by processes that are killed."""

import os
import signal
import stat
import subprocess
import sys

import pytest

from mailer.excel_csv import excel_csv
from mailer.host.atomic_write import make_private_folder, write_atomically, write_private
from mailer.ledger import open_ledger
from mailer.operations.people.directory import HEADINGS
from tests.counterparts.builders import ACTOR, NOON, a_contact
from tests.e2e.commands import PLAIN, ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

LONG = "x" * 300_000

WRITES = """
import resource, signal, sys
from pathlib import Path
from mailer.host.atomic_write import make_private_folder, write_atomically, write_private
# A file that grows beyond this has the kernel end us, in the middle of the writing.
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
write_atomically(Path(sys.argv[1]), sys.stdin.buffer.read())
"""

EXPORTS = """
import os, signal, sys
from mailer.cli.main import run
kill_at, *arguments = sys.argv[1:]
def die(event, args):
    if event == kill_at and str(args[0]).endswith(".part"):
        os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(die)
sys.exit(run(arguments))
"""


def python(program, *arguments, **how):
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        cwd=ROOT,
        env=PLAIN,
        check=False,
        capture_output=True,
        **how,
    ).returncode


def test_killed_in_the_middle_of_a_file_the_former_one_is_whole(tmp_path):
    report = tmp_path / "index.html"
    report.write_bytes(b"the former report")

    ended = python(WRITES, report, input=LONG.encode())

    assert ended == -signal.SIGXFSZ
    assert report.read_bytes() == b"the former report"
    write_atomically(report, LONG.encode())
    assert report.read_text() == LONG
    assert list(tmp_path.iterdir()) == [report]


@pytest.mark.parametrize("kill_at", ["open", "os.rename"])
def test_killed_while_exporting_the_former_table_is_whole(tmp_path, kill_at):
    ledger = open_ledger(f"sqlite:///{tmp_path / 'var' / 'ledger.db'}")
    ledger.contacts.save([a_contact()], at=NOON, actor=ACTOR)
    ledger.close()
    (tmp_path / "campaigns").mkdir()
    table = tmp_path / "table.csv"
    former = excel_csv([[str(heading) for heading in HEADINGS], ["the former table"]])
    table.write_bytes(former)
    command = ("--workspace", tmp_path, "contacts", "export", "--out", table)

    assert python(EXPORTS, kill_at, *command) == -signal.SIGKILL
    assert table.read_bytes() == former

    assert python(EXPORTS, "never", *command) == 0
    assert b"ada@press.example" in table.read_bytes()
    assert stat.S_IMODE(table.stat().st_mode) == 0o600


def test_what_is_no_file_is_written_as_it_is(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with os.fdopen(os.open(pipe, os.O_RDWR), "rb", buffering=0) as end:
        write_atomically(pipe, b"a table")

        assert end.read(100) == b"a table"
    assert list(tmp_path.iterdir()) == [pipe]


def test_a_file_that_others_could_read_is_private_once_it_is_written_again(tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    for each in (first, second):
        each.write_bytes(b"former")
        each.chmod(0o644)

    write_atomically(first, b"new")
    write_private(second, b"new")

    for each in (first, second):
        assert each.read_bytes() == b"new"
        assert stat.S_IMODE(each.stat().st_mode) == 0o600


def test_folders_on_the_way_are_private_and_those_that_are_there_stay_as_they_are(tmp_path):
    ours = tmp_path / "a" / "b" / "c"
    tmp_path.chmod(0o755)

    make_private_folder(ours)
    make_private_folder(ours)

    modes = [
        stat.S_IMODE(each.stat().st_mode) for each in (tmp_path, *list(ours.parents)[:2], ours)
    ]
    assert modes == [0o755, 0o700, 0o700, 0o700]
