"""The command line as a process."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLAIN = {
    "PYTHONPATH": str(ROOT),
    "COLUMNS": "160",
    "PYTHONDONTWRITEBYTECODE": "",  # a command is started often: let it find its bytecode
}
EXAMPLE = "2017-12-09-recherche-associations"


def mailer(*arguments, workspace=None, lang="fr", expect=0, program="mailer", **environment):
    """Runs one command to its end; the completed process, whose exit code was `expect`."""
    chosen = ["--workspace", str(workspace)] if workspace else []
    done = subprocess.run(
        [sys.executable, "-m", program, "--lang", lang, *chosen, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=180,
        check=False,
        env={**os.environ, **PLAIN, **environment},
    )
    assert done.returncode == expect, f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"
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
    mailer("init", folder)
    if lists:
        files = folder / "campaigns" / EXAMPLE / "lists"
        mailer(
            "contacts", "import", files / "journalistes.xlsx", "--list", "press", workspace=folder
        )
        mailer(
            "contacts",
            "import",
            files / "associations.csv",
            "--list",
            "associations",
            workspace=folder,
        )
    return folder
