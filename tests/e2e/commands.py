"""The command line as a process."""

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from mailer.config.sections import sqlite_url
from mailer.ledger import open_ledger
from mailer.model.team.actor import PROGRAM
from tests.counterparts.warm_start import run_command

ROOT = Path(__file__).resolve().parents[2]
PLAIN = {
    "PYTHONPATH": str(ROOT),
    "COLUMNS": "160",
    "PYTHONDONTWRITEBYTECODE": "",  # a command is started often: let it find its bytecode
}
EXAMPLE = "2017-12-09-recherche-associations"


def mailer(*arguments, workspace=None, lang="fr", expect=0, program="mailer", **environment):
    """Run one command to its end; returns the completed process, whose exit code was `expect`
    (None: any).

    Another `program` than the real one is started cold.
    """
    chosen = ["--workspace", str(workspace)] if workspace else []
    words = ["--lang", lang, *chosen, *map(str, arguments)]
    environment = {**os.environ, **PLAIN, **environment}
    if program == "mailer":
        done = run_command(words, environment)
    else:
        done = subprocess.run(
            [sys.executable, "-m", program, *words],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            env=environment,
        )
    assert expect in {None, done.returncode}, (
        f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"
    )
    assert "Traceback" not in done.stderr
    return done


def answer(*arguments, **how):
    """The JSON a command answers."""
    return json.loads(mailer(*arguments, "--json", **how).stdout)


def answers(*arguments, **how):
    """The JSON lines a command answers."""
    return [json.loads(line) for line in mailer(*arguments, "--json", **how).stdout.splitlines()]


def a_workspace(folder, *, lists=True):
    """A workspace with the example campaign, its lists imported."""
    if not lists:
        mailer("init", folder)
        return folder
    return Path(shutil.copytree(_example(), folder))


def launched_example(workspace):
    """Sign off and launch the campaign of a workspace as `a_workspace` makes it.

    Returns the number of recipients of its first step.
    """
    launched = _launched()
    shutil.copytree(launched.workspace / "var", workspace / "var", dirs_exist_ok=True)
    adopt(workspace)
    return launched.count


def adopt(workspace):
    """Let a copied workspace send in the place of the one it was copied from."""
    ledger = open_ledger(sqlite_url(workspace / "var" / "ledger.db"))
    ledger.home.adopt(actor=PROGRAM, at=datetime.now(tz=UTC))
    ledger.close()


def sign_and_launch(workspace):
    """Sign off and launch the example as it stands; returns the recipients of its first step."""
    first = answer("plan", EXAMPLE, workspace=workspace)["steps"][0]
    by = ("--by", "C. Delmas")
    mailer("approve", EXAMPLE, *by, workspace=workspace)
    mailer(
        *("launch", EXAMPLE, "--confirm", first["recipients"], *by, "--at", "2017-12-04T08:00"),
        workspace=workspace,
    )
    return first["recipients"]


# Made once by the commands and copied for each test: ten commands cost as many seconds.
@cache
def _example():
    folder = _folder()
    mailer("init", folder)
    files = folder / "campaigns" / EXAMPLE / "lists"
    for file, name in (("journalistes.xlsx", "press"), ("associations.csv", "associations")):
        mailer("contacts", "import", files / file, "--list", name, workspace=folder)
    return folder


@dataclass(frozen=True)
class _Launched:
    workspace: Path
    count: int


@cache
def _launched():
    workspace = a_workspace(_folder())
    return _Launched(workspace, sign_and_launch(workspace))


def _folder():
    parent = Path(tempfile.mkdtemp(prefix="mailer-commands-"))
    atexit.register(shutil.rmtree, parent, ignore_errors=True)
    return parent / "bureau"
