"""Every command that reads a file it is given looks at its kind and size before it opens it."""

import os
from pathlib import Path

import pytest

from tests.e2e.commands import mailer

GIVEN = {
    "contacts import": ("contacts", "import", "{file}", "--list", "press"),
    "bounces read": ("bounces", "read", "{file}"),
    "bounces read, of many": ("bounces", "read", "{file}.mbox"),
    "new --from": ("new", "rencontre", "--from", "{file}"),
    "check --text": ("check", "--text", "{file}"),
    "resolve --from-log": ("resolve", "--from-log", "{file}", "--why", "log"),
    "compatibility --html": ("compatibility", "--html", "{file}"),
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    folder = tmp_path_factory.mktemp("office") / "office"
    mailer("init", folder)
    return folder


@pytest.fixture
def given(workspace, tmp_path):
    """Run a command with the file that `made` puts in its place; returns what it says."""

    def run(command, made):
        words = [word.format(file=tmp_path / "given") for word in GIVEN[command]]
        made(next(word for word in words if str(tmp_path) in word))
        done = mailer(*words, workspace=workspace, lang="en", expect=65)
        return done.stderr

    return run


# Windows has no pipe with a name among its files.
# Windows has no pipe that stands in a folder, so that no command can be given one there.
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes in folders")
@pytest.mark.parametrize("command", GIVEN)
def test_a_pipe_is_refused_and_not_waited_for(command, given):
    assert "it is a folder, a device or a pipe" in given(command, os.mkfifo)


@pytest.mark.parametrize("command", GIVEN)
def test_a_file_of_terabytes_is_refused_before_it_is_read(command, given):
    def made(path):
        with Path(path).open("wb") as file:
            file.truncate(3 * 2**40)  # of nothing, which takes no place

    said = given(command, made)

    assert "is too large" in said or "too big" in said
    assert "\n" in said.strip()  # and what to do
