"""Every sentence that is shown comes from the catalogue: seen in a language made for the test.

Its translations are the English sentences between brackets. What stands outside brackets must be
data: words of the workspace, names of commands, dates, addresses.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tests.e2e.commands import EXAMPLE

ROOT = Path(__file__).resolve().parents[2]
LANGUAGE = "eo"  # Babel has its dates, and we have no catalogue for it
FORMATS = {"%Y-%m-%d %H:%M"}
WORD = re.compile(r"[^\W\d_]{3,}")
COMMANDS = [
    "",
    "--help",
    "nothing",
    "launch",
    "launch --confirm many x",
    "contacts",
    "contacts import --help",
    "bounces",
    "accreditations",
    "new --help",
    "new x --kind nothing --title y",
    "new x --kind advisory --title y --event tomorrow",
    f"check {EXAMPLE}",
    "check nothing",
    f"plan {EXAMPLE}",
    f"preview {EXAMPLE} --no-browser --out preview",
    f"render {EXAMPLE} announcement --out out",
    f"render {EXAMPLE} nothing --out out",
    f"rehearse {EXAMPLE} --out rehearsal",
    f"proof {EXAMPLE} announcement --by X",
    f"approve {EXAMPLE} --by X",
    f"launch {EXAMPLE} --confirm 1 --by X",
    "status",
    f"report {EXAMPLE} --out report",
    f"pause {EXAMPLE} --by X",
    f"resume {EXAMPLE} --by X",
    f"cancel {EXAMPLE} --by X",
    f"accreditations list {EXAMPLE}",
    f"accreditations add {EXAMPLE} x@y.example --by X",
    "contacts list",
    "contacts import missing.csv --list press",
    "contacts export --out table.csv --by X",
    "contacts correct a@b.example c@d.example --by X --why y",
    "contacts lift a@b.example --by X --why y",
    "bounces list",
    "bounces dead-letters",
    "bounces fetch",
    "bounces read missing.eml",
    f"bounces read {ROOT / 'tests/corpus/bounces/postfix-user-unknown.eml'}",
    "resolve nothing --as-sent --by X --why y",
    "resolve",
    "restore --by X",
]


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """A copy of the program that speaks the language of brackets as well."""
    copy = tmp_path_factory.mktemp("copy")
    for part in ("mailer", "campaigns", "templates", "config.example.toml"):
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, copy / part, ignore=shutil.ignore_patterns("*.pyc"))
        else:
            shutil.copy(source, copy / part)
    source = ROOT / "mailer" / "locale" / "en" / "LC_MESSAGES" / "mailer.po"
    catalogue = read_po(BytesIO(source.read_bytes()), locale="en")
    for message in catalogue:
        if message.id and message.id not in FORMATS:
            several = isinstance(message.id, tuple)
            message.string = (
                tuple(f"⟦{one}⟧" for one in message.id) if several else f"⟦{message.id}⟧"
            )
    folder = copy / "mailer" / "locale" / LANGUAGE / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "mailer.mo").open("wb") as file:
        write_mo(file, catalogue)
    return copy


@pytest.fixture(scope="module")
def workspace(package, tmp_path_factory):
    folder = tmp_path_factory.mktemp("work")
    said(package, folder, f"init {folder / 'office'}")
    office = folder / "office"
    for name, file in (("press", "journalistes.xlsx"), ("associations", "associations.csv")):
        path = office / "campaigns" / EXAMPLE / "lists" / file
        said(package, office, f"contacts import {path} --list {name} --by X")
    return office


def said(package, folder, command):
    """All that a command prints in the language of brackets."""
    done = subprocess.run(
        [sys.executable, "-m", "mailer", "--lang", LANGUAGE, *command.split()],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(package), "COLUMNS": "200"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


def outside_brackets(text):
    """The words that are in no pair of brackets."""
    while re.search(r"⟦[^⟦⟧]*⟧", text):
        text = re.sub(r"⟦[^⟦⟧]*⟧", " ", text)
    return {word.lower() for word in WORD.findall(text)}


@pytest.fixture(scope="module")
def data(workspace):
    """The words of the workspace and of the commands, and the names of months and days."""
    files = [path for path in workspace.rglob("*") if path.suffix in {".toml", ".md", ".csv"}]
    texts = [path.read_text("utf-8", errors="replace") for path in files]
    texts += [path.as_posix() for path in workspace.rglob("*")]
    texts += [
        " ".join(COMMANDS),
        *(
            (ROOT / "docs/reference" / page).read_text("utf-8")
            for page in ("commands.md", "checks.md")
        ),
    ]
    locale = Locale.parse(LANGUAGE)
    for names in (locale.months, locale.days):
        texts += [
            name for kinds in names.values() for each in kinds.values() for name in each.values()
        ]
    texts.append(json.dumps(directory(workspace), ensure_ascii=False))
    return {word.lower() for text in texts for word in WORD.findall(text)}


def directory(workspace):
    """What the example's workbook says: it is no text file."""
    from openpyxl import load_workbook

    book = load_workbook(workspace / "campaigns" / EXAMPLE / "lists" / "journalistes.xlsx")
    return [[str(cell) for cell in row] for row in book.active.iter_rows(values_only=True)]


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_is_shown_that_the_catalogue_does_not_say(package, workspace, data, command):
    shown = said(package, workspace, command)

    assert outside_brackets(shown) - data == set(), shown
