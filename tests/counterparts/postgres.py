"""A PostgreSQL for tests: the one that is given, or Debian's own on a private socket."""

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

GIVEN = "MAILER_TEST_POSTGRES"
MISSING = (
    f"no PostgreSQL to test against: set {GIVEN} to the URL of one, "
    "or install Debian's postgresql package"
)


@contextmanager
def postgres_server(*, is_durable=False):
    """Yields the URL of a server where databases may be created; None where there is none.

    With `is_durable`, one of ours flushes each commit to the disk; a given one does as it is set.
    """
    if given := os.environ.get(GIVEN):
        yield given
    elif binaries := postgres_binaries():
        with _private_server(binaries, is_durable=is_durable) as (url, _restart):
            yield url
    else:
        yield None


@contextmanager
def mortal_server():
    """A server of one's own to crash: its URL, and what crashes and starts it again; None
    where there is none.
    """
    if binaries := postgres_binaries():
        with _private_server(binaries) as server:
            yield server
    else:
        yield None


@contextmanager
def database_on(server, *, name):
    """A database of its own on `server`, gone afterwards; yields its URL."""
    admin = make_url(server).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield make_url(server).set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def postgres_binaries():
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    if found:
        return found[-1].parent
    on_path = shutil.which("pg_ctl")
    return Path(on_path).resolve().parent if on_path else None


@contextmanager
def _private_server(binaries, *, is_durable=False):
    folder = Path(tempfile.mkdtemp(prefix="mailer-postgres-"))
    cluster = folder / "data"
    # PostgreSQL refuses to run as root; Debian's package brings the user `postgres`.
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_user:
        shutil.chown(folder, "postgres")

    def run(*command):
        return subprocess.run([*as_user, *command], check=True, capture_output=True)

    initdb, pg_ctl = str(binaries / "initdb"), str(binaries / "pg_ctl")
    run(initdb, "-D", str(cluster), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
    settings = f"-c listen_addresses='' -c unix_socket_directories={folder} -c max_connections=200"
    if not is_durable:
        settings += " -c fsync=off -c full_page_writes=off"
    start = ["-w", "-D", str(cluster), "-o", settings, "-l", str(folder / "log")]
    run(pg_ctl, "start", *start)

    def restart():
        run(pg_ctl, "restart", "-m", "immediate", *start)

    try:
        yield f"postgresql://postgres@/postgres?host={folder}", restart
    finally:
        run(pg_ctl, "stop", "-m", "immediate", "-D", str(cluster))
        shutil.rmtree(folder)
