"""Hosts of one office: processes of the service that share a PostgreSQL database."""

import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

from mailer.render.fingerprint import content_hash
from tests.counterparts.builders import COMPILED, FRENCH, started

ROOT = Path(__file__).resolve().parents[2]
CONFIG = """\
[office]
name = "Institut"
[sender]
from = "Presse <presse@institut.example>"
[transport]
backend = "smtp"
allow_list = ["@press.example"]
[transport.smtp]
host = "127.0.0.1"
port = {port}
tls = "none"
depth = 1
[ledger]
url = "{url}"
{ledger}
[engine]
kind = "procrastinate"
workers = {workers}
"""


def office(folder, url, *, port, workers=2, ledger=""):
    """Write the workspace of an office whose hosts share the database at `url`."""
    folder.mkdir()
    text = CONFIG.format(url=url, port=port, workers=workers, ledger=ledger)
    (folder / "config.toml").write_text(text, "utf-8")
    return folder


def under_way(ledger, *, count):
    """A mailing under way whose content passes the check before it is sent."""
    compiled = replace(COMPILED, content_hash=content_hash(COMPILED))
    mailing, _deliveries = started(
        ledger,
        count=count,
        expires_at=datetime.now(UTC) + timedelta(days=1),
        variants={FRENCH: compiled},
    )
    return mailing


@dataclass(frozen=True)
class Version:
    """A version of the program: the folder of its code, and its module."""

    folder: Path = ROOT
    module: str = "mailer"

    def command(self, workspace, *words, lang="en"):
        """The arguments and the rest of a process."""
        options = ("--lang", lang, "--workspace", str(workspace))
        return {
            "args": [sys.executable, "-m", self.module, *options, *words],
            "cwd": self.folder,
            "env": {**os.environ, "PYTHONPATH": str(self.folder)},
        }


THIS_VERSION = Version()


@contextmanager
def host(workspace, *options, lang="en", version=THIS_VERSION, **environment):
    """One host: `mailer run`, killed at the end if it still runs."""
    command = version.command(workspace, "run", *options, lang=lang)
    process = subprocess.Popen(
        **command | {"env": command["env"] | environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def delete_all_jobs(url):
    """Delete every job of the engine; returns how many there were."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DELETE FROM procrastinate_periodic_defers")
        return connection.execute("DELETE FROM procrastinate_jobs").rowcount
