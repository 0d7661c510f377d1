"""A name that is wrong costs nothing, and is said in words."""

import os
import subprocess
import sys

import pytest

from tests.e2e.commands import EXAMPLE, PLAIN, a_workspace, launched_example, mailer


@pytest.fixture
def workspace(tmp_path):
    return a_workspace(tmp_path / "bureau")


def content(folder):
    return {
        path.relative_to(folder): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "var" not in path.relative_to(folder).parts
    }


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("config.toml", "ne peut pas être écrit"),
        ("mine.csv", "n’a pas été écrit par mailer"),
        ("mine.xlsx", "n’a pas été écrit par mailer"),
    ],
)
def test_an_export_never_replaces_what_the_program_did_not_write(workspace, name, says):
    config = workspace / name
    if not config.exists():
        config.write_bytes(b"mine")
    before = config.read_bytes()

    refused = mailer("contacts", "export", "--out", config, workspace=workspace, expect=65)

    assert says in refused.stderr
    assert config.read_bytes() == before


def test_an_export_replaces_an_earlier_one_in_whichever_language(workspace, tmp_path):
    out = tmp_path / "contacts.csv"

    for lang in ("fr", "en", "fr"):
        mailer("contacts", "export", "--out", out, workspace=workspace, lang=lang)

    assert out.read_text("utf-8-sig").startswith("Courriel;")


@pytest.mark.parametrize(
    "command",
    [
        ("report", EXAMPLE, "--out"),
        ("rehearse", EXAMPLE, "--out"),
        ("demo", "--out"),
    ],
)
def test_pages_are_never_written_among_other_things(workspace, command):
    launched_example(workspace)
    before = content(workspace)

    refused = mailer(*command, workspace, workspace=workspace, expect=65)

    assert "mailer n’a pas" in refused.stderr
    assert content(workspace) == before


def test_a_preview_is_never_written_among_the_texts_of_its_campaign(workspace):
    before = content(workspace)

    mailer(
        *("preview", EXAMPLE, "--no-browser", "--out", workspace / "campaigns"),
        workspace=workspace,
        expect=65,
    )

    assert content(workspace) == before


def test_pages_are_written_twice_into_one_folder(workspace, tmp_path):
    launched_example(workspace)

    for _time in range(2):
        mailer("report", EXAMPLE, "--out", tmp_path / "report", workspace=workspace)
        mailer(
            *("preview", EXAMPLE, "--no-browser", "--out", tmp_path / "preview"),
            workspace=workspace,
        )

    assert (tmp_path / "report" / "index.html").is_file()


def test_a_path_that_cannot_be_is_said_in_words(workspace, tmp_path):
    file = tmp_path / "a-file"
    file.write_text("x", "utf-8")
    commands = [
        ("contacts", "export", "--out", file / "contacts.csv"),
        ("contacts", "export", "--out", tmp_path),
        ("contacts", "export", "--out", tmp_path / ("x" * 300)),
        ("contacts", "import", file / "list.csv", "--list", "press"),
        ("contacts", "import", tmp_path, "--list", "press"),
        ("render", EXAMPLE, "announcement", "--out", file),
        ("render", EXAMPLE, "announcement", "--out", tmp_path / ("x" * 300)),
        ("preview", EXAMPLE, "--no-browser", "--out", file),
        ("rehearse", EXAMPLE, "--out", file / "rehearsal"),
        ("demo", "--out", file),
        ("init", file),
        ("init", file / "workspace"),
        ("bounces", "read", tmp_path / "nothing.eml"),
        ("check", "x" * 300),
        ("plan", "x" * 300),
    ]

    for command in commands:
        done = mailer(*command, workspace=workspace, expect=None)
        assert done.returncode in {1, 2, 65, 74, 75}, (command, done.returncode, done.stderr)
        assert done.stderr, command


@pytest.mark.parametrize(
    "command",
    [
        ("check", b"rencontre-\xe9"),
        ("contacts", "import", b"journalistes-\xe9.csv", "--list", "press"),
        ("contacts", "suppress", b"andr\xe9@press.example", "--why", "call"),
        ("contacts", "list", "--list", b"\xff"),
        ("contacts", "export", "--out", b"\xe9.csv"),
    ],
)
def test_an_argument_that_is_not_utf_8_is_said_in_words(workspace, command):
    done = subprocess.run(
        [sys.executable, "-m", "mailer", "--workspace", str(workspace), *command],
        capture_output=True,
        check=False,
        env={**os.environ, **PLAIN},
    )

    assert done.returncode == 65, done.stderr
    assert "UTF-8" in done.stderr.decode()


@pytest.mark.parametrize("typed", ["bureux", "bureau/campaigns", "bureau/campaigns/nothing", "."])
def test_a_folder_that_is_no_workspace_is_refused_with_the_nearest_that_is_one(workspace, typed):
    folder = workspace.parent / typed
    before = sorted(workspace.parent.rglob("*"))

    for command in (("run", "--until-idle"), ("status",), ("web", "--no-browser"), ("doctor",)):
        refused = mailer(*command, workspace=folder, expect=78)

        assert f"Indiquez {workspace}, qui en est un" in refused.stderr
        assert "mailer init" in refused.stderr
    assert sorted(workspace.parent.rglob("*")) == before


def test_where_no_workspace_is_near_it_is_said_how_one_is_begun(tmp_path):
    refused = mailer("run", "--until-idle", workspace=tmp_path / "nothing" / "here", expect=78)

    assert "Indiquez le dossier de votre bureau" in refused.stderr
    assert not (tmp_path / "nothing").exists()


def test_a_text_is_read_over_in_any_folder(tmp_path):
    text = tmp_path / "release.md"
    text.write_text("# La mer\n\nUn texte.\n", "utf-8")

    mailer("check", "--text", text, workspace=tmp_path, expect=1)

    assert list(tmp_path.iterdir()) == [text]
