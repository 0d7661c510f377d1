"""Every file or folder that a command is given by name is looked at before it is opened."""

import os
from pathlib import Path

import pytest
from typer.main import get_command

from mailer.cli.main import build
from tests.e2e.commands import EXAMPLE, a_workspace, launched_example, mailer

WORDS = {
    "campaign": EXAMPLE,
    "name": "rencontre",
    "slug": "rencontre",
    "step": "invitation",
    "list_name": "press",
    "address": "claire@journal.example",
    "why": "her letter",
}
"""What the other words of these commands may be, by the name that the parser gives them."""
MORE = {
    "resolve": ("--why", "log"),
    "install-service": ("--install", "--yes"),
    "contacts import": ("--list", "press"),
    "restore": ("--by", "Amina Benali"),
}
"""What some of them need besides, although the parser does not ask for it."""
ENDS = (".csv", ".xlsx", ".mbox")
"""By which some of them know what they read or write."""
FAULT = 70


def _given(command, path=()):
    """Every parameter of the command line that is a path, with the words before it."""
    for parameter in command.params:
        if "Path" in str(parameter.type_descriptor.annotation):
            yield path, command, parameter
    for name, child in getattr(command, "commands", {}).items():
        yield from _given(child, (*path, name))


GIVEN = {
    " ".join((*path, parameter.opts[0])): (path, command, parameter)
    for path, command, parameter in _given(get_command(build()))
}
"""`contacts import file`, `restore --from`: taken from the parser, so that none is forgotten."""


def words_with(given, file):
    path, command, parameter = GIVEN[given]
    if not path:  # the workspace itself
        return (parameter.opts[0], file, "status")
    words = [*path]
    for other in command.params:
        if other is parameter and other.param_type_name == "argument":
            words.append(file)
        elif other is parameter:
            words += [other.opts[0], file]
        elif other.required and other.param_type_name == "argument":
            words.append(WORDS[other.name])
        elif other.required:
            words += [other.opts[0], WORDS[other.name]]
    return (*words, *MORE.get(" ".join(path), ()))


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    folder = a_workspace(tmp_path_factory.mktemp("office") / "office")
    launched_example(folder)
    return folder


@pytest.fixture
def refused(workspace, tmp_path):
    """Run a command with what `made` puts in the place of its file; returns what it says."""

    def run(given, made, *, suffix=""):
        file = tmp_path / f"given{suffix}"
        made(file)
        done = mailer(*words_with(given, file), workspace=workspace, lang="en", expect=None)
        assert done.returncode not in {0, FAULT}, (done.stdout, done.stderr)
        assert str(file) in done.stderr or names(given, done.stderr), done.stderr
        assert len(done.stderr.strip().splitlines()) > 1, "it does not say what to do"
        return done.stderr

    return run


def names(given, said):
    """Whether the option is named, beside which the file was typed."""
    return said.startswith(GIVEN[given][2].opts[0])


def of_terabytes(path):
    with Path(path).open("wb") as file:
        file.truncate(3 * 2**40)  # of nothing, which takes no place


FILES = [
    given for given, (_, _, it) in GIVEN.items() if it.type_descriptor.parameter_info.file_okay
]


# Windows has no pipe that stands in a folder, so that no command can be given one there.
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes in folders")
@pytest.mark.parametrize("given", GIVEN)
def test_a_pipe_is_refused_and_not_waited_for(given, refused):
    assert "a device or a pipe" in refused(given, os.mkfifo)


@pytest.mark.parametrize("given", GIVEN)
def test_a_device_is_refused(given, refused):
    assert "a device or a pipe" in refused(given, lambda at: at.symlink_to(os.devnull))


@pytest.mark.parametrize("given", GIVEN)
def test_what_cannot_be_opened_is_refused(given, refused):
    """A link to itself: nobody can open it, not even the administrator of the machine."""
    said = refused(given, lambda at: at.symlink_to(at))

    assert "cannot be opened" in said or "that you may read" in said


@pytest.mark.parametrize("given", sorted({*FILES} - {"bounces read files"}))  # or of a folder
def test_a_folder_is_refused_where_a_file_is_read_or_written(given, refused):
    refused(given, Path.mkdir)


# The administrator of a machine may read every file.
@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="who runs this may read all")
@pytest.mark.parametrize("given", FILES)
def test_a_file_that_one_may_not_read_is_refused(given, refused):
    refused(given, lambda at: at.touch(mode=0))


@pytest.mark.parametrize(
    ("given", "suffix"),
    [*((given, "") for given in GIVEN), *((given, end) for given in FILES for end in ENDS)],
)
def test_a_file_of_terabytes_is_refused_before_it_is_read(given, suffix, refused):
    refused(given, of_terabytes, suffix=suffix)
